"""What an open screen costs while nothing happens: memory for each stream, processor time for all of them.

run.py bench idle --streams 2000 --seconds 30

Memory is the growth of the server's RSS, read after the streams have given their first signs of life; the first hundred
streams only warm the server up and are not counted. Then one room is scored once a second among the idle ones.
"""

from __future__ import annotations

import argparse
import asyncio
import time

from _browser import Asking, Listening
from _stand import Stand, meeting_rooms, milliseconds, percentile, report, run

OPEN_AT_ONCE = 50
WARM_UP = 100
ROOMS = 100
SCORES = 10


async def measure(stand: Stand, streams: int, seconds: float) -> dict[str, object]:
    for screen in await open_screens(stand, WARM_UP):
        screen.close()
    await asyncio.sleep(1.0)
    empty = stand.memory_kb()
    began = time.perf_counter()
    screens = await open_screens(stand, streams)
    opened_in = time.perf_counter() - began
    cpu, began = stand.cpu_seconds(), time.perf_counter()
    await asyncio.sleep(seconds)
    now, lasted, full = stand.cpu_seconds(), time.perf_counter() - began, stand.memory_kb()
    scored = await score_among_them(stand)
    for screen in screens:
        screen.close()
    return {
        "open": sum(screen.opened.done() for screen in screens),
        "open_s": round(opened_in, 1),
        "rss_mb_before": None if empty is None else round(empty / 1024, 1),
        "rss_mb_after": None if full is None else round(full / 1024, 1),
        "kb_per_stream": None if empty is None or full is None else round((full - empty) / streams, 1),
        "core": None if cpu is None or now is None else round((now - cpu) / lasted, 3),
        "post_p50_ms": milliseconds(percentile(scored, 0.5)),
        "post_max_ms": milliseconds(max(scored)),
    }


async def open_screens(stand: Stand, count: int) -> list[Listening]:
    """Spread over all rooms and everybody in them."""
    gate = asyncio.Semaphore(OPEN_AT_ONCE)

    async def open_one(number: int) -> Listening:
        room = stand.rooms[number % len(stand.rooms)]
        readers = stand.readers[room]
        async with gate:
            reader = readers[number // len(stand.rooms) % len(readers)]
            return await Listening.open(stand, room, reader, 1, lambda room, revision, moment: None)

    return list(await asyncio.gather(*(open_one(number) for number in range(count))))


async def score_among_them(stand: Stand) -> list[float]:
    """How long a score takes while all of them are open."""
    room = stand.rooms[0]
    head, durations = Asking(stand, stand.readers[room][0]), []
    for revision in range(2, SCORES + 2):
        sent = time.perf_counter()
        await head.score(room, revision, revision - 1)
        durations.append(time.perf_counter() - sent)
        await asyncio.sleep(max(0.0, 1.0 - durations[-1]))
    head.close()
    return durations


def main() -> None:
    parser = argparse.ArgumentParser(description="Đo bộ nhớ của các màn hình chỉ chờ.")
    parser.add_argument("--streams", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=30)
    options = parser.parse_args()
    with meeting_rooms(ROOMS) as stand:
        figures = run(measure(stand, options.streams, options.seconds))
    report(bench="idle", **vars(options), **figures)


if __name__ == "__main__":
    main()
