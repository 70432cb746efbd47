"""What holds for every sheet and every way of scoring it."""

from hypothesis import given
from hypothesis import strategies as st

from tests.rules.sheets import NOT_APPLICABLE, scored_sheets, sheets
from thidua.rules.entries import Entry, entry_points
from thidua.rules.scoring import compute_totals
from thidua.rules.sheet import Sheet

Scored = tuple[Sheet, dict[int, Entry]]


@given(scored_sheets(), st.randoms())
def test_the_order_of_entry_never_matters(scored: Scored, random: object) -> None:
    sheet, entries = scored
    shuffled = list(entries.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert compute_totals(sheet, dict(shuffled)) == compute_totals(sheet, entries)


@given(scored_sheets())
def test_totals_never_leave_their_limits(scored: Scored) -> None:
    sheet, entries = scored
    totals = compute_totals(sheet, entries)
    assert 0 <= totals.points - totals.bonus <= totals.maximum <= sheet.maximum
    assert totals.bonus >= 0
    if sheet.bonus_cap is not None:
        assert totals.bonus <= sheet.bonus_cap
    caps = {criterion.id: criterion.cap for criterion in sheet.all}
    for section in totals.sections:
        assert section.points >= 0
        cap = caps[section.id]
        if cap is not None:
            assert section.points <= cap
            assert section.maximum <= cap


@given(scored_sheets())
def test_every_criterion_with_points_is_scored_missing_or_not_applicable(scored: Scored) -> None:
    sheet, entries = scored
    totals = compute_totals(sheet, entries)
    with_points = [criterion for criterion in sheet.leaves if criterion.carries_points]
    assert totals.leaves == len(with_points) == totals.scored + totals.not_applicable + totals.missing
    assert totals.missing == sum(criterion.id not in entries for criterion in with_points)
    assert totals.not_applicable == sum(entries.get(one.id) == NOT_APPLICABLE for one in with_points)


@given(scored_sheets())
def test_taking_a_penalty_away_never_lowers_the_total(scored: Scored) -> None:
    sheet, entries = scored
    before = compute_totals(sheet, entries)
    for criterion in sheet.leaves:
        if criterion.polarity != "penalty":
            continue
        without = {key: entry for key, entry in entries.items() if key != criterion.id}
        after = compute_totals(sheet, without)
        assert after.points >= before.points
        assert after.scaled_points >= before.scaled_points
        assert compute_totals(sheet, entries | {criterion.id: Entry(points=0)}).points >= before.points


@given(scored_sheets())
def test_more_points_on_one_criterion_never_lower_the_total(scored: Scored) -> None:
    sheet, entries = scored
    before = compute_totals(sheet, entries)
    for criterion in sheet.leaves:
        entry = entries.get(criterion.id)
        highest = criterion.highest
        if criterion.kind != "points" or entry is None or entry.points is None or highest is None:
            continue
        after = compute_totals(sheet, entries | {criterion.id: Entry(points=highest)})
        assert after.points >= before.points
        assert after.maximum == before.maximum


@given(scored_sheets())
def test_scoring_what_was_missing_never_changes_the_maximum(scored: Scored) -> None:
    sheet, entries = scored
    before = compute_totals(sheet, entries)
    for criterion in sheet.leaves:
        if criterion.id not in entries and criterion.kind == "points":
            after = compute_totals(sheet, entries | {criterion.id: Entry(points=0)})
            assert after.maximum == before.maximum
            assert after.missing == before.missing - 1


@given(sheets())
def test_leaving_everything_out_leaves_nothing(sheet: Sheet) -> None:
    totals = compute_totals(sheet, dict.fromkeys((leaf.id for leaf in sheet.leaves), NOT_APPLICABLE))
    assert totals.missing == totals.scored == 0
    assert totals.points == totals.maximum == (sheet.maximum if sheet.not_applicable == "full_marks" else 0)


@given(scored_sheets())
def test_an_entry_never_brings_more_or_less_than_its_criterion_allows(scored: Scored) -> None:
    sheet, entries = scored
    for criterion in sheet.leaves:
        entry = entries.get(criterion.id)
        points = None if entry is None else entry_points(criterion, entry)
        if points is not None:
            assert criterion.highest is None or points <= criterion.highest
            assert criterion.lowest is None or points >= criterion.lowest
