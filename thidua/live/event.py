"""One committed change of a room, with what each audience is to see of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from . import sse

Render = Callable[[str], str]


class Event:
    """Revision `revision` of room `room`; each audience is rendered at most once, whoever asks.

    `frames` maps audience -> HTML, or is a function audience -> HTML called when a screen needs it.
    A mapping may lack an audience that nobody watched while it was made (see `Hub.take`).
    Events read from the journal may stand for several revisions at once: then `revision` is the last of them.
    """

    __slots__ = ("_chunks", "_html", "_lock", "_render", "revision", "room")

    def __init__(self, room: int, revision: int, frames: Mapping[str, str] | Render) -> None:
        self.room = room
        self.revision = revision
        self._render: Render | None = frames if callable(frames) else None
        self._html: dict[str, str] = {} if callable(frames) else dict(frames)
        self._chunks: dict[str, bytes] = {}
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"Event(room={self.room}, revision={self.revision})"

    def frame(self, audience: str, missing: Render | None = None) -> str | None:
        """HTML for `audience`; `missing` renders it when the event itself cannot. None: nobody can."""
        html = self._html.get(audience)
        if html is not None:
            return html
        with self._lock:
            html = self._html.get(audience)
            render = self._render or missing
            if html is None and render is not None:
                html = self._html[audience] = render(audience)
            return html

    def is_ready(self, audience: str) -> bool:
        """Whether `frame` and `chunk` answer without rendering anything."""
        return audience in self._html

    def chunk(self, audience: str) -> bytes:
        """The bytes on the wire, the same object for every screen of the audience."""
        chunk = self._chunks.get(audience)
        if chunk is None:
            chunk = self._chunks[audience] = sse.change(self.revision, self.frame(audience) or "")
        return chunk
