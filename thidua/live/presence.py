"""Who is here, and at which criterion: soft, in memory only, never written down.

A person is here while one of their streams is open or one of their screens polls, and while their screens say so
themselves (`tell`): a device that vanished from the network leaves its stream open for minutes.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from .traces import NEVER, POLL_SILENCE, SILENCE, Seen, Somebody, Trace, people_among

log = logging.getLogger(__name__)

PAUSE = 1.0  # seconds at least between two announcements of a room
SHARE = 15.0  # seconds after which other processes are told again what they should still know
FORGET = 45.0  # seconds after which another process that says nothing more has died
LONGEST_NOTICE = 7900  # bytes; PostgreSQL takes 8000

People = tuple[Seen, ...]


@dataclass(slots=True)
class _Place:
    """One room: traces of this process by person, of the others by process, and what was last announced."""

    here: dict[int, Trace] = field(default_factory=dict)
    elsewhere: dict[str, tuple[float, list[Trace]]] = field(default_factory=dict)
    shown: People = ()
    looked_at: float = NEVER
    shared_at: float = NEVER
    is_to_be_shared: bool = False
    has_new_screen: bool = False  # which knows nothing yet: it is told even when nobody came

    def traces(self) -> Iterator[Trace]:
        yield from self.here.values()
        for _, traces in self.elsewhere.values():
            yield from traces


class Presence:
    """`show(room, people)` is called at most once a second and room, from one thread, when something changed.

    `share(payload)` sends to the other processes on the same database; what they send comes to `hear`.
    The cost is that of the rooms that changed. Without `threaded` somebody else calls `work` in time (tests).
    """

    def __init__(
        self,
        show: Callable[[int, People], None],
        share: Callable[[str], None] | None = None,
        name: str = "",
        clock: Callable[[], float] = time.monotonic,
        *,
        threaded: bool = True,
    ) -> None:
        self._show = show
        self._share = share
        self._name = name
        self._clock = clock
        self._threaded = threaded
        self._rooms: dict[int, _Place] = {}
        self._due: dict[int, float] = {}
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._is_closed = False

    # What happens

    def arrive(self, room: int, who: Somebody) -> None:
        """A stream was opened. Its page was loaded a moment ago, so the device is there."""
        with self._changed:
            trace, now = self._trace(room, who), self._clock()
            trace.streams += 1
            trace.heard_at = now
            self._rooms[room].has_new_screen = True
            self._touch(room, now)

    def leave(self, room: int, who: Somebody) -> None:
        """A stream was closed; perhaps the same person is just turning to another page."""
        with self._changed:
            trace, now = self._trace(room, who), self._clock()
            trace.streams = max(0, trace.streams - 1)
            trace.left_at = NEVER if trace.streams else now
            self._touch(room, now)

    def poll(self, room: int, who: Somebody) -> None:
        """A screen without a stream asked for changes."""
        with self._changed:
            trace, now = self._trace(room, who), self._clock()
            is_news = not (trace.is_open(now) and trace.is_heard(now))
            trace.polled_at = trace.heard_at = now
            if is_news:
                self._touch(room, now)
            else:
                self._expect(room, now + POLL_SILENCE)

    def tell(self, room: int, who: Somebody, place: tuple[str, int] | None = None) -> None:
        """A screen in sight says that it is there, and which criterion it shows; without one: the same as before."""
        with self._changed:
            trace, now = self._trace(room, who), self._clock()
            is_news = not trace.is_heard(now)
            trace.who, trace.heard_at = who, now
            if place is not None:
                is_news = is_news or place != trace.place
                trace.place, trace.moved_at = place, now
            if is_news:
                self._touch(room, now)
            else:
                self._expect(room, now + SILENCE)

    def here(self, room: int) -> People:
        """Who is here now."""
        with self._changed:
            place = self._rooms.get(room)
            return people_among(place.traces(), self._clock()) if place else ()

    # The other processes

    def hear(self, payload: str) -> None:
        """What another process shared; anything else is ignored."""
        now = self._clock()
        try:
            sender, room, people = json.loads(payload)
            traces = [Trace.from_plain(one, now) for one in people]
        except (ValueError, TypeError):
            log.warning("presence: %.80r", payload)
            return
        if sender == self._name:
            return
        with self._changed:
            if room:
                self._rooms.setdefault(room, _Place()).elsewhere[sender] = (now, traces)
                self._touch(room, now, is_ours=False)
            else:  # a process that has just begun to listen
                for known in self._rooms:
                    self._touch(known, now)

    def ask_others(self) -> None:
        """To be called when this process begins to listen: the others then say what they know."""
        if self._share is not None:
            self._share(json.dumps([self._name, 0, []]))

    def close(self) -> None:
        with self._changed:
            self._is_closed = True
            self._changed.notify()

    # What follows from it

    def work(self) -> None:
        """Announce and share what is due."""
        with self._changed:
            now = self._clock()
            due = [room for room, moment in self._due.items() if moment <= now]
            news = [(room, *self._look(room, now)) for room in due]
        for room, people, notice in news:
            try:
                if notice and self._share:
                    self._share(notice)
                if people is not None:
                    self._show(room, people)
            except Exception:  # the database may be away for a moment; who is here is no reason to stop
                log.exception("presence in room %s", room)

    def _look(self, room: int, now: float) -> tuple[People | None, str]:
        """What is to be shown of this room (None: nothing new) and shared; forgets who is gone."""
        del self._due[room]
        place = self._rooms[room]
        if now < place.looked_at + PAUSE:
            self._expect(room, place.looked_at + PAUSE)
            return None, ""
        place.elsewhere = {name: one for name, one in place.elsewhere.items() if now < one[0] + FORGET}
        before, place.shown, place.looked_at = place.shown, people_among(place.traces(), now), now
        notice = self._notice(room, place, now)
        place.here = {id: trace for id, trace in place.here.items() if trace.streams or trace.ends(now)}
        if place.here or place.elsewhere:
            self._look_again(room, place, now)
        else:
            del self._rooms[room]
        is_news, place.has_new_screen = place.has_new_screen or place.shown != before, False
        return (place.shown if is_news else None), notice

    def _look_again(self, room: int, place: _Place, now: float) -> None:
        moments = [moment for trace in place.traces() for moment in trace.ends(now)]
        moments += [heard_at + FORGET for heard_at, _ in place.elsewhere.values()]
        if self._share and place.here:
            moments.append(place.shared_at + SHARE)
        if moments:
            self._expect(room, min(moments))

    def _notice(self, room: int, place: _Place, now: float) -> str:
        if not self._share or not (place.is_to_be_shared or now >= place.shared_at + SHARE):
            return ""
        place.is_to_be_shared, place.shared_at = False, now
        people = [trace.plain(now) for trace in place.here.values()]
        while len(notice := json.dumps([self._name, room, people])) > LONGEST_NOTICE:
            people.pop()  # of a very full room the last are seen by their own process only
        return notice

    def _trace(self, room: int, who: Somebody) -> Trace:
        return self._rooms.setdefault(room, _Place()).here.setdefault(who.id, Trace(who))

    def _touch(self, room: int, now: float, *, is_ours: bool = True) -> None:
        """Something changed that others should see, at once or a second after the last time."""
        place = self._rooms[room]
        place.is_to_be_shared = place.is_to_be_shared or is_ours
        self._expect(room, max(now, place.looked_at + PAUSE))

    def _expect(self, room: int, moment: float) -> None:
        """Under the lock: look at this room at that moment, or before."""
        if moment >= self._due.get(room, float("inf")):
            return
        self._due[room] = moment
        if self._thread is None and self._threaded and not self._is_closed:
            self._thread = threading.Thread(target=self._run, name="live-presence", daemon=True)
            self._thread.start()
        self._changed.notify()

    def _run(self) -> None:
        while self._wait():
            self.work()

    def _wait(self) -> bool:
        """Until a room is due; False when closed."""
        with self._changed:
            while not self._is_closed:
                moment = min(self._due.values(), default=None)
                pause = None if moment is None else moment - self._clock()
                if pause is not None and pause <= 0:
                    return True
                self._changed.wait(pause)
        return False
