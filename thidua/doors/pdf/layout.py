"""From blocks to the parts of a page: who stands beside whom, what stays together, how long a rule is."""

import re
from dataclasses import dataclass

from thidua.rules.documents import (
    Block,
    Document,
    Heading,
    Letterhead,
    Paragraph,
    Recipients,
    Row,
    Signatures,
    Table,
    Title,
    block_type,
)

from .fonts import printable, text_width

MM = 72 / 25.4
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
ISSUER_WIDTH_MM, NATION_WIDTH_MM, TEXT_WIDTH_MM = 74, 91, 165
HEADING_ROOM_MM, LINES_ROOM_MM, TABLE_ROOM_MM = 9, 13, 40
ISSUER_SIZES = (12.0, 11.75, 11.5, 11.25, 11.0)


@dataclass(frozen=True, slots=True)
class Part:
    """`room_mm`: a new page when less is left. `template`: parts/<template>.html, which needs the rest."""

    template: str
    block: Block
    room_mm: int = 0
    appendix: bool = False
    rule: "LetterheadRules | None" = None
    closing: tuple[str, ...] = ()
    indent: bool = True
    recipients: Recipients | None = None


@dataclass(frozen=True, slots=True)
class LetterheadRules:
    """Type in points: 12, a little less when that saves a long name from being broken.

    Rules in percent of their column: 1/3-1/2 of the issuer's last line, exactly the length of the motto.
    """

    issuer_size: float
    issuer_percent: int
    motto_percent: float


def parts_of(document: Document) -> list[Part]:
    blocks = document.blocks
    parts: list[Part] = []
    titles = 0
    for at, block in enumerate(blocks):
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if isinstance(block, Recipients) and at and isinstance(blocks[at - 1], Signatures):
            continue  # printed with the signatures
        if _is_pulled_down(block, following):
            continue  # printed with the signatures too: they never stand alone on a page
        if isinstance(block, Title):
            titles += 1
            parts.append(Part("title", block, appendix=titles > 1))
        elif isinstance(block, Letterhead):
            parts.append(Part("letterhead", block, rule=_letterhead_rules(block)))
        elif isinstance(block, Signatures):
            parts.append(_signatures(block, blocks[at - 1] if at else None, following))
        elif isinstance(block, Heading):
            previous = blocks[at - 1] if at else None
            room = 0 if isinstance(previous, Heading) else _room_after(blocks[at:])
            parts.append(Part("heading", block, room_mm=room))
        else:
            parts.append(Part(block_type(block), block, room_mm=TABLE_ROOM_MM if _captioned(block) else 0))
    return parts


def spans(table: Table, row: Row) -> list[tuple[str, str, int, int]]:
    """The cells of a row as (text, align, columns spanned, percent of the width)."""
    missing = len(table.columns) - len(row.cells)
    if missing < 0 or not row.cells:
        raise ValueError(f"table {table.id}: a row of {len(row.cells)} cells for {len(table.columns)} columns")
    cells = []
    column = 0
    for at, text in enumerate(row.cells):
        span = missing + 1 if at == 0 else 1
        covered = table.columns[column : column + span]
        align = "left" if span > 1 else covered[0].align
        cells.append((text, align, span, sum(part.width_percent for part in covered)))
        column += span
    return cells


def row_class(table: Table, at: int) -> str:
    """A group row stays with the row under it, a total with the row above it."""
    row = table.rows[at]
    classes = [row.kind]
    if row.kind == "group" and at + 1 < len(table.rows):
        classes.append("with-next")
    if row.kind == "total" and at:
        classes.append("with-last")
    return " ".join(classes)


def lead(text: str) -> tuple[str, str]:
    """A lead paragraph in two: what is bold, up to and with its first colon, and the rest."""
    head, colon, rest = text.partition(":")
    return (head + colon, rest) if colon else ("", text)


def balanced(text: str, width_mm: float = TEXT_WIDTH_MM - 20) -> list[str]:
    """A centred subject in lines of about equal length, instead of a full one and a stump."""
    words = re.split(r"\s+(?!\d)", text.strip())  # "năm 2020" is not parted
    lines = _filled(words, width_mm)
    narrower = width_mm
    while len(lines) > 1 and len(tried := _filled(words, narrower - 2)) == len(lines):
        lines, narrower = tried, narrower - 2
    return [" ".join(line) for line in lines]


def _filled(words: list[str], width_mm: float) -> list[list[str]]:
    lines: list[list[str]] = [[]]
    for word in words:
        if lines[-1] and text_width(" ".join([*lines[-1], word]), "bold", 14) > width_mm * MM:
            lines.append([])
        lines[-1].append(word)
    return lines


def _captioned(block: Block) -> bool:
    return isinstance(block, Table) and bool(block.caption)


def _is_pulled_down(block: Block, following: Block | None) -> bool:
    return isinstance(block, Paragraph) and isinstance(following, Signatures) and not following.closing


def _signatures(block: Signatures, previous: Block | None, following: Block | None) -> Part:
    closing, indent = block.closing, True
    if isinstance(previous, Paragraph) and not closing:
        closing, indent = (previous.text,), previous.indent
    recipients = following if isinstance(following, Recipients) else None
    return Part("signatures", block, closing=closing, indent=indent, recipients=recipients)


def _room_after(blocks: tuple[Block, ...]) -> int:
    """What a run of headings needs to stand with the first lines of what it heads."""
    headings = 0
    for block in blocks:
        if not isinstance(block, Heading):
            first_lines = TABLE_ROOM_MM if isinstance(block, Table) else LINES_ROOM_MM
            return headings * HEADING_ROOM_MM + first_lines
        headings += 1
    return headings * HEADING_ROOM_MM


def _letterhead_rules(block: Letterhead) -> LetterheadRules:
    names = [(printable(block.parent).upper(), "regular")]
    names += [(printable(line).upper(), "bold") for line in block.issuer]
    room = (ISSUER_WIDTH_MM - 1) * MM
    fitting = [size for size in ISSUER_SIZES if all(text_width(*name, size) <= room for name in names)]
    size = fitting[0] if fitting else ISSUER_SIZES[0]
    width = min(text_width(*names[-1], size), room) / MM
    motto = text_width(MOTTO, "bold", 13) / MM
    return LetterheadRules(
        issuer_size=size,
        issuer_percent=round(100 * width * 0.42 / ISSUER_WIDTH_MM),
        motto_percent=round(100 * motto / NATION_WIDTH_MM, 1),
    )
