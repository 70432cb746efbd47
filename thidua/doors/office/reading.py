"""A workbook or a Word document in, plain tables out."""

import threading
import time
from collections.abc import Callable

from thidua.doors.office.limits import (
    HIGHEST_RATIO,
    LARGEST_FILE,
    LARGEST_UNPACKED,
    LONGEST_WAIT,
    MOST_PARTS,
    MOST_SECONDS,
)
from thidua.doors.office.package import EXCEL, BadPackage, Fault, Limits, open_package
from thidua.doors.office.refusals import CROWDED, EMPTY, FAULTS, TOO_SLOW, require_name, too_heavy, what_it_is
from thidua.doors.office.tables import OfficeFile, Unreadable
from thidua.doors.office.word import read_document
from thidua.doors.office.workbook import read_workbook
from thidua.doors.sniffing import kind_of

LIMITS = Limits(parts=MOST_PARTS, unpacked=LARGEST_UNPACKED, ratio=HIGHEST_RATIO)
Tell = Callable[[int, int], None]

_turn = threading.Lock()
"""One file at a time: reading is work for a processor, and scores must not wait for two."""


def read_office_file(content: bytes, file_name: str, *, tell: Tell | None = None) -> OfficeFile:
    """The tables of the file, whatever size it claims, never fetching, following or running anything.

    What it is is read from its content; ``file_name`` must not say otherwise. ``tell`` hears bytes read and bytes to
    read, about every 64 kB and once at the end. A workbook of 500 criteria takes 40 ms, a Word table of 500 rows
    200 ms, the worst that is let in ``MOST_SECONDS``. Raises ``Unreadable``.
    """
    if not content:
        raise Unreadable(EMPTY)
    if len(content) > LARGEST_FILE:
        raise Unreadable(too_heavy(len(content)))
    if kind_of(content) != "zip":
        raise Unreadable(what_it_is(content))
    if not _turn.acquire(timeout=LONGEST_WAIT):
        raise Unreadable(CROWDED)
    try:
        return _read(content, file_name, tell)
    except BadPackage as bad:
        raise Unreadable(what_it_is(content) if bad.fault is Fault.NOT_OFFICE else FAULTS[bad.fault]) from None
    finally:
        _turn.release()


def _read(content: bytes, file_name: str, tell: Tell | None) -> OfficeFile:
    progress = _Progress(tell)
    with open_package(content, LIMITS, watch=progress.read) as package:
        is_workbook = package.media_type == EXCEL
        require_name(file_name, "xlsx" if is_workbook else "docx")
        progress.total = package.claimed()
        found = read_workbook(package) if is_workbook else read_document(package)
    progress.end()
    return found


class _Progress:
    """Counts what was read, tells it, and ends what takes too long."""

    def __init__(self, tell: Tell | None) -> None:
        self.total = 0
        self._tell, self._done = tell, 0
        self._deadline = time.monotonic() + MOST_SECONDS

    def read(self, count: int) -> None:
        """Raises ``Unreadable`` when time is over."""
        self._done += count
        if time.monotonic() > self._deadline:
            raise Unreadable(TOO_SLOW)
        if self._tell and self.total:
            self._tell(min(self._done, self.total), self.total)

    def end(self) -> None:
        if self._tell:
            self._tell(self.total, self.total)
