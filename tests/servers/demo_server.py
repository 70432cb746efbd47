"""The demo on a real server: a process of its own, which a test may kill and start again."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30  # seconds until a process that does not end is killed


class DemoServer:
    """``python -m thidua.live.serve`` on an instance folder and its database, for every device of the network."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder = folder
        self.address = ""
        self.database_url = database_url
        self._engine = create_engine(database_url, poolclass=NullPool)
        self._port = "0"
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Serve; the first address printed is the one for other devices. The port stays over a restart."""
        command = [sys.executable, "-m", "thidua.live.serve", "--host", "0.0.0.0", "--port", self._port]
        with (self.folder / "server.log").open("a", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self.environ, stdout=subprocess.PIPE, stderr=log, encoding="utf-8"
            )
        assert self._process.stdout is not None
        lines = iter(self._process.stdout.readline, "")
        printed = next((line for line in lines if line.startswith("Địa chỉ:")), "")
        assert printed, f"The server did not start: {self.log}"
        self.address = printed.removeprefix("Địa chỉ:").strip().rstrip("/")
        self._port = self.address.rpartition(":")[2]

    def kill(self) -> None:
        """As the power cut does it: SIGKILL, nothing is tidied up."""
        assert self._process is not None
        self._process.kill()
        self._process.communicate()
        self._process = None

    def stop(self) -> None:
        """As Ctrl+C does it; harmless when it is not running."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    @property
    def environ(self) -> dict[str, str]:
        """The environment of the server and of the commands on its instance."""
        ours = {"THIDUA_INSTANCE": str(self.folder), "DATABASE_URL": self.database_url}
        return os.environ | ours | {"PYTHONIOENCODING": "utf-8"}

    @property
    def log(self) -> str:
        """What the server complained about."""
        return (self.folder / "server.log").read_text(encoding="utf-8")

    @property
    def is_on_the_network(self) -> bool:
        return "//127." not in self.address

    def rows(self, sql: str, **values: Any) -> list[Mapping[str, Any]]:
        """What the database really holds."""
        with self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(text(sql), values).mappings()]

    def change(self, sql: str, **values: Any) -> None:
        """What no route does: a fault from outside."""
        with self._engine.begin() as connection:
            connection.execute(text(sql), values)

    def scores(self, checklist_session_id: int, perspective: str) -> list[tuple[str, int, Any]]:
        """(criterion number, holder, hundredths or level) of every score row of this perspective."""
        found = self.rows(
            "SELECT criterion.number, holder, coalesce(points, level) AS value FROM score "
            "JOIN criterion ON criterion.id = score.criterion_id "
            "WHERE checklist_session_id = :id AND perspective = :perspective ORDER BY criterion.position, holder",
            id=checklist_session_id,
            perspective=perspective,
        )
        return [(row["number"], row["holder"], row["value"]) for row in found]
