"""Brings each committed change to every screen of its room, in order, none twice, none lost."""

from __future__ import annotations

import asyncio
import logging
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import TypeVar

from . import sse
from .event import Event
from .gaps import GapFiller
from .presence import People, Presence
from .room import GAP_PATIENCE, Room, Subscription
from .waking import flags_of, wake

__all__ = ["Event", "Full", "Hub", "Subscription"]

log = logging.getLogger(__name__)

NOTICE_PATIENCE = 0.005  # seconds; several notices at once are one reading


Answer = TypeVar("Answer")
Loop = asyncio.AbstractEventLoop


class Full(Exception):
    """No further screen can be followed now; answer 503 and let it poll."""


class Hub:
    """The live side of a process. Journal and head stay the truth; the hub only keeps what is being watched.

    `load(room, after)` reads the journal: the events after that revision, in order, complete.
    `head(room)` reads the current revision. Both, and lazily rendered frames, run inside `within()`.
    Revisions of a room are gapless, and a commit comes before its `publish` (decision 2).
    """

    def __init__(
        self,
        load: Callable[[int, int], list[Event]],
        head: Callable[[int], int],
        ring: int = 256,
        *,
        limit: int = 2000,
        thread_limit: int = 100,
        heartbeat: float = 15.0,
        within: Callable[[], AbstractContextManager[object]] = nullcontext,
        on_watch: Callable[[], None] | None = None,
    ) -> None:
        self.handshake = secrets.token_urlsafe(32)
        self.name = secrets.token_hex(4)  # among the processes on one database
        self.heartbeat = heartbeat
        self._load = load
        self._head = head
        self._ring = ring
        self._limit = limit
        self._thread_limit = thread_limit
        self._within = within
        self._on_watch = on_watch
        self._lock = threading.Lock()
        self._gaps = GapFiller(self._fill)
        self._rooms: dict[int, Room] = {}
        self._count = 0
        self._thread_count = 0
        self.closed = False
        self.presence: Presence | None = None  # who is here, when the application says how to show it
        self.show_people: Callable[[int, People, str], str] = lambda room, people, audience: ""

    # Those who commit

    def publish(self, event: Event) -> None:
        """Announce a committed change, in any order, any number of times. An empty room keeps nothing."""
        for audience in self.audiences(event.room):
            try:
                event.frame(audience)
            except Exception:  # committed is committed: a broken partial must not fail the request
                log.exception("frame of %r for %s", event, audience)
        with self._lock:
            room = self._rooms.get(event.room)
            if room is None:
                return
            moved = room.accept(event)
            self._mind_the_gap(room, moved)
            flags = flags_of([room] if moved else [])
        wake(flags)

    def notice(self, room_id: int, revision: int, sender: str = "") -> None:
        """Somebody committed up to `revision`: what is missing is read from the journal.

        A notice of our own commit (`sender` is our `name`) leaves `publish` the usual time to bring it.
        """
        patience = GAP_PATIENCE if sender == self.name else NOTICE_PATIENCE
        with self._lock:
            room = self._rooms.get(room_id)
            if room is None or (room.top is not None and revision <= room.top):
                return
            room.wanted = max(room.wanted, revision)
            if room.has_gap():
                self._gaps.expect(room, patience)

    def audiences(self, room_id: int) -> frozenset[str]:
        """Whom a change of this room has to be rendered for."""
        with self._lock:
            room = self._rooms.get(room_id)
            return frozenset(s.audience for s in room.subscriptions) if room else frozenset()

    def watched(self) -> list[int]:
        """The rooms somebody is looking at."""
        with self._lock:
            return list(self._rooms)

    def show_presence(self, room_id: int, people: People) -> None:
        """Everybody in the room sees who is here: no revision, rendered once per audience, kept for who comes next."""
        audiences = self.audiences(room_id)
        with self._within():
            html = {audience: self.show_people(room_id, people, audience) for audience in audiences}
        with self._lock:
            room = self._rooms.get(room_id)
            if room is None:
                return
            room.presence = (room.presence[0] + 1, {name: sse.presence(one) for name, one in html.items() if one})
            flags = flags_of([room])
        wake(flags)

    def presence_news(self, subscription: Subscription) -> bytes:
        """Who is here, if this screen has not been told yet. Never blocks."""
        version, chunks = subscription.room.presence
        if version == subscription.presence_seen:
            return b""
        subscription.presence_seen = version
        return chunks.get(subscription.audience, b"")

    @property
    def screens(self) -> int:
        return self._count

    # Those who watch

    def subscribe(self, room_id: int, audience: str, last: int | None = None, loop: Loop | None = None) -> Subscription:
        """Open a screen at revision `last` (None: at the head); with `loop` its flag is an asyncio.Event.

        Registration comes before the head is read: a commit in between is in the head or kept as early.
        Raises `Full` over the limits, and when the server is closing.
        """
        with self._lock:
            if self.closed or self._count >= self._limit:
                raise Full
            if loop is None and self._thread_count >= self._thread_limit:
                raise Full
            room = self._rooms.setdefault(room_id, Room(room_id, self._ring))
            subscription = Subscription(room, audience, last, loop)
            room.subscriptions.add(subscription)
            self._count += 1
            self._thread_count += loop is None
            is_known = room.top is not None
        try:
            if self._on_watch is not None:
                self._on_watch()
            head = None if is_known else self.head(room_id)
        except BaseException:
            self.unsubscribe(subscription)
            raise
        with self._lock:
            if head is not None:
                room.start(head)
                self._mind_the_gap(room, True)
            if subscription.last < 0:
                subscription.last = (room.top or 0) if head is None else head
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        """Close a screen; the last one out takes the room's memory along. Closing twice is harmless."""
        with self._lock:
            if subscription.closed:
                return
            subscription.closed = True
            room = subscription.room
            room.subscriptions.discard(subscription)
            self._count -= 1
            self._thread_count -= subscription.loop is None
            if not room.subscriptions:
                self._rooms.pop(room.id, None)
                self._gaps.forget(room)

    def take_ready(self, subscription: Subscription) -> list[Event] | None:
        """What the screen has not seen, if memory has it all rendered; None: ask `take`. Never blocks."""
        with self._lock:
            events = subscription.room.since(subscription.last)
        if events is None or not all(event.is_ready(subscription.audience) for event in events):
            return None
        return _given(subscription, events)

    def take(self, subscription: Subscription, head: int = 0) -> list[Event]:
        """What the screen has not seen, from memory or the journal, rendered for its audience. May block.

        With `head`, a revision read from the database, at least everything up to it.
        """
        room = subscription.room
        with self._lock:
            events = room.since(subscription.last)
        if events is None or (room.top or 0) < head:
            events = self._read_journal(room, subscription.last, head)
        self.render(events, subscription.audience)
        return _given(subscription, events)

    def render(self, events: list[Event], audience: str) -> None:
        """Make the frames of these events for `audience` exist; raises when one cannot be made."""
        if all(event.is_ready(audience) for event in events):
            return
        with self._within():
            for event in events:
                event.frame(audience, partial(self._frame_from_journal, event))

    def head(self, room_id: int) -> int:
        """The room's revision as the database says now."""
        revision = self.call(lambda: self._head(room_id))
        with self._lock:
            if room := self._rooms.get(room_id):
                room.head_read = (time.monotonic(), revision)
        return revision

    def recent_head(self, room: Room, age: float) -> int | None:
        """The head if the database was asked for it within the last `age` seconds. Never blocks."""
        moment, revision = room.head_read
        return revision if time.monotonic() - moment <= age else None

    def call(self, question: Callable[[], Answer]) -> Answer:
        """Ask something of the application from a thread that serves no request."""
        with self._within():
            return question()

    def close(self) -> None:
        """End every stream and the filler; nobody can subscribe afterwards."""
        with self._lock:
            self.closed = True
            flags = flags_of(self._rooms.values())
        self._gaps.close()
        if self.presence:
            self.presence.close()
        wake(flags)

    # The journal

    def _read_journal(self, room: Room, last: int, head: int, render: bool = False) -> list[Event]:
        """Events after `last`, at least up to `head`; the ring keeps them for the other screens."""
        with room.loading:
            with self._lock:
                events = room.since(last)
                top = room.top or 0
            if events is not None and top >= head:
                return events  # another screen has just read it
            after = last if events is None else top
            loaded = self.load(room.id, after)
            if render:
                for audience in self.audiences(room.id):
                    self.render(loaded, audience)
            with self._lock:
                room.extend_backwards(after, loaded)
                moved = room.accept_journal(loaded)
                self._mind_the_gap(room, moved)
                flags = flags_of([room] if moved else [])
                known = room.since(last)
        wake(flags)
        return (events or []) + loaded if known is None else known

    def load(self, room_id: int, after: int) -> list[Event]:
        """The journal after that revision, oldest first."""
        return sorted(self.call(lambda: self._load(room_id, after)), key=lambda event: event.revision)

    def _frame_from_journal(self, event: Event, audience: str) -> str:
        loaded = self.load(event.room, event.revision - 1)
        found = next((other for other in loaded if other.revision >= event.revision), None)
        html = found.frame(audience) if found else None
        if html is None:
            raise LookupError(f"{event!r} is not in the journal for {audience}")
        return html

    def _mind_the_gap(self, room: Room, moved: bool) -> None:
        """Under the lock: a missing revision gets its time to come by itself, then it is fetched."""
        if not room.has_gap():
            self._gaps.forget(room)
        elif moved:
            self._gaps.renew(room, GAP_PATIENCE)
        else:
            self._gaps.expect(room, GAP_PATIENCE)

    def _fill(self, room: Room) -> None:
        with self._lock:
            last, wanted = room.top or 0, room.wanted
        self._read_journal(room, last, wanted, render=True)
        with self._lock:
            if not room.has_gap() or room.top != last:
                return
        if self.head(room.id) > last:
            self._gaps.expect(room, 2 * GAP_PATIENCE)
            return
        with self._lock:
            if room.wanted == wanted:
                room.forget_rumours()


def _given(subscription: Subscription, events: list[Event]) -> list[Event]:
    if events:
        subscription.last = events[-1].revision
    return events
