"""What a criterion got at the unit's last inspection: which old criterion is the same one, and how it is told.

A new checklist often repeats criteria of the old one with other numbers or other maxima, so a criterion is found
by its words; only what is surely the same is compared.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from thidua.rules.entries import Entry, entry_points
from thidua.rules.points import Points, format_points
from thidua.rules.sheet import Criterion, Sheet
from thidua.rules.vietnamese import fold

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Settled:
    """An agreed score of the last inspection."""

    entry: Entry
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LastTime:
    """`label` "Lần trước (2019)", `value` "8,5 / 10" (or "85 % (8,5 / 10)", "không xét", a note), `reason` as written.

    `points` and `maximum` in hundredths are None for what carries none.
    """

    year: int
    value: str
    reason: str
    points: Points | None
    maximum: Points | None

    @property
    def label(self) -> str:
        """What stands before the value."""
        return f"Lần trước ({self.year})"


def same_criteria(now: Sheet, before: Sheet) -> dict[int, Criterion]:
    """Id of a criterion -> the one it was last time: itself, or of the same number and words, or of the same words.

    Words are compared folded. Words that stand more than once decide nothing without their number.
    """
    if now.id == before.id:
        return {leaf.id: leaf for leaf in before.leaves}
    by_number = _unique(((leaf.number, fold(leaf.text)), leaf) for leaf in before.leaves)
    by_words = _unique((fold(leaf.text), leaf) for leaf in before.leaves)
    often = _often(fold(leaf.text) for leaf in now.leaves)
    found = {}
    for leaf in now.leaves:
        words = fold(leaf.text)
        old = by_number.get((leaf.number, words)) or (None if words in often else by_words.get(words))
        if old:
            found[leaf.id] = old
    return found


def last_times(now: Sheet, before: Sheet, settled: Mapping[int, Settled], year: int) -> dict[int, LastTime]:
    """Id of a criterion -> what it got; criteria without a match or without an agreed score are left out."""
    leaves = {leaf.id: leaf for leaf in now.leaves}
    return {
        criterion_id: _told(leaves[criterion_id], old, settled[old.id], year)
        for criterion_id, old in same_criteria(now, before).items()
        if old.id in settled
    }


def _told(now: Criterion, before: Criterion, settled: Settled, year: int) -> LastTime:
    points, most = entry_points(before, settled.entry), _most(before)
    if settled.entry.not_applicable:
        return LastTime(year, "không xét", settled.reason, None, None)
    if points is None:
        return LastTime(year, settled.entry.text or "đã ghi", settled.reason, None, None)
    if not most or before.polarity == "penalty":
        return LastTime(year, format_points(points), settled.reason, points, most)
    value = f"{format_points(points)} / {format_points(most)}"
    if most != _most(now):
        value = f"{_percent(points, most)} % ({value})"
    return LastTime(year, value, settled.reason, points, most)


def _most(criterion: Criterion) -> Points | None:
    return criterion.maximum if criterion.maximum is not None else criterion.highest


def _percent(points: Points, most: Points) -> int:
    """Rounded half up, in whole numbers: no float between points and paper."""
    return (points * 200 + most) // (most * 2)


def _unique(pairs: Iterable[tuple[Key, Criterion]]) -> dict[Key, Criterion]:
    found: dict[Key, Criterion] = {}
    twice: set[Key] = set()
    for key, leaf in pairs:
        if key in found:
            twice.add(key)
        found[key] = leaf
    return {key: leaf for key, leaf in found.items() if key not in twice}


def _often(words: Iterable[str]) -> frozenset[str]:
    return frozenset(one for one, times in Counter(words).items() if times > 1)
