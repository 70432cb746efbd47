"""Slows down guessing: after ten failures of one account from one address each try waits, 30 seconds at most.

Only that pair waits, so nobody can lock out a room or another person's device. Kept in the memory of the
process: with several processes each counts for itself, which multiplies ten by a handful.
"""

import math
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

FREE_TRIES = 10
LONGEST_WAIT = 30
FORGOTTEN_AFTER = timedelta(minutes=15)
MOST_PAIRS = 10_000

Pair = tuple[str, str]  # username as typed, address of the device


@dataclass(slots=True)
class _Tries:
    count: int
    last: datetime


class Throttle:
    """Counts tries by account and address, before the password is looked at: many at once gain nothing."""

    def __init__(self, *, free_tries: int = FREE_TRIES) -> None:
        self._free_tries = free_tries
        self._tries: dict[Pair, _Tries] = {}
        self._lock = threading.Lock()

    def begin(self, pair: Pair, *, at: datetime) -> int:
        """Count a try and return 0, or count nothing and return the seconds still to wait."""
        with self._lock:
            tries = self._tries.get(pair)
            if tries is None or at - tries.last > FORGOTTEN_AFTER:
                self._forget_old(at)
                self._tries[pair] = _Tries(1, at)
                return 0
            left = (tries.last + timedelta(seconds=_wait_after(tries.count - self._free_tries)) - at).total_seconds()
            if left > 0:
                return math.ceil(left)
            tries.count, tries.last = tries.count + 1, at
            return 0

    def succeeded(self, pair: Pair) -> None:
        """The right password: the earlier tries are forgotten."""
        with self._lock:
            self._tries.pop(pair, None)

    def forgive(self, pair: Pair) -> None:
        """One try less: it was right, and the others of this address keep their account."""
        with self._lock:
            tries = self._tries.get(pair)
            if tries:
                tries.count = max(0, tries.count - 1)

    def _forget_old(self, at: datetime) -> None:
        if len(self._tries) < MOST_PAIRS:
            return
        kept = {pair: tries for pair, tries in self._tries.items() if at - tries.last <= FORGOTTEN_AFTER}
        self._tries = kept if len(kept) < MOST_PAIRS else {}


def _wait_after(count: int) -> int:
    """``count`` tries more than are free."""
    return 0 if count < 0 else min(2 ** min(count + 1, 5), LONGEST_WAIT)
