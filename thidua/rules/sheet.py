"""The checklist as a value: a tree of at most three levels of criteria, bands and gates.

All points are hundredths. A section's `maximum` is what is printed (declared), its `cap` is what the
points of the group may really not exceed: printed maxima may be wrong, and are then shown with a warning.
A penalty runs from `minimum` (negative) to 0; its `maximum` is 0.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from thidua.rules.points import Points

Kind = Literal["section", "points", "levels", "count", "note"]
Polarity = Literal["base", "bonus", "penalty"]
NotApplicable = Literal["leave_out", "full_marks"]
GateKind = Literal["critical_zero", "section_below", "manual"]
GateEffect = Literal["at_most", "lower_one", "not_rated"]

DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Level:
    text: str
    points: Points


@dataclass(frozen=True, slots=True)
class Criterion:
    """A section (with children) or a leaf that is scored.

    `count`: `points_per_count` above 0 is earned from 0 up to `maximum`; below 0 it is deducted, for base
    criteria from `maximum` down to `minimum`, for penalties from 0 down to `minimum` (0: without limit).

    Sections: `only_highest` counts the best of what was scored; `either_or` (hoặc … hoặc) asks for one of its
    children only, the others are then not missing; `starts_full` (trừ dần) begins with the section's `maximum` and
    its children, penalties, take from it, down to its `minimum`. `minimum` below 0 lets a group fall so far; for a
    section of polarity "penalty" it is the most the group may take (0: without limit). `cap` holds a leaf or a
    group down. `applies_to` names the kinds of unit it is for; empty: all of them.
    """

    id: int
    number: str
    text: str
    guidance: str = ""
    kind: Kind = "points"
    polarity: Polarity = "base"
    maximum: Points | None = None
    minimum: Points = 0
    step: Points = 50
    levels: tuple[Level, ...] = ()
    points_per_count: Points | None = None
    critical: bool = False
    refs: tuple[str, ...] = ()
    cap: Points | None = None
    only_highest: bool = False
    either_or: bool = False
    starts_full: bool = False
    applies_to: tuple[str, ...] = ()
    children: tuple["Criterion", ...] = ()

    @property
    def is_section(self) -> bool:
        return self.kind == "section"

    @property
    def is_choice(self) -> bool:
        """A group in which one counts, not the sum."""
        return self.only_highest or self.either_or

    @property
    def carries_points(self) -> bool:
        return self.kind not in ("section", "note")

    @property
    def highest(self) -> Points | None:
        """The most one entry can bring; None when there is no limit."""
        if self.kind == "levels":
            return self._capped(max((level.points for level in self.levels), default=0))
        if self.polarity == "penalty":
            return 0
        return self.cap if self.maximum is None else self._capped(self.maximum)

    @property
    def lowest(self) -> Points | None:
        """The least one entry can bring; None when there is no limit. A bonus never takes away."""
        if self.polarity == "penalty" and self.kind != "levels":
            return self.minimum if self.minimum < 0 else None
        lowest = self.minimum
        if self.kind == "levels":
            lowest = min((level.points for level in self.levels), default=0)
        return max(lowest, 0) if self.polarity == "bonus" else lowest

    @property
    def declared_marks(self) -> Points:
        """What a base leaf adds to the maximum of the sheet; bonus, penalties and notes add nothing."""
        if self.polarity != "base" or not self.carries_points:
            return 0
        return self._capped(self.maximum) if self.maximum is not None else (self.highest or 0)

    @property
    def limits(self) -> tuple[Points | None, Points | None]:
        """Within what one entry is held: the least and the most it counts for; None where there is no limit."""
        if self.polarity == "base" and self.maximum is not None:
            return self.lowest, self.declared_marks
        return self.lowest, self.highest

    def _capped(self, points: Points) -> Points:
        return points if self.cap is None else min(points, self.cap)


@dataclass(frozen=True, slots=True)
class Band:
    """A rating and the fewest points for it, on the scale of the sheet's declared maximum.

    `maximum` is the upper end as printed, if one is printed; it never decides (bands may have gaps).
    `minimum_by_kind` holds another minimum for some kinds of unit, as (kind, points) pairs.
    """

    label: str
    minimum: Points
    maximum: Points | None = None
    minimum_by_kind: tuple[tuple[str, Points], ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """Khống chế: what lowers a rating whatever the total.

    critical_zero: `criterion` (None: any critical one) got 0. section_below: `criterion` (None: any
    top section) under `threshold` percent. manual: the head of team declares it; `text` says what it is.
    """

    kind: GateKind
    criterion: str | None = None
    threshold: int | None = None
    effect: GateEffect = "at_most"
    label: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Cụm thi đua: units that are ranked among themselves only."""

    number: str
    name: str
    units: tuple[str, ...] = ()


@dataclass(frozen=True)  # without slots: what follows from the fields is worked out once and kept
class Sheet:
    id: int
    name: str
    note: str
    declared_max: Points
    not_applicable: NotApplicable
    roots: tuple[Criterion, ...]
    bands: tuple[Band, ...] = ()
    gates: tuple[Gate, ...] = ()
    bonus_cap: Points | None = None
    total_cap: Points | None = None
    declared_max_by_kind: tuple[tuple[str, Points], ...] = ()
    clusters: tuple[Cluster, ...] = ()

    def for_kind(self, kind: str) -> "Sheet":
        """What of the sheet applies to this kind of unit, with its total and its bands; "": the whole sheet.

        A kind that the sheet does not name gets what is for everybody.
        """
        if not kind:
            return self
        roots = _applying(self.roots, kind)
        bands = tuple(replace(band, minimum=dict(band.minimum_by_kind).get(kind, band.minimum)) for band in self.bands)
        declared = dict(self.declared_max_by_kind).get(kind, self.declared_max)
        if roots == self.roots and bands == self.bands and declared == self.declared_max:
            return self
        return replace(self, roots=roots, bands=bands, declared_max=declared)

    @cached_property
    def all(self) -> tuple[Criterion, ...]:
        """Sections and leaves in running order."""
        return tuple(criterion for root in self.roots for criterion in _walk(root))

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        return tuple(criterion for criterion in self.all if not criterion.is_section)

    def leaf(self, criterion_id: int) -> Criterion:
        """The leaf with this id; KeyError when there is none."""
        return self._leaf_of[criterion_id]

    def numbered(self, number: str) -> Criterion:
        """The one criterion with this number, or with this path of numbers ("II.1"); else KeyError."""
        found = [criterion for criterion in self.all if criterion.number == number]
        if len(found) != 1:
            found = [criterion for path, criterion in _paths(self.roots) if path == number]
        if len(found) != 1:
            raise KeyError(number)
        return found[0]

    @cached_property
    def _leaf_of(self) -> dict[int, Criterion]:
        return {leaf.id: leaf for leaf in self.leaves}

    @cached_property
    def sections_above(self) -> dict[int, tuple[Criterion, ...]]:
        """Criterion id -> the sections it stands in, outermost first."""
        found: dict[int, tuple[Criterion, ...]] = {root.id: () for root in self.roots}
        for criterion in self.all:
            found |= {child.id: (*found[criterion.id], criterion) for child in criterion.children}
        return found

    @cached_property
    def leaf_limits(self) -> dict[int, tuple[Points | None, Points | None, Points]]:
        """Leaf id -> `limits` and `declared_marks`: asked for at every score, so worked out once."""
        return {leaf.id: (*leaf.limits, leaf.declared_marks) for leaf in self.leaves}

    @cached_property
    def maximum(self) -> Points:
        """What the criteria really add up to when all of them apply (the declared total may differ)."""
        total = sum(full_marks(root) for root in self.roots)
        return total if self.total_cap is None else min(total, self.total_cap)

    def reference(self, criterion: Criterion) -> str:
        """What `numbered` finds it by: its number, or where others share that, the path to it ("II.1")."""
        return self._references[criterion.id]

    @cached_property
    def _references(self) -> dict[int, str]:
        often = Counter(criterion.number for criterion in self.all)
        return {one.id: one.number if often[one.number] == 1 else path for path, one in _paths(self.roots)}

    def warnings(self) -> tuple[str, ...]:
        """What disagrees or can never work, in sentences; the sheet works all the same."""
        return tuple(text for _criterion, text in self.doubts)

    @cached_property
    def doubts(self) -> tuple[tuple[Criterion | None, str], ...]:
        """The warnings, each with the criterion it is about (None: the sheet itself)."""
        from thidua.rules.sheet_doubts import sheet_doubts  # it reads sheets: this file comes first

        return tuple(sheet_doubts(self))


def full_marks(criterion: Criterion) -> Points:
    """The maximum of a leaf or of a whole group, from the leaves up, caps and choices respected."""
    if not criterion.is_section:
        return criterion.declared_marks
    return group_maximum(criterion, [full_marks(child) for child in criterion.children])


def group_maximum(section: Criterion, maxima: list[Points]) -> Points:
    if section.starts_full:
        total = section.maximum or 0
    else:
        total = max(maxima, default=0) if section.is_choice else sum(maxima)
    return total if section.cap is None else min(total, section.cap)


def _applying(criteria: tuple[Criterion, ...], kind: str) -> tuple[Criterion, ...]:
    """Without what is for other kinds of unit; a section that loses all its children goes with them."""
    kept = []
    for criterion in criteria:
        if criterion.applies_to and kind not in criterion.applies_to:
            continue
        children = _applying(criterion.children, kind)
        if criterion.children and not children:
            continue
        kept.append(criterion if children == criterion.children else replace(criterion, children=children))
    return tuple(kept)


def _walk(criterion: Criterion) -> Iterator[Criterion]:
    yield criterion
    for child in criterion.children:
        yield from _walk(child)


def _paths(criteria: tuple[Criterion, ...], before: str = "") -> Iterator[tuple[str, Criterion]]:
    for criterion in criteria:
        path = f"{before}{criterion.number}"
        yield path, criterion
        yield from _paths(criterion.children, f"{path}.")
