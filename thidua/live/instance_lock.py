"""Keeps a second server off the same embedded database (decision 1: one writing process on SQLite)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class InUse(Exception):
    """Another server holds this database; the message says so to a person."""


@contextmanager
def instance_lock(database: Path) -> Iterator[None]:
    """Hold the database file until the block ends; the system lets go when the process dies, however it dies.

    The lock is a file beside it: SQLite's own locks on the file itself would be lost with ours (fcntl(2)).
    """
    database = database.resolve()
    path = database.with_name(f"{database.name}-serve.lock")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _lock(descriptor)
        except OSError:
            message = f"Một máy chủ khác đang dùng cơ sở dữ liệu {database}. Xin dừng máy chủ đó trước."
            raise InUse(message) from None
        yield
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
