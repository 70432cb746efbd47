"""Delay, half bodies, lost answers and resets between real clients and the server; a network away for a minute or ten.

The cuts are scaled: a heartbeat of half a second instead of fifteen and a cut of six of them; THIDUA_SOAK=1 cuts the
network for the true 60 seconds and 10 minutes, with the true heartbeat.
"""

import itertools
import random
import time
from collections.abc import Callable, Iterator

import pytest

from tests.faults.conftest import SOAK
from tests.faults.devices import Device, Unreachable
from tests.faults.followers import Follower, elements
from tests.faults.outboxes import Letter, Outbox, scores
from tests.faults.proxy import Fault, Proxy
from tests.faults.truth import Truth
from tests.servers.warm_server import WarmServer, wait_until
from tests.world import World

pytestmark = pytest.mark.slow
ENOUGH = 12  # scores of each writer


@pytest.fixture
def new_proxy() -> Iterator[Callable[..., Proxy]]:
    """``new_proxy(port, faults)``: closed at the end."""
    made: list[Proxy] = []

    def new_proxy(port: int, faults=()) -> Proxy:
        made.append(Proxy(port, faults))
        return made[-1]

    yield new_proxy
    for proxy in made:
        proxy.close()


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.NONE], ids=lambda fault: fault.name)
def test_whatever_happens_to_an_exchange_each_score_counts_once(
    server: WarmServer, world: World, new_proxy: Callable[..., Proxy], fault: Fault
) -> None:
    room, truth = world.open_id, Truth(server)
    device = Device(server.address, "thanh-vien-1")
    screen = Follower(device, room, truth.head(room))
    screen.start()
    proxy = new_proxy(server.port, itertools.cycle([fault, fault, Fault.NONE]))
    device.go_to(proxy.address)
    outbox = Outbox(device, scores(room, truth.criteria(), "proposed"))
    outbox.start()
    wait_until(lambda: outbox.has_delivered(4), "scores through the bad network", 60)
    outbox.finish()
    assert fault in proxy.happened
    _all_is_well(truth, room, [outbox], [screen])


def test_five_writers_and_their_screens_share_a_network_where_anything_may_happen(
    server: WarmServer, world: World, new_proxy: Callable[..., Proxy]
) -> None:
    room, truth = world.open_id, Truth(server)
    chance = random.Random(72)
    proxy = new_proxy(server.port)
    names = ("thu-ky", "thanh-vien-1", "thanh-vien-2", "thanh-vien-3", "truong-doan")
    devices = [Device(proxy.address, name, patience=3) for name in names]
    screens = [Follower(device, room, truth.head(room)) for device in devices]
    outboxes = [Outbox(device, scores(room, truth.criteria(), "proposed"), 0.02, n) for n, device in enumerate(devices)]
    proxy.worsen(chance.choice([*Fault, Fault.NONE, Fault.NONE]) for _ in itertools.count())
    for thread in (*screens, *outboxes):
        thread.start()
    wait_until(lambda: all(one.has_delivered(ENOUGH) for one in outboxes), "scores through the bad network", 120)
    for outbox in outboxes:
        outbox.finish()
    assert {*proxy.happened} == {*Fault} - {Fault.NONE}
    proxy.worsen([])
    _all_is_well(truth, room, outboxes, screens)


@pytest.mark.parametrize("seconds", [60, 600])
def test_a_device_cut_off_for_long_sends_everything_and_sees_everything_afterwards(
    new_server: Callable[..., WarmServer], world: World, new_proxy: Callable[..., Proxy], seconds: int
) -> None:
    beat = 15.0 if SOAK else 0.5
    server = new_server(THIDUA_HEARTBEAT=str(beat))
    server.start()
    room, truth = world.open_id, Truth(server)
    proxy = new_proxy(server.port)
    far, near = Device(proxy.address, "thanh-vien-1", patience=4 * beat), Device(server.address, "thanh-vien-2")
    screens = [Follower(device, room, truth.head(room), silence=2.3 * beat) for device in (far, near)]
    cut_off, there = (Outbox(device, scores(room, truth.criteria(), "proposed"), 0.05) for device in (far, near))
    for thread in (*screens, cut_off, there):
        thread.start()
    wait_until(lambda: cut_off.has_delivered(3) and all(one.alive.is_set() for one in screens), "a good beginning")
    proxy.cut()
    sent, seen = len(cut_off.acknowledged), there.has_delivered(1) and len(there.acknowledged)
    _wait(seconds if SOAK else 6 * beat * (seconds // 60) ** 0.5)
    wait_until(lambda: there.has_delivered(seen + 3), "the others go on")
    assert len(cut_off.acknowledged) <= sent + 1  # one answer may have been past the cut
    assert screens[0].cursor < truth.head(room)
    proxy.heal()
    wait_until(lambda: cut_off.has_delivered(sent + 3), "the scores of the device that was away", 60)
    for outbox in (cut_off, there):
        outbox.finish()
    _all_is_well(truth, room, [cut_off, there], screens)


def test_a_device_that_dies_before_it_hears_the_answer_sends_the_same_again_after_its_restart(
    server: WarmServer, world: World, new_proxy: Callable[..., Proxy]
) -> None:
    """Protocol level of the killed browser: what IndexedDB kept is sent by the next process, with the same id."""
    room, truth = world.open_id, Truth(server)
    proxy = new_proxy(server.port, [Fault.REPLY_LOST])
    first = Device(server.address, "thanh-vien-1")
    first.go_to(proxy.address)
    letter = next(scores(room, truth.criteria(), "proposed"))
    fields = letter.fields | {"op_id": letter.op_id, "base_version": "0"}
    with pytest.raises(Unreachable):
        first.ask("POST", letter.path, fields)
    assert truth.written(room)[-1] == letter.op_id
    first.hang_up()
    again = Device(server.address, "thanh-vien-1")
    reply = again.ask("POST", letter.path, fields)
    assert (reply.status, reply.headers["X-Op-Id"]) == (200, letter.op_id)
    letter.revision = int(reply.headers["X-Revision"])
    truth.has_each_once(room, [letter])
    truth.is_sound()


def test_half_a_form_is_never_taken_for_a_whole_one(
    server: WarmServer, world: World, new_proxy: Callable[..., Proxy]
) -> None:
    room, truth = world.open_id, Truth(server)
    device = Device(server.address, "thanh-vien-1")
    device.go_to(new_proxy(server.port, [Fault.HALF_REQUEST]).address)
    letter = next(scores(room, truth.criteria(), "proposed"))
    with pytest.raises(Unreachable):
        device.ask("POST", letter.path, letter.fields | {"op_id": letter.op_id, "base_version": "0"})
    assert Device(server.address, "thanh-vien-2").ask("GET", f"/checklist-sessions/{room}").status == 200
    assert letter.op_id not in truth.written(room)


def _wait(seconds: float) -> None:
    """The length of a cut is what is tested."""
    time.sleep(seconds)


def _all_is_well(truth: Truth, room: int, outboxes: list[Outbox], screens: list[Follower]) -> None:
    letters: list[Letter] = [letter for outbox in outboxes for letter in outbox.letters]
    head = truth.head(room)
    wait_until(lambda: all(screen.cursor == head for screen in screens), "the screens", 60)
    truth.has_each_once(room, letters)
    for outbox in outboxes:
        truth.keeps_the_order_of(room, outbox.letters)
    for screen in screens:
        screen.end()
        assert screen.saw_everything_once
        assert screen.shown == elements(screen.fresh().text)
    truth.is_sound()
