"""Totals of a checklist: tree sums with caps, bonus, penalties and "not applicable".

Not scored, 0 and not applicable (không xét) are three things. Not scored adds nothing, but its marks stay in
the maximum. Not applicable leaves the maximum too ("leave_out") or counts as full marks ("full_marks");
a bonus or penalty that does not apply is simply nothing. In a group where only the highest counts, or one of
several is chosen, what does not apply never competes.

A section that starts full has its maximum from the beginning, scored or not, and never falls below its minimum:
so taking a penalty away never lowers a total. It is left out only as a whole. Of either/or alternatives the
highest counts, should several be scored; an alternative that starts full always competes.

Bands are printed for the full sheet. When "leave_out" has shrunk the maximum, `scaled_points` brings the
points back to that scale: all but the bonus is multiplied by full maximum / remaining maximum, exactly,
rounded half up to hundredths; bonus points are added as they are. Without shrinking it equals `points`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from thidua.rules.entries import Entry
from thidua.rules.points import Points
from thidua.rules.sheet import Sheet
from thidua.rules.tree_sums import SectionTotals, add_up, capped, raised

__all__ = ["SectionTotals", "Totals", "compute_totals", "percent"]


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
    spared: int = 0

    @property
    def is_complete(self) -> bool:
        return self.missing == 0

    @property
    def settled(self) -> int:
        """How many of the `leaves` wait for nothing more."""
        return self.leaves - self.missing

    def section(self, number: str) -> SectionTotals:
        """The first section with this number; KeyError when there is none."""
        for section in self.sections:
            if section.number == number:
                return section
        raise KeyError(number)


def compute_totals(sheet: Sheet, entries: Mapping[int, Entry]) -> Totals:
    """Add up a sheet. `entries` maps criterion ids to entries; absence means not scored."""
    whole, sections = add_up(sheet, entries)
    base, bonus = raised(whole.base, whole.bonus, _total_floor(sheet))
    if sheet.bonus_cap is not None:
        bonus = min(bonus, sheet.bonus_cap)
    maximum = _at_most(whole.maximum, sheet.total_cap)
    scaled = _at_most(_scaled(_at_most(base, sheet.total_cap), sheet.maximum, maximum) + bonus, sheet.total_cap)
    base, bonus = capped(base, bonus, sheet.total_cap)
    return Totals(
        points=base + bonus,
        bonus=bonus,
        maximum=maximum,
        declared_max=sheet.declared_max,
        scaled_points=scaled,
        percent=percent(base + bonus, maximum),
        scored=whole.scored,
        not_applicable=whole.not_applicable,
        missing=whole.missing,
        leaves=whole.leaves,
        sections=tuple(sections),
        spared=whole.spared,
    )


def percent(points: Points, maximum: Points) -> int | None:
    """Hundredths of a percent, rounded half up; None for an empty maximum."""
    return None if maximum <= 0 else _half_up(Fraction(points * 100_00, maximum))


def _at_most(points: Points, cap: Points | None) -> Points:
    return points if cap is None else min(points, cap)


def _total_floor(sheet: Sheet) -> Points:
    """The total falls below 0 only as far as its sections may; how much a section of penalties takes is no leave."""
    return sum(min(root.minimum, 0) for root in sheet.roots if root.is_section and root.polarity != "penalty")


def _scaled(base: Points, full: Points, remaining: Points) -> Points:
    if remaining == full or remaining <= 0:
        return base
    return _half_up(Fraction(base * full, remaining))


def _half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))
