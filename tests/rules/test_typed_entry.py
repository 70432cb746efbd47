import pytest

from tests.rules.sheets import leaf, section, small_sheet
from thidua.rules.entries import Entry
from thidua.rules.errors import InvalidEntry
from thidua.rules.sheet import Level
from thidua.rules.typed_entry import added_up, total_problem, typed_entry

LEVELS = leaf(2, 1000, kind="levels", levels=(Level("Đủ", 1000), Level("Một phần", 500), Level("Chưa", 200)))
COUNT = leaf(3, 500, kind="count", points_per_count=50)
NOTE = leaf(4, None, kind="note")


@pytest.mark.parametrize(
    ("criterion", "typed", "entry"),
    [
        (leaf(1), " 8,5 ", Entry(points=850)),
        (leaf(1), "0", Entry(points=0)),
        (leaf(1), "", None),
        (leaf(1), "   ", None),
        (leaf(1), "k", Entry(not_applicable=True)),
        (leaf(1), "K", Entry(not_applicable=True)),
        (leaf(1), "Không xét", Entry(not_applicable=True)),
        (LEVELS, "5", Entry(level=1)),
        (LEVELS, "10", Entry(level=0)),
        (LEVELS, "1", Entry(level=0)),
        (LEVELS, "2", Entry(level=2)),  # two points are a level here: points come before the number
        (LEVELS, "m2", Entry(level=1)),
        (LEVELS, "Mức 3", Entry(level=2)),
        (LEVELS, "3)", Entry(level=2)),
        (COUNT, "4", Entry(count=4)),
        (NOTE, "Không vướng mắc", Entry(text="Không vướng mắc")),
        (leaf(1, 0, polarity="penalty", minimum=-500), "2", Entry(points=-200)),
    ],
)
def test_a_box_means(criterion, typed, entry):
    assert typed_entry(criterion, typed) == entry


@pytest.mark.parametrize(
    ("criterion", "typed"),
    [(leaf(1), "11"), (leaf(1), "8,3"), (leaf(1), "tám"), (LEVELS, "4"), (LEVELS, "m4"), (COUNT, "1,5")],
)
def test_what_cannot_be_is_refused_in_words(criterion, typed):
    with pytest.raises(InvalidEntry) as wrong:
        typed_entry(criterion, typed)
    assert wrong.value.message


def test_rows_are_added_up_as_with_a_pencil():
    entries = {1: Entry(points=850), 2: Entry(level=1), 3: Entry(count=3), 4: Entry(text="x"), 9: Entry(points=100)}
    assert added_up(small_sheet(leaf(1), LEVELS, COUNT, NOTE), entries) == 850 + 500 + 150


def test_what_starts_full_is_on_the_paper_before_anything_is_taken():
    taken = leaf(2, 0, kind="count", polarity="penalty", points_per_count=-200)
    sheet = small_sheet(leaf(1), section(3, taken, starts_full=True, maximum=400))
    assert added_up(sheet, {1: Entry(points=850), 2: Entry(count=1)}) == 850 + 400 - 200


def test_the_total_on_the_paper_is_compared_with_the_rows():
    assert total_problem("", 850, 850) == total_problem("8,5", 850, 850) == ""
    assert "khác tổng các dòng" in total_problem("9", 850, 850)
    assert "không phải là điểm" in total_problem("chín", 850, 850)


def test_the_total_on_the_paper_may_follow_the_caps_of_the_sheet():
    assert total_problem("13", 1300, 1000) == total_problem("10", 1300, 1000) == ""
    assert "khác tổng các dòng" in total_problem("11", 1300, 1000)
