"""Sends what other processes on the same PostgreSQL should hear, outside of any transaction."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from .watchers import PRESENCE_CHANNEL

if TYPE_CHECKING:
    import psycopg


class Notices:
    """A connection of its own, opened with the first notice and again after it broke; `url` in libpq's form."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = threading.Lock()
        self._connection: psycopg.Connection | None = None

    def send(self, payload: str) -> None:
        """Raises psycopg.Error when the database cannot be reached."""
        import psycopg

        with self._lock:
            if self._connection is None or self._connection.closed:
                self._connection = psycopg.connect(self._url, autocommit=True, connect_timeout=5)
            try:
                self._connection.execute("SELECT pg_notify(%s, %s)", [PRESENCE_CHANNEL, payload])
            except psycopg.Error:
                self._connection.close()
                raise
