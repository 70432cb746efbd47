"""Learn what other processes commit, on PostgreSQL and on SQLite; a single process needs neither."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

from .hub import Hub

if TYPE_CHECKING:
    import psycopg
    from flask import Flask

log = logging.getLogger(__name__)

CHANNEL = "thidua"
PRESENCE_CHANNEL = "thidua_presence"  # who is here: in no transaction, and no loss when it is lost
SWEEP = 1.0  # seconds; heals what a lost notice left behind
RECONNECT = 1.0
LOOK_AROUND = 0.25  # seconds a waiting watcher takes to notice that it should stop

Heads = Callable[[list[int]], dict[int, int]]
_starting = threading.Lock()


def announcement(room: int, revision: int, sender: str = "") -> str:
    """The payload for `SELECT pg_notify('thidua', …)` inside the transaction that commits the revision.

    With `sender` (the `name` of the hub that will publish it) that hub does not read its own commit back.
    """
    return f"{room}:{revision}:{sender}"


def start_watcher(app: Flask, hub: Hub, heads: Heads | None = None) -> None:
    """Start the watcher this database needs, at the first screen; afterwards it costs one look."""
    if "live_watcher" in app.extensions:
        return
    with _starting:
        if "live_watcher" in app.extensions:
            return
        app.extensions["live_watcher"] = watcher = _watcher_for(app, hub, heads)
        if watcher is not None:
            watcher.start()


def postgres_url(app: Flask) -> str:
    """The database's address in libpq's form; empty when it is no PostgreSQL."""
    scheme, _, rest = str(app.config.get("SQLALCHEMY_DATABASE_URI", "")).partition("://")
    return "postgresql://" + rest if scheme.split("+")[0] in ("postgresql", "postgres") else ""


def _watcher_for(app: Flask, hub: Hub, heads: Heads | None) -> Watcher | None:
    if url := postgres_url(app):
        return PostgresWatcher(hub, url, heads)
    scheme, _, rest = str(app.config.get("SQLALCHEMY_DATABASE_URI", "")).partition("://")
    if scheme.split("+")[0] == "sqlite" and app.config.get("LIVE_WATCH_SQLITE"):
        return SqliteWatcher(hub, rest.removeprefix("/").partition("?")[0], heads)
    return None


class Watcher:
    """A daemon thread that tells the hub which revisions exist. Ends with `stop()` or with the hub."""

    def __init__(self, hub: Hub, heads: Heads | None = None) -> None:
        self._hub = hub
        self._heads = heads or (lambda rooms: {room: hub.head(room) for room in rooms})
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=type(self).__name__, daemon=True)
        self.ready = threading.Event()  # set while every commit is being noticed

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(5)

    @property
    def is_running(self) -> bool:
        return self._thread.is_alive()

    @property
    def _is_over(self) -> bool:
        return self._stopped.is_set() or self._hub.closed

    def _run(self) -> None:
        while not self._is_over:
            try:
                self._watch()
            except Exception as error:  # the database went away; streams go on and the sweep heals afterwards
                log.warning("%s: %s", type(self).__name__, error)
            self.ready.clear()
            self._stopped.wait(RECONNECT)

    def _watch(self) -> None:
        """Watch until told to stop; raises when the connection breaks."""
        raise NotImplementedError

    def _sweep(self) -> None:
        rooms = self._hub.watched()
        if not rooms:
            return
        for room, revision in self._hub.call(lambda: self._heads(rooms)).items():
            self._hub.notice(room, revision)


class PostgresWatcher(Watcher):
    """LISTEN, and a sweep every second; `url` in libpq's form."""

    def __init__(self, hub: Hub, url: str, heads: Heads | None = None) -> None:
        super().__init__(hub, heads)
        self._url = url

    def _watch(self) -> None:
        import psycopg

        with psycopg.connect(self._url, autocommit=True, connect_timeout=5) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            connection.execute(f"LISTEN {PRESENCE_CHANNEL}")
            self.ready.set()
            if self._hub.presence:
                self._hub.presence.ask_others()
            while not self._is_over:
                self._sweep()
                self._listen(connection, time.monotonic() + SWEEP)

    def _listen(self, connection: psycopg.Connection, until: float) -> None:
        while not self._is_over and time.monotonic() < until:
            for notify in connection.notifies(timeout=LOOK_AROUND):
                if notify.channel == PRESENCE_CHANNEL:
                    if self._hub.presence:
                        self._hub.presence.hear(notify.payload)
                    continue
                room, revision, sender = (notify.payload + "::").split(":")[:3]
                if room.isdigit() and revision.isdigit():
                    self._hub.notice(int(room), int(revision), sender)


class SqliteWatcher(Watcher):
    """PRAGMA data_version every 25 ms on its own connection; only worth it when another process writes."""

    def __init__(self, hub: Hub, path: str, heads: Heads | None = None, every: float = 0.025) -> None:
        super().__init__(hub, heads)
        self._path = path
        self._every = every

    def _watch(self) -> None:
        with closing(sqlite3.connect(self._path)) as connection:
            seen = None
            while not self._is_over:
                (version,) = connection.execute("PRAGMA data_version").fetchone()
                if version != seen:
                    seen = version
                    self._sweep()
                    self.ready.set()
                self._stopped.wait(self._every)
