"""What stands side by side in Word: letterhead, tables, signatures, a code beside its lines."""

from dataclasses import dataclass, replace
from typing import Any

from docx.document import Document as WordFile
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.table import CT_Tc
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from thidua.doors.pdf.fonts import printable, text_width
from thidua.doors.pdf.layout import MOTTO, NATION, lead
from thidua.doors.qr import qr_png

from .arranging import Part, kept_rows, spans
from .blocks import BODY, MM, add_rule, write_recipients
from .page import ISSUER_WIDTH_MM, NATION_WIDTH_MM, TEXT_WIDTH_MM
from .styles import CENTRE, LEFT, RIGHT
from .xml import element, written

SIGNATURE_ROOM = Mm(25)
CODE_SIDE = Mm(24)
CELL = "Table Text"
CELL_SIDE = 40  # twentieths of a point: narrow columns of figures keep "Thống" and "Chênh" whole
HEAD_SIZE = 22  # half points
MOTTO_PERCENT = round(100 * text_width(MOTTO, "bold", 13) / MM / NATION_WIDTH_MM, 1)  # exactly as long as the motto
_ALIGNS = {"left": LEFT, "center": CENTRE, "right": RIGHT}


@dataclass(frozen=True, slots=True)
class _Look:
    """How the text of a cell is drawn: ``style`` by its id in this file; ``size`` in half points, 0: the style's."""

    style: str
    bold: bool = False
    keep: bool = False
    size: int = 0


def add_letterhead(file: WordFile, part: Part) -> None:
    """Issuer and number left, nation, motto, place and date right."""
    block: Any = part.block
    table = plain_table(file, 2, (ISSUER_WIDTH_MM, NATION_WIDTH_MM))
    issuer, nation = table.rows[0].cells
    if block.parent:
        line(issuer, block.parent.upper(), size=12)
    for name in block.issuer:
        line(issuer, name.upper(), size=12, bold=True)
    add_rule(issuer.add_paragraph, ISSUER_WIDTH_MM, issuer_percent(block.issuer))
    line(nation, NATION, size=12, bold=True)
    line(nation, MOTTO, size=13, bold=True)
    add_rule(nation.add_paragraph, NATION_WIDTH_MM, MOTTO_PERCENT)
    number, day = table.rows[1].cells
    line(number, block.number, size=13, before=4)
    if block.place_and_date:
        line(day, block.place_and_date, size=13, italic=True, before=4)
    tidy(table)
    gap(file, after=6)


def issuer_percent(issuer: tuple[str, ...]) -> float:
    """How long the rule under the issuer is, of its column: two fifths of the last line (Phụ lục I, mục II.2)."""
    last = text_width(printable(issuer[-1]).upper(), "bold", 12) / MM if issuer else 0
    return min(last, ISSUER_WIDTH_MM) * 40 / ISSUER_WIDTH_MM


def add_table(file: WordFile, part: Part) -> None:
    """A grid whose head is repeated on every page; a group row stays with the row under it, a total with the one above.

    Raises ValueError for a row with more cells than there are columns.
    """
    block: Any = part.block
    if block.caption:
        caption = file.add_paragraph(written(block.caption), style=BODY)
        caption.alignment, caption.paragraph_format.first_line_indent = CENTRE, Mm(0)
        caption.paragraph_format.keep_with_next = True
        caption.runs[0].bold = True
    widths = [Mm(TEXT_WIDTH_MM * column.width_percent / 100) for column in block.columns]
    table = file.add_table(0, len(widths), style="Table Grid")
    _fix_layout(table, widths)
    sides = (element(f"w:{side}", w=CELL_SIDE, type="dxa") for side in ("left", "right"))
    table._tbl.tblPr.append(element("w:tblCellMar", *sides))
    titles = [(column.title, "center", 1) for column in block.columns]
    look = _Look(file.styles[CELL].style_id)
    head = _add_row(table, titles, widths, replace(look, bold=True, size=HEAD_SIZE))
    head.append(element("w:cantSplit"))
    head.append(element("w:tblHeader"))
    kept = kept_rows(block)
    for at, row in enumerate(block.rows):
        cells = spans(block, row)
        _add_row(table, cells, widths, replace(look, bold=row.kind != "item", keep=at in kept))
    gap(file, after=6)


def add_signatures(file: WordFile, part: Part) -> None:
    """Places side by side, kept on one page with the closing words; recipients left of a single one, else below."""
    block: Any = part.block
    for text in part.closing:
        paragraph = file.add_paragraph(written(text), style=BODY)
        paragraph.paragraph_format.keep_with_next = True
        if not part.indent:
            paragraph.paragraph_format.first_line_indent = Mm(0)
    recipients = part.recipients
    made: list[Paragraph] = []
    if len(block.places) == 1:
        table = plain_table(file, 1, (TEXT_WIDTH_MM / 2, TEXT_WIDTH_MM / 2))
        left, right = table.rows[0].cells
        if recipients:
            write_recipients(left.add_paragraph, recipients.lines)
        _write_office(right, block.places[0])
        _write_person(right, block.places[0])
        made = _keep(table)
    for beside in _in_rows(block.places):
        table = plain_table(file, 2, (TEXT_WIDTH_MM / len(beside),) * len(beside))
        for cell, place in zip(table.rows[0].cells, beside, strict=True):
            _write_office(cell, place)
        for cell, place in zip(table.rows[1].cells, beside, strict=True):
            _write_person(cell, place)
        made += _keep(table)
    if recipients and len(block.places) != 1:
        below = write_recipients(lambda: file.add_paragraph(), recipients.lines)
        below[0].paragraph_format.space_before = Pt(8)
        for paragraph in below[:-1]:
            paragraph.paragraph_format.keep_with_next = True
    else:
        for paragraph in made:
            paragraph.paragraph_format.keep_with_next = None if paragraph is made[-1] else True
        gap(file)


def _in_rows(places: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """At most three beside each other, four two by two; one alone stands beside the recipients."""
    wide = 2 if len(places) == 4 else 3
    return [places[at : at + wide] for at in range(0, len(places), wide)] if len(places) > 1 else []


def add_code_box(file: WordFile, part: Part) -> None:
    """Lines on the left, the code of the address and its caption on the right."""
    block: Any = part.block
    gap(file, after=6)
    table = plain_table(file, 1, (TEXT_WIDTH_MM * 0.8, TEXT_WIDTH_MM * 0.2))
    left, right = table.rows[0].cells
    for text in block.lines:
        head, rest = lead(text)
        told = left.add_paragraph()
        told.add_run(written(head)).bold = True
        told.add_run(written(rest))
        told.paragraph_format.space_after = Pt(3)
        for run in told.runs:
            run.font.size = Pt(13)
    picture = right.add_paragraph()
    picture.alignment = CENTRE
    drawn: Any = picture.add_run().add_picture(qr_png(block.address), width=CODE_SIDE)
    drawn._inline.docPr.set("descr", written(block.address))
    if block.caption:
        line(right, block.caption, size=9)
    _keep(table)
    gap(file, after=6)


def _write_office(cell: _Cell, place: Any) -> None:
    for text in (place.authority, place.office):
        if text:
            line(cell, text.upper(), size=13, bold=True)
    if place.note:
        line(cell, place.note, size=12, italic=True)


def _write_person(cell: _Cell, place: Any) -> None:
    """The name stands under the room for a signature."""
    line(cell, place.person, size=13, bold=True).paragraph_format.space_before = SIGNATURE_ROOM


def line(
    cell: _Cell, text: str, *, size: float, bold: bool = False, italic: bool = False, before: float = 0
) -> Paragraph:
    """One line in the middle of a cell, sizes in points."""
    paragraph = cell.add_paragraph()
    run = paragraph.add_run(written(text))
    run.font.size, run.bold, run.italic = Pt(size), bold or None, italic or None
    paragraph.alignment, paragraph.paragraph_format.space_before = CENTRE, Pt(before)
    return paragraph


def plain_table(file: WordFile, rows: int, widths_mm: tuple[float, ...]) -> WordTable:
    """A table that nobody sees: no lines, no padding."""
    table = file.add_table(rows, len(widths_mm))
    table.style = file.styles["Normal Table"]
    widths = [Mm(width) for width in widths_mm]
    _fix_layout(table, widths)
    sides = (element(f"w:{side}", w=0, type="dxa") for side in ("top", "left", "bottom", "right"))
    table._tbl.tblPr.append(element("w:tblCellMar", *sides))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    return table


def _fix_layout(table: WordTable, widths: list[Any]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = width


def _add_row(table: WordTable, cells: list[tuple[str, str, int]], widths: list[Any], look: _Look) -> Any:
    """One row (text, align, columns spanned); python-docx's own way looks through the whole table for each cell."""
    row = table._tbl.add_tr()
    column = 0
    for text, align, span in cells:
        cell = CT_Tc.new()
        row.append(cell)
        cell.width = Mm(sum(width.mm for width in widths[column : column + span]))
        if span > 1:
            cell.grid_span = span
        column += span
        for at, words in enumerate(text.split("\n")):
            _write_cell(cell.p_lst[0] if at == 0 else cell.add_p(), words, align, look)
    return row.get_or_add_trPr()


def _write_cell(paragraph: Any, text: str, align: str, look: _Look) -> None:
    """A line of a grid, written straight: a table of a thousand cells has no time for looking up styles."""
    shape = paragraph.get_or_add_pPr()
    shape.style = look.style
    if look.keep:
        shape.keepNext_val = True
    shape.jc_val = _ALIGNS[align]
    run = paragraph.add_r()
    if look.bold:
        run.get_or_add_rPr().append(element("w:b"))
    if look.size:
        run.get_or_add_rPr().append(element("w:sz", val=look.size))
    run.text = written(text)


def tidy(table: WordTable) -> None:
    """A cell begins with an empty paragraph; it goes where something follows it, for a cell must hold one."""
    for row in table.rows:
        for cell in row.cells:
            if len(cell.paragraphs) > 1 and not cell.paragraphs[0].text:
                cell._tc.remove(cell.paragraphs[0]._p)


def _keep(table: WordTable) -> list[Paragraph]:
    """The whole table on the page of what follows it; gives back its paragraphs."""
    tidy(table)
    kept = [paragraph for row in table.rows for cell in row.cells for paragraph in cell.paragraphs]
    for paragraph in kept:
        paragraph.paragraph_format.keep_with_next = True
    return kept


def gap(file: WordFile, after: float = 0) -> None:
    """Word needs a paragraph after a table: as low as it can be."""
    low = file.add_paragraph()
    low.paragraph_format.line_spacing, low.paragraph_format.space_after = Pt(1), Pt(after)
