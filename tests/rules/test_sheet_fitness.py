"""What makes a score sheet unusable is named with its place; what merely disagrees is none of it."""

from dataclasses import replace

import pytest

from tests.rules.sheets import checklist72, leaf, section, small_sheet
from thidua.rules.sheet import Band, Criterion, Gate, Level, Sheet
from thidua.rules.sheet_fitness import obstacles

BANDS = (Band("Tốt", 8000), Band("Khá", 0))


def told(sheet: Sheet) -> list[tuple[str, str, int | None]]:
    return [(one.spot, one.sentence, one.criterion_id) for one in obstacles(sheet)]


def test_the_sheet_that_ships_is_fit_and_so_is_one_that_only_disagrees_with_itself() -> None:
    assert told(checklist72()) == []
    odd = small_sheet(section(1, leaf(2), maximum=9900), declared_max=5000)
    assert odd.warnings() and told(odd) == []


def test_a_sheet_without_points_cannot_be_scored_with() -> None:
    notes = small_sheet(section(1, leaf(2, None, kind="note")))
    for empty in (small_sheet(), small_sheet(section(1)), notes):
        assert told(empty) == [("outline", "Bảng điểm chưa có tiêu chí nào cho điểm.", None)]


def test_a_kind_of_unit_to_whom_nothing_applies_is_named() -> None:
    for_some = small_sheet(section(1, leaf(2, applies_to=("hoi_tinh",)), leaf(3, None, kind="note", applies_to=("x",))))
    assert told(for_some) == [("outline", "Với x không còn tiêu chí nào cho điểm.", None)]


@pytest.mark.parametrize(
    ("criterion", "words"),
    [
        (leaf(7, kind="levels"), "Tiêu chí 7: xin ghi ít nhất một mức"),
        (leaf(7, None), "Tiêu chí 7: xin ghi điểm tối đa"),
        (leaf(7, kind="count"), "Tiêu chí 7: xin ghi số điểm cho mỗi lần"),
        (leaf(7, step=0), "Tiêu chí 7: xin chọn nấc điểm"),
        (replace(leaf(7), text=" "), "Tiêu chí 7: chưa có nội dung."),
        (leaf(7, 0, kind="levels", polarity="penalty", levels=(Level("Nặng", 200),)), "Tiêu chí 7: mức của điểm trừ"),
    ],
)
def test_a_criterion_that_cannot_be_scored_is_named_with_its_id(criterion: Criterion, words: str) -> None:
    [(spot, sentence, criterion_id)] = told(small_sheet(section(1, leaf(2), criterion)))
    assert (spot, criterion_id) == ("criterion", 7) and sentence.startswith(words)


def test_a_number_used_twice_is_told_with_the_words_beside_it() -> None:
    bad = replace(leaf(7, kind="levels"), number="1", text="Tổ chức phong trào")
    [(_spot, sentence, _id)] = told(small_sheet(section(1, bad)))
    assert sentence.startswith("Tiêu chí 1 (Tổ chức phong trào): ")


@pytest.mark.parametrize(
    ("gate", "words"),
    [
        (Gate("critical_zero", "9.9", None, "lower_one"), "không có, hoặc có nhiều, nội dung số 9.9."),
        (Gate("section_below", "9", 50, "lower_one"), "không có, hoặc có nhiều, nội dung số 9."),
        (Gate("section_below", "2", 50, "lower_one"), "số 2 là một tiêu chí, không phải một mục."),
        (Gate("section_below", None, None, "lower_one"), "chưa ghi dưới bao nhiêu phần trăm."),
        (Gate("critical_zero", None, None, "lower_one"), "chưa có tiêu chí nào được đánh dấu bắt buộc."),
        (Gate("critical_zero", "3", None, "lower_one"), "số 3 chỉ ghi nhận xét nên không bao giờ bị 0 điểm."),
        (Gate("critical_zero", "2", None, "at_most", "Giỏi"), "không có mức xếp loại “Giỏi”."),
        (Gate("critical_zero", "2", None, "at_most"), "chưa chọn mức xếp loại cao nhất được giữ."),
        (Gate("manual", effect="not_rated"), "chưa ghi trường hợp nào thì áp dụng."),
    ],
)
def test_a_gate_that_names_nothing_is_told_with_its_place(gate: Gate, words: str) -> None:
    fine = Gate("critical_zero", "2", None, "at_most", "Khá")
    sheet = small_sheet(section(1, leaf(2), leaf(3, None, kind="note")), bands=BANDS, gates=(fine, gate))
    assert told(sheet) == [("gates", f"Khống chế 2: {words}", None)]


def test_a_sheet_without_a_name_is_told() -> None:
    assert told(replace(small_sheet(section(1, leaf(2))), name=" ")) == [("settings", "Bảng điểm chưa có tên.", None)]
