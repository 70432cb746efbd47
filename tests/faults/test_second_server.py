"""Two servers on one SQLite file: the second refuses in one sentence, whatever way it came to the file."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.devices import Device
from tests.servers.demo_server import ROOT
from tests.servers.warm_server import WarmServer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="Trên PostgreSQL được chạy nhiều máy chủ."),
]


def second(folder: Path, database_url: str) -> subprocess.CompletedProcess[str]:
    """Start the real command and wait for its end."""
    ours = {"THIDUA_INSTANCE": str(folder), "DATABASE_URL": database_url, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "thidua.live.serve", "--host", "127.0.0.1", "--port", "0"]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | ours, capture_output=True, encoding="utf-8", timeout=120, check=False
    )


@pytest.mark.parametrize("way", ["the same instance", "another instance", "a link to the file"])
def test_a_second_server_on_the_file_refuses_and_the_first_goes_on(
    server: WarmServer, tmp_path: Path, way: str
) -> None:
    folder, url = server.folder, server.database_url
    if way != "the same instance":
        folder = tmp_path / "another"
    if way == "a link to the file":
        link = tmp_path / "link.sqlite3"
        link.symlink_to(url.removeprefix("sqlite:///"))
        url = f"sqlite:///{link}"
    refused = second(folder, url)
    assert refused.returncode == 1
    assert "Một máy chủ khác đang dùng" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert Device(server.address).ask("GET", "/healthz").status == 200


def test_a_server_killed_hard_leaves_the_file_to_the_next(new_server: Callable[..., WarmServer]) -> None:
    server = new_server()
    server.start()
    server.kill()
    server.start()
    assert Device(server.address).ask("GET", "/healthz").status == 200
