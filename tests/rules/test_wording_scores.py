from dataclasses import replace

import pytest

from tests.rules.half_day import FULL, SCORES
from thidua.rules.minutes_facts import Rated
from thidua.rules.wording import compose_minutes


@pytest.fixture(scope="module")
def minutes():
    return compose_minutes(FULL)


def ids(document):
    return [block.id for block in document.blocks]


def test_the_score_table_sets_own_and_agreed_side_by_side_with_the_reason(minutes):
    table = minutes.block("score-table")
    rows = [row.cells for row in table.rows]
    assert rows[0] == ("I. Quán triệt, triển khai phong trào thi đua", "80", "76", "73,5", "−2,5", "")
    assert rows[1] == ("1.1", "Tuyên truyền, vận động hội viên", "40", "39", "36,5", "−2,5", "Thiếu minh chứng đợt 2")
    assert rows[5] == ("2.2", "Hoạt động của Hội Nữ", "5", "", "không xét", "", "")
    assert rows[6] == ("2.3", "Vướng mắc khi áp dụng quy chế", "", "", "", "", "Không có")
    assert rows[-1] == ("Tổng cộng", "100", "95", "92,5", "−2,5", "") and table.rows[-1].kind == "total"
    assert sum(column.width_percent for column in table.columns) == 100


def test_evidence_of_the_own_score_stands_under_the_reason():
    proofs = ("Số 12/QĐ-HTS ngày 03/02/2020", "2 tệp")
    lines = [replace(line, proofs=proofs) if line.number == "1.1" else line for line in FULL.scores]
    table = compose_minutes(replace(FULL, scores=tuple(lines))).block("score-table")
    assert table.rows[1].cells[-1] == "Thiếu minh chứng đợt 2\nMinh chứng: Số 12/QĐ-HTS ngày 03/02/2020; 2 tệp."


def test_without_any_own_score_the_table_has_no_column_of_differences():
    lines = tuple(replace(line, self_points=None) for line in FULL.scores)
    table = compose_minutes(replace(FULL, scores=lines, total_self=None)).block("score-table")
    assert [column.title for column in table.columns][3:5] == ["Tự chấm", "Thống nhất"]
    assert len(table.columns) == 6 and len(table.rows[1].cells) == 6
    assert sum(column.width_percent for column in table.columns) == 100


def test_what_was_not_considered_is_said(minutes):
    assert minutes.block("not-applicable").text == "Có một tiêu chí không xét vì không áp dụng với đơn vị: 2.2."


@pytest.mark.parametrize(
    ("own", "agreed", "expected"),
    [
        (9500, 9250, ", thấp hơn 2,5 điểm so với điểm đơn vị tự chấm (95 điểm)."),
        (9000, 9250, ", cao hơn 2,5 điểm so với điểm đơn vị tự chấm (90 điểm)."),
        (9250, 9250, ", bằng điểm đơn vị tự chấm."),
        (None, 9250, "."),
    ],
)
def test_the_total_is_told_in_figures_and_words_and_compared(own, agreed, expected):
    document = compose_minutes(replace(FULL, total_self=own, total_agreed=agreed))
    assert document.block("totals").text == (
        "Tổng điểm thống nhất: 92,5/100 điểm (bằng chữ: chín mươi hai phẩy năm điểm)" + expected
    )


def test_a_total_above_the_maximum_and_another_maximum_than_a_hundred_are_told_as_they_are():
    document = compose_minutes(replace(FULL, total_agreed=9700, total_maximum=9000, total_self=None))
    assert document.block("totals").text == ("Tổng điểm thống nhất: 97/90 điểm (bằng chữ: chín mươi bảy điểm).")


def test_a_plain_rating_is_one_short_sentence(minutes):
    assert minutes.block("rating").text == "Xếp loại: Tốt."


def test_a_gate_is_explained_in_the_rating():
    gate = "Tiêu chí 2.1 (nội dung bắt buộc) bị 0 điểm nên xếp loại không quá Khá."
    document = compose_minutes(replace(FULL, rated=Rated("Khá", "Tốt", "Khá", (gate,))))
    assert document.block("rating").text == f"Theo tổng điểm: xếp loại Tốt. {gate} Kết quả xếp loại: Khá."


def test_a_gate_that_changes_nothing_is_not_told():
    gate = "Mục II đạt dưới 50% số điểm nên xếp loại không quá Tốt."
    document = compose_minutes(replace(FULL, rated=Rated("Tốt", "Tốt", "Tốt", (gate,))))
    assert document.block("rating").text == "Xếp loại: Tốt."
    over = compose_minutes(replace(FULL, rated=Rated("Khá", "Tốt", "Tốt", (gate,), "Còn đơn thư")))
    assert gate not in over.block("rating").text


def test_an_override_is_printed_with_its_reason():
    rated = Rated("Xuất sắc", "Tốt", "Tốt", (), "Đơn vị dẫn đầu cụm thi đua.")
    assert compose_minutes(replace(FULL, rated=rated)).block("rating").text == (
        "Theo tổng điểm: xếp loại Tốt. Trưởng đoàn quyết định xếp loại Xuất sắc, lý do: đơn "
        "vị dẫn đầu cụm thi đua. "
        "Kết quả xếp loại: Xuất sắc."
    )


def test_an_override_over_a_gate_tells_the_whole_way():
    rated = Rated("Tốt", "Tốt", "Khá", ("Mục II đạt dưới 50% số điểm nên hạ một bậc xếp loại.",), "Lý do khách quan")
    text = compose_minutes(replace(FULL, rated=rated)).block("rating").text
    assert (
        "Theo quy định khống chế: xếp loại Khá. Trưởng đoàn quyết định xếp loại Tốt, lý do: lý do khách quan." in text
    )


def test_a_sheet_on_which_nothing_was_scored_is_not_printed():
    lines = tuple(replace(line, agreed=None, self_points=None, not_applicable=False, text_answer="") for line in SCORES)
    document = compose_minutes(replace(FULL, scores=lines, total_agreed=None, total_self=None, rated=None))
    assert "score-table" not in ids(document) and "scores-section" not in ids(document)
