from dataclasses import replace

import pytest

from tests.rules.sheets import leaf, section, small_sheet
from thidua.rules.entries import Entry
from thidua.rules.last_time import LastTime, Settled, last_times, same_criteria
from thidua.rules.sheet import Level


def named(id, number, text, maximum=1000, **settings):
    return replace(leaf(id, maximum, **settings), number=number, text=text)


def before(*leaves):
    return replace(small_sheet(section(90, *leaves)), id=7)


def matched(now, *old):
    return {one: other.id for one, other in same_criteria(small_sheet(section(91, *now)), before(*old)).items()}


def test_of_the_same_checklist_each_criterion_is_itself():
    sheet = small_sheet(leaf(1), leaf(2))
    assert {one: other.id for one, other in same_criteria(sheet, sheet).items()} == {1: 1, 2: 2}


def test_same_number_and_same_words_however_they_are_written():
    assert matched([named(1, "1.4", "Phối hợp với cụm thi đua")], named(31, "1.4", "PHỐI HỢP với Cụm thi đua")) == {
        1: 31
    }


def test_the_same_words_under_another_number():
    assert matched([named(1, "2.1", "Quỹ nghĩa tình")], named(31, "1.4", "Quỹ nghĩa tình")) == {1: 31}


def test_the_same_number_with_other_words_is_another_criterion():
    assert matched([named(1, "1.4", "Quỹ nghĩa tình")], named(31, "1.4", "Báo cáo đúng hạn")) == {}


def test_words_that_stand_twice_decide_nothing_without_their_number():
    twice = [named(1, "1.1", "Hồ sơ đầy đủ"), named(2, "2.1", "Hồ sơ đầy đủ")]
    assert matched(twice, named(31, "1.1", "Hồ sơ đầy đủ"), named(32, "3.1", "Hồ sơ đầy đủ")) == {1: 31}
    assert matched(twice, named(31, "5", "Hồ sơ đầy đủ")) == {}


def told(now, old, entry, reason=""):
    found = last_times(small_sheet(now), before(old), {old.id: Settled(entry, reason)}, 2019)
    return found.get(now.id)


def test_points_and_maximum_with_the_reason():
    one = told(leaf(1), leaf(31), Entry(points=850), "Thiếu hồ sơ.")
    assert one == LastTime(2019, "8,5 / 10", "Thiếu hồ sơ.", 850, 1000)
    assert one.label == "Lần trước (2019)"


@pytest.mark.parametrize(
    ("points", "most", "value"),
    [
        (850, 1000, "85 % (8,5 / 10)"),
        (0, 500, "0 % (0 / 5)"),
        (250, 300, "83 % (2,5 / 3)"),
        (50, 400, "13 % (0,5 / 4)"),
    ],
)
def test_another_maximum_is_told_in_percent(points, most, value):
    assert told(leaf(1, 2000), leaf(31, most), Entry(points=points)).value == value


def test_a_level_is_told_by_its_points():
    levels = (Level("Đủ", 1000), Level("Một phần", 500))
    assert told(leaf(1), leaf(31, kind="levels", levels=levels), Entry(level=1)).value == "5 / 10"


def test_what_has_no_points_is_told_in_words():
    assert told(leaf(1), leaf(31), Entry(not_applicable=True)).value == "không xét"
    note = told(leaf(1, None, kind="note"), leaf(31, None, kind="note"), Entry(text="Không vướng mắc"))
    assert (note.value, note.points, note.maximum) == ("Không vướng mắc", None, None)


def test_a_deduction_has_no_maximum_to_be_compared_with():
    penalty = leaf(31, 0, polarity="penalty", minimum=-500)
    assert told(leaf(1, 0, polarity="penalty", minimum=-500), penalty, Entry(points=-200)).value == "-2"


def test_without_an_agreed_score_nothing_is_told():
    assert last_times(small_sheet(leaf(1)), before(leaf(31)), {}, 2019) == {}
