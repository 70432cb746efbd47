"""Workbooks as people have them: what is shown comes in, with its address, and nothing else."""

import io
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from tests.doors.office_files import LINKS, excel_file, packed, relations, saved, sheet_of, workbook, workbook_parts
from thidua.doors.office import Cell, Table, read_office_file
from thidua.doors.office.limits import LONGEST_TEXT, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS
from thidua.doors.office.sheet import letters_of, place_of
from thidua.doors.office.shown_numbers import shown


def only_table(content: bytes) -> Table:
    (table,) = read_office_file(content, "bang.xlsx").tables
    return table


def cells(content: bytes) -> dict[str, Cell]:
    return {cell.at: cell for row in only_table(content).rows for cell in row}


def texts(content: bytes) -> list[list[str]]:
    return [[cell.text for cell in row] for row in only_table(content).rows]


def test_a_workbook_gives_its_rows_as_shown() -> None:
    assert texts(excel_file()) == [["BẢNG CHẤM ĐIỂM", "", ""], ["1", "Tuyên truyền", "10"], ["2", "Báo cáo", "5,5"]]


def test_merged_cells_say_their_size_and_what_they_cover() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"], sheet["B2"], sheet["B3"], sheet["C1"] = "I", "một", "hai", "ba", "đuôi"
        sheet.merge_cells("A1:A3")
        sheet.merge_cells("C1:H1")

    found = cells(workbook(fill))
    assert found["A1"].spans == (3, 1)
    assert (found["A2"].covered_by, found["A3"].covered_by, found["A3"].text) == ("A1", "A1", "")
    assert found["C1"].spans == (1, 1), "not beyond the last column with text"


def test_what_stands_under_a_merged_cell_is_not_seen() -> None:
    hidden = '<c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c>'
    rows = f'<row r="1">{hidden.format(1, "thấy")}</row><row r="2">{hidden.format(2, "không thấy")}</row>'
    assert texts(sheet_of(rows, '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>')) == [["thấy"]]


def test_empty_rows_are_left_out_and_addresses_stay_true() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B2"] = "đầu"
        for row in range(3, 4000):
            sheet.cell(row, 2).font = Font(name="Arial")
            sheet.cell(row, 3).value = "  \u00a0 "
        sheet["B4000"] = "cuối"

    table = only_table(workbook(fill))
    assert [[cell.at for cell in row] for row in table.rows] == [["A2", "B2"], ["A4000", "B4000"]]
    assert not table.is_cut


def test_every_row_is_equally_long() -> None:
    table = only_table(workbook(lambda sheet: [sheet.append(row) for row in (["a"], ["a", "b", "c"], [None, "b"])]))
    assert [[cell.at for cell in row] for row in table.rows] == [
        ["A1", "B1", "C1"],
        ["A2", "B2", "C2"],
        ["A3", "B3", "C3"],
    ]


def test_numbers_dates_truths_and_errors_say_what_they_are() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append([5.0, 0.25, 0.1 + 0.2, date(2020, 9, 8), True, "1.1", 1.1])
        sheet["H1"], sheet["I1"] = 0.05, 10
        sheet["H1"].number_format, sheet["I1"].number_format = "0.0%", '"("0" điểm)"'
        sheet["J1"] = "#REF!"

    found = list(cells(workbook(fill)).values())
    assert [(cell.text, cell.kind) for cell in found] == [
        ("5", "number"),
        ("0,25", "number"),
        ("0,3", "number"),
        ("08/09/2020", "date"),
        ("TRUE", "truth"),
        ("1.1", ""),
        ("1,1", "number"),
        ("5%", "number"),
        ("(10 điểm)", "number"),
        ("#REF!", "error"),
    ]


def test_a_formula_shows_its_stored_result_and_is_never_worked_out() -> None:
    rows = (
        '<row r="1"><c r="A1"><f>SUM(B1:B9)</f><v>12.5</v></c>'
        '<c r="B1" t="str"><f>"Xuất "&amp;"sắc"</f><v>Xuất sắc</v></c>'
        '<c r="C1"><f>1+1</f></c><c r="D1" t="inlineStr"><is><t>=1+1</t></is></c></row>'
    )
    a1, b1, c1, d1 = cells(sheet_of(rows)).values()
    assert (a1.text, a1.is_formula, b1.text, b1.is_formula) == ("12,5", True, "Xuất sắc", True)
    assert (c1.text, c1.is_formula) == ("", True)
    assert (d1.text, d1.is_formula) == ("=1+1", False)


def test_shared_rich_and_phonetic_texts() -> None:
    strings = (
        "<si><t>Nội dung</t></si>"
        '<si><r><rPr><b/><rFont val=".VnTime"/></rPr><t>Mục </t></r><r><rPr><b/></rPr><t>I</t></r></si>'
        '<si><t>a</t><rPh sb="0" eb="1"><t>PHO</t></rPh></si>'
        '<si><r><rPr><b val="0"/></rPr><t>nửa</t></r><r><rPr><b/></rPr><t>đậm</t></r></si>'
        "<si><t>hai_x000D_\ndòng</t></si>"
    )
    rows = (
        "<row>" + "".join(f'<c t="s"><v>{number}</v></c>' for number in (0, 1, 2, 3, 4, 99)) + "<c><v>1</v></c></row>"
    )
    found = cells(sheet_of(rows, strings=strings))
    assert [cell.text for cell in found.values()] == ["Nội dung", "Mục I", "a", "nửađậm", "hai\ndòng", "", "1"]
    assert [cell.is_bold for cell in found.values()] == [False, True, False, False, False, False, False]
    assert found["B1"].font == ".VnTime"


def test_bold_and_fonts_come_from_the_looks_of_cells() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"], sheet["A3"] = "MUÏC", "thường", CellRichText(TextBlock(InlineFont(b=True), "đậm"))
        sheet["A1"].font, sheet["A9"].font = Font(name="VNI-Times", bold=True), Font(name="Wingdings")

    content = workbook(fill)
    found = cells(content)
    assert [found[at].is_bold for at in ("A1", "A2", "A3")] == [True, False, True]
    assert found["A1"].font == "VNI-Times"
    assert read_office_file(content, "a.xlsx").fonts == ("VNI-Times", "Calibri"), "only of cells with text"


def test_hidden_sheets_and_charts() -> None:
    book = Workbook()
    book.active.title = "Điểm"
    book.active["A1"] = "x"
    book.create_sheet("Nháp")["A1"] = "y"
    book["Nháp"].sheet_state = "veryHidden"
    book.create_chartsheet("Biểu đồ")
    book.properties.title = "Bảng điểm 2026"
    found = read_office_file(saved(book), "a.xlsx")
    assert [(table.name, table.is_hidden) for table in found.tables] == [("Điểm", False), ("Nháp", True)]
    assert (found.kind, found.title) == ("xlsx", "Bảng điểm 2026")


def test_sheets_beyond_the_limit_are_named() -> None:
    book = Workbook()
    for number in range(MOST_SHEETS):
        book.create_sheet(f"Thêm {number}")
    found = read_office_file(saved(book), "a.xlsx")
    assert (len(found.tables), found.left_out) == (MOST_SHEETS, (f"Thêm {MOST_SHEETS - 1}",))


def test_cells_without_address_follow_each_other() -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    assert list(cells(sheet_of(rows))) == ["A1", "B1", "A2", "B2"]
    assert texts(sheet_of(rows)) == [["1", "2"], ["3", ""]]


def test_the_calendar_of_1904() -> None:
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    rows = '<row><c s="0"><v>42620</v></c></row>'
    assert texts(sheet_of(rows, styles=styles, book='<workbookPr date1904="1"/>')) == [["08/09/2020"]]


def test_names_of_the_strict_standard_are_read() -> None:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    parts = workbook_parts()
    parts["xl/worksheets/sheet1.xml"] = (
        f'<x:worksheet xmlns:x="{strict}"><x:sheetData><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData>'
        "</x:worksheet>"
    )
    parts["xl/_rels/workbook.xml.rels"] = relations(worksheet="/xl/worksheets/sheet1.xml").replace(
        LINKS, "http://purl.oclc.org/ooxml/officeDocument/relationships"
    )
    assert texts(packed(parts)) == [["7"]]


def test_upper_case_and_back_slashes_in_names_of_parts() -> None:
    parts = workbook_parts("<sheetData><row><c><v>7</v></c></row></sheetData>")
    renamed = {name.replace("/", "\\").replace("sheet1", "Sheet1"): content for name, content in parts.items()}
    assert texts(packed(renamed)) == [["7"]]


def test_a_sheet_formatted_to_its_millionth_row_keeps_its_merged_cells() -> None:
    empty = "".join(f'<row r="{number}" s="1" customFormat="1"/>' for number in range(3, 700_000))
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>{empty}'
    table = only_table(sheet_of(rows, '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'))
    assert [cell.at for row in table.rows for cell in row] == ["A1", "B1", "A2", "B2"]
    assert table.rows[0][1].covered_by == "A1"
    assert not table.is_cut


def test_text_beyond_the_limits_is_told() -> None:
    far_down = (
        f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{MOST_ROWS + 1}"><c r="A{MOST_ROWS + 1}"><v>2</v></c></row>'
    )
    far_right = f'<row r="1"><c r="A1"><v>1</v></c><c r="{letters_of(MOST_COLUMNS)}1"><v>2</v></c></row>'
    for rows in (far_down, far_right):
        table = only_table(sheet_of(rows))
        assert ([[cell.text for cell in row] for row in table.rows], table.is_cut) == ([["1"]], True)
    long = cells(workbook(lambda sheet: sheet.append(["ô" * (LONGEST_TEXT + 1), "ô" * LONGEST_TEXT])))
    assert [(len(cell.text), cell.is_cut) for cell in long.values()] == [(LONGEST_TEXT, True), (LONGEST_TEXT, False)]


def test_a_sparse_sheet_does_not_fill_the_memory() -> None:
    places = "".join(
        f'<row r="{number}"><c r="{"A" if number % 2 else "BH"}{number}"><v>1</v></c></row>'
        for number in range(1, 20_001)
    )
    table = only_table(sheet_of(places))
    assert table.is_cut
    assert sum(len(row) for row in table.rows) <= MOST_CELLS


def test_a_dense_sheet_is_cut_where_the_room_ends() -> None:
    numbers = iter(range(10**6))
    dense = "".join(
        f"<row>{''.join(f'<c><v>{next(numbers)}</v></c>' for _ in range(MOST_COLUMNS))}</row>" for _ in range(6000)
    )
    table = only_table(sheet_of(dense, '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'))
    assert table.is_cut
    assert len(table.rows) == MOST_CELLS // MOST_COLUMNS
    assert table.rows[0][1].covered_by == "A1"


def test_progress_is_told_and_ends_whole() -> None:
    told: list[tuple[int, int]] = []
    content = workbook(lambda sheet: [sheet.append([f"Tiêu chí {n}", "x" * 200, n]) for n in range(2000)])
    read_office_file(content, "a.xlsx", tell=lambda done, total: told.append((done, total)))
    assert len(told) > 5
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] > 500_000


def test_letters_and_text_of_vietnamese_stay_as_they_are() -> None:
    decomposed = "Thu\u031bo\u031b\u0309ng\u00a0x"
    assert texts(workbook(lambda sheet: sheet.append([decomposed]))) == [[decomposed]]


@pytest.mark.parametrize(
    ("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (59, "BH"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_named_as_in_excel(column: int, letters: str) -> None:
    assert letters_of(column) == letters
    assert place_of(f"{letters}12") == (11, column)


@pytest.mark.parametrize(
    ("stored", "code", "text", "kind"),
    [
        ("0.25", "0.0", "0,25", "number"),
        ("1000", "#,##0", "1000", "number"),
        ("1", "00", "01", "number"),
        ("-5", "0_);(0)", "-5", "number"),
        ("0", '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)', "0", "number"),
        ("10", '0" điểm"', "10 điểm", "number"),
        ("10", "#,##0.00 [$₫-42A]", "10 ₫", "number"),
        ("10", "[Red]0", "10", "number"),
        ("12", "0.00E+00", "12", "number"),
        ("1E+30", "General", "1E+30", "number"),
        ("44082.5", "d/m/yy h:mm", "08/09/2020 12:00", "date"),
        ("44082", "[$-42A]d mmmm yyyy;@", "08/09/2020", "date"),
        ("44082", "mm/yyyy", "09/2020", "date"),
        ("44198", "d-m", "02/01", "date"),
        ("0.5", "h:mm", "12:00", "date"),
        ("1.5", "[h]:mm", "36:00", "date"),
        ("59", "d/m/yyyy", "28/02/1900", "date"),
        ("60", "d/m/yyyy", "29/02/1900", "date"),
        ("61", "d/m/yyyy", "01/03/1900", "date"),
        ("-1", "d/m/yyyy", "-1", "number"),
        ("99999999", "d/m/yyyy", "99999999", "number"),
        ("nan", "0", "nan", ""),
        ("1e100000000", "0", "1e100000000", ""),
        ("chữ", "0", "chữ", ""),
    ],
)
def test_numbers_are_printed_as_people_see_them(stored: str, code: str, text: str, kind: str) -> None:
    assert shown(stored, code) == (text, kind)


def test_what_another_library_reads_we_read() -> None:
    """Against openpyxl, an independent reader: the same texts at the same places."""
    content = workbook(lambda sheet: [sheet.append([f"{n}.{m}" for m in range(7)]) for n in range(50)])
    theirs = {
        cell.coordinate: cell.value for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row
    }
    assert {at: cell.text for at, cell in cells(content).items()} == theirs
