"""Which criteria still wait for a score, and which need none as another of an either/or group was scored.

The one place that decides "missing": pages, closing, minutes and totals all follow it. An alternative is begun
once anything in it that carries points is scored; "không xét" is not scoring. When one alternative is whole,
nothing in its group is missing; until then only what is left of those begun.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from thidua.rules.entries import Entry
from thidua.rules.sheet import Criterion, Sheet

Entries = Mapping[int, Entry]


@dataclass(frozen=True, slots=True)
class Unscored:
    """Leaves without an entry, in running order: `missing` are to be scored, `spared` (ids) need not be."""

    missing: tuple[Criterion, ...]
    spared: frozenset[int]


def unscored(sheet: Sheet, entries: Entries) -> Unscored:
    """All leaves without an entry, notes among them."""
    missing = [leaf for root in sheet.roots for leaf in _missing(root, entries)]
    waiting = {leaf.id for leaf in missing}
    spared = frozenset(leaf.id for leaf in sheet.leaves if leaf.id not in entries and leaf.id not in waiting)
    return Unscored(tuple(missing), spared)


def missing_leaves(sheet: Sheet, entries: Entries) -> tuple[Criterion, ...]:
    """What carries points and is still to be scored, in running order; the sheet is complete when this is empty."""
    return tuple(leaf for leaf in unscored(sheet, entries).missing if leaf.carries_points)


def _missing(criterion: Criterion, entries: Entries) -> list[Criterion]:
    if not criterion.is_section:
        return [] if criterion.id in entries else [criterion]
    each = [(child, _missing(child, entries)) for child in criterion.children]
    if criterion.either_or:
        each = _of_alternatives(each, entries)
    return [leaf for _child, missing in each for leaf in missing]


def _of_alternatives(
    each: list[tuple[Criterion, list[Criterion]]], entries: Entries
) -> list[tuple[Criterion, list[Criterion]]]:
    begun = [(child, missing) for child, missing in each if _is_begun(child, entries)]
    if any(not _with_points(missing) for _child, missing in begun):
        return []
    return begun or each


def _is_begun(criterion: Criterion, entries: Entries) -> bool:
    if criterion.is_section:
        return any(_is_begun(child, entries) for child in criterion.children)
    entry = entries.get(criterion.id)
    return entry is not None and not entry.not_applicable and criterion.carries_points


def _with_points(leaves: Iterable[Criterion]) -> list[Criterion]:
    return [leaf for leaf in leaves if leaf.carries_points]
