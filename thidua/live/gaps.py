"""Fetches from the journal what was committed but never announced."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from .room import Room

log = logging.getLogger(__name__)


class GapFiller:
    """One thread, started at the first gap. `fill(room)` is called once its patience is over.

    A later `expect` may bring the moment forward, never put it off; `renew` sets it anew: another revision
    is awaited.
    """

    def __init__(self, fill: Callable[[Room], None]) -> None:
        self._fill = fill
        self._due: dict[Room, float] = {}
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False

    def expect(self, room: Room, patience: float) -> None:
        due = time.monotonic() + patience
        with self._changed:
            self._set(room, min(due, self._due.get(room, due)))

    def renew(self, room: Room, patience: float) -> None:
        with self._changed:
            self._set(room, time.monotonic() + patience)

    def forget(self, room: Room) -> None:
        with self._changed:
            self._due.pop(room, None)

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _set(self, room: Room, due: float) -> None:
        self._due[room] = due
        if self._thread is None and not self._closed:
            self._thread = threading.Thread(target=self._run, name="live-gap-filler", daemon=True)
            self._thread.start()
        self._changed.notify()

    def _run(self) -> None:
        while (room := self._next()) is not None:
            try:
                self._fill(room)
            except Exception:  # the database may be away for a moment; this thread must live on
                log.exception("journal of room %s", room.id)
                self.expect(room, 1.0)

    def _next(self) -> Room | None:
        with self._changed:
            while not self._closed:
                room = min(self._due, key=self._due.__getitem__, default=None)
                wait = None if room is None else self._due[room] - time.monotonic()
                if room is not None and wait is not None and wait <= 0:
                    del self._due[room]
                    return room
                self._changed.wait(wait)
        return None
