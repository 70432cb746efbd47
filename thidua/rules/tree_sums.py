"""Walking the tree of a checklist once: what each section comes to, and with it what the whole does.

See `scoring` for what counts; here is how: each criterion adds to the sum of its section, each section is held to
its own limits before it adds to the next.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from thidua.rules.entries import Entry, entered_points, within
from thidua.rules.points import Points
from thidua.rules.sheet import Criterion, Sheet, group_maximum


@dataclass(frozen=True, slots=True)
class SectionTotals:
    """`depth` is 0 for top sections, 1 and 2 for those within; `leaves` counts what carries points.

    `spared` are alternatives that need no score, as another of their either/or group has one.
    """

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
    spared: int = 0

    @property
    def is_not_applicable(self) -> bool:
        return self.leaves > 0 and self.not_applicable == self.leaves


def add_up(sheet: Sheet, entries: Mapping[int, Entry]) -> tuple["Sum", list[SectionTotals]]:
    """What the roots come to together, and the totals of all sections in running order."""
    walk = _Walk(sheet, entries)
    whole = Sum()
    for root in sheet.roots:
        whole.add(walk.sum(root, 0))
    return whole, walk.sections


class Sum:
    """Base points (penalties included), bonus, maximum and counts of a part of the tree.

    Written to while the tree is walked, as 300 criteria are added up at every score. `stands`: something in it
    brings points as things are, so that it competes where one of several counts; penalties alone do not.
    """

    __slots__ = ("base", "bonus", "maximum", "missing", "not_applicable", "scored", "spared", "stands")

    def __init__(self) -> None:
        self.base = self.bonus = self.maximum = 0
        self.scored = self.not_applicable = self.missing = self.spared = 0
        self.stands = False

    def add(self, other: "Sum") -> None:
        self.base += other.base
        self.bonus += other.bonus
        self.maximum += other.maximum
        self.scored += other.scored
        self.not_applicable += other.not_applicable
        self.missing += other.missing
        self.spared += other.spared
        self.stands = self.stands or other.stands

    @property
    def points(self) -> Points:
        return self.base + self.bonus

    @property
    def leaves(self) -> int:
        return self.scored + self.not_applicable + self.missing + self.spared

    @property
    def applies(self) -> bool:
        """Not everything in it is "không xét"."""
        return not self.not_applicable or self.not_applicable < self.leaves


class _Walk:
    """One walk through the tree; `sections` collects the totals of its sections in running order."""

    def __init__(self, sheet: Sheet, entries: Mapping[int, Entry]) -> None:
        self.entries = entries
        self.limits = sheet.leaf_limits
        self.is_full_marks = sheet.not_applicable == "full_marks"
        self.sections: list[SectionTotals] = []

    def sum(self, criterion: Criterion, depth: int) -> Sum:
        if criterion.kind == "section":
            return self.sum_section(criterion, depth)
        one = Sum()
        self.count_leaf(criterion, one)
        return one

    def count_leaf(self, criterion: Criterion, into: Sum) -> None:
        if criterion.kind == "note":
            return
        entry = self.entries.get(criterion.id)
        low, high, marks = self.limits[criterion.id]
        if entry is None:
            into.missing += 1
            into.maximum += marks
            return
        if criterion.polarity != "penalty":
            into.stands = True
        if entry.not_applicable:
            into.not_applicable += 1
            if self.is_full_marks:
                into.base += marks
                into.maximum += marks
            return
        into.scored += 1
        into.maximum += marks
        entered = entered_points(criterion, entry)
        if entered is None:
            return
        if criterion.polarity == "bonus":
            into.bonus += within(entered, low, high)
        else:
            into.base += within(entered, low, high)

    def sum_section(self, section: Criterion, depth: int) -> Sum:
        place = len(self.sections)
        whole = self.sum_choice(section, depth) if section.is_choice else self.sum_children(section, depth)
        self.limit(section, whole)
        totals = SectionTotals(
            id=section.id,
            number=section.number,
            text=section.text,
            depth=depth,
            points=whole.points,
            maximum=whole.maximum,
            declared_max=section.maximum,
            scored=whole.scored,
            not_applicable=whole.not_applicable,
            missing=whole.missing,
            leaves=whole.leaves,
            spared=whole.spared,
        )
        self.sections.insert(place, totals)
        return whole

    def sum_children(self, section: Criterion, depth: int) -> Sum:
        whole = Sum()
        for child in section.children:
            if child.kind == "section":
                whole.add(self.sum_section(child, depth + 1))
            else:
                self.count_leaf(child, whole)
        return whole

    def sum_choice(self, section: Criterion, depth: int) -> Sum:
        """The counts of all children, the points and maxima only of those that count."""
        sums, places = [], []
        for child in section.children:
            places.append(len(self.sections))
            sums.append(self.sum(child, depth + 1))
        places.append(len(self.sections))
        if section.either_or:
            for index in _not_needed(sums):
                self.spare(sums[index], places[index], places[index + 1])
        whole = Sum()
        for one in sums:
            whole.add(one)
        counting = _highest(section, sums)
        whole.base = sum(one.base for one in counting)
        whole.bonus = sum(one.bonus for one in counting)
        whole.maximum = max((one.maximum for one in _competing(sums)), default=0)
        return whole

    def spare(self, one: Sum, first: int, end: int) -> None:
        """Another alternative was chosen: what is missing in this one, and in its sections, need not be scored."""
        one.spared, one.missing = one.spared + one.missing, 0
        for place in range(first, end):
            totals = self.sections[place]
            self.sections[place] = replace(totals, spared=totals.spared + totals.missing, missing=0)

    def limit(self, section: Criterion, whole: Sum) -> None:
        """What the section starts with, its floor and its cap."""
        if section.starts_full:
            self.start_full(section, whole)
        else:
            whole.maximum = group_maximum(section, [whole.maximum])
            if section.polarity != "penalty" or section.minimum < 0:
                whole.base, whole.bonus = raised(whole.base, whole.bonus, min(section.minimum, 0))
        whole.base, whole.bonus = capped(whole.base, whole.bonus, section.cap)

    def start_full(self, section: Criterion, whole: Sum) -> None:
        if not whole.applies and not self.is_full_marks:
            whole.base = whole.maximum = 0
            return
        marks = group_maximum(section, [])
        lost = whole.base if whole.applies else 0
        whole.base, whole.bonus = raised(min(marks + lost, marks), whole.bonus, min(section.minimum, marks))
        whole.maximum = marks
        whole.stands = True


def _highest(section: Criterion, sums: list[Sum]) -> list[Sum]:
    """Of base, bonus and penalties the one that counts: the highest, for penalties the heaviest."""
    counting = []
    for polarity in ("base", "bonus", "penalty"):
        of_it = [one for child, one in zip(section.children, sums, strict=True) if child.polarity == polarity]
        if polarity == "penalty":
            counting += sorted(of_it, key=_points_of)[:1]
        else:
            rivals = [one for one in _competing(of_it) if one.stands]
            counting += sorted(rivals, key=_points_of, reverse=True)[:1]
    return counting


def _points_of(one: Sum) -> Points:
    return one.points


def _competing(sums: list[Sum]) -> list[Sum]:
    """What does not apply competes only when nothing of its kind in the group applies."""
    applicable = [one for one in sums if one.scored or one.missing or one.spared]
    return applicable or sums


def _not_needed(sums: list[Sum]) -> list[int]:
    """The alternatives that need no score: all of them once one begun is whole, else those not begun."""
    begun = {index for index, one in enumerate(sums) if one.scored}
    if not begun:
        return []
    if any(not sums[index].missing for index in begun):
        return list(range(len(sums)))
    return [index for index in range(len(sums)) if index not in begun]


def raised(base: Points, bonus: Points, floor_points: Points) -> tuple[Points, Points]:
    """Lift a group to its floor; a shortfall eats the bonus first."""
    if base >= floor_points:
        return base, bonus
    return floor_points, max(bonus - (floor_points - base), 0)


def capped(base: Points, bonus: Points, cap: Points | None) -> tuple[Points, Points]:
    """Hold a group down to its cap; the bonus gives way first."""
    if cap is None:
        return base, bonus
    base = min(base, cap)
    return base, min(bonus, cap - base)
