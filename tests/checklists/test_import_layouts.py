"""Real workbooks and Word documents, of as many shapes as people make, read through the office door."""

import pytest

from tests.checklists.layouts import ALL, DOTTED, PLAIN, TITLES_IN_TWO_ROWS, WITH_DOUBTS, WITH_RATINGS
from tests.checklists.office_files import Layout, docx_of, xlsx_of
from tests.rules.sheet_reading.grids import doubts, outline
from thidua.checklists.import_reading import Asking, read_file
from thidua.rules.sheet import Band
from thidua.rules.sheet_reading.nesting import sheet_of
from thidua.rules.sheet_reading.values import Reading


def reading_of(content: bytes, name: str) -> Reading:
    found = read_file(content, name)
    assert not isinstance(found, Asking)
    return found


@pytest.mark.parametrize("name", ALL)
def test_a_workbook_of_this_layout_is_read_as_written_down_by_hand(name: str):
    layout = ALL[name]
    reading = reading_of(xlsx_of(layout), "bang-diem.xlsx")
    assert outline(reading) == list(layout.expected)
    assert sorted(doubts(reading)) == sorted(layout.doubts)
    assert len(sheet_of(reading).all) == len(layout.expected)


@pytest.mark.parametrize("name", ALL)
def test_a_word_table_of_this_layout_is_read_the_same(name: str):
    layout = ALL[name]
    reading = reading_of(docx_of(layout, before=["HỘI TRƯỜNG SƠN", "BẢNG CHẤM ĐIỂM"]), "bang-diem.docx")
    assert outline(reading) == list(layout.expected)
    assert sorted(field for _at, field in doubts(reading)) == sorted(field for _at, field in layout.doubts)


def test_there_are_at_least_twelve_layouts():
    assert len(ALL) >= 12


def test_cells_of_a_word_table_are_told_by_table_row_and_column():
    reading = reading_of(docx_of(WITH_DOUBTS), "a.docx")
    assert ("Bảng 1, hàng 4, cột 3", "maximum") in doubts(reading)


def test_the_name_the_evidence_and_the_score_columns_are_read_too():
    reading = reading_of(xlsx_of(TITLES_IN_TWO_ROWS), "a.xlsx")
    assert reading.head.name == "BẢNG CHẤM ĐIỂM THI ĐUA NĂM 2025"
    assert [(one.title, one.whose, one.filled) for one in reading.score_columns] == [
        ("Điểm – Tự chấm", "self", 3),
        ("Điểm – Đoàn chấm", "team", 3),
    ]
    assert reading_of(xlsx_of(DOTTED), "Bang_diem_2025.xlsx").head.name == "Bang diem 2025"
    assert reading_of(xlsx_of(DOTTED), "a.xlsx").row(3).criterion.guidance == "Minh chứng: Quyết định thành lập"


def test_ratings_and_notes_below_a_table_are_read_in_both_kinds_of_files():
    for reading in (reading_of(xlsx_of(WITH_RATINGS), "a.xlsx"), reading_of(docx_of(WITH_RATINGS), "a.docx")):
        assert reading.head.bands == (Band("Xuất sắc", 9000), Band("Khá", 7000), Band("Yếu", 0))
        assert reading.head.note == "Ghi chú: Điểm lẻ đến 0,5."
        assert reading.head.declared_max == 10000


def test_a_document_whose_table_is_cut_at_every_page_is_one_sheet():
    titles = PLAIN.rows[0]
    pages = [Layout(rows=[titles, *PLAIN.rows[1:4]]), Layout(rows=[titles, *PLAIN.rows[4:]])]
    assert outline(reading_of(docx_of(*pages), "a.docx")) == list(PLAIN.expected)


def test_sheets_of_a_workbook_are_offered_by_name():
    reading = reading_of(xlsx_of(WITH_RATINGS, PLAIN, names=["Khối A", "Khối B"]), "a.xlsx")
    assert [one.name for one in reading.candidates] == ["Khối A", "Khối B"]


def test_a_formula_without_a_result_is_a_doubt_and_not_a_zero():
    layout = Layout(rows=[["TT", "Nội dung", "Điểm tối đa"], [1, "Hồ sơ", "=5+5"], [2, "Sổ sách", 5]])
    reading = reading_of(xlsx_of(layout), "a.xlsx")
    assert doubts(reading) == [("C2", "maximum")]
    assert "công thức" in reading.doubts[0].why
