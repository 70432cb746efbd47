"""A workbook read back: by its hidden marks, else by number and text; refused when it is of something else."""

from dataclasses import dataclass, replace

import pytest

from tests.rules.sheets import checklist72, leaf, section, small_sheet
from thidua.rules.score_book import Marks, fingerprint
from thidua.rules.score_book.fitting import misfit, whose_doubt
from thidua.rules.score_book.marks import marked, read_marks, written
from thidua.rules.score_book.reading import ReadBook, read_score_book
from thidua.rules.sheet import Criterion, Sheet

HERE = Marks(3, 2, "abc", 7, "Hội A", "proposed:5", "Lê Đức Thắng (TV 2)")


@dataclass(frozen=True)
class Cell:
    text: str
    at: str
    is_formula: bool = False
    kind: str = ""


@dataclass(frozen=True)
class Table:
    name: str
    rows: tuple[tuple[Cell, ...], ...]
    is_hidden: bool = False


def table(*lines: tuple[str, ...], name: str = "Bảng điểm", first: int = 1) -> Table:
    rows = tuple(
        tuple(Cell(text, f"{letter}{row}") for letter, text in zip("ABCDEF", line, strict=False))
        for row, line in enumerate(lines, start=first)
    )
    return Table(name, rows)


HEAD = ("TT", "Nội dung, tiêu chí", "Điểm tối đa", "Tự chấm", "Đoàn chấm", "Lý do / Minh chứng")


def sheet() -> Sheet:
    """Two sections whose first criterion reads the same."""

    def one(id: int, number: str, text: str) -> Criterion:
        return replace(leaf(id), number=number, text=text)

    first = replace(section(1, one(2, "1", "Có sổ"), one(3, "2", "Có quỹ")), text="Hồ sơ")
    second = replace(section(4, one(5, "1", "Có sổ"), one(6, "2", "Có tin")), text="Kết quả")
    return small_sheet(first, second)


def read(*lines: tuple[str, ...], perspective: str = "proposed", marks: Table | None = None) -> ReadBook:
    return read_score_book([table(HEAD, *lines), *([marks] if marks else [])], sheet(), perspective)


def values(book: ReadBook) -> dict[int, str]:
    return {box.criterion_id: box.value for box in book.boxes}


WHOLE = (
    ("1", "Hồ sơ", "20", "", "", ""),
    ("1", "Có sổ", "10", "9", "8", "QĐ 15"),
    ("2", "Có quỹ", "10", "", "không xét", ""),
    ("4", "Kết quả", "20", "", "", ""),
    ("1", "Có sổ", "10", "", "7,5", ""),
    ("2.", "Có  tin\n(điểm thưởng)", "10", "", "", ""),
)


def test_rows_that_read_the_same_are_taken_in_their_order() -> None:
    book = read(*WHOLE)
    assert values(book) == {2: "8", 3: "k", 5: "7,5", 6: ""}
    assert (book.boxes[0].reason, book.boxes[0].at, book.strays, book.lost) == ("QĐ 15", "E3", (), ())
    assert values(read(*WHOLE, perspective="self")) == {2: "9", 3: "", 5: "", 6: ""}


def test_of_two_that_read_the_same_one_row_alone_is_nobodys() -> None:
    book = read(*WHOLE[:4], WHOLE[5])
    assert [one.id for one in book.lost] == [2, 5]
    assert "Ô E3 ghi “8”" in book.strays[0]


def test_a_number_that_differs_and_a_text_that_was_touched_are_doubts() -> None:
    book = read(*WHOLE[:2], ("9", "Có quỹ", "10", "", "5", ""), *WHOLE[3:5], ("2", "Có tinh", "10", "", "6", ""))
    doubts = {box.criterion_id: box.doubt for box in book.boxes if box.doubt}
    assert doubts == {
        3: "Số thứ tự trong tệp là “9”, trên bảng điểm là “2”.",
        6: "Nội dung trong tệp khác trên bảng điểm: “Có tinh”.",
    }


def test_a_value_on_a_strange_row_does_not_vanish_in_silence() -> None:
    book = read(*WHOLE[:5], ("7", "Việc khác", "10", "", "6", ""), ("", "TỔNG CỘNG", "40", "", "21,5", ""))
    assert [one.id for one in book.lost] == [6]
    assert book.strays == ("Ô E7 ghi “6” nhưng hàng này (“Việc khác”) không phải là tiêu chí.",)


def test_a_workbook_without_such_a_table_says_what_to_do() -> None:
    book = read_score_book([table(("Danh sách", "Điện thoại"))], sheet(), "self")
    assert "Không thấy bảng" in book.problem and "Xin tải phiếu Excel" in book.problem


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        (Cell("05/08/2020", "E4", kind="date"), "Excel đã đổi số thành ngày (05/08/2020)"),
        (Cell("#REF!", "E4", kind="error"), "Ô này báo lỗi #REF!"),
        (Cell("", "E4", is_formula=True), "công thức chưa được tính"),
    ],
)
def test_dates_errors_and_formulas_that_nobody_worked_out_are_no_scores(cell: Cell, why: str) -> None:
    rows = list(table(HEAD, *WHOLE).rows)
    rows[3] = (*rows[3][:4], cell, *rows[3][5:])
    book = read_score_book([Table("Bảng điểm", tuple(rows))], sheet(), "proposed")
    problems = {box.criterion_id: box.problem for box in book.boxes if box.problem}
    assert list(problems) == [3] and why in problems[3]


def test_marks_are_written_and_believed_only_whole() -> None:
    one = checklist72()
    marks = replace(HERE, sheet=fingerprint(one), rows=marked(one.all, {each.id: each.id + 8 for each in one.all}))
    lines = written(marks)
    assert read_marks(lines) == marks
    assert read_marks(lines[:-1]) is None and read_marks([*lines[:3], *lines[4:]]) is None
    assert read_marks([*lines[:4], ["session", "8"], *lines[5:]]) is None
    assert read_marks([]) is None


def test_with_marks_a_row_is_certain_where_words_alone_would_not_be() -> None:
    marks = replace(HERE, rows=marked(sheet().leaves, {2: 3, 3: 4, 5: 6, 6: 7}))
    page = Table("thidua", table(*[tuple(line) for line in written(marks)]).rows, is_hidden=True)
    half = read(*WHOLE[:4], WHOLE[5], marks=page)
    assert values(half) == {2: "8", 3: "k", 6: ""} and [one.id for one in half.lost] == [5]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"checklist_session_id": 8}, "phiếu của buổi kiểm tra khác"),
        ({"unit": "Hội B"}, "phiếu của buổi kiểm tra khác của Hội B"),
        ({"checklist_id": 4}, "bảng điểm số 4, bản 2; buổi này chấm theo bảng số 3, bản 2"),
        ({"version": 1}, "bản 1; buổi này"),
        ({"sheet": "xyz"}, "tiêu chí đã đổi"),
        ({"paper": "self:0"}, "là phiếu tự chấm của đơn vị, không phải phiếu của thành viên đoàn"),
    ],
)
def test_what_does_not_belong_here_is_refused_in_words(changed: dict[str, object], sentence: str) -> None:
    told = misfit(replace(HERE, **changed), HERE, sheets={"abc"})  # type: ignore[arg-type]
    assert sentence in told and "Chưa có gì được ghi" in told


def test_a_blank_sheet_fits_every_half_day_and_somebody_elses_is_a_doubt() -> None:
    blank = Marks(3, 2, "whole")
    assert misfit(HERE, HERE, sheets={"abc"}) == misfit(blank, HERE, sheets={"abc", "whole"}) == ""
    assert whose_doubt(blank, HERE) == whose_doubt(HERE, HERE) == ""
    assert "được lập cho Lê Đức Thắng (TV 2)" in whose_doubt(HERE, replace(HERE, paper="proposed:6", whose="TV 3"))
