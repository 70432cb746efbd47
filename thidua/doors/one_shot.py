"""A file from anybody, looked at in a process that ends with it: bounded memory, time and priority, two at once.

A child is a script of ours that reads a line of JSON and then the file from its input, and answers with JSON.
"""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

MOST_SECONDS = 60.0  # on the clock; the child's own bound counts time of the processor
MOST_AT_ONCE = 2  # two cores: scores go first
MOST_WAITING = 3  # threads of the server: anybody may ask, and the others must stay free for scores
PATIENCE = 10.0  # seconds
PASSED_ON = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
KILLED = (-9, -24)  # SIGKILL, SIGXCPU

_places = threading.BoundedSemaphore(MOST_AT_ONCE)
_queue = threading.BoundedSemaphore(MOST_AT_ONCE + MOST_WAITING)


class ChildBusy(Exception):
    """Other files are being looked at; nothing is wrong with this one."""


class ChildSlow(Exception):
    """It took too long and was stopped."""


class ChildDied(Exception):
    """The file broke the process that looked at it."""


def ask_child(script: Path, words: dict[str, Any], content: bytes) -> dict[str, Any]:
    """What the child says of the file. Raises ``ChildBusy`` when the queue is full or after ten seconds in it,
    ``ChildSlow``, ``ChildDied``."""
    if not _queue.acquire(blocking=False):
        raise ChildBusy
    try:
        return _ask_in_turn(script, words, content)
    finally:
        _queue.release()


def _ask_in_turn(script: Path, words: dict[str, Any], content: bytes) -> dict[str, Any]:
    if not _places.acquire(timeout=PATIENCE):
        raise ChildBusy
    try:
        child = subprocess.run(  # our own script; nothing from outside stands in the command
            [sys.executable, "-I", str(script)],
            input=json.dumps(words).encode() + b"\n" + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=MOST_SECONDS,
            check=False,
            env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
        )
    except subprocess.TimeoutExpired:
        raise ChildSlow from None
    finally:
        _places.release()
    if child.returncode in KILLED:
        raise ChildSlow
    if child.returncode:
        raise ChildDied
    answer: dict[str, Any] = json.loads(child.stdout)
    return answer
