"""What the hub remembers of one watched room: the last events, those that came too early, who watches."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Iterable

from .event import Event

GAP_PATIENCE = 0.1  # seconds a commit may take to be announced before the journal is asked

Loop = asyncio.AbstractEventLoop


class Subscription:
    """One open screen: what it may see (`audience`) and the last revision it was given (`last`)."""

    __slots__ = ("audience", "closed", "flag", "last", "loop", "presence_seen", "room")

    def __init__(self, room: Room, audience: str, last: int | None, loop: Loop | None) -> None:
        self.room = room
        self.audience = audience
        self.last: int = -1 if last is None else last  # -1 until the head is known
        self.loop = loop
        self.flag: asyncio.Event | threading.Event = threading.Event() if loop is None else asyncio.Event()
        self.closed = False
        self.presence_seen = 0


class Room:
    """Not thread-safe by itself: the hub holds its lock around every call.

    All events after `floor` up to `top` are in the ring; `wanted` is the highest revision heard of.
    """

    def __init__(self, room_id: int, ring: int) -> None:
        self.id = room_id
        self.subscriptions: set[Subscription] = set()
        self.loading = threading.Lock()  # one reading of the journal at a time; not under the hub's lock
        self.top: int | None = None  # None until the head has been read
        self.floor = 0
        self.wanted = 0
        self.head_read = (float("-inf"), 0)  # when the database was last asked for the head, and its answer
        self.presence: tuple[int, dict[str, bytes]] = (0, {})  # how often it changed, and what each audience sees
        self._size = ring
        self._ring: deque[Event] = deque()
        self._early: dict[int, Event] = {}

    def start(self, head: int) -> None:
        """The head as read after registration. Only the first reading counts; later ones are `hear`d of."""
        if self.top is None:
            self.top = self.floor = head
            self._drain()

    def accept(self, event: Event) -> bool:
        """Take an announced event in its turn, or keep it until then. True when the top moved."""
        self.wanted = max(self.wanted, event.revision)
        if self.top is not None and event.revision <= self.top:
            return False
        if len(self._early) < self._size or event.revision == (self.top or 0) + 1:
            self._early[event.revision] = event
        return self._drain()

    def accept_journal(self, events: Iterable[Event]) -> bool:
        """Take what the journal holds after a revision not above `top`: it is complete, jumps included."""
        assert self.top is not None
        before = self.top
        for event in events:
            if event.revision > self.top:
                self._append(event)
        self._drain()
        return self.top > before

    def extend_backwards(self, after: int, events: list[Event]) -> None:
        """Keep older events too: the next screen that slept as long need not read the journal again."""
        if after >= self.floor:
            return
        older = [event for event in events if event.revision <= self.floor]
        complete = [event.revision for event in older] == list(range(after + 1, self.floor + 1))
        if complete and len(older) + len(self._ring) <= self._size:
            self._ring.extendleft(reversed(older))
            self.floor = after

    def since(self, last: int) -> list[Event] | None:
        """Events after `last`, oldest first; None when the ring does not reach back that far."""
        if self.top is None or last < self.floor:
            return None
        newer: list[Event] = []
        for event in reversed(self._ring):
            if event.revision <= last:
                break
            newer.append(event)
        newer.reverse()
        return newer

    def has_gap(self) -> bool:
        return self.top is not None and self.wanted > self.top

    def forget_rumours(self) -> None:
        """Revisions were announced that the database does not know (a restored backup): await no more."""
        assert self.top is not None
        self.wanted = self.top
        self._early.clear()

    def _drain(self) -> bool:
        if self.top is None:
            return False
        moved = False
        while (event := self._early.pop(self.top + 1, None)) is not None:
            self._append(event)
            moved = True
        if self._early:
            self._early = {revision: event for revision, event in self._early.items() if revision > self.top}
        return moved

    def _append(self, event: Event) -> None:
        self._ring.append(event)
        self.top = event.revision
        self.wanted = max(self.wanted, event.revision)
        if len(self._ring) > self._size:
            self.floor = self._ring.popleft().revision
