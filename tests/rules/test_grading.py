from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.sheets import (
    NOT_APPLICABLE,
    checklist72,
    full_marks72,
    leaf,
    scored_sheets,
    section,
    small_sheet,
    typed,
)
from thidua.rules.entries import Entry
from thidua.rules.errors import InvalidEntry
from thidua.rules.grading import NOT_RATED, Grade, grade, override
from thidua.rules.scoring import compute_totals
from thidua.rules.sheet import Band, Gate, Sheet

BANDS = (Band("Xuất sắc", 9000), Band("Tốt", 8000), Band("Khá", 6500), Band("Yếu", 0))


def rated(sheet: Sheet, entries: dict[int, Entry], **settings: list[int]) -> Grade:
    return grade(sheet, entries, compute_totals(sheet, entries), **settings)  # type: ignore[arg-type]


def rated72(**changed: str) -> Grade:
    sheet = checklist72()
    return rated(sheet, full_marks72(sheet, **changed))


def test_full_marks_are_excellent() -> None:
    result = rated72()
    assert (result.label, result.by_total, result.points, result.complete) == ("Xuất sắc", "Xuất sắc", 10000, True)
    assert result.gates == ()


def test_a_missing_council_decision_caps_92_points_at_fair() -> None:
    result = rated72(c2_1="0")
    assert (result.points, result.by_total, result.label) == (9200, "Xuất sắc", "Khá")
    assert [hit.sentence for hit in result.gates] == [
        "Tiêu chí 2.1 (nội dung bắt buộc) bị 0 điểm nên xếp loại không quá Khá.",
        "Mục 2 đạt dưới 50% số điểm nên xếp loại không quá Tốt.",
    ]


def test_a_section_under_half_caps_at_good() -> None:
    result = rated72(c3_1="0", c3_2="0", c3_3="5", c3_4="6")
    assert (result.points, result.by_total, result.label) == (8600, "Tốt", "Tốt")
    result = rated72(c2_1="5", c2_2="0")
    assert (result.points, result.by_total, result.label) == (9000, "Xuất sắc", "Tốt")
    assert [hit.sentence for hit in result.gates] == ["Mục 2 đạt dưới 50% số điểm nên xếp loại không quá Tốt."]


def test_exactly_half_of_a_section_is_enough() -> None:
    assert rated72(c3_1="0", c3_2="1,5").gates == ()
    assert len(rated72(c3_1="0", c3_2="1").gates) == 1


def test_a_gate_never_raises_a_rating() -> None:
    result = rated72(c2_1="0", c1_1="0", c1_2="0", c1_3="0")
    assert (result.by_total, result.label) == ("Trung bình", "Trung bình")


@pytest.mark.parametrize(
    ("points", "label"),
    [
        (8100, "TSVM xuất sắc"),
        (8099, "TSVM tiên tiến"),
        (8050, "TSVM tiên tiến"),
        (7050, "TSVM"),
        (6099, "Yếu"),
        (0, "Yếu"),
    ],
)
def test_a_value_between_two_printed_bands_belongs_to_the_lower(points: int, label: str) -> None:
    bands = (Band("Yếu", 0), Band("TSVM xuất sắc", 8100), Band("TSVM", 6100), Band("TSVM tiên tiến", 7100))
    sheet = small_sheet(leaf(1, 9000), bands=bands, declared_max=9000)
    assert rated(sheet, {1: Entry(points=points)}).label == label


def test_below_the_lowest_band_or_without_bands_there_is_no_rating() -> None:
    high_only = small_sheet(leaf(1, 10000), bands=(Band("Loại C", 6500),))
    assert rated(high_only, {1: Entry(points=6400)}).label == NOT_RATED
    assert rated(small_sheet(leaf(1)), {1: Entry(points=1000)}).label == NOT_RATED


def test_nothing_applicable_is_not_rated() -> None:
    assert rated(small_sheet(leaf(1), bands=BANDS), {1: NOT_APPLICABLE}).label == NOT_RATED


def test_bands_are_applied_on_the_full_scale_when_something_does_not_apply() -> None:
    sheet = small_sheet(leaf(1, 8000), leaf(2, 2000), bands=BANDS)
    result = rated(sheet, {1: Entry(points=7200), 2: NOT_APPLICABLE})
    assert (result.points, result.label) == (9000, "Xuất sắc")


def test_not_scored_is_no_zero_and_the_rating_stays_provisional() -> None:
    sheet = checklist72()
    result = rated(sheet, {})
    assert (result.complete, result.gates) == (False, ())
    assert result.label == result.by_total == "Yếu"


def test_a_gate_strikes_early_only_when_nothing_can_help() -> None:
    sheet = checklist72()
    almost = rated(sheet, typed(sheet, c2_2="4"))
    assert almost.gates == ()
    lost = rated(sheet, typed(sheet, c3_1="0", c3_2="0"))
    assert [hit.gate.kind for hit in lost.gates] == ["section_below"]


def test_not_applicable_critical_items_do_not_strike() -> None:
    assert rated72(c2_1="x").gates == ()


def test_any_critical_zero_names_every_item_that_is_zero() -> None:
    gate = Gate("critical_zero", effect="lower_one")
    sheet = small_sheet(
        leaf(1, 100, critical=True), leaf(2, 100, critical=True), leaf(3, 9800), bands=BANDS, gates=(gate,)
    )
    result = rated(sheet, {1: Entry(points=0), 2: Entry(points=0), 3: Entry(points=9800)})
    assert (result.by_total, result.label) == ("Xuất sắc", "Tốt")
    assert result.gates[0].sentence == (
        "Tiêu chí 1 (nội dung bắt buộc) bị 0 điểm, tiêu chí 2 (nội dung bắt buộc) bị 0 điểm nên hạ một bậc xếp loại."
    )


def test_a_gate_may_watch_one_section_only() -> None:
    gate = Gate("section_below", "2", 50, "at_most", "Khá")
    sheet = small_sheet(section(1, leaf(3, 1000)), section(2, leaf(4, 9000)), bands=BANDS, gates=(gate,))
    assert rated(sheet, {3: Entry(points=0), 4: Entry(points=9000)}).gates == ()
    assert len(rated(sheet, {3: Entry(points=1000), 4: Entry(points=4450)}).gates) == 1


def test_what_the_head_of_team_declares_strikes_only_when_declared() -> None:
    gates = (Gate("manual", effect="lower_one", text="Có cá nhân bị kỷ luật"), Gate("manual", effect="not_rated"))
    sheet = small_sheet(leaf(1, 10000), bands=BANDS, gates=gates)
    entries = {1: Entry(points=9500)}
    assert rated(sheet, entries).label == "Xuất sắc"
    lowered = rated(sheet, entries, declared_gates=[0])
    assert (lowered.label, lowered.gates[0].sentence) == ("Tốt", "Có cá nhân bị kỷ luật nên hạ một bậc xếp loại.")
    assert rated(sheet, entries, declared_gates=[1]).label == NOT_RATED


def test_the_lowest_rating_cannot_fall_further() -> None:
    sheet = small_sheet(leaf(1, 10000), bands=BANDS, gates=(Gate("manual", effect="lower_one"),))
    assert rated(sheet, {1: Entry(points=100)}, declared_gates=[0]).label == "Yếu"


def test_an_override_needs_a_known_rating_and_a_written_reason() -> None:
    given_by_rule = rated72(c2_1="0")
    for label, reason, field in (("Tốt", "  ", "reason"), ("Giỏi", "vì", "label")):
        with pytest.raises(InvalidEntry) as refusal:
            override(given_by_rule, label, reason)
        assert refusal.value.field == field
    overridden = override(given_by_rule, "Tốt", " Quyết định đã ký, đang chờ số ")
    assert (overridden.label, overridden.by_rule, overridden.by_total) == ("Tốt", "Khá", "Xuất sắc")
    assert overridden.override_reason == "Quyết định đã ký, đang chờ số"
    assert overridden.is_overridden
    assert not given_by_rule.is_overridden


@given(st.integers(0, 10000), st.integers(0, 10000))
def test_more_points_never_rate_lower_apart_from_gates(one: int, other: int) -> None:
    sheet = small_sheet(leaf(1, 10000, step=1), bands=BANDS)
    places = [band.label for band in BANDS]
    low, high = sorted((one, other))
    rated_low, rated_high = (rated(sheet, {1: Entry(points=points)}).label for points in (low, high))
    assert places.index(rated_high) <= places.index(rated_low)


@given(st.lists(st.sampled_from([0, 1, 2, 3]), unique=True), st.integers(0, 10000))
def test_gates_only_ever_lower(declared: list[int], points: int) -> None:
    gates = (
        Gate("manual", effect="at_most", label="Khá"),
        Gate("manual", effect="lower_one"),
        Gate("manual", effect="lower_one"),
        Gate("manual", effect="at_most", label="Xuất sắc"),
    )
    sheet = small_sheet(leaf(1, 10000, step=1), bands=BANDS, gates=gates)
    result = rated(sheet, {1: Entry(points=points)}, declared_gates=declared)
    assert result.labels.index(result.label) >= result.labels.index(result.by_total)


@given(scored_sheets(), st.data())
def test_more_points_never_rate_lower_on_any_sheet(scored: tuple[Sheet, dict[int, Entry]], data: st.DataObject) -> None:
    sheet, entries = replace(scored[0], gates=()), scored[1]
    scorable = [
        one for one in sheet.leaves if one.kind == "points" and entries.get(one.id, NOT_APPLICABLE).points is not None
    ]
    if not scorable:
        return
    one = data.draw(st.sampled_from(scorable))
    more = data.draw(st.integers(entries[one.id].points or 0, one.highest or 0))
    before, after = rated(sheet, entries), rated(sheet, entries | {one.id: Entry(points=more)})
    places = (*after.labels, NOT_RATED)
    assert places.index(after.label) <= places.index(before.label)
    assert after.label == after.by_total


@given(scored_sheets())
def test_gates_lower_or_leave_the_rating_of_any_sheet(scored: tuple[Sheet, dict[int, Entry]]) -> None:
    sheet, entries = scored
    result = rated(sheet, entries, declared_gates=list(range(len(sheet.gates))))
    places = (*result.labels, NOT_RATED)
    assert places.index(result.label) >= places.index(result.by_total)
    assert all(hit.gate in sheet.gates for hit in result.gates)


def test_thresholds_and_totals_go_by_kind_of_unit() -> None:
    only_here = leaf(2, 2000, applies_to=("chủ nhiệm",))
    bands = (Band("A", 9500, None, (("không chủ nhiệm", 7500),)), Band("B", 0))
    whole = small_sheet(leaf(1, 8000), only_here, bands=bands, declared_max_by_kind=(("không chủ nhiệm", 8000),))
    here, elsewhere = whole.for_kind("chủ nhiệm"), whole.for_kind("không chủ nhiệm")
    assert (here.maximum, elsewhere.maximum, elsewhere.declared_max) == (10000, 8000, 8000)
    assert rated(here, {1: Entry(points=7600), 2: Entry(points=1800)}).label == "B"
    assert rated(elsewhere, {1: Entry(points=7600)}).label == "A"


def test_a_gate_on_what_another_kind_of_unit_has_strikes_nobody_else() -> None:
    gates = (Gate("critical_zero", "2", None, "not_rated"), Gate("section_below", "3", 50, "lower_one"))
    theirs = section(3, leaf(4, 1000), applies_to=("hoi_nu",))
    sheet = small_sheet(leaf(1, 1000), leaf(2, 1000, applies_to=("hoi_nu",)), theirs, bands=BANDS, gates=gates)
    assert rated(sheet.for_kind("hoi_tinh"), {1: Entry(points=1000)}).gates == ()
    assert len(rated(sheet.for_kind("hoi_nu"), {2: Entry(points=0), 4: Entry(points=0)}).gates) == 2


def test_a_critical_group_strikes_when_nothing_of_it_was_got() -> None:
    group = section(1, leaf(2, 0, minimum=-600, polarity="penalty"), starts_full=True, maximum=500, critical=True)
    sheet = small_sheet(group, leaf(3, 9500), bands=BANDS, gates=(Gate("critical_zero", effect="lower_one"),))
    assert rated(sheet, {2: Entry(points=-400), 3: Entry(points=9500)}).gates == ()
    struck = rated(sheet, {2: Entry(points=-500), 3: Entry(points=9500)})
    assert [hit.sentence for hit in struck.gates] == ["Mục 1 (nội dung bắt buộc) bị 0 điểm nên hạ một bậc xếp loại."]
    assert rated(sheet, {2: NOT_APPLICABLE, 3: Entry(points=9500)}).gates == ()


def test_alternatives_nobody_scores_hold_up_no_rating() -> None:
    choice = section(1, leaf(2, 1000), leaf(3, 1000), either_or=True)
    sheet = small_sheet(choice, bands=BANDS, gates=(Gate("section_below", None, 50, "lower_one"),))
    assert rated(sheet, {}).gates == ()
    result = rated(sheet, {2: Entry(points=400)})
    assert (result.complete, len(result.gates)) == (True, 1)
