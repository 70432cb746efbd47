"""A real PostgreSQL server in a temporary folder, for as long as a `with` block lasts."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_WITHIN = 60.0  # seconds
USUAL_FOLDERS = [
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
    "/Program Files/PostgreSQL/*/bin",
]


class CannotStart(Exception):
    """The server did not come up; the message ends with what it said."""


def find_postgres() -> Path | None:
    """The folder with `initdb` and `postgres`, or None. PATH first, then the newest in the usual folders."""
    initdb = shutil.which("initdb")
    folders = [Path(initdb).resolve().parent] if initdb else []
    for pattern in USUAL_FOLDERS:
        folders += sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)
    return next((folder for folder in folders if has_server(folder)), None)


def has_server(folder: Path) -> bool:
    return all(shutil.which(name, path=str(folder)) for name in ("initdb", "postgres"))


@contextmanager
def throwaway_postgres(binaries: Path) -> Iterator[str]:
    """The `postgresql://` address of a fresh server; its user may create databases. Raises CannotStart."""
    folder = Path(tempfile.mkdtemp(prefix="thidua-postgres-"))
    account = account_for(folder)
    server: subprocess.Popen[bytes] | None = None
    try:
        cluster = folder / "cluster"
        words = [binaries / "initdb", "-D", cluster, "-U", "thidua", "--auth=trust", "--encoding=UTF8"]
        words += ["--locale=C", "--no-sync"]
        run = subprocess.run([*map(str, words)], cwd=folder, capture_output=True, **account)
        if run.returncode:
            raise CannotStart(run.stderr.decode("utf-8", "replace").strip())
        port = free_port()
        with (folder / "log").open("wb") as log:
            words = [binaries / "postgres", "-D", cluster, *settings(port)]
            server = subprocess.Popen([*map(str, words)], cwd=folder, stdout=log, stderr=log, **account)
        wait_until_ready(server, folder / "log")
        yield f"postgresql://thidua@127.0.0.1:{port}/postgres"
    finally:
        if server is not None and server.poll() is None:
            server.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)  # a fast shutdown
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def account_for(folder: Path) -> dict[str, object]:
    """PostgreSQL refuses to run as root: hand the folder to an account without rights and run as that one."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    import grp
    import pwd

    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    person = known.get("postgres") or known.get("nobody")
    if person is None:
        raise CannotStart("no account but root")
    group = grp.getgrgid(person.pw_gid).gr_name
    os.chown(folder, person.pw_uid, person.pw_gid)
    environ = {**os.environ, "HOME": str(folder)}
    return {"user": person.pw_name, "group": group, "extra_groups": [], "env": environ}


def settings(port: int) -> list[str]:
    wanted = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": "",
        "max_connections": 200,
        "fsync": "off",  # nothing here is to outlive the machine
        "lc_messages": "C",
        "log_min_messages": "warning",
    }
    return [word for name, value in wanted.items() for word in ("-c", f"{name}={value}")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_ready(server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_WITHIN
    while b"ready to accept connections" not in log.read_bytes():
        if server.poll() is not None or time.monotonic() > until:
            raise CannotStart(log.read_text("utf-8", "replace").strip())
        time.sleep(0.1)
