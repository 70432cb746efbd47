"""The server is killed again and again at random moments while five people write and their screens follow.

THIDUA_KILLS=500 kills more often than the usual 50 (on PostgreSQL, where each database connection has to be made anew,
10); THIDUA_SEED=… repeats a run's moments as far as threads allow.
"""

import os
import random
import time
from collections.abc import Callable

import pytest

from tests.faults.devices import Device
from tests.faults.followers import Follower, elements
from tests.faults.outboxes import Outbox, by_turns, remarks, scores
from tests.faults.truth import Truth
from tests.servers.warm_server import WarmServer, wait_until
from tests.world import World

pytestmark = pytest.mark.slow
ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
KILLS = int(os.environ.get("THIDUA_KILLS") or (10 if ON_POSTGRES else 50))
SEED = int(os.environ.get("THIDUA_SEED") or time.time())
WRITERS = ("truong-doan", "thu-ky", "thanh-vien-1", "thanh-vien-2", "thanh-vien-3")


def test_what_was_acknowledged_outlives_every_kill_once_and_every_screen_catches_up(
    new_server: Callable[..., WarmServer], world: World
) -> None:
    server = new_server(THIDUA_HEARTBEAT="1")
    server.start()
    chance = random.Random(SEED)
    room, truth = world.open_id, Truth(server)
    devices = {name: Device(server.address, name, patience=5.0) for name in (*WRITERS, "don-vi")}
    screens = [Follower(device, room, truth.head(room)) for device in devices.values()]
    settled, proposed = truth.criteria()[::2], truth.criteria()[1::2]
    work = {name: scores(room, proposed, "proposed") for name in WRITERS}
    work["truong-doan"] = scores(room, settled, "agreed")
    work["thu-ky"] = by_turns(work["thu-ky"], remarks(room))
    outboxes = [Outbox(devices[name], letters, 0.02) for name, letters in work.items()]
    for thread in (*screens, *outboxes):
        thread.start()
    caught_up: list[float] = []
    for _ in range(KILLS):
        time.sleep(chance.uniform(0, 0.4))
        server.kill()
        server.start()
        head = truth.head(room)
        caught_up.append(wait_until(lambda head=head: all(s.cursor >= head for s in screens), "the screens"))
        goals = [(outbox, len(outbox.acknowledged) + 1) for outbox in outboxes]
        wait_until(lambda goals=goals: all(one.has_delivered(goal) for one, goal in goals), "a score of each")
    for outbox in outboxes:
        outbox.finish()
    head = truth.head(room)
    wait_until(lambda: all(screen.cursor == head for screen in screens), "the screens at the end")
    for screen in screens:
        screen.end()

    letters = [letter for outbox in outboxes for letter in outbox.letters]
    print(
        f"{KILLS} kills, seed {SEED}: {len(letters)} operations, {sum(o.resent for o in outboxes)} sent again; "
        f"screens behind a restart for {max(caught_up):.2f} s at most, usually {sorted(caught_up)[KILLS // 2]:.2f} s"
    )
    assert sum(outbox.resent for outbox in outboxes) > 0
    truth.has_each_once(room, letters)
    truth.is_sound()
    for outbox in outboxes:
        truth.keeps_the_order_of(room, outbox.letters)
    for screen in screens:
        assert screen.saw_everything_once, screen.name
        assert screen.shown == elements(screen.fresh().text), screen.name
