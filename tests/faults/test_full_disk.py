"""The disk is full: every writer hears it in plain words, nothing is half done, and all goes on with new room.

Twice: on a small file system of its own (Linux as root: a tmpfs), and with a limit on how large the server's files
may grow, which any Linux allows.
"""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest

from tests.evidence.drawn import noise
from tests.faults.devices import Device
from tests.faults.followers import Follower
from tests.faults.outboxes import Outbox, scores
from tests.faults.truth import Truth
from tests.servers.warm_server import WarmServer, wait_until
from tests.world import World

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="Đĩa đầy được thử với cơ sở dữ liệu nhúng."),
    pytest.mark.skipif(sys.platform != "linux", reason="Đĩa đầy được thử trên Linux."),
]
SMALL = 24  # megabytes
MARGIN = 64 * 1024  # bytes the log may still grow
IN_WORDS = ("Máy chủ hết chỗ lưu", "Ổ đĩa máy chủ có lỗi")


class Disk(Protocol):
    """Where the server keeps everything; `fill` takes the room away, `free` gives it back."""

    server: WarmServer

    def fill(self) -> None: ...
    def free(self) -> None: ...


class SmallDisk:
    def __init__(self, server: WarmServer) -> None:
        self.server = server
        self._ballast = server.folder / "ballast"

    def fill(self) -> None:
        with self._ballast.open("wb", buffering=0) as ballast:
            try:
                while True:
                    ballast.write(b"\0" * 4096)
            except OSError:
                return

    def free(self) -> None:
        self._ballast.unlink()


class LimitedFiles:
    def __init__(self, server: WarmServer) -> None:
        self.server = server

    def fill(self) -> None:
        files = Path(self.server.database_url.removeprefix("sqlite:///")).parent.iterdir()
        self._limit(max(file.stat().st_size for file in files) + MARGIN)

    def free(self) -> None:
        self._limit(resource.RLIM_INFINITY)

    def _limit(self, size: int) -> None:
        resource.prlimit(self.server.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@contextmanager
def small_file_system(folder: Path) -> Iterator[None]:
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("Không được phép gắn hệ thống tệp nhỏ (cần quyền quản trị).")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def small_folder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A folder on a file system of its own; an ordinary one for the other kind of disk."""
    folder = tmp_path / "disk"
    if request.node.callspec.params["kind"] is SmallDisk:
        with small_file_system(folder):
            yield folder
    else:
        folder.mkdir()
        yield folder


@pytest.fixture(params=[SmallDisk, LimitedFiles])
def kind(request: pytest.FixtureRequest) -> type:
    return request.param


@pytest.fixture
def disk(kind: type, small_folder: Path, new_server: Callable[..., WarmServer]) -> Disk:
    """A running server with its database and files on that disk."""
    template = Path(new_server().database_url.removeprefix("sqlite:///"))
    database = small_folder / "world.sqlite3"
    shutil.copyfile(template, database)
    server = new_server(f"sqlite:///{database}", small_folder, THIDUA_HEARTBEAT="0.5")
    server.start()
    return kind(server)


def test_on_a_full_disk_writers_wait_in_words_and_nothing_is_half_done(disk: Disk, world: World) -> None:
    server, room = disk.server, world.open_id
    truth = Truth(server)
    reader = Device(server.address, "don-vi")
    screen = Follower(reader, room, truth.head(room))
    outboxes = [
        Outbox(Device(server.address, name), scores(room, truth.criteria(), "proposed"), 0.01)
        for name in ("thu-ky", "thanh-vien-1", "thanh-vien-2")
    ]
    for thread in (screen, *outboxes):
        thread.start()
    wait_until(lambda: all(one.has_delivered(2) for one in outboxes), "scores before")
    disk.fill()
    wait_until(lambda: all(one.has_delivered(0) and len(one.postponed) > 3 for one in outboxes), "the full disk", 120)
    stuck = truth.head(room)
    assert reader.ask("GET", f"/checklist-sessions/{room}").status == 200
    truth.is_sound()
    disk.free()
    wait_until(lambda: truth.head(room) > stuck, "the first score afterwards")
    for outbox in outboxes:
        outbox.finish()
    for reply in (reply for one in outboxes for reply in one.postponed):
        assert reply.status in (503, 507)
        assert "chưa được ghi" in reply.text
    assert any(title in reply.text for one in outboxes for reply in one.postponed for title in IN_WORDS)
    head = truth.head(room)
    wait_until(lambda: screen.cursor == head, "the screen")
    screen.end()
    assert screen.saw_everything_once
    truth.has_each_once(room, [letter for one in outboxes for letter in one.letters])
    truth.is_sound()


def test_a_photo_for_which_there_is_no_room_leaves_neither_a_row_nor_half_a_file(disk: Disk, world: World) -> None:
    server, room = disk.server, world.open_id
    device = Device(server.address, "thanh-vien-1", patience=60)
    photo = noise((1200, 900))
    path, fields = f"/checklist-sessions/{room}/evidence", {"op_id": "6b3b47f2-0f3c-4b93-8b40-0f3a8ad4e7aa"}
    disk.fill()
    refused = device.upload(path, fields, "files", "anh.jpg", photo)
    assert refused.status == 507, refused.text
    assert "Máy chủ hết chỗ lưu" in refused.text
    assert server.rows("SELECT id FROM evidence") == []
    assert files_of(server) == []
    assert device.ask("GET", path).status == 200
    disk.free()
    accepted = device.upload(path, fields, "files", "anh.jpg", photo)
    assert (accepted.status, accepted.headers["X-Op-Id"]) == (200, fields["op_id"]), accepted.text
    assert len(server.rows("SELECT id FROM evidence")) == 1
    assert files_of(server)
    Truth(server).is_sound()


def files_of(server: WarmServer) -> list[Path]:
    return [path for path in (server.folder / "files").rglob("*") if path.is_file()]
