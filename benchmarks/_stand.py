"""A server of its own on loopback, with rooms under way; nothing is left behind when the block ends."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Coroutine, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from thidua.live.open_files import allow_open_files  # noqa: E402

Answer = TypeVar("Answer")
PATIENCE = 60  # seconds until a server that does not start is given up


@dataclass(frozen=True)
class Reader:
    """A signed-in browser: what it sends with every request."""

    cookie: str
    csrf_token: str


@dataclass
class Stand:
    """A running server. `rooms` are open checklist sessions, `readers[room]` their people, the head first.

    `others` are further server processes on the same database.
    """

    folder: Path
    database_url: str
    process: subprocess.Popen[str]
    host: str
    port: int
    rooms: list[int] = field(default_factory=list)
    readers: dict[int, list[Reader]] = field(default_factory=dict)
    criteria: list[tuple[int, list[str]]] = field(default_factory=list)  # id and the points it may get
    others: list[Stand] = field(default_factory=list)

    def at(self, number: int) -> Stand:
        """The server process whose turn this number is."""
        processes = [self, *self.others]
        return processes[number % len(processes)]

    def cpu_seconds(self) -> float | None:
        """CPU all server processes have used so far; None where the system does not tell."""
        used = [cpu_seconds(one.process.pid) for one in (self, *self.others)]
        return None if None in used else sum(used)

    def memory_kb(self) -> int | None:
        """Memory the server has in use now (RSS); None where the system does not tell."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        except OSError:
            return None
        return int(status.partition("VmRSS:")[2].split()[0])


@contextmanager
def instance() -> Iterator[tuple[Path, str]]:
    """An empty instance folder and its database; on the server of DATABASE_URL when that is given."""
    folder = Path(tempfile.mkdtemp(prefix="thidua-bench-"))
    url = os.environ.get("DATABASE_URL", "")
    try:
        if url:
            with _throwaway_database(url) as database_url:
                yield folder, database_url
        else:
            yield folder, ""
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(folder: Path, database_url: str, *options: str) -> Iterator[Stand]:
    """Start the server, wait for the address it prints, stop it at the end."""
    environ = dict(os.environ, THIDUA_INSTANCE=str(folder), DATABASE_URL=database_url, PYTHONIOENCODING="utf-8")
    command = [sys.executable, "-m", "thidua.live.serve", "--host", "127.0.0.1", "--port", "0", *options]
    log = (folder / "server.log").open("w", encoding="utf-8")
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=log, encoding="utf-8")
    try:
        port = _printed_port(process)
        yield Stand(folder, database_url, process, "127.0.0.1", port)
    except BaseException:
        print((folder / "server.log").read_text(encoding="utf-8")[-4000:], file=sys.stderr)
        raise
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()
        log.close()


@contextmanager
def meeting_rooms(rooms: int, processes: int = 1) -> Iterator[Stand]:
    """A server with that many checklist sessions under way; on PostgreSQL also several."""
    from _rooms import build_rooms

    if processes > 1 and not os.environ.get("DATABASE_URL"):
        sys.exit("Nhiều tiến trình cần PostgreSQL: xin đặt DATABASE_URL.")
    with instance() as (folder, database_url), ExitStack() as servers:
        built = build_rooms(folder, database_url, rooms)
        stands = [servers.enter_context(running(folder, database_url)) for _ in range(processes)]
        for stand in stands:
            stand.rooms, stand.readers, stand.criteria = built
        stands[0].others = stands[1:]
        yield stands[0]


def run(work: Coroutine[Any, Any, Answer]) -> Answer:
    """On the lightest event loop there is: the load must not take the server's core."""
    allow_open_files(20_000)
    if sys.platform == "win32":
        return asyncio.run(work)
    import uvloop

    return uvloop.run(work)


def cpu_seconds(pid: int) -> float | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def percentile(values: list[float], share: float) -> float | None:
    """The nearest-rank percentile, None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def milliseconds(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds * 1000, 2)


def report(**figures: object) -> None:
    """The last line on stdout."""
    print(json.dumps(figures, ensure_ascii=False), flush=True)


def _printed_port(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    deadline = time.monotonic() + PATIENCE
    for line in process.stdout:
        if line.startswith("Địa chỉ:"):
            return int(line.rstrip("/\n").rpartition(":")[2])
        if time.monotonic() > deadline:
            break
    raise RuntimeError("the server did not say where it is")


@contextmanager
def _throwaway_database(url: str) -> Iterator[str]:
    import psycopg
    from psycopg import sql
    from sqlalchemy.engine import make_url

    server = make_url(url).set(drivername="postgresql")
    name = f"thidua_bench_{os.getpid()}"
    address = server.render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield server.set(database=name).render_as_string(hide_password=False)
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            connection.execute(drop)
