"""The database file may be read but not written (a copy from a disc, say): reading goes on, writing says why."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.devices import Device
from tests.faults.outboxes import Letter, scores
from tests.faults.truth import Truth
from tests.servers.warm_server import WarmServer
from tests.world import World

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="Chỉ đọc được thử với cơ sở dữ liệu nhúng."),
    pytest.mark.skipif(sys.platform != "linux", reason="Chỉ đọc được thử trên Linux."),
]


def test_on_a_read_only_database_pages_still_show_and_a_score_says_why_it_was_not_written(
    new_server: Callable[..., WarmServer], world: World
) -> None:
    room, server = world.open_id, new_server()
    truth = Truth(server)
    server.start()
    device = Device(server.address, "thanh-vien-1")
    letter, later = (letter for letter, _ in zip(scores(room, truth.criteria(), "proposed"), "12", strict=False))
    assert device.ask("POST", letter.path, posted(letter)).status == 200
    server.stop()

    database = Path(server.database_url.removeprefix("sqlite:///"))
    database.chmod(0o444)
    server.start(unprivileged=True)
    page, changes = (device.twin().ask("GET", f"/checklist-sessions/{room}{rest}") for rest in ("", "/changes?last=1"))
    assert (page.status, changes.status) == (200, 200)
    refused = device.twin().ask("POST", later.path, posted(later))
    assert refused.status == 503
    assert "Máy chủ chỉ cho đọc" in refused.text
    assert "chưa được ghi" in refused.text
    assert refused.headers["Retry-After"]
    server.stop()
    assert truth.written(room)[1:] == [letter.op_id]

    database.chmod(0o644)
    server.start()
    assert device.twin().ask("POST", later.path, posted(later)).status == 200
    assert truth.written(room)[1:] == [letter.op_id, later.op_id]
    truth.is_sound()


def posted(letter: Letter) -> dict[str, str]:
    return letter.fields | {"op_id": letter.op_id, "base_version": "0"}
