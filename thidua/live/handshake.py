"""Asks the stream route, as the reader, whether this stream may be opened or go on."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast

from a2wsgi.wsgi import build_environ

from .stream import AUDIENCE, HANDSHAKE, HEAD, ROOM

Headers = list[tuple[str, str]]
OWN = {ROOM.lower(), AUDIENCE.lower(), HEAD.lower()}
OWN |= {"content-type", "content-length", "cache-control", "set-cookie", "vary"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the route said. A grant when `room` is there; anything else goes to the reader as it is."""

    status: int
    headers: Headers
    body: bytes

    @property
    def is_grant(self) -> bool:
        return self.status == 204 and self._header(ROOM) is not None

    @property
    def room(self) -> int:
        return int(self._header(ROOM) or 0)

    @property
    def audience(self) -> str:
        return self._header(AUDIENCE) or ""

    @property
    def head(self) -> int:
        return int(self._header(HEAD) or 0)

    @property
    def passed_on(self) -> Headers:
        """Headers the application puts on every answer (its security policy), for the stream itself."""
        return [(name, value) for name, value in self.headers if name.lower() not in OWN]

    def _header(self, wanted: str) -> str | None:
        return next((value for name, value in self.headers if name.lower() == wanted.lower()), None)


def ask(wsgi_app: Callable[..., Iterable[bytes]], scope: Any, secret: str) -> Answer:
    """Run the reader's own request through the application, with our handshake; blocks."""
    environ: dict[str, Any] = {**build_environ(scope, cast(Any, io.BytesIO()))}
    environ["HTTP_" + HANDSHAKE.upper().replace("-", "_")] = secret
    environ["wsgi.errors"] = sys.stderr
    environ["wsgi.multiprocess"] = False
    started: list[tuple[str, Headers]] = []

    def start_response(status: str, headers: Headers, _exc_info: object = None) -> Callable[[bytes], object]:
        started[:] = [(status, headers)]
        return parts.append

    parts: list[bytes] = []
    body = wsgi_app(environ, start_response)
    try:
        parts.extend(body)
    finally:
        getattr(body, "close", lambda: None)()
    status, headers = started[0]
    return Answer(int(status.split(" ", 1)[0]), headers, b"".join(parts))
