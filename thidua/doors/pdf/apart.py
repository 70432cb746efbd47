"""render_apart: printing in one process of its own per server, so that ten papers at once disturb nobody's scoring."""

import atexit
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock, Timer
from typing import Any

from thidua.rules.documents import Document, to_plain

from ..print_failures import RenderBusy, RenderFailure
from .frames import read_frame, write_frame
from .render import Place, RenderedPdf

ROOT = Path(__file__).resolve().parents[3]
COMMAND = (sys.executable, str(Path(__file__).with_name("worker.py")))
STARTING_SECONDS, MOST_SECONDS = 120.0, 75.0
MOST_WAITING = 12  # ten offices that finish at once, and two; the other threads of the server stay free for scores
PASSED_ON = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "VIRTUAL_ENV", "LD_LIBRARY_PATH")


def render_apart(document: Document) -> RenderedPdf:
    """``render_pdf`` in the worker process: the same bytes. Never call it inside a transaction.

    Raises RenderFailure as it does, also when the worker died twice or took too long; RenderBusy for too long a queue.
    """
    words, pieces = _worker.ask({"job": "render", "document": to_plain(document)})
    places = {name: Place(place["page"], tuple(place["box"])) for name, place in words["places"].items()}
    return RenderedPdf(pieces[0], words["pages"], places)


def pictures_apart(pdf: bytes, *, dpi: int = 96, pages: list[int] | None = None) -> list[bytes]:
    """``page_pictures`` in the worker process: for a PDF from outside, which may break whatever reads it."""
    return _worker.ask({"job": "pictures", "dpi": dpi, "pages": pages}, [pdf])[1]


def ask_worker(words: dict[str, Any], pieces: Sequence[bytes] = ()) -> tuple[dict[str, Any], list[bytes]]:
    """Any other job of ``jobs.JOBS``. Raises as above."""
    return _worker.ask(words, pieces)


def warm_up() -> None:
    """Start the worker without waiting for it: the first paper is printed a second earlier."""
    with suppress(OSError):
        _worker.start()


class _Gone(Exception):
    """The process ended in the middle of a word."""


class _Worker:
    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self.command, self.most_seconds, self.most_waiting = command, MOST_SECONDS, MOST_WAITING
        self.process: subprocess.Popen[bytes] | None = None
        self.is_ready = False
        self._turn, self._counting, self._waiting = Lock(), Lock(), 0

    def ask(self, words: dict[str, Any], pieces: Sequence[bytes] = ()) -> tuple[dict[str, Any], list[bytes]]:
        """One job after the other; a worker that has died is replaced, once."""
        with self._counting:
            if self._waiting >= self.most_waiting:
                raise RenderBusy("too many papers are waiting")
            self._waiting += 1
        try:
            with self._turn:
                answer, given = self._ask_twice(words, pieces)
        finally:
            with self._counting:
                self._waiting -= 1
        if "no_such_page" in answer:
            raise IndexError(answer["no_such_page"])
        if "failure" in answer:
            raise RenderFailure(answer["failure"])
        return answer, given

    def start(self) -> None:
        """Raises OSError when the system gives no process."""
        with self._turn:
            self._running()

    def stop(self) -> None:
        """Harmless when none runs."""
        process, self.process, self.is_ready = self.process, None, False
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()

    def forget(self) -> None:
        """In a forked child: the worker is the parent's."""
        self.process, self.is_ready, self._waiting = None, False, 0
        self._turn, self._counting = Lock(), Lock()

    def _ask_twice(self, words: dict[str, Any], pieces: Sequence[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        with suppress(_Gone):
            return self._ask(words, pieces)
        try:
            return self._ask(words, pieces)
        except _Gone as problem:
            raise RenderFailure("the printing process died twice over this paper") from problem

    def _ask(self, words: dict[str, Any], pieces: Sequence[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        try:
            process = self._running()
        except OSError as problem:
            raise RenderFailure(f"no process to print in: {problem}") from problem
        assert process.stdin and process.stdout
        late = _Deadline(process)
        try:
            if not self.is_ready:
                with late.within(STARTING_SECONDS):
                    self.is_ready = bool(read_frame(process.stdout)[0]["ready"])
            with late.within(self.most_seconds):
                write_frame(process.stdin, words, pieces)
                return read_frame(process.stdout)
        except (OSError, EOFError, ValueError) as problem:
            self.stop()
            if late.is_over:
                raise RenderFailure(f"not printed within {self.most_seconds:g} s") from problem
            raise _Gone from problem
        except BaseException:  # half a frame may stand in the pipe
            self.stop()
            raise

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is not None and self.process.poll() is not None:
            self.stop()
        if self.process is None:
            environ = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
            flags = 0
            if sys.platform == "win32":
                flags = subprocess.BELOW_NORMAL_PRIORITY_CLASS | subprocess.CREATE_NEW_PROCESS_GROUP
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=environ | {"PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                creationflags=flags,
            )
        return self.process


class _Deadline:
    """Kills the process when a step takes too long: then the pipe ends, on every system."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process, self.is_over = process, False
        self.timer: Timer | None = None

    def within(self, seconds: float) -> "_Deadline":
        self.timer = Timer(seconds, self._kill)
        self.timer.daemon = True
        return self

    def _kill(self) -> None:
        self.is_over = True
        self.process.kill()

    def __enter__(self) -> None:
        assert self.timer
        self.timer.start()

    def __exit__(self, *_: object) -> None:
        assert self.timer
        self.timer.cancel()


_worker = _Worker()
atexit.register(_worker.stop)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_worker.forget)
