"""One flush to the disk for all the commits that wait for one (group commit), for SQLite in WAL mode.

A writing transaction commits without its own flush (``synchronous=NORMAL``), gives the writers' lock back, and then
waits here until the write-ahead log has been flushed by somebody after its commit. What is acknowledged is on the
disk exactly as with ``synchronous=FULL``, which flushes the same file once for each commit while everybody waits.
"""

import os
import threading
from pathlib import Path


class NotOnDisk(OSError):
    """What was written may not be on the disk; nobody may be told that it is."""


class GroupFlush:
    """Flushes one file for many threads: whoever comes first flushes for all who came before the flush began."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._changed = threading.Condition()
        self._asked = 0
        self._flushed = 0
        self._is_flushing = False
        self._failure: OSError | None = None

    def wait(self) -> None:
        """Return once everything written to the file before this call is on the disk. Raises OSError if it is not.

        After one failure nothing is acknowledged any more: what the system did with the lost pages is unknown.
        """
        with self._changed:
            self._asked += 1
            mine = self._asked
            while self._flushed < mine:
                if self._failure:
                    raise NotOnDisk("the log could not be flushed to the disk") from self._failure
                if self._is_flushing:
                    self._changed.wait()
                else:
                    self._flush_for_all()

    def _flush_for_all(self) -> None:
        covered, self._is_flushing = self._asked, True
        self._changed.release()
        failure = None
        try:
            flush(self._path)
        except OSError as error:
            failure = error
        finally:
            self._changed.acquire()
            self._is_flushing = False
        if failure:
            self._failure = failure
        else:
            self._flushed = covered
        self._changed.notify_all()


def flush(path: Path) -> None:
    """Bring a file's bytes to the disk, whoever wrote them; a log that is gone was merged and flushed by SQLite."""
    try:
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
