"""Two server processes on one PostgreSQL: everybody sees everything once, and one may die.

Runs in the PostgreSQL pass of `run.py test`; THIDUA_SOAK=1 lets each process die twenty times instead of twice.
"""

import os
from collections.abc import Callable

import pytest

from tests.faults.conftest import SOAK
from tests.faults.devices import Device
from tests.faults.followers import Follower, elements
from tests.faults.outboxes import Outbox, scores
from tests.faults.truth import Truth
from tests.servers.warm_server import WarmServer, wait_until
from tests.world import World

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="Hai tiến trình cần PostgreSQL."
    ),
]
ROUNDS = 20 if SOAK else 2  # how often each process dies


@pytest.fixture
def pair(new_server: Callable[..., WarmServer]) -> list[WarmServer]:
    """Two running servers of one instance."""
    first = new_server(THIDUA_HEARTBEAT="1")
    second = new_server(first.database_url, THIDUA_HEARTBEAT="1", THIDUA_INSTANCE=str(first.folder))
    for server in (first, second):
        server.start()
    return [first, second]


def test_screens_of_both_processes_see_every_score_once(pair: list[WarmServer], world: World) -> None:
    room, truth = world.open_id, Truth(pair[0])
    devices = [Device(server.address, f"thanh-vien-{n}") for server in pair for n in (1, 2, 3)]
    screens = [Follower(device, room, truth.head(room)) for device in devices]
    writers = [Device(server.address, name) for server, name in zip(pair, ("thu-ky", "truong-doan"), strict=True)]
    outboxes = [Outbox(device, scores(room, truth.criteria(), "proposed"), 0.01) for device in writers]
    for thread in (*screens, *outboxes):
        thread.start()
    wait_until(lambda: all(one.has_delivered(25) for one in outboxes), "scores at both processes", 120)
    for outbox in outboxes:
        outbox.finish()
    _all_is_well(truth, room, outboxes, screens)


def test_when_one_process_dies_its_screens_and_writers_go_on_at_the_other(pair: list[WarmServer], world: World) -> None:
    room, truth = world.open_id, Truth(pair[0])
    names = ("thu-ky", "truong-doan", "thanh-vien-1", "thanh-vien-2")
    devices = [Device(pair[n % 2].address, name, patience=5) for n, name in enumerate(names)]
    screens = [Follower(device, room, truth.head(room)) for device in devices]
    outboxes = [Outbox(device, scores(room, truth.criteria(), "proposed"), 0.03) for device in devices]
    for thread in (*screens, *outboxes):
        thread.start()
    for turn in range(2 * ROUNDS):
        dying, living = pair[turn % 2], pair[1 - turn % 2]
        goals = [(one, len(one.acknowledged) + 3) for one in outboxes]
        wait_until(lambda goals=goals: all(one.has_delivered(goal) for one, goal in goals), "scores of all", 60)
        dying.kill()
        for device, screen in zip(devices, screens, strict=True):
            device.move_to(living.address)
            screen.go_to(living.address)
        head = truth.head(room)
        took = wait_until(lambda head=head: all(screen.cursor >= head for screen in screens), "the screens", 60)
        print(f"screens equal to the database {took:.2f} s after the other process died")
        dying.start()
    for outbox in outboxes:
        outbox.finish()
    _all_is_well(truth, room, outboxes, screens)


def _all_is_well(truth: Truth, room: int, outboxes: list[Outbox], screens: list[Follower]) -> None:
    head = truth.head(room)
    wait_until(lambda: all(screen.cursor == head for screen in screens), "the screens", 60)
    truth.has_each_once(room, [letter for outbox in outboxes for letter in outbox.letters])
    for outbox in outboxes:
        truth.keeps_the_order_of(room, outbox.letters)
    for screen in screens:
        screen.end()
        assert screen.saw_everything_once
        assert screen.shown == elements(screen.fresh().text)
    truth.is_sound()
