"""`python -m thidua.live.serve`: one process serves the meeting room, from empty instance to clean stop."""

from __future__ import annotations

import argparse
import errno
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import uvicorn
from sqlalchemy.engine import make_url

from .address import CannotListen, listen, reachable_at
from .asgi import LiveASGI, asgi_app
from .instance_lock import InUse, instance_lock
from .open_files import allow_open_files

if TYPE_CHECKING:
    from flask import Flask

OTHER_FILES = 512  # the database, requests in work, uploads
STOP_WITHIN = 2  # seconds for requests in work; streams end at once


class Server(uvicorn.Server):
    """uvicorn, except that open streams end by themselves when it is asked to stop."""

    def __init__(self, asgi: LiveASGI) -> None:
        super().__init__(
            uvicorn.Config(
                asgi,
                http="auto",
                ws="none",
                lifespan="off",
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=STOP_WITHIN,
            )
        )
        self._asgi = asgi

    async def on_tick(self, counter: int) -> bool:
        """Whether it is time to stop."""
        return _leaving.is_set() or await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._asgi.close()
        await super().shutdown(sockets)


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    signal.signal(signal.SIGTERM, _leave)
    from thidua import create_app

    try:
        app = create_app()
        allow_open_files(app.config["LIVE_SCREENS"] + OTHER_FILES)
        with _sole_server(app), listen(options.host, options.port) as listener:
            serve(app, listener, _prepared(app, options))
    except (CannotListen, InUse) as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC):
            raise
        print(f"Không ghi được {error.filename or 'vào ổ đĩa'}: {error.strerror}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nĐã dừng.")
    return 0


def serve(app: Flask, listener: socket.socket, lines: Sequence[str] = ()) -> None:
    """Say where the program is, then serve until told to stop."""
    for line in [*lines, *_welcome(reachable_at(listener))]:
        print(line, flush=True)
    asgi = asgi_app(app)
    try:
        Server(asgi).run(sockets=[listener])
    finally:
        asgi.close()
        asgi.join()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="thidua", description="Phục vụ chương trình trên máy này.")
    parser.add_argument("--setup", action="store_true", help="chuẩn bị cơ sở dữ liệu trước")
    parser.add_argument("--demo", action="store_true", help="nạp dữ liệu trình diễn (cùng --setup)")
    parser.add_argument("--host", default=os.environ.get("THIDUA_HOST") or "0.0.0.0")
    parser.add_argument("--port", type=int, default=os.environ.get("THIDUA_PORT") or "8000")
    return parser.parse_args(arguments)


def _prepared(app: Flask, options: argparse.Namespace) -> list[str]:
    if not options.setup:
        return []
    from thidua.commands import setup

    return setup.prepare(app, demo=options.demo)


def _sole_server(app: Flask) -> AbstractContextManager[None]:
    """Nobody else on this SQLite file, whatever instance folder or link leads to it (decision 1)."""
    url = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() != "sqlite" or not url.database:
        return nullcontext()
    return instance_lock(Path(app.instance_path, url.database))


def _welcome(addresses: list[str]) -> list[str]:
    from thidua.doors.qr import qr_terminal

    code = qr_terminal(addresses[0])
    letters = sys.stdout.encoding or "ascii"
    is_printable = code.encode(letters, "ignore").decode(letters) == code  # not on an old Windows console
    is_of_use = not addresses[0].startswith("http://127.")
    lines = [f"Địa chỉ: {address}" for address in addresses]
    return [*lines, *([code] if is_printable and is_of_use else []), "Dừng: Ctrl+C"]


def _leave(_signal: int, _frame: object) -> NoReturn:
    """Asked to stop before the server itself listens for that; an exception that hits a destructor is dropped."""
    _leaving.set()
    sys.exit(0)


_leaving = threading.Event()


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main())
