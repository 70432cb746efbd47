"""From one screen to all others: a score per second and room, by stream, then the same screens by polling.

run.py bench live --rooms 100 --screens 10 --seconds 20
DATABASE_URL=postgresql://… run.py bench live --rooms 100 --screens 10 --processes 2

`core` is the processor time of the server processes alone, per second; the load runs in this process.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections import defaultdict

from _browser import Asking, Listening
from _stand import Stand, meeting_rooms, milliseconds, percentile, report, run

POLL_EVERY = 2.0
GRACE = 5.0  # seconds to wait for the last arrivals
OPEN_AT_ONCE = 50
WARM_UP = 3  # scores per room before it counts: the first ones compile templates and statements


class Meeting:
    """What was sent and what arrived. One score is one revision, so the n-th of a room is base + n."""

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self.revision: dict[int, int] = dict.fromkeys(stand.rooms, 1)  # opening it was the first
        self.sent: dict[tuple[int, int], float] = {}
        self.latencies: list[float] = []
        self.seen: defaultdict[tuple[int, int], int] = defaultdict(int)

    def arrived(self, room: int, revision: int, moment: float) -> None:
        if (room, revision) in self.sent:
            self.latencies.append(moment - self.sent[room, revision])
            self.seen[room, revision] += 1

    def begin(self) -> None:
        """Forget what was measured; the revisions stay."""
        self.sent.clear()
        self.latencies.clear()
        self.seen.clear()

    async def score(self, seconds: int) -> None:
        """One score per second in each room, spread over the second."""
        await asyncio.gather(
            *(self._score_in(room, n / len(self.stand.rooms), seconds) for n, room in enumerate(self.stand.rooms))
        )

    async def _score_in(self, room: int, delay: float, seconds: int) -> None:
        head = Asking(self.stand.at(self.stand.rooms.index(room)), self.stand.readers[room][0])
        start = time.perf_counter() + delay
        for turn in range(seconds):
            await asyncio.sleep(max(0.0, start + turn - time.perf_counter()))
            revision = self.revision[room] + 1
            self.sent[room, revision] = time.perf_counter()
            await head.score(room, revision, revision - 1)
            self.revision[room] = revision
        head.close()

    async def wait_for(self, expected: int) -> None:
        """Until everything arrived, or the grace is over."""
        until = time.perf_counter() + GRACE
        while len(self.latencies) < expected and time.perf_counter() < until:
            await asyncio.sleep(0.02)


async def by_stream(meeting: Meeting, screens: int, seconds: int) -> dict[str, object]:
    stand = meeting.stand
    gate = asyncio.Semaphore(OPEN_AT_ONCE)

    async def open_screen(room: int, number: int) -> Listening:
        readers = stand.readers[room]
        async with gate:
            reader = readers[number % len(readers)]
            return await Listening.open(stand.at(number), room, reader, meeting.revision[room], meeting.arrived)

    others = [(room, number) for room in stand.rooms for number in range(1, screens)]
    open_screens = await asyncio.gather(*(open_screen(*other) for other in others))
    own = await asyncio.gather(*(Listening.open(stand, r, stand.readers[r][0], 1, _nothing) for r in stand.rooms))
    await meeting.score(WARM_UP)
    await meeting.wait_for(WARM_UP * len(others))
    meeting.begin()
    cpu, began = stand.cpu_seconds(), time.perf_counter()
    await meeting.score(seconds)
    used, lasted = _since(stand, cpu), time.perf_counter() - began
    expected = seconds * len(others)
    await meeting.wait_for(expected)
    for screen in (*open_screens, *own):
        screen.close()
    return {
        "p50_ms": milliseconds(percentile(meeting.latencies, 0.50)),
        "p95_ms": milliseconds(percentile(meeting.latencies, 0.95)),
        "p99_ms": milliseconds(percentile(meeting.latencies, 0.99)),
        "max_ms": milliseconds(max(meeting.latencies, default=None)),
        "expected": expected,
        "got": len(meeting.latencies),
        "twice": sum(times - screens + 1 for times in meeting.seen.values() if times > screens - 1),
        "core": None if used is None else round(used / lasted, 3),
    }


async def by_polling(meeting: Meeting, screens: int, seconds: int) -> dict[str, object]:
    stand = meeting.stand
    meeting.begin()
    others = [(room, number) for room in stand.rooms for number in range(1, screens)]
    is_over = asyncio.Event()
    pollers = [
        asyncio.create_task(_poll(meeting, room, number, n / len(others), is_over))
        for n, (room, number) in enumerate(others)
    ]
    cpu, began = stand.cpu_seconds(), time.perf_counter()
    await meeting.score(seconds)
    used, lasted = _since(stand, cpu), time.perf_counter() - began
    expected = seconds * len(others)
    await meeting.wait_for(expected)
    is_over.set()
    await asyncio.gather(*pollers)
    return {
        "polling_p50_ms": milliseconds(percentile(meeting.latencies, 0.50)),
        "polling_p95_ms": milliseconds(percentile(meeting.latencies, 0.95)),
        "polling_expected": expected,
        "polling_got": len(meeting.latencies),
        "polling_core": None if used is None else round(used / lasted, 3),
    }


async def _poll(meeting: Meeting, room: int, number: int, phase: float, is_over: asyncio.Event) -> None:
    readers = meeting.stand.readers[room]
    asking = Asking(meeting.stand.at(number), readers[number % len(readers)])
    last, due = meeting.revision[room], time.perf_counter() + phase * POLL_EVERY
    while not is_over.is_set():
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        due = max(due + POLL_EVERY, time.perf_counter())
        status, headers, content = await asking.ask("GET", f"/checklist-sessions/{room}/changes?last={last}")
        if status not in (200, 204):
            raise RuntimeError(f"polling: {status} {content[:300]!r}")
        newest = int(headers.get("x-revision", last)) if status == 200 else last
        for revision in range(last + 1, newest + 1):
            meeting.arrived(room, revision, time.perf_counter())
        last = newest
    asking.close()


def _since(stand: Stand, before: float | None) -> float | None:
    now = stand.cpu_seconds()
    return None if now is None or before is None else now - before


def _nothing(room: int, revision: int, moment: float) -> None:
    """The screen of the one who scores: open like the others, not counted."""


async def measure(stand: Stand, screens: int, seconds: int) -> dict[str, object]:
    meeting = Meeting(stand)
    return await by_stream(meeting, screens, seconds) | await by_polling(meeting, screens, seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description="Đo độ trễ từ một màn hình đến mọi màn hình khác.")
    parser.add_argument("--rooms", type=int, default=1)
    parser.add_argument("--screens", type=int, default=30)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--processes", type=int, default=1, help="số tiến trình máy chủ (cần PostgreSQL)")
    options = parser.parse_args()
    with meeting_rooms(options.rooms, options.processes) as stand:
        figures = run(measure(stand, options.screens, options.seconds))
    report(bench="live", **vars(options), **figures)


if __name__ == "__main__":
    main()
