"""A workbook as blocks to the bytes of an .xlsx file.

Texts are written as texts and marked as such (what a leading apostrophe does in Excel), so that one which begins with
= + - @ or a tab is never worked out, not even when somebody edits the cell.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from openpyxl import Workbook as File
from openpyxl.cell.cell import TYPE_STRING
from openpyxl.styles import NamedStyle
from openpyxl.utils import column_index_from_string
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from thidua.doors.workbook.looks import styles
from thidua.rules.workbook import Box, Check, Formula, Look, Page, Workbook, safe_text

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
LONGEST_HINT, LONGEST_ERROR = 255, 225  # Excel calls a file with longer ones damaged

Styles = Mapping[tuple[Look, bool], NamedStyle]


class _GrowingRow(RowDimension):
    """A row as high as its text needs, which grows when more is written into it; openpyxl knows only fixed heights."""

    @property
    def customHeight(self) -> bool:
        return False


def render_workbook(workbook: Workbook) -> bytes:
    """The file. Nothing of it is worked out here: the program that opens it does that at once."""
    file = File()
    file.remove(file.worksheets[0])
    file.properties.title = safe_text(workbook.title)[:250]
    file.properties.creator = ""
    file.calculation.fullCalcOnLoad = True
    drawn = styles()
    for style in drawn.values():
        file.add_named_style(style)
    for page in workbook.pages:
        _write_page(file.create_sheet(page.name), page, drawn, workbook)
    for name, meant in workbook.names.items():
        file.defined_names[name] = DefinedName(name, attr_text=meant)
    bytes_out = BytesIO()
    file.save(bytes_out)
    return bytes_out.getvalue()


def _write_page(sheet: Worksheet, page: Page, drawn: Styles, workbook: Workbook) -> None:
    for row, boxes in page.rows.items():
        for letters, box in boxes.items():
            cell = sheet.cell(row, column_index_from_string(letters))
            _write_value(cell, box)
            if not page.is_hidden:
                cell.style = drawn[box.look, box.is_open].name
                _mark_text(cell, box)
    for merged in page.merged:
        sheet.merge_cells(merged)
    for letters, width in page.widths.items():
        sheet.column_dimensions[letters].width = width
    for row, height in page.heights.items():
        sheet.row_dimensions[row] = _GrowingRow(sheet, index=row, ht=height)
    for check in page.checks:
        sheet.add_data_validation(_validation(check))
    sheet.protection.sheet = True  # against slips of the hand: there is no password
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    if page.is_hidden:
        sheet.sheet_state = "hidden"
        return
    _prepare_printing(sheet, page, workbook)


def _write_value(cell: Any, box: Box) -> None:
    if isinstance(box.value, Formula):
        cell.value = f"={box.value.text}"
    elif isinstance(box.value, str):
        text = safe_text(box.value)
        if not text:
            return
        cell.value = text
        cell.data_type = TYPE_STRING
    else:
        cell.value = box.value


def _mark_text(cell: Any, box: Box) -> None:
    if box.form:
        cell.number_format = box.form
    if isinstance(box.value, str) and box.value.startswith(DANGEROUS):
        cell.quotePrefix = True


def _validation(check: Check) -> DataValidation:
    made = DataValidation(
        type="list" if check.is_list else "custom",
        formula1=check.rule,
        allow_blank=True,
        showErrorMessage=True,
        showInputMessage=True,
        errorStyle="stop",
        errorTitle="Chưa đúng",
        error=_short(check.error, LONGEST_ERROR),
        promptTitle="Cách ghi",
        prompt=_short(check.hint, LONGEST_HINT),
    )
    for box in check.boxes:
        made.add(box)
    return made


def _prepare_printing(sheet: Worksheet, page: Page, workbook: Workbook) -> None:
    """A4 on its side, as wide as the paper, the head of the table on each page."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 0.6, 0.5, 0.7, 0.7
    sheet.oddFooter.center.text = f"{_footer_text(workbook.footer)} – trang &P trên &N"
    sheet.sheet_view.showGridLines = False
    if page.frozen:
        sheet.freeze_panes = page.frozen
    if page.repeated:
        sheet.print_title_rows = f"{page.repeated[0]}:{page.repeated[1]}"


def _footer_text(text: str) -> str:
    """In a footer "&" begins a code, so a written one is doubled."""
    return _short(" ".join(safe_text(text).split()), 80).replace("&", "&&")


def _short(text: str, most: int) -> str:
    kept = safe_text(text)
    return kept if len(kept) <= most else kept[: most - 1] + "…"
