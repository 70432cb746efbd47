"""How many scores are durably saved per second, against the bare database transaction on the same disk.

run.py bench write --seconds 20
"""

from __future__ import annotations

import argparse
import asyncio
import time

from _bare import bare_per_second
from _browser import Asking
from _stand import Stand, meeting_rooms, milliseconds, percentile, report, run


async def closed_loop(stand: Stand, seconds: float) -> dict[str, object]:
    """One writer per room, each sends the next score as soon as the last one is answered."""
    durations: list[float] = []
    cpu, began = stand.cpu_seconds(), time.perf_counter()

    async def write(room: int) -> None:
        head, revision = Asking(stand, stand.readers[room][0]), 1
        while time.perf_counter() - began < seconds:
            sent = time.perf_counter()
            await head.score(room, revision, revision)
            durations.append(time.perf_counter() - sent)
            revision += 1
        head.close()

    await asyncio.gather(*(write(room) for room in stand.rooms))
    lasted, now = time.perf_counter() - began, stand.cpu_seconds()
    cpu_per_post = None if cpu is None or now is None else (now - cpu) / len(durations)
    return {
        "posts_per_s": round(len(durations) / lasted, 1),
        "p50_ms": milliseconds(percentile(durations, 0.50)),
        "p99_ms": milliseconds(percentile(durations, 0.99)),
        "cpu_ms_per_post": milliseconds(cpu_per_post),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Đo số điểm lưu bền mỗi giây.")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--writers", type=int, default=8, help="số phòng cùng ghi")
    options = parser.parse_args()
    with meeting_rooms(options.writers) as stand:
        before = bare_per_second(stand, options.seconds / 2)
        figures = run(closed_loop(stand, options.seconds))
        after = bare_per_second(stand, options.seconds / 2)
    bare = (before + after) / 2  # on both sides of the measurement: the disk has moods
    ratio = round(float(figures["posts_per_s"]) / bare, 3)
    report(bench="write", **vars(options), **figures, bare_per_s=round(bare, 1), ratio=ratio)


if __name__ == "__main__":
    main()
