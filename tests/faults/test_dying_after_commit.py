"""A thread dies between commit and announcement, in the real server: the screens still see the change, in its place."""

from collections.abc import Callable

import pytest

from tests.faults.devices import Device
from tests.faults.followers import Follower, elements
from tests.faults.outboxes import Outbox, scores
from tests.faults.truth import Truth
from tests.servers.warm_server import WarmServer, wait_until
from tests.world import World

pytestmark = pytest.mark.slow


def test_what_was_committed_and_never_announced_reaches_every_screen_in_its_place(
    new_server: Callable[..., WarmServer], world: World
) -> None:
    server = new_server(THIDUA_HEARTBEAT="0.5")
    server.start(sabotage="tests.faults.dying_after_commit")
    room, truth = world.open_id, Truth(server)
    devices = [Device(server.address, name) for name in ("thanh-vien-1", "don-vi", "truong-doan")]
    screens = [Follower(device, room, truth.head(room)) for device in devices]
    outbox = Outbox(Device(server.address, "thu-ky"), scores(room, truth.criteria(), "proposed"))
    for thread in (*screens, outbox):
        thread.start()
    wait_until(lambda: outbox.has_delivered(11), "scores", 60)
    outbox.finish()
    assert outbox.resent > 2
    head = truth.head(room)
    wait_until(lambda: all(screen.cursor == head for screen in screens), "the screens")
    truth.has_each_once(room, outbox.letters)
    truth.is_sound()
    for screen in screens:
        screen.end()
        assert screen.saw_everything_once
        assert screen.shown == elements(screen.fresh().text)
