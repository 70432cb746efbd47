"""From proposals to one agreed score. Nothing is averaged: people talk, the head of team settles."""

from collections import Counter
from collections.abc import Iterable, Mapping

from thidua.rules.entries import Entry, entry_points
from thidua.rules.points import Points
from thidua.rules.sheet import Criterion


def common_value(entries: Iterable[Entry]) -> Entry | None:
    """The value to be taken with one tap: at least one proposal, and all of them equal."""
    different = set(entries)
    return different.pop() if len(different) == 1 else None


def differing(proposals: Mapping[int, Entry]) -> frozenset[int]:
    """Whose proposal differs (shown amber). Without a single most frequent value everybody does.

    Texts of notes are never a disagreement.
    """
    counted = Counter(_value(entry) for entry in proposals.values()).most_common(2)
    if len(counted) < 2:
        return frozenset()
    (value, votes), (_, next_votes) = counted
    if votes == next_votes:
        return frozenset(proposals)
    return frozenset(holder for holder, entry in proposals.items() if _value(entry) != value)


def spread(criterion: Criterion, entries: Iterable[Entry]) -> Points | None:
    """Highest minus lowest proposal; None with fewer than two in points."""
    points = [value for entry in entries if (value := entry_points(criterion, entry)) is not None]
    return max(points) - min(points) if len(points) > 1 else None


def gap(self_entry: Entry | None, agreed_entry: Entry | None, criterion: Criterion) -> Points | None:
    """Agreed minus self-score (negative: the team gave less); None unless both are in points."""
    if self_entry is None or agreed_entry is None:
        return None
    own, agreed = entry_points(criterion, self_entry), entry_points(criterion, agreed_entry)
    return None if own is None or agreed is None else agreed - own


def _value(entry: Entry) -> tuple[int | None, int | None, int | None, bool]:
    return entry.points, entry.level, entry.count, entry.not_applicable
