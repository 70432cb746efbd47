"""Starts the server within moments: everything is imported once, each start is a fork that then serves as always.

Orders come as JSON lines on standard input, see `WarmServer`. The end of the input, or of this process, ends the
servers too.
"""

import ctypes
import gc
import importlib
import json
import os
import signal
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any, NoReturn

from tests.cheap_apps import make_apps_cheap
from thidua import create_app

PR_SET_PDEATHSIG = 1


def main() -> None:
    sys.stdout.reconfigure(encoding="utf-8")
    _import_everything()
    running: set[int] = set()
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            _, status = os.waitpid(order["wait"], 0)
            running.discard(order["wait"])
            print("ended", os.waitstatus_to_exitcode(status), flush=True)
            continue
        pid = os.fork()
        if not pid:
            _serve(order)
        running.add(pid)
    for pid in running:
        os.kill(pid, signal.SIGKILL)


def _import_everything() -> None:
    """An application that never meets a database: making it imports what serving needs, and compiles its templates."""
    make_apps_cheap()
    with tempfile.TemporaryDirectory(prefix="thidua-warm-") as folder:
        app = create_app(INSTANCE_FOLDER=folder, SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder}/nothing.sqlite3")
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)
    importlib.import_module("thidua.live.serve")
    importlib.import_module("psycopg")
    gc.freeze()


def _serve(order: dict[str, Any]) -> NoReturn:
    """In the child: the server with these arguments, environment, limits and account."""
    code = 1
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        _redirect(order["log"])
        print("started", os.getpid(), flush=True)
        os.environ.update(order["environ"])
        if "clock" in order:
            from tests.faults.clock import follow

            follow(Path(order["clock"]))
        if order.get("unprivileged"):
            _obey_permissions()
        if "sabotage" in order:
            importlib.import_module(order["sabotage"]).begin()
        from thidua.live import serve

        code = serve.main(order["arguments"])
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        print("over", code)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _obey_permissions() -> None:
    """Root may write everything; without its capabilities (capset(2)) it is one owner among others."""
    if os.geteuid() == 0:
        header = (ctypes.c_uint32 * 2)(0x20080522, 0)
        if ctypes.CDLL(None, use_errno=True).capset(header, (ctypes.c_uint32 * 6)()):
            raise OSError(ctypes.get_errno(), "capset")


def _redirect(log: str) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    complaints = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    os.dup2(complaints, 2)


if __name__ == "__main__":
    main()
