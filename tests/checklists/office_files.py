"""Workbooks and Word documents for tests, made with the libraries people's own programs are like."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import docx
import openpyxl
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter


@dataclass(frozen=True)
class Layout:
    """A table as somebody made it. ``merges`` are (top, left, bottom, right) counted from 0; ``bold`` rows."""

    rows: Sequence[Sequence[object]]
    merges: Sequence[tuple[int, int, int, int]] = ()
    bold: Sequence[int] = ()
    expected: Sequence[str] = ()
    doubts: Sequence[tuple[str, str]] = field(default=())
    """(cell in the workbook, field) of each doubt."""
    after: Sequence[str] = ()


def xlsx_of(*layouts: Layout, font: str = "Calibri", names: Sequence[str] = ()) -> bytes:
    """A workbook with one sheet for each layout; what stands after a table follows it in the first column of words."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for place, layout in enumerate(layouts):
        sheet = workbook.create_sheet(names[place] if names else f"Bảng {place + 1}")
        for row, cells in enumerate([*layout.rows, *(["", text] for text in layout.after)], start=1):
            for column, value in enumerate(cells, start=1):
                if value != "":
                    cell = sheet.cell(row, column, value)
                    cell.font = Font(name=font, bold=row - 1 in layout.bold)
        for top, left, bottom, right in layout.merges:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        widest = max(len(cells) for cells in layout.rows)
        sheet.column_dimensions[get_column_letter(min(2, widest))].width = 60
    return saved(workbook)


def docx_of(*layouts: Layout, before: Sequence[str] = ()) -> bytes:
    """A document with one table for each layout."""
    document = docx.Document()
    for text in before:
        document.add_paragraph(text)
    for layout in layouts:
        width = max(len(cells) for cells in layout.rows)
        table = document.add_table(rows=len(layout.rows), cols=width)
        for row, cells in enumerate(layout.rows):
            for column, value in enumerate(cells):
                paragraph = table.cell(row, column).paragraphs[0]
                paragraph.add_run(shown(value)).bold = row in layout.bold
        for top, left, bottom, right in layout.merges:
            kept = table.cell(top, left).text
            merged = table.cell(top, left).merge(table.cell(bottom, right))
            merged.text = kept
        for text in layout.after:
            document.add_paragraph(text)
    return saved(document)


def shown(value: object) -> str:
    """A number as it would be typed."""
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def saved(file: object) -> bytes:
    """The bytes of a workbook or document."""
    held = io.BytesIO()
    file.save(held)  # type: ignore[attr-defined]
    return held.getvalue()
