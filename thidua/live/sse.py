"""The words of a text/event-stream (WHATWG HTML, 9.2) as bytes."""

from __future__ import annotations

import re

HEADERS = (
    ("Content-Type", "text/event-stream; charset=utf-8"),
    ("Cache-Control", "no-cache, no-transform"),
    ("X-Accel-Buffering", "no"),
)

_LINE_END = re.compile(r"\r\n|\r|\n")


def retry(milliseconds: int) -> bytes:
    """How long a reader waits before it opens the stream again."""
    return b"retry: %d\n\n" % milliseconds


def change(revision: int, html: str) -> bytes:
    """One change; `data:` stays present when the HTML is empty, so that the reader's cursor still moves."""
    return f"id: {revision}\nevent: change\n{_lines(html)}\n".encode()


def presence(html: str) -> bytes:
    """Who is here; carries no id, since nothing is missed by whoever comes later."""
    return f"event: presence\n{_lines(html)}\n".encode()


def heartbeat(head: int) -> bytes:
    """A sign of life that also says which revision a screen should have by now; carries no id."""
    return b"event: hb\ndata: %d\n\n" % head


def latest(*cursors: str | int | None) -> int | None:
    """The furthest of a reader's cursors (`?last=`, `Last-Event-ID`); what is no number is ignored."""
    numbers = [int(cursor) for cursor in cursors if cursor is not None and _is_revision(str(cursor))]
    return max(numbers, default=None)


def _lines(html: str) -> str:
    return "".join(f"data: {line}\n" for line in _LINE_END.split(html))


def _is_revision(cursor: str) -> bool:
    return cursor.isascii() and cursor.isdigit() and len(cursor) <= 18
