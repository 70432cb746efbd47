"""What holds for every sheet and every way of scoring it."""

from hypothesis import given
from hypothesis import strategies as st

from tests.rules.sheets import NOT_APPLICABLE, scored_sheets, sheets
from thidua.rules.entries import Entry, entry_points
from thidua.rules.scoring import compute_totals
from thidua.rules.sheet import Sheet
from thidua.rules.unscored import missing_leaves, unscored

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
    floor = sum(min(root.minimum, 0) for root in sheet.roots)
    assert floor <= totals.points - totals.bonus <= totals.maximum <= sheet.maximum
    assert totals.bonus >= 0
    if sheet.bonus_cap is not None:
        assert totals.bonus <= sheet.bonus_cap
    if sheet.total_cap is not None:
        assert max(totals.points, totals.scaled_points, totals.maximum) <= sheet.total_cap
    rules = {criterion.id: criterion for criterion in sheet.all}
    for section in totals.sections:
        rule = rules[section.id]
        if rule.polarity != "penalty":
            assert section.points >= min(rule.minimum, 0)
        elif rule.minimum:
            assert rule.minimum <= section.points <= 0
        if rule.cap is not None:
            assert section.points <= rule.cap
            assert section.maximum <= rule.cap
        if rule.starts_full and not section.is_not_applicable:
            assert rule.minimum <= section.points <= section.maximum == rule.maximum


@given(scored_sheets())
def test_every_criterion_with_points_is_scored_missing_spared_or_not_applicable(scored: Scored) -> None:
    sheet, entries = scored
    totals = compute_totals(sheet, entries)
    with_points = [criterion for criterion in sheet.leaves if criterion.carries_points]
    assert totals.leaves == len(with_points)
    assert totals.leaves == totals.scored + totals.not_applicable + totals.missing + totals.spared
    assert totals.not_applicable == sum(entries.get(one.id) == NOT_APPLICABLE for one in with_points)
    assert totals.missing + totals.spared == sum(one.id not in entries for one in with_points)
    for section in totals.sections:
        assert section.leaves == section.scored + section.not_applicable + section.missing + section.spared


@given(scored_sheets())
def test_what_is_missing_is_told_by_name_and_counted_alike(scored: Scored) -> None:
    sheet, entries = scored
    missing = missing_leaves(sheet, entries)
    assert len(missing) == compute_totals(sheet, entries).missing
    left = unscored(sheet, entries)
    assert not left.spared & {one.id for one in left.missing}
    assert left.spared | {one.id for one in left.missing} == {one.id for one in sheet.leaves} - entries.keys()


@given(sheets())
def test_scoring_only_what_is_still_missing_comes_to_an_end(sheet: Sheet) -> None:
    entries: dict[int, Entry] = {}
    while missing := missing_leaves(sheet, entries):
        one = missing[0]
        entries[one.id] = Entry(level=0) if one.kind == "levels" else Entry(points=0)
    assert compute_totals(sheet, entries).is_complete


@given(scored_sheets())
def test_taking_a_penalty_away_never_lowers_the_total(scored: Scored) -> None:
    sheet, entries = scored
    before = compute_totals(sheet, entries)
    for criterion in sheet.leaves:
        entry = entries.get(criterion.id)
        if criterion.polarity != "penalty" or entry is None or entry.not_applicable:
            continue
        without = {key: entry for key, entry in entries.items() if key != criterion.id}
        for fewer in (without, entries | {criterion.id: Entry(points=0)}):
            after = compute_totals(sheet, fewer)
            assert after.points >= before.points
            assert after.scaled_points >= before.scaled_points


@given(scored_sheets(), st.data())
def test_a_smaller_penalty_never_lowers_the_total(scored: Scored, data: st.DataObject) -> None:
    sheet, entries = scored
    taken = [one for one in sheet.leaves if one.polarity == "penalty" and one.id in entries]
    if not taken:
        return
    one = data.draw(st.sampled_from(taken))
    points = entry_points(one, entries[one.id])
    if points is not None:
        smaller = entries | {one.id: Entry(points=data.draw(st.integers(points, 0)))}
        assert compute_totals(sheet, smaller).points >= compute_totals(sheet, entries).points


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
            assert after.missing <= before.missing - (criterion in missing_leaves(sheet, entries))


@given(scored_sheets())
def test_not_applicable_is_neither_zero_nor_missing(scored: Scored) -> None:
    sheet, entries = scored
    for criterion in sheet.leaves:
        if criterion.id in entries or not criterion.carries_points:
            continue
        missing, left_out, zero = (
            compute_totals(sheet, entries | here)
            for here in ({}, {criterion.id: NOT_APPLICABLE}, {criterion.id: Entry(points=0)})
        )
        assert left_out.not_applicable == missing.not_applicable + 1 == zero.not_applicable + 1
        assert zero.scored == missing.scored + 1 == left_out.scored + 1
        assert missing.missing + missing.spared == left_out.missing + left_out.spared + 1
        assert missing.maximum == zero.maximum >= left_out.maximum


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
