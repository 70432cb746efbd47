"""The bare transaction of a score, without any program around it: what the disk and the database allow."""

from __future__ import annotations

import sqlite3
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from typing import Any

from _stand import Stand

TABLES = (
    "CREATE TABLE IF NOT EXISTS bare_room (id INTEGER PRIMARY KEY, revision INTEGER, head CHAR(64))",
    "CREATE TABLE IF NOT EXISTS bare_score (room INTEGER, criterion INTEGER, holder INTEGER, points INTEGER,"
    " version INTEGER, PRIMARY KEY (room, criterion, holder))",
    "CREATE TABLE IF NOT EXISTS bare_journal (room INTEGER, revision INTEGER, op_id CHAR(36) UNIQUE,"
    " payload TEXT, prev CHAR(64), hash CHAR(64), PRIMARY KEY (room, revision))",
    "INSERT INTO bare_room VALUES (1, 0, '') ON CONFLICT DO NOTHING",
)
TRANSACTION = (
    "SELECT 1 FROM bare_journal WHERE op_id = ?",
    "UPDATE bare_room SET revision = revision + 1 WHERE id = 1 RETURNING revision, head",
    "INSERT INTO bare_score VALUES (1, ?, 1, ?, ?) ON CONFLICT (room, criterion, holder) DO UPDATE SET"
    " points = excluded.points, version = excluded.version",
    "INSERT INTO bare_journal VALUES (1, ?, ?, ?, ?, ?)",
    "UPDATE bare_room SET head = ? WHERE id = 1",
)
PAYLOAD = '{"criterion_id":31,"entry":{"points":850},"reason":""}'


def bare_per_second(stand: Stand, seconds: float) -> float:
    """Transactions per second of one writer on the same disk, as durable as the program's own."""
    return _postgresql(stand, seconds) if stand.database_url else _sqlite(stand, seconds)


def _sqlite(stand: Stand, seconds: float) -> float:
    with closing(sqlite3.connect(stand.folder / "bare.sqlite3", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        for statement in TABLES:
            connection.execute(statement)
        return _loop(connection.execute, TRANSACTION, "BEGIN IMMEDIATE", seconds)


def _postgresql(stand: Stand, seconds: float) -> float:
    import psycopg

    with psycopg.connect(stand.database_url, autocommit=True) as connection:
        for statement in TABLES:
            connection.execute(statement)
        statements = tuple(statement.replace("?", "%s") for statement in TRANSACTION)
        return _loop(connection.execute, statements, "BEGIN", seconds)


def _loop(execute: Callable[..., Any], statements: tuple[str, ...], begin: str, seconds: float) -> float:
    seen, count, upsert, append, head = statements
    done, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        op_id = str(uuid.uuid4())
        execute(begin)
        execute(seen, (op_id,)).fetchone()
        revision, previous = execute(count).fetchone()
        digest = sha256(f"{previous}{revision}{op_id}{PAYLOAD}".encode()).hexdigest()
        execute(upsert, (revision % 60, revision % 1000, revision))
        execute(append, (revision, op_id, PAYLOAD, previous, digest))
        execute(head, (digest,))
        execute("COMMIT")
        done += 1
    return done / (time.perf_counter() - began)
