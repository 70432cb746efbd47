"""A screen that follows: the stream with its own cursor, polling while there is none, never a change twice."""

import contextlib
import re
import threading
import time
from html.parser import HTMLParser

from tests.faults.devices import Device, Reply, Unreachable


class Follower(threading.Thread):
    """Does what live.js does. ``silence``: seconds without a sign of life until the stream is opened anew."""

    def __init__(self, device: Device, room: int, last: int, silence: float = 3.0) -> None:
        super().__init__(name=f"screen-{device.username}", daemon=True)
        self.cursor = self.began_at = last
        self.seen: list[int] = []
        self.repeated: list[int] = []
        self.shown: dict[str, str] = {}
        self.heard = 0
        self.opened = self.polled = self.turned_away = 0
        self.alive = threading.Event()  # a stream is open and has been heard
        self._tab, self._device = device.twin(), device.twin()
        self._tab.patience = silence
        self._path = f"/checklist-sessions/{room}"
        self._ended = threading.Event()

    def end(self) -> None:
        self._ended.set()
        self.join(30)
        assert not self.is_alive()

    def fresh(self) -> Reply:
        """What a screen that begins where this one began would be told now."""
        device = self._device.twin()
        device.patience = 60
        return device.ask("GET", f"{self._path}/changes?last={self.began_at}")

    def go_to(self, address: str) -> None:
        """Open the next connections at another address."""
        self._tab.move_to(address)
        self._device.move_to(address)

    @property
    def saw_everything_once(self) -> bool:
        """Every revision since the beginning, in order."""
        return self.seen == list(range(self.began_at + 1, self.cursor + 1)) and not self.repeated

    def run(self) -> None:
        while not self._ended.is_set():
            with contextlib.suppress(Unreachable):
                self._follow()
            self.alive.clear()
            self._tab.hang_up()
            self._poll()
            self._ended.wait(0.05)

    def _follow(self) -> None:
        response = self._tab.open("GET", f"{self._path}/stream?last={self.cursor}")
        if response.status != 200:
            self.turned_away += 1
            response.read()
            return
        self.opened += 1
        words: dict[str, list[str]] = {}
        while not self._ended.is_set():
            line = response.readline().decode().rstrip("\n")
            if line:
                name, _, value = line.partition(": ") if ": " in line else line.partition(":")
                words.setdefault(name, []).append(value)
            elif words:
                if not self._take(words):
                    return
                words = {}
            elif response.isclosed():
                return

    def _take(self, words: dict[str, list[str]]) -> bool:
        """One message. False: a change is missing, so open the stream anew."""
        self.heard = time.monotonic_ns()
        kind = words.get("event", [""])[0]
        if kind == "hb":
            self.alive.set()
            return int(words["data"][0]) <= self.cursor
        if kind == "change":
            revision = int(words["id"][0])
            if revision <= self.cursor:
                self.repeated.append(revision)
            else:
                self._show("\n".join(words["data"]), revision, [revision])
        return True

    def _poll(self) -> None:
        try:
            reply: Reply = self._device.ask("GET", f"{self._path}/changes?last={self.cursor}")
        except Unreachable:
            return
        self.polled += 1
        if reply.status == 200:
            newest = int(reply.headers["X-Revision"])
            self._show(reply.text, newest, range(self.cursor + 1, newest + 1))

    def _show(self, html: str, revision: int, revisions) -> None:
        self.shown |= elements(html)
        self.seen += revisions
        self.cursor = revision


def elements(html: str) -> dict[str, str]:
    """The outermost elements by their id, the last of each: what a screen would now show of them."""
    html = re.sub(r"<!--.*?-->", "", html)
    parser = _Outermost()
    parser.feed(html)
    parser.close()
    starts = [position for position, _ in parser.found]
    ends = [*starts, (len(html.splitlines()) + 1, 0)][1:]
    lines = [0]
    for line in html.splitlines(keepends=True):
        lines.append(lines[-1] + len(line))
    lines.append(lines[-1])

    def offset(position: tuple[int, int]) -> int:
        return lines[min(position[0] - 1, len(lines) - 1)] + position[1]

    return {
        id: html[offset(start) : offset(end)].strip() for (start, id), end in zip(parser.found, ends, strict=True) if id
    }


class _Outermost(HTMLParser):
    VOID = {"input", "br", "img", "hr", "meta", "link", "path", "use", "circle", "rect", "line"}

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[tuple[int, int], str]] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if self._depth == 0:
            self.found.append((self.getpos(), dict(attributes).get("id") or ""))
        self._depth += tag not in self.VOID

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if self._depth == 0:
            self.found.append((self.getpos(), dict(attributes).get("id") or ""))

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag not in self.VOID
