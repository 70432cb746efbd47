"""What is written into a workbook: texts stay texts whatever they begin with, formulas are ours, hands cannot slip."""

import re
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from thidua.doors.workbook import render_workbook
from thidua.rules.workbook import Box, Check, Formula, Page, Workbook, column

HOSTILE = (
    '=cmd|" /C calc"!A0',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1",
    '=HYPERLINK("http://x")',
    "- gạch đầu dòng",
)


def one_page(rows: dict[int, dict[str, Box]], **settings: object) -> bytes:
    return render_workbook(Workbook("Thử", (Page("Bảng", rows, **settings),)))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_looks_like_a_formula_stays_a_text(text: str) -> None:
    cell = load_workbook(BytesIO(one_page({1: {"A": Box(text)}})))["Bảng"]["A1"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert str(cell.value).strip() == text.strip()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=40), min_size=1, max_size=6), st.sampled_from("=+-@\t"))
def test_no_text_becomes_a_formula_and_no_text_breaks_the_file(texts: list[str], begin: str) -> None:
    rows = {row: {"A": Box(text), "B": Box(begin + text, is_open=True)} for row, text in enumerate(texts, start=1)}
    made = Workbook(begin + texts[0], (Page("Bảng", rows | {99: {"A": Box(Formula("SUM(C1:C9)"))}}),), footer=texts[0])
    content = render_workbook(made)
    with zipfile.ZipFile(BytesIO(content)) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r"<f[ >][^<]*</f>|<f>[^<]*</f>", xml) == ["<f>SUM(C1:C9)</f>"]
    sheet = load_workbook(BytesIO(content))["Bảng"]
    for row in sheet.iter_rows(max_row=len(texts)):
        for cell in row:
            assert cell.data_type != "f"
            assert not str(cell.value or "").startswith(tuple("=+-@\t")) or cell.quotePrefix


def test_only_open_boxes_may_be_written_to_and_no_password_keeps_the_rest() -> None:
    content = one_page({1: {"A": Box("Tiêu chí"), "B": Box(None, "score", is_open=True)}})
    sheet = load_workbook(BytesIO(content))["Bảng"]
    assert sheet.protection.sheet and not sheet.protection.password
    assert (sheet["A1"].protection.locked, sheet["B1"].protection.locked) == (True, False)


def test_paper_and_screen_are_prepared() -> None:
    content = one_page({1: {"A": Box("TT", "head")}}, frozen="B2", repeated=(1, 1), widths={"A": 8.0}, heights={1: 40})
    sheet = load_workbook(BytesIO(content))["Bảng"]
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == ("B2", "$1:$1", "landscape")
    assert (str(sheet.page_setup.paperSize), sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == ("9", 1, 0)
    assert (sheet["A1"].font.name, sheet["A1"].font.sz, sheet["A1"].alignment.wrap_text) == (
        "Times New Roman",
        13,
        True,
    )
    with zipfile.ZipFile(BytesIO(content)) as parts:
        row = re.search(r"<row [^>]*>", parts.read("xl/worksheets/sheet1.xml").decode())
    assert row and 'ht="40"' in row[0] and 'customHeight="1"' not in row[0], "a row grows with what is written into it"


def test_words_about_a_box_are_no_longer_than_excel_takes() -> None:
    check = Check(("A1",), 'OR(A1="k",A1<=5)', False, "Ghi " * 200, "Sai " * 200)
    content = one_page({1: {"A": Box(None, "score", is_open=True)}}, checks=(check,))
    [made] = load_workbook(BytesIO(content))["Bảng"].data_validations.dataValidation
    assert len(made.prompt) <= 255 and len(made.error) <= 225 and made.type == "custom"
    assert str(made.sqref) == "A1" and made.allow_blank


def test_letters_of_columns() -> None:
    assert [column(number) for number in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]
