"""The server's wall clock jumps a day back and forth: logins may end meanwhile, no score is lost, the chain holds."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.devices import Device
from tests.faults.followers import Follower, elements
from tests.faults.outboxes import Outbox, scores
from tests.faults.truth import Truth
from tests.servers.warm_server import WarmServer, wait_until
from tests.world import World

pytestmark = pytest.mark.slow
DAY = 24 * 60 * 60


def test_scores_and_screens_outlive_a_clock_that_jumps_a_day_both_ways(
    new_server: Callable[..., WarmServer], world: World, tmp_path: Path
) -> None:
    server, clock = new_server(THIDUA_HEARTBEAT="0.5"), tmp_path / "clock"
    server.start(clock=str(clock))
    room, truth = world.open_id, Truth(server)
    device = Device(server.address, "thanh-vien-1")
    screen = Follower(device, room, truth.head(room))
    outbox = Outbox(device.twin(), scores(room, truth.criteria(), "proposed"), 0.05)

    def jump(seconds: int) -> None:
        clock.write_text(str(seconds))
        os.kill(server.pid, signal.SIGUSR1)

    def goes_on(what: str) -> None:
        goal = len(outbox.acknowledged) + 4
        wait_until(lambda: outbox.has_delivered(goal) and screen.cursor >= goal, what, 60)

    screen.start()
    outbox.start()
    goes_on("before")
    jump(-DAY)
    goes_on("yesterday")
    jump(0)
    goes_on("today again")
    outbox.finish()
    jump(DAY)  # the login of twelve hours has ended: the person is asked to sign in again, nothing else
    wait_until(lambda: device.ask("GET", "/").status == 302, "the end of the login")
    letter = next(scores(room, truth.criteria(), "proposed"))
    refused = device.ask("POST", letter.path, letter.fields | {"op_id": letter.op_id, "base_version": "9999"})
    assert refused.status == 401
    jump(0)
    wait_until(lambda: device.ask("GET", "/").status == 200, "the login of today")
    accepted = device.ask("POST", letter.path, letter.fields | {"op_id": letter.op_id, "base_version": "9999"})
    assert accepted.headers["X-Op-Id"] == letter.op_id
    letter.revision = int(accepted.headers["X-Revision"])
    head = truth.head(room)
    wait_until(lambda: screen.cursor == head, "the screen")
    screen.end()
    assert screen.saw_everything_once
    assert screen.shown == elements(screen.fresh().text)
    truth.has_each_once(room, [*outbox.letters, letter])
    truth.is_sound()
