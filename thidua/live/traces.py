"""What one process knows of a person in a room, and how it tells the others."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

SILENCE = 42.0  # seconds without a word after which a device counts as vanished; screens speak every 20 s (presence.js)
POLL_SILENCE = 10.0  # the same for a screen that polls every 2 s
GRACE = 3.0  # seconds somebody may be between two pages

NEVER = float("-inf")
NOWHERE = ("", 0)
SIDES = {"team": 0, "unit": 1, "office": 2}
LEADING = {"TĐ": 0, "TK": 1}


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person as others see them: `label` "TV 1", `side` "team", "unit" or "office"."""

    id: int
    label: str
    name: str
    side: str

    def packed(self) -> str:
        """As plain ASCII, for a header."""
        return json.dumps([self.id, self.label, self.name, self.side])

    @classmethod
    def unpacked(cls, packed: str) -> Somebody:
        return cls(*json.loads(packed))


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody who is here; `place` is number and id of the criterion on their screen, or `NOWHERE`."""

    who: Somebody
    place: tuple[str, int]


@dataclass(slots=True)
class Trace:
    """What this process, or another one, knows of one person in one room; moments of our own clock."""

    who: Somebody
    streams: int = 0
    left_at: float = NEVER
    polled_at: float = NEVER
    heard_at: float = NEVER
    place: tuple[str, int] = NOWHERE
    moved_at: float = NEVER

    def is_open(self, now: float) -> bool:
        """Whether a screen is open, or was a moment ago."""
        return self.streams > 0 or now < self.left_at + GRACE or now < self.polled_at + POLL_SILENCE

    def is_heard(self, now: float) -> bool:
        """Whether the device has lately said something."""
        return now < self.heard_at + SILENCE

    def ends(self, now: float) -> list[float]:
        """The moments still to come at which something of this becomes old."""
        moments = (self.left_at + GRACE, self.polled_at + POLL_SILENCE, self.heard_at + SILENCE)
        return [moment for moment in moments if moment > now]

    def plain(self, now: float) -> list[Any]:
        """For a process with another clock: moments become ages."""
        moments = (self.left_at, self.polled_at, self.heard_at, self.moved_at)
        ages = [None if moment == NEVER else round(now - moment, 1) for moment in moments]
        who = self.who
        return [who.id, who.label, who.name, who.side, self.streams, *self.place, *ages]

    @classmethod
    def from_plain(cls, plain: list[Any], now: float) -> Trace:
        id, label, name, side, streams, number, criterion_id, *ages = plain
        left_at, polled_at, heard_at, moved_at = (NEVER if age is None else now - age for age in ages)
        who = Somebody(id, label, name, side)
        return cls(who, streams, left_at, polled_at, heard_at, (number, criterion_id), moved_at)


def people_among(traces: Iterable[Trace], now: float) -> tuple[Seen, ...]:
    """Who is here: each person once, where they were last said to be; the team first, its head before all."""
    known: dict[int, list[Trace]] = {}
    for trace in traces:
        known.setdefault(trace.who.id, []).append(trace)
    seen = []
    for each in known.values():
        if any(trace.is_open(now) for trace in each) and any(trace.is_heard(now) for trace in each):
            last = max(each, key=lambda trace: trace.moved_at)
            seen.append(Seen(last.who, last.place))
    return tuple(sorted(seen, key=_order))


def _order(one: Seen) -> tuple[int, int, str, int]:
    return SIDES.get(one.who.side, 9), LEADING.get(one.who.label, 9), one.who.label, one.who.id
