"""Totals of a checklist: tree sums with caps, bonus, penalties and "not applicable".

Not scored, 0 and not applicable (không xét) are three things. Not scored adds nothing, but its marks stay in
the maximum. Not applicable leaves the maximum too ("leave_out") or counts as full marks ("full_marks");
a bonus or penalty that does not apply is simply nothing. In a group where only the highest counts, what does
not apply never competes.

Bands are printed for the full sheet. When "leave_out" has shrunk the maximum, `scaled_points` brings the
points back to that scale: all but the bonus is multiplied by full maximum / remaining maximum, exactly,
rounded half up to hundredths; bonus points are added as they are. Without shrinking it equals `points`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from thidua.rules.entries import Entry, entry_points
from thidua.rules.points import Points
from thidua.rules.sheet import Criterion, NotApplicable, Sheet, group_maximum


@dataclass(frozen=True, slots=True)
class SectionTotals:
    """`depth` is 0 for top sections, 1 and 2 for those within; `leaves` counts what carries points."""

    id: int
    number: str
    text: str
    depth: int
    points: Points
    maximum: Points
    declared_max: Points | None
    scored: int
    not_applicable: int
    missing: int
    leaves: int

    @property
    def is_not_applicable(self) -> bool:
        return self.leaves > 0 and self.not_applicable == self.leaves


@dataclass(frozen=True, slots=True)
class Totals:
    """`points` is raw, bonus included; `percent` counts hundredths of a percent, None if nothing applies."""

    points: Points
    bonus: Points
    maximum: Points
    declared_max: Points
    scaled_points: Points
    percent: int | None
    scored: int
    not_applicable: int
    missing: int
    leaves: int
    sections: tuple[SectionTotals, ...]

    @property
    def is_complete(self) -> bool:
        return self.missing == 0

    def section(self, number: str) -> SectionTotals:
        """The first section with this number; KeyError when there is none."""
        for section in self.sections:
            if section.number == number:
                return section
        raise KeyError(number)


@dataclass(frozen=True, slots=True)
class _Sum:
    """Base points (penalties included), bonus, maximum, counts and the sections below, in running order."""

    base: Points = 0
    bonus: Points = 0
    maximum: Points = 0
    scored: int = 0
    not_applicable: int = 0
    missing: int = 0
    sections: tuple[SectionTotals, ...] = ()

    @property
    def points(self) -> Points:
        return self.base + self.bonus


def compute_totals(sheet: Sheet, entries: Mapping[int, Entry]) -> Totals:
    """Add up a sheet. `entries` maps criterion ids to entries; absence means not scored."""
    sums = [_sum(root, entries, sheet.not_applicable, 0) for root in sheet.roots]
    whole = _added(sums)
    base, bonus = _raised(whole.base, whole.bonus, _total_floor(sheet))
    if sheet.bonus_cap is not None:
        bonus = min(bonus, sheet.bonus_cap)
    return Totals(
        points=base + bonus,
        bonus=bonus,
        maximum=whole.maximum,
        declared_max=sheet.declared_max,
        scaled_points=_scaled(base, sheet.maximum, whole.maximum) + bonus,
        percent=percent(base + bonus, whole.maximum),
        scored=whole.scored,
        not_applicable=whole.not_applicable,
        missing=whole.missing,
        leaves=whole.scored + whole.not_applicable + whole.missing,
        sections=whole.sections,
    )


def percent(points: Points, maximum: Points) -> int | None:
    """Hundredths of a percent, rounded half up; None for an empty maximum."""
    return None if maximum <= 0 else _half_up(Fraction(points * 100_00, maximum))


def _sum(criterion: Criterion, entries: Mapping[int, Entry], policy: NotApplicable, depth: int) -> _Sum:
    if criterion.is_section:
        return _sum_section(criterion, entries, policy, depth)
    return _sum_leaf(criterion, entries.get(criterion.id), policy)


def _sum_leaf(criterion: Criterion, entry: Entry | None, policy: NotApplicable) -> _Sum:
    if not criterion.carries_points:
        return _Sum()
    marks = criterion.declared_marks
    if entry is None:
        return _Sum(maximum=marks, missing=1)
    if entry.not_applicable:
        kept = marks if policy == "full_marks" else 0
        return _Sum(base=kept, maximum=kept, not_applicable=1)
    points = entry_points(criterion, entry) or 0
    if criterion.polarity == "bonus":
        return _Sum(bonus=points, scored=1)
    return _Sum(base=points, maximum=marks, scored=1)


def _sum_section(section: Criterion, entries: Mapping[int, Entry], policy: NotApplicable, depth: int) -> _Sum:
    sums = [_sum(child, entries, policy, depth + 1) for child in section.children]
    whole = _added(sums)
    base, bonus = whole.base, whole.bonus
    competing = _competing(sums) if section.only_highest else sums
    if section.only_highest:
        counting = _highest(section, sums)
        base, bonus = sum(one.base for one in counting), sum(one.bonus for one in counting)
    base, bonus = _raised(base, bonus, min(section.minimum, 0))
    if section.cap is not None:
        base = min(base, section.cap)
        bonus = min(bonus, section.cap - base)
    totals = SectionTotals(
        id=section.id,
        number=section.number,
        text=section.text,
        depth=depth,
        points=base + bonus,
        maximum=group_maximum(section, [one.maximum for one in competing]),
        declared_max=section.maximum,
        scored=whole.scored,
        not_applicable=whole.not_applicable,
        missing=whole.missing,
        leaves=whole.scored + whole.not_applicable + whole.missing,
    )
    return _Sum(
        base=base,
        bonus=bonus,
        maximum=totals.maximum,
        scored=whole.scored,
        not_applicable=whole.not_applicable,
        missing=whole.missing,
        sections=(totals, *whole.sections),
    )


def _added(sums: Iterable[_Sum]) -> _Sum:
    parts = tuple(sums)
    return _Sum(
        base=sum(one.base for one in parts),
        bonus=sum(one.bonus for one in parts),
        maximum=sum(one.maximum for one in parts),
        scored=sum(one.scored for one in parts),
        not_applicable=sum(one.not_applicable for one in parts),
        missing=sum(one.missing for one in parts),
        sections=tuple(section for one in parts for section in one.sections),
    )


def _highest(section: Criterion, sums: list[_Sum]) -> list[_Sum]:
    """Of base, bonus and penalties the one that counts: the highest, for penalties the heaviest."""
    counting = []
    competing = _competing(sums)
    for polarity in ("base", "bonus", "penalty"):
        rivals = [
            one
            for child, one in zip(section.children, sums, strict=True)
            if child.polarity == polarity and one in competing and (one.scored or one.not_applicable)
        ]
        if rivals:
            pick = min if polarity == "penalty" else max
            counting.append(pick(rivals, key=lambda one: one.points))
    return counting


def _competing(sums: list[_Sum]) -> list[_Sum]:
    """What does not apply competes only when nothing in the group applies."""
    applicable = [one for one in sums if one.scored or one.missing]
    return applicable or sums


def _raised(base: Points, bonus: Points, floor_points: Points) -> tuple[Points, Points]:
    """Lift a group to its floor; a shortfall eats the bonus first."""
    if base >= floor_points:
        return base, bonus
    return floor_points, max(bonus - (floor_points - base), 0)


def _total_floor(sheet: Sheet) -> Points:
    return sum(min(root.minimum, 0) for root in sheet.roots if root.is_section)


def _scaled(base: Points, full: Points, remaining: Points) -> Points:
    if remaining == full or remaining <= 0:
        return base
    return _half_up(Fraction(base * full, remaining))


def _half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))
