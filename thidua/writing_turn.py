"""Whose turn it is to write to SQLite: the writers of this process one after the other, and nobody waits for ever."""

import sqlite3
import threading
import time
from typing import Any

from sqlalchemy.exc import OperationalError

PATIENCE = 5.0  # seconds a writer waits for its turn and for the file
HURRY = 0.2  # the same while another program is known to hold the file: threads that wait there serve no reader
REMEMBERED = 2.0  # seconds after which a program that held the file is tried with full patience again


class WritingTurn:
    """A lock with an end to patience. SQLite's own waiting is unfair: seconds of tail with many writers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held_by_stranger_until = 0.0

    def take(self) -> int:
        """Returns how many milliseconds are left to wait for other programs.

        Raises OperationalError, as SQLite does when its own patience ends: nothing was changed.
        """
        patience = HURRY if time.monotonic() < self._held_by_stranger_until else PATIENCE
        began = time.monotonic()
        if not self._lock.acquire(timeout=patience):
            raise OperationalError("BEGIN IMMEDIATE", None, sqlite3.OperationalError("database is locked"))
        return max(1, int((patience - (time.monotonic() - began)) * 1000))

    def give_back(self) -> None:
        self._lock.release()

    def found_free(self) -> None:
        """The file was ours."""
        self._held_by_stranger_until = 0.0

    def found_held(self) -> None:
        """Another program kept the file all the time."""
        self._held_by_stranger_until = time.monotonic() + REMEMBERED


def is_held(error: Any) -> bool:
    """Whether this error of SQLite says that another program holds the file (SQLITE_BUSY, any kind)."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == 5
