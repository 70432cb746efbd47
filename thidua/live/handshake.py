"""Asks the stream route, as the reader, whether this stream may be opened or go on."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

from .bridge import Headers, Scope, WsgiApp, wsgi_environ
from .stream import AUDIENCE, HANDSHAKE, HEAD, ROOM, WHO
from .traces import Somebody

OWN = {ROOM.lower(), AUDIENCE.lower(), HEAD.lower(), WHO.lower()}
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
    def who(self) -> Somebody | None:
        packed = self._header(WHO)
        return Somebody.unpacked(packed) if packed else None

    @property
    def passed_on(self) -> Headers:
        """Headers the application puts on every answer (its security policy), for the stream itself."""
        return [(name, value) for name, value in self.headers if name.lower() not in OWN]

    def _header(self, wanted: str) -> str | None:
        return next((value for name, value in self.headers if name.lower() == wanted.lower()), None)


def ask(wsgi_app: WsgiApp, scope: Scope, secret: str) -> Answer:
    """Run the reader's own request through the application, with our handshake; blocks."""
    environ = wsgi_environ(scope, io.BytesIO())
    environ["HTTP_" + HANDSHAKE.upper().replace("-", "_")] = secret
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
