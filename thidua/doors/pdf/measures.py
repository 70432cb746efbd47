"""How high a block will be, before it is printed: only a room that is known can be asked for on a page."""

from collections.abc import Iterator

from thidua.rules.documents import Block, CodeBox, Heading, Listing, Paragraph, Row, Table

from .fonts import printable, text_width

MM = 72 / 25.4
TEXT_WIDTH_MM, INDENT_MM = 165, 10
LINE_PT, GAP_PT = 18, 6
NOTE_SIZE, NOTE_LINE_PT = 12, 15
CELL_SIZE, CELL_LINE_PT, CELL_PADDING_PT, CELL_SIDES_PT = 12, 14, 8, 7
WHOLE_LINES = 4  # a paragraph this short is not parted; of a longer one two lines stay with what heads it
SIGNATURES_MM = 70
MOST_NEEDED = 30.0  # percent of the width that one long word may claim
MOST_ROW_MM = 120  # a row that is higher may be cut, and needs no more than this


def first_lines_mm(blocks: tuple[Block, ...]) -> float:
    """The room that the beginning of these blocks needs on one page, so that no line of it stands there alone."""
    if not blocks:
        return 0
    match blocks[0]:
        case Heading():
            return height_mm(blocks[0]) + first_lines_mm(blocks[1:])
        case Paragraph() if leads_on(blocks[0]):
            return height_mm(blocks[0]) + first_lines_mm(blocks[1:])
        case Paragraph(text=text, style=style, indent=indent):
            size, line = (NOTE_SIZE, NOTE_LINE_PT) if style == "note" else (14, LINE_PT)
            return _kept(lines_of(text, size=size, indent_mm=INDENT_MM if indent else 0)) * line / MM
        case Listing(items=items):
            return _kept(lines_of(f"- {items[0]}", indent_mm=INDENT_MM)) * LINE_PT / MM if items else 0
        case Table():
            return _first_rows_mm(blocks[0])
        case CodeBox():
            return 28
        case _:
            return SIGNATURES_MM


def height_mm(block: Heading | Paragraph) -> float:
    """Of a heading or a paragraph, with the gap under it."""
    face = "bold" if isinstance(block, Heading) else "regular"
    return (lines_of(block.text, face, indent_mm=INDENT_MM) * LINE_PT + GAP_PT + 4) / MM


def leads_on(block: Block) -> bool:
    """Whether it announces what follows: "… những kết quả sau:"."""
    return isinstance(block, Paragraph) and block.text.rstrip().endswith(":")


def lines_of(
    text: str, face: str = "regular", size: float = 14, width_mm: float = TEXT_WIDTH_MM, indent_mm: float = 0
) -> int:
    """How many lines a text takes, filled word by word as the printer fills them."""
    count, room, width = 1, (width_mm - indent_mm) * MM, 0.0
    space = text_width(" ", face, size)
    for word in printable(text).split():
        long = text_width(word, face, size)
        if width and width + space + long > room:
            count, room, width = count + 1, width_mm * MM, 0.0
        width += long + (space if width else 0)
        while width > room:  # a word longer than its line is broken
            count, width, room = count + 1, width - room, width_mm * MM
    return count


def column_percents(table: Table) -> tuple[float, ...]:
    """The widths as the table wants them, but none so narrow that a word or a number would be broken."""
    wanted = [float(column.width_percent) for column in table.columns]
    needed = [min(MOST_NEEDED, _longest_word(table, at)) for at in range(len(wanted))]
    lacking = [max(0.0, need - want) for need, want in zip(needed, wanted, strict=True)]
    spare = [max(0.0, want - need) for need, want in zip(needed, wanted, strict=True)]
    if not any(lacking) or sum(spare) < sum(lacking):
        return tuple(wanted)
    share = sum(lacking) / sum(spare)
    return tuple(round(want + more - less * share, 2) for want, more, less in zip(wanted, lacking, spare, strict=True))


def _longest_word(table: Table, at: int) -> float:
    """Percent of the text's width that the longest word of a column takes; cells that span others do not count."""
    words = {(word, "bold") for word in table.columns[at].title.split()}
    for row in table.rows:
        missing = len(table.columns) - len(row.cells)
        if at > missing or not missing:
            face = "regular" if row.kind == "item" else "bold"
            words |= {(word, face) for word in row.cells[at - missing].split()}
    width = max((text_width(word, face, CELL_SIZE) for word, face in words), default=0)
    return 100 * (width + CELL_SIDES_PT) / MM / TEXT_WIDTH_MM


def row_height_mm(row: Row, percents: tuple[float, ...], face: str = "regular") -> float:
    """Of a row of cells, each as wide as its columns."""
    spanned = len(percents) - len(row.cells) + 1
    widths = (sum(percents[:spanned]), *percents[spanned:])
    lines = max((_cell_lines(text, percent, face) for text, percent in zip(row.cells, widths, strict=False)), default=1)
    return (lines * CELL_LINE_PT + CELL_PADDING_PT) / MM


def _cell_lines(text: str, percent: float, face: str) -> int:
    width = TEXT_WIDTH_MM * percent / 100 - CELL_SIDES_PT / MM
    return sum(lines_of(line, face, CELL_SIZE, width) for line in text.split("\n"))


def _first_rows_mm(table: Table) -> float:
    """Caption, head, and the rows that stay together at its beginning."""
    caption = (lines_of(table.caption, "bold") * LINE_PT + 8) / MM if table.caption else 0
    percents = column_percents(table)
    head = row_height_mm(Row(tuple(column.title for column in table.columns)), percents, "bold")
    return caption + head + min(MOST_ROW_MM, sum(_first_rows(table, percents)))


def _first_rows(table: Table, percents: tuple[float, ...]) -> Iterator[float]:
    for row in table.rows:
        yield row_height_mm(row, percents, "regular" if row.kind == "item" else "bold")
        if row.kind != "group":
            return


def _kept(lines: int) -> int:
    return lines if lines <= WHOLE_LINES else 2
