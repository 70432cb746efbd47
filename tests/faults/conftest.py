"""The world of the tests behind the real server; long runs are asked for with THIDUA_SOAK=1 (docs/decisions/006)."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.servers.warm_server import Launcher, WarmServer
from tests.stores import Store
from tests.world import World

SOAK = os.environ.get("THIDUA_SOAK", "") not in ("", "0")


@pytest.fixture(scope="module")
def launcher() -> Iterator[Launcher]:
    """Starts servers within moments."""
    if sys.platform != "linux":
        pytest.skip("Bài thử sự cố cần Linux (fork, tín hiệu, giới hạn tệp).")
    launcher = Launcher()
    yield launcher
    launcher.end()


@pytest.fixture
def new_server(
    launcher: Launcher, template: World, store: Store, tmp_path: Path
) -> Iterator[Callable[..., WarmServer]]:
    """``new_server(THIDUA_HEARTBEAT="1")``: a server on a fresh copy of the world, not started yet."""
    made: list[WarmServer] = []
    copies: list[str] = []

    def new_server(database_url: str = "", within: Path = tmp_path, **environ: str) -> WarmServer:
        folder = within / f"instance-{len(made) + 1}"
        folder.mkdir()
        if not database_url:
            copies.append(database_url := store.copy())
        made.append(WarmServer(launcher, folder, database_url, **environ))
        return made[-1]

    yield new_server
    for server in made:
        server.stop()
    for url in copies:
        store.drop(url)


@pytest.fixture
def server(new_server: Callable[..., WarmServer]) -> WarmServer:
    """A running server that gives a sign of life every half second."""
    server = new_server(THIDUA_HEARTBEAT="0.5")
    server.start()
    return server
