"""What the worker process does, one frame after another, and what it may not do."""

import gc
import mimetypes
import os
import sys
import zoneinfo
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from thidua.doors.pdf.frames import read_frame, write_frame
from thidua.doors.pdf.pictures import page_pictures
from thidua.doors.pdf.render import render_pdf
from thidua.doors.print_failures import RenderFailure
from thidua.doors.signing import jobs as signing_jobs
from thidua.rules.documents import from_plain

POLITE = 10
MOST_MEMORY = 2 * 1024**3  # bytes of address space
Answer = tuple[dict[str, Any], list[bytes]]
OURS = Path(__file__).resolve().parents[3]
READABLE = (OURS / "static" / "fonts", OURS / "thidua", *map(Path, {sys.prefix, sys.base_prefix, sys.exec_prefix}))
ZONES = tuple(Path(folder) for folder in zoneinfo.TZPATH)
FORBIDDEN = {
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.gethostbyaddr",
    "socket.sendto",
    "socket.sendmsg",
    "os.system",
    "subprocess.Popen",
    "os.exec",
    "os.posix_spawn",
    "os.startfile",
    "os.remove",
    "os.rename",
}


def serve() -> None:
    """Answer one frame after another; the end of the input is the end of the server."""
    asked, answers = sys.stdin.buffer, _private_output()
    _become_polite()
    mimetypes.init(files=())  # the system's list is no file of ours
    sys.addaudithook(_watch)
    gc.freeze()  # what was imported stays; a paper makes a hundred thousand short-lived objects
    gc.set_threshold(50_000, 20, 100)
    write_frame(answers, {"ready": True})
    while True:
        try:
            words, pieces = read_frame(asked)
        except EOFError:
            return
        write_frame(answers, *_answer(words, pieces))


def _answer(words: dict[str, Any], pieces: Sequence[bytes]) -> Answer:
    try:
        return JOBS[words["job"]](words, pieces)
    except IndexError as problem:
        return {"no_such_page": str(problem)}, []
    except RenderFailure as failure:
        return {"failure": str(failure)}, []
    except Exception as problem:  # a paper that breaks the printer must not break the next one
        return {"failure": f"{type(problem).__name__}: {problem}"}, []


def _render(words: dict[str, Any], _: Sequence[bytes]) -> Answer:
    rendered = render_pdf(from_plain(words["document"]))
    places = {name: {"page": place.page, "box": place.box} for name, place in rendered.places.items()}
    return {"pages": rendered.pages, "places": places}, [rendered.pdf]


def _pictures(words: dict[str, Any], pieces: Sequence[bytes]) -> Answer:
    return {}, page_pictures(pieces[0], dpi=words["dpi"], pages=words["pages"])


JOBS: dict[str, Callable[[dict[str, Any], Sequence[bytes]], Answer]] = {
    "render": _render,
    "pictures": _pictures,
    "sign": signing_jobs.sign,
    "verify": signing_jobs.verify,
}


def _private_output() -> BinaryIO:
    """What a library prints goes to the log and never between two frames."""
    kept = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return kept


def _become_polite() -> None:
    """Live scoring goes first; on Windows the parent has said so. Control-C is the server's business."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "win32":
        return
    import resource

    os.nice(POLITE)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in FORBIDDEN or (event == "socket.connect" and not _is_own_pair(*arguments)):
        raise PermissionError(f"the printer may not do that: {event}")
    if event == "open" and isinstance(arguments[0], str | bytes) and not _may_open(*arguments):
        raise PermissionError(f"the printer may not open {arguments[0]!r}")


def _is_own_pair(_: object, address: object) -> bool:
    """On Windows asyncio, which signing uses, talks to itself over two sockets; elsewhere nothing is connected."""
    return sys.platform == "win32" and isinstance(address, tuple) and address[0] in ("127.0.0.1", "::1")


def _may_open(name: str | bytes, _mode: str | None, flags: int) -> bool:
    path = Path(os.path.abspath(os.fsdecode(name)))  # noqa: PTH100  # resolve() opens what it resolves
    return not flags & (os.O_WRONLY | os.O_RDWR) and any(path.is_relative_to(root) for root in (*READABLE, *ZONES))
