"""Trying a score sheet: what stands in the form becomes totals and a rating; what is wrong is told and not counted."""

from hypothesis import HealthCheck, given, settings

from tests.rules.sheets import checklist72, leaf, scored_sheets, section, sheets, small_sheet
from thidua.rules.entries import Entry
from thidua.rules.scoring import compute_totals
from thidua.rules.sheet import Band, Gate, Level, Sheet
from thidua.rules.trial import entry_of, fullest, try_sheet

at_leisure = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LEVELS = (Level("Đủ", 800), Level("Một phần", 400), Level("Không", 0))


def test_keys_fields_levels_and_counts_are_read() -> None:
    levels = leaf(1, 800, kind="levels", levels=LEVELS)
    count = leaf(2, 500, kind="count", points_per_count=50)
    assert entry_of(levels, "1") == Entry(level=1)
    assert entry_of(count, "3") == Entry(count=3)
    assert entry_of(leaf(3), "8,5") == Entry(points=850)
    assert entry_of(leaf(3), " ") is None
    for token in ("na", "k", "Không xét"):
        assert entry_of(leaf(3), token) == Entry(not_applicable=True)


def test_totals_sections_and_rating_follow_the_values() -> None:
    sheet = checklist72()
    by_number = {one.number: one.id for one in sheet.leaves}
    trial = try_sheet(sheet, {by_number["1.1"]: "12", by_number["1.2"]: "na", by_number["2.1"]: "2"})
    assert (trial.totals.points, trial.totals.maximum) == (1200, 8800)
    assert trial.totals.section("1").points == 1200 and not trial.grade.complete
    assert any("2.1" in hit.sentence for hit in trial.grade.gates)


def test_full_marks_are_the_best_rating_and_nothing_is_left_to_score() -> None:
    trial = try_sheet(checklist72(), fullest(checklist72()))
    assert (trial.totals.points, trial.totals.missing, trial.grade.label) == (10000, 0, "Xuất sắc")
    assert trial.grade.gates == () and trial.errors == {}


def test_a_declared_gate_strikes() -> None:
    bands = (Band("Tốt", 5000), Band("Khá", 0))
    sheet = small_sheet(leaf(1, 10000), bands=bands, gates=(Gate("manual", effect="lower_one", text="Kỷ luật"),))
    assert try_sheet(sheet, fullest(sheet)).grade.label == "Tốt"
    assert try_sheet(sheet, fullest(sheet), declared_gates={0}).grade.label == "Khá"


def test_what_cannot_be_taken_is_told_and_counts_as_not_scored() -> None:
    sheet = small_sheet(leaf(1), leaf(2), leaf(3, 800, kind="levels", levels=LEVELS))
    trial = try_sheet(sheet, {1: "99", 2: "5", 3: "7"})
    assert set(trial.errors) == {1, 3} and "từ 0 đến 10" in trial.errors[1]
    assert (trial.totals.points, trial.totals.missing) == (500, 2)


def test_full_marks_take_every_limited_bonus_no_deduction_and_one_of_two_alternatives() -> None:
    sheet = small_sheet(
        section(1, leaf(11, 1000), leaf(12, 2000), either_or=True),
        leaf(2, 500, polarity="bonus"),
        leaf(3, None, polarity="bonus"),
        leaf(4, 0, minimum=-300, polarity="penalty"),
        leaf(5, 500, kind="count", points_per_count=200),
        leaf(6, 500, kind="count", points_per_count=-200),
        leaf(7, None, kind="note"),
    )
    assert fullest(sheet) == {12: "20", 2: "5", 4: "0", 5: "3", 6: "0"}
    assert try_sheet(sheet, fullest(sheet)).totals.points == 2000 + 500 + 500 + 500


@at_leisure
@given(sheets())
def test_full_marks_can_always_be_entered(sheet: Sheet) -> None:
    assert try_sheet(sheet, fullest(sheet)).errors == {}


@at_leisure
@given(scored_sheets())
def test_no_values_bring_more_than_full_marks(pair: tuple[Sheet, dict[int, Entry]]) -> None:
    sheet, entries = pair
    assert compute_totals(sheet, entries).points <= try_sheet(sheet, fullest(sheet)).totals.points
