"""The real server on loopback that a test may kill and start again within a fraction of a second."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.servers.demo_server import PATIENCE, ROOT, DemoServer

ADDRESS = "Địa chỉ:"
OURS = ("THIDUA_", "DATABASE_URL")


class Launcher:
    """The process that has imported the program and starts servers by forking (Linux)."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.servers.launcher"]
        environ = os.environ | {"PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT)}
        self._popen = subprocess.Popen(
            command, cwd=ROOT, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def order(self, **order: Any) -> None:
        assert self._popen.stdin is not None
        self._popen.stdin.write(json.dumps(order) + "\n")
        self._popen.stdin.flush()

    def answer(self, beginning: str) -> str:
        """The rest of the next line that begins so; "" when a server ended without saying it."""
        assert self._popen.stdout is not None
        for line in iter(self._popen.stdout.readline, ""):
            if line.startswith(beginning):
                return line.removeprefix(beginning).strip()
            if line.startswith("over") and beginning == ADDRESS:
                break
        return ""

    def end(self) -> None:
        self._popen.communicate()


class WarmServer(DemoServer):
    """Serves this database; the port stays over a restart. ``extra`` is added to its environment."""

    def __init__(
        self, launcher: Launcher, folder: Path, database_url: str, host: str = "127.0.0.1", **extra: str
    ) -> None:
        super().__init__(folder, database_url)
        self._host = host
        self._launcher = launcher
        self._extra = extra
        self.pid = 0

    def start(self, **order: Any) -> None:
        """Serve; ``unprivileged``, ``clock`` (a file) and ``sabotage`` (a module): see the launcher."""
        self._launcher.order(
            arguments=["--host", self._host, "--port", self._port],
            environ={name: value for name, value in self.environ.items() if name.startswith(OURS)} | self._extra,
            log=str(self.folder / "server.log"),
            **order,
        )
        self.pid = int(self._launcher.answer("started"))
        self.address = self._launcher.answer(ADDRESS).rstrip("/")
        assert self.address, f"The server did not start: {self.log}"
        self._port = self.address.rpartition(":")[2]

    @property
    def port(self) -> int:
        return int(self._port)

    def kill(self) -> None:
        """As the power cut does it."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """As Ctrl+C does it; harmless when it is not running."""
        if self.pid:
            self._end(signal.SIGTERM)

    def pause(self) -> None:
        """Stand still, connections open, nothing answered: a machine that has no time."""
        os.kill(self.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def _end(self, by: signal.Signals) -> None:
        os.kill(self.pid, by)
        self._launcher.order(wait=self.pid)
        self._launcher.answer("ended")
        self.pid = 0


def wait_until(condition: Any, what: str, patience: float = PATIENCE) -> float:
    """Wait for a condition, generously; returns the seconds it took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < patience, f"nothing for {patience:.0f} s: {what}"
        time.sleep(0.01)
    return time.monotonic() - began
