import pytest

from tests.rules.sheets import NOT_APPLICABLE, checklist72, full_marks72, leaf, section, small_sheet, typed
from thidua.rules.entries import Entry
from thidua.rules.scoring import compute_totals
from thidua.rules.sheet import Criterion, Level
from thidua.rules.unscored import missing_leaves


def test_checklist72_with_full_marks_is_100() -> None:
    sheet = checklist72()
    totals = compute_totals(sheet, full_marks72(sheet))
    assert (totals.points, totals.maximum, totals.percent) == (10000, 10000, 10000)
    assert [section.points for section in totals.sections] == [6000, 1500, 2500]
    assert (totals.scored, totals.not_applicable, totals.missing, totals.leaves) == (12, 0, 0, 12)


def test_checklist72_adds_up_by_hand() -> None:
    sheet = checklist72()
    totals = compute_totals(sheet, typed(sheet, c1_1="10,5", c1_2="11", c2_1="5", c3_3="4,5"))
    assert totals.points == 1050 + 1100 + 500 + 450
    assert totals.percent == 3100
    assert [(one.number, one.points, one.scored, one.missing) for one in totals.sections] == [
        ("1", 2150, 2, 4),
        ("2", 500, 1, 1),
        ("3", 450, 1, 3),
    ]


def test_not_scored_zero_and_not_applicable_are_three_things() -> None:
    sheet = small_sheet(leaf(1), leaf(2), leaf(3))
    totals = compute_totals(sheet, {1: Entry(points=0), 2: NOT_APPLICABLE})
    assert (totals.scored, totals.not_applicable, totals.missing) == (1, 1, 1)
    assert (totals.points, totals.maximum) == (0, 2000)


def test_what_does_not_apply_leaves_the_maximum_and_the_total_is_brought_back_to_scale() -> None:
    sheet = small_sheet(leaf(1, 6000), leaf(2, 3000), leaf(3, 1000))
    totals = compute_totals(sheet, {1: Entry(points=5000), 2: Entry(points=3000), 3: NOT_APPLICABLE})
    assert (totals.points, totals.maximum) == (8000, 9000)
    assert totals.percent == 8889
    assert totals.scaled_points == 8889  # 80 × 100 / 90 = 88,888…


def test_scaling_rounds_half_up() -> None:
    sheet = small_sheet(leaf(1, 8000), leaf(2, 2000))
    totals = compute_totals(sheet, {1: Entry(points=6002), 2: NOT_APPLICABLE})
    assert totals.scaled_points == 7503  # 60,02 × 100 / 80 = 75,025


def test_a_bonus_is_not_scaled() -> None:
    sheet = small_sheet(leaf(1, 5000), leaf(2, 5000), leaf(3, 1000, polarity="bonus"))
    totals = compute_totals(sheet, {1: Entry(points=4000), 2: NOT_APPLICABLE, 3: Entry(points=300)})
    assert (totals.points, totals.scaled_points) == (4300, 8300)


def test_what_does_not_apply_may_count_as_full_marks() -> None:
    sheet = small_sheet(
        leaf(1, 6000),
        leaf(2, 4000),
        leaf(3, 500, polarity="bonus"),
        leaf(4, 0, minimum=-500, polarity="penalty"),
        not_applicable="full_marks",
    )
    totals = compute_totals(sheet, {1: Entry(points=5000), **dict.fromkeys((2, 3, 4), NOT_APPLICABLE)})
    assert (totals.points, totals.maximum, totals.scaled_points) == (9000, 10000, 9000)
    assert (totals.scored, totals.not_applicable, totals.missing) == (1, 3, 0)


def test_a_section_of_which_nothing_applies_does_not_apply_itself() -> None:
    sheet = small_sheet(section(1, leaf(2), leaf(3)), section(4, leaf(5)))
    totals = compute_totals(sheet, {2: NOT_APPLICABLE, 3: NOT_APPLICABLE, 5: Entry(points=700)})
    assert [one.is_not_applicable for one in totals.sections] == [True, False]
    assert (totals.points, totals.maximum) == (700, 1000)


def test_when_nothing_applies_there_is_no_percentage() -> None:
    totals = compute_totals(small_sheet(leaf(1)), {1: NOT_APPLICABLE})
    assert (totals.percent, totals.maximum, totals.scaled_points) == (None, 0, 0)


def test_bonus_carries_the_total_above_the_maximum() -> None:
    sheet = small_sheet(leaf(1, 10000), leaf(2, 1500, polarity="bonus"))
    totals = compute_totals(sheet, {1: Entry(points=9700), 2: Entry(points=1000)})
    assert (totals.points, totals.maximum, totals.bonus) == (10700, 10000, 1000)


def test_the_bonus_of_the_whole_sheet_may_have_a_cap() -> None:
    sheet = small_sheet(leaf(1, 9000), leaf(2, 800, polarity="bonus"), leaf(3, 800, polarity="bonus"), bonus_cap=1000)
    totals = compute_totals(sheet, {1: Entry(points=9000), 2: Entry(points=800), 3: Entry(points=800)})
    assert totals.points == 10000


def test_a_section_with_a_cap_brings_no_more() -> None:
    sheet = small_sheet(section(1, leaf(2), leaf(3), cap=1500), section(4, leaf(5, polarity="bonus"), cap=300))
    totals = compute_totals(sheet, {2: Entry(points=1000), 3: Entry(points=900), 5: Entry(points=1000)})
    assert [one.points for one in totals.sections] == [1500, 300]
    assert totals.maximum == sheet.maximum == 1500


def test_a_penalty_stops_at_zero_unless_the_section_says_otherwise() -> None:
    penalty = leaf(3, 0, minimum=-1000, polarity="penalty")
    entries = {2: Entry(points=400), 3: Entry(points=-1000), 9: Entry(points=2000)}
    floored = small_sheet(section(1, leaf(2), penalty), leaf(9, 2000))
    assert compute_totals(floored, entries).points == 2000
    deeper = small_sheet(section(1, leaf(2), penalty, minimum=-500), leaf(9, 2000))
    assert compute_totals(deeper, entries).points == 1500
    assert compute_totals(small_sheet(penalty), entries).points == 0


def test_only_the_highest_counts() -> None:
    sheet = small_sheet(
        section(1, leaf(2, 300), leaf(3, 500), leaf(4, 100), only_highest=True),
        section(
            5,
            leaf(6, 0, minimum=-300, polarity="penalty"),
            leaf(7, 0, minimum=-200, polarity="penalty"),
            only_highest=True,
            polarity="penalty",
            minimum=-300,
        ),
        leaf(8, 1000),
    )
    assert sheet.maximum == 1500
    entries = {2: Entry(points=300), 3: Entry(points=250), 6: Entry(points=-300), 7: Entry(points=-200)}
    totals = compute_totals(sheet, {**entries, 8: Entry(points=1000)})
    assert [one.points for one in totals.sections] == [300, -300]
    assert totals.points == 1000


@pytest.mark.parametrize("policy", ["leave_out", "full_marks"])
def test_what_does_not_apply_never_wins_where_only_the_highest_counts(policy: str) -> None:
    group = section(1, leaf(2, 300), leaf(3, 500), only_highest=True)
    sheet = small_sheet(group, leaf(4, 1000), not_applicable=policy)
    one_left = compute_totals(sheet, {2: Entry(points=200), 3: NOT_APPLICABLE}).sections[0]
    assert (one_left.points, one_left.maximum) == (200, 300)
    not_yet = compute_totals(sheet, {3: NOT_APPLICABLE}).sections[0]
    assert (not_yet.points, not_yet.maximum) == (0, 300)
    none_left = compute_totals(sheet, {2: NOT_APPLICABLE, 3: NOT_APPLICABLE}).sections[0]
    assert none_left.points == none_left.maximum == (500 if policy == "full_marks" else 0)


def test_sections_within_sections_are_listed_with_their_depth() -> None:
    sheet = small_sheet(section(1, section(2, leaf(3)), leaf(4)), section(5, leaf(6)))
    totals = compute_totals(sheet, {3: Entry(points=700), 4: Entry(points=100)})
    assert [(one.number, one.depth, one.points) for one in totals.sections] == [
        ("1", 0, 800),
        ("2", 1, 700),
        ("5", 0, 0),
    ]
    assert totals.section("2").leaves == 1


def counted(id: int, each: int, **settings: int) -> Criterion:
    return leaf(id, 0, kind="count", polarity="penalty", points_per_count=each, **settings)


def test_a_section_that_starts_full_loses_by_occurrence_down_to_its_minimum() -> None:
    sheet = small_sheet(section(1, counted(2, -200), counted(3, -300), starts_full=True, maximum=400), leaf(4, 1000))
    assert sheet.maximum == 1400
    # not scored 4 · twice 2 → 4 − 4 = 0 · once each 4 − 5 = −1, held at 0
    for entries, points in (
        ({}, 400),
        ({2: Entry(count=1)}, 200),
        ({2: Entry(count=2)}, 0),
        ({2: Entry(count=1), 3: Entry(count=1)}, 0),
    ):
        totals = compute_totals(sheet, entries)
        assert (totals.points, totals.maximum) == (points, 1400)
    kept = section(1, counted(2, -200), starts_full=True, maximum=400, minimum=100)
    below = section(1, counted(2, -200), starts_full=True, maximum=400, minimum=-100)
    assert compute_totals(small_sheet(kept), {2: Entry(count=9)}).points == 100
    assert compute_totals(small_sheet(below, leaf(4)), {2: Entry(count=9), 4: Entry(points=500)}).points == 400


@pytest.mark.parametrize(("policy", "points", "maximum"), [("leave_out", 0, 1000), ("full_marks", 400, 1400)])
def test_a_section_that_starts_full_is_left_out_only_as_a_whole(policy: str, points: int, maximum: int) -> None:
    full = section(1, counted(2, -200), counted(3, -300), starts_full=True, maximum=400)
    sheet = small_sheet(full, leaf(4, 1000), not_applicable=policy)
    one_left = compute_totals(sheet, {2: NOT_APPLICABLE})
    assert (one_left.points, one_left.maximum) == (400, 1400)
    none_left = compute_totals(sheet, {2: NOT_APPLICABLE, 3: NOT_APPLICABLE})
    assert (none_left.points, none_left.maximum) == (points, maximum)


def test_of_either_or_one_is_scored_and_the_other_is_not_missing() -> None:
    sheet = small_sheet(section(1, leaf(2, 500), leaf(3, 800), either_or=True), leaf(4, 1000))
    assert sheet.maximum == 1800
    nothing = compute_totals(sheet, {})
    assert (nothing.missing, nothing.spared, nothing.leaves) == (3, 0, 3)
    one = compute_totals(sheet, {2: Entry(points=300)})
    assert (one.points, one.maximum, one.missing, one.spared, one.settled) == (300, 1800, 1, 1, 2)
    both = compute_totals(sheet, {2: Entry(points=500), 3: Entry(points=400), 4: Entry(points=0)})
    assert (both.points, both.missing, both.is_complete) == (500, 0, True)
    left = compute_totals(sheet, {3: NOT_APPLICABLE})
    assert (left.maximum, left.missing, left.spared) == (1500, 2, 0)


def test_an_alternative_of_several_criteria_is_missing_until_it_is_whole() -> None:
    sheet = small_sheet(section(1, section(2, leaf(3), leaf(4)), section(5, leaf(6), leaf(7)), either_or=True))
    begun = {3: Entry(points=1000)}
    assert [one.id for one in missing_leaves(sheet, begun)] == [4]
    totals = compute_totals(sheet, begun)
    assert [(one.number, one.missing, one.spared) for one in totals.sections] == [("1", 1, 2), ("2", 1, 0), ("5", 0, 2)]
    both = {**begun, 6: Entry(points=100)}
    assert [one.id for one in missing_leaves(sheet, both)] == [4, 7]
    whole = {**both, 7: Entry(points=100)}
    assert missing_leaves(sheet, whole) == ()
    assert compute_totals(sheet, whole).points == 1000


def test_the_total_may_have_a_cap() -> None:
    sheet = small_sheet(leaf(1, 10000), leaf(2, 1500, polarity="bonus"), total_cap=10500)
    totals = compute_totals(sheet, {1: Entry(points=9700), 2: Entry(points=1000)})
    assert (totals.points, totals.bonus, totals.scaled_points) == (10500, 800, 10500)
    over = small_sheet(leaf(1, 8000), leaf(2, 4000), total_cap=10000)
    assert over.maximum == 10000
    assert compute_totals(over, {1: Entry(points=8000), 2: Entry(points=3000)}).points == 10000


def test_a_criterion_may_have_a_cap_of_its_own() -> None:
    levels = leaf(1, 1000, kind="levels", levels=(Level("A", 1000), Level("B", 600)), cap=800)
    sheet = small_sheet(levels, leaf(2, None, polarity="bonus", kind="count", points_per_count=100, cap=300))
    totals = compute_totals(sheet, {1: Entry(level=0), 2: Entry(count=7)})
    assert (totals.points, totals.bonus, totals.maximum) == (1100, 300, 800)


def test_a_section_of_penalties_takes_from_the_total_and_never_below_nothing() -> None:
    taking = section(1, counted(2, -500), polarity="penalty")
    sheet = small_sheet(taking, leaf(3, 2000))
    assert compute_totals(sheet, {2: Entry(count=2), 3: Entry(points=1800)}).points == 800
    assert compute_totals(sheet, {2: Entry(count=9), 3: Entry(points=1800)}).points == 0
    limited = small_sheet(section(1, counted(2, -500), polarity="penalty", minimum=-700), leaf(3, 2000))
    assert compute_totals(limited, {2: Entry(count=9), 3: Entry(points=1800)}).points == 1100
    assert compute_totals(limited, {2: Entry(count=9), 3: Entry(points=100)}).points == 0
