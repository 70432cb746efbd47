"""A wall clock that jumps: what a flat battery, a wrong time zone or a time server does to the machine.

Only the wall clock moves, as in life: `time.monotonic` goes on.
"""

import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine


def follow(path: Path) -> None:
    """In the server: at every SIGUSR1 the clock jumps to the true time plus the seconds written in the file."""
    jumps: list[time_machine.travel] = []

    def jump(*_: object) -> None:
        while jumps:
            jumps.pop().stop()
        shift = timedelta(seconds=float(path.read_text()))
        jumps.append(time_machine.travel(datetime.now(UTC) + shift, tick=True))
        jumps[-1].start()

    signal.signal(signal.SIGUSR1, jump)
