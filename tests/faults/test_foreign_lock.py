"""Another program holds the database file: writers hear it in words and try again, readers notice nothing.

By default it holds the file for 8 seconds, longer than any writer waits; THIDUA_SOAK=1 makes it 30.
"""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.faults.conftest import SOAK
from tests.faults.devices import Device
from tests.faults.followers import Follower
from tests.faults.outboxes import Outbox, scores
from tests.faults.truth import Truth
from tests.servers.warm_server import WarmServer, wait_until
from tests.world import World

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="PostgreSQL khoá theo hàng, không khoá tệp."),
]
HELD_FOR = 30 if SOAK else 8
HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
connection.execute("UPDATE plan SET subject = subject || '!'")
print("held", flush=True)
sys.stdin.readline()
connection.execute("ROLLBACK")
"""


@contextmanager
def held(database_url: str) -> Iterator[None]:
    """Another process keeps the file for itself until the block ends."""
    path = database_url.removeprefix("sqlite:///")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    try:
        yield
    finally:
        holder.communicate("\n")


def test_while_another_program_holds_the_file_readers_go_on_and_writers_wait_in_words(
    server: WarmServer, world: World
) -> None:
    room, truth = world.open_id, Truth(server)
    writers = [Device(server.address, f"thanh-vien-{n}", patience=20) for n in (1, 2, 3)]
    reader = Device(server.address, "don-vi", patience=20)
    screen = Follower(reader, room, truth.head(room))
    screen.start()
    outboxes = [Outbox(device, scores(room, truth.criteria(), "proposed"), 0.05) for device in writers]
    with held(server.database_url):
        before = truth.head(room)
        for outbox in outboxes:
            outbox.start()
        pages = [reader.ask("GET", f"/checklist-sessions/{room}").status]
        wait_until(lambda: all(outbox.postponed for outbox in outboxes), "a refusal in words", 60)
        until = time.monotonic() + HELD_FOR - 5
        while time.monotonic() < until:
            pages.append(reader.ask("GET", f"/checklist-sessions/{room}").status)
        assert set(pages) == {200}
        assert truth.head(room) == before
    for outbox in outboxes:
        wait_until(lambda outbox=outbox: outbox.has_delivered(1), "the waiting score")
        outbox.finish()
    for reply in (reply for outbox in outboxes for reply in outbox.postponed):
        assert reply.status == 503
        assert "chưa được ghi" in reply.text
        assert int(reply.headers["Retry-After"]) > 0
    head = truth.head(room)
    wait_until(lambda: screen.cursor == head, "the screen")
    screen.end()
    assert screen.saw_everything_once
    truth.has_each_once(room, [letter for outbox in outboxes for letter in outbox.letters])
    truth.is_sound()


def test_many_waiting_writers_leave_threads_to_readers(server: WarmServer, world: World) -> None:
    """Sixteen threads serve requests; thirty impatient writers must not keep them from readers for long."""
    room, truth = world.open_id, Truth(server)
    first = Device(server.address, "thanh-vien-1", patience=60)
    reader = Device(server.address, "don-vi", patience=60)
    writers = [first.twin() for _ in range(30)]
    with held(server.database_url):
        outboxes = [Outbox(device, scores(room, truth.criteria(), "proposed"), 0.05) for device in writers]
        for outbox in outboxes:
            outbox.start()
        wait_until(lambda: all(outbox.postponed for outbox in outboxes), "a refusal in words", 120)
        for _ in range(5):
            assert reader.ask("GET", f"/checklist-sessions/{room}").status == 200
    for outbox in outboxes:
        outbox.drop()


def test_a_second_program_that_only_reads_disturbs_nobody(server: WarmServer, world: World) -> None:
    room, truth = world.open_id, Truth(server)
    with sqlite3.connect(server.database_url.removeprefix("sqlite:///"), isolation_level=None) as stranger:
        stranger.execute("BEGIN")
        stranger.execute("SELECT count(*) FROM journal_entry").fetchone()
        outbox = Outbox(Device(server.address, "thu-ky"), scores(room, truth.criteria(), "proposed"))
        outbox.start()
        wait_until(lambda: outbox.has_delivered(20), "scores")
        outbox.finish()
        assert not outbox.postponed
        stranger.execute("ROLLBACK")
    truth.is_sound()
