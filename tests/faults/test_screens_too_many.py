"""More screens than the server streams to (THIDUA_SCREENS): the others hear 503, poll, and still see everything."""

from collections.abc import Callable

import pytest

from tests.faults.devices import Device
from tests.faults.followers import Follower, elements
from tests.faults.outboxes import Outbox, scores
from tests.faults.truth import Truth
from tests.servers.warm_server import WarmServer, wait_until
from tests.world import World

pytestmark = pytest.mark.slow


def test_a_screen_above_the_cap_is_told_when_to_come_back_polls_and_follows_all_the_same(
    new_server: Callable[..., WarmServer], world: World
) -> None:
    server = new_server(THIDUA_SCREENS="2", THIDUA_HEARTBEAT="0.5")
    server.start()
    room, truth = world.open_id, Truth(server)
    devices = [Device(server.address, f"thanh-vien-{n}") for n in (1, 2, 3)]
    screens = [Follower(device, room, truth.head(room)) for device in devices]
    for screen in screens[:2]:
        screen.start()
    wait_until(lambda: all(screen.alive.is_set() for screen in screens[:2]), "two streams")

    full = devices[2].ask("GET", f"/checklist-sessions/{room}/stream?last=1")
    assert full.status == 503
    assert int(full.headers["Retry-After"]) > 0
    assert full.text == "Đang có quá nhiều màn hình theo dõi. Trang sẽ tự cập nhật chậm hơn."

    screens[2].start()
    outbox = Outbox(Device(server.address, "thu-ky"), scores(room, truth.criteria(), "proposed"), 0.05)
    outbox.start()
    wait_until(lambda: outbox.has_delivered(10) and screens[2].turned_away > 1, "scores and refused streams")
    outbox.finish()
    head = truth.head(room)
    wait_until(lambda: all(screen.cursor == head for screen in screens), "all screens")
    assert screens[2].opened == 0
    assert screens[2].polled > 1

    screens[0].end()  # somebody leaves: the place is taken by the one who waits
    wait_until(screens[2].alive.is_set, "the stream of the third")
    screens[1].end()
    screens[2].end()
    for screen in screens:
        assert screen.saw_everything_once
        assert screen.shown == elements(screen.fresh().text)
