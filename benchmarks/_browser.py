"""A load generator that costs as little as it can: one connection that asks, one that listens."""

from __future__ import annotations

import asyncio
import re
import time
import uuid
from collections.abc import Callable
from urllib.parse import urlencode

from _stand import Reader, Stand

CHANGE = re.compile(rb"id: (\d+)\nevent: change\n")  # its HTML holds no empty line: each has its own "data: "
LONGEST_BEGINNING = 200  # bytes; before the first message there may be the head of the answer


class Asking:
    """One keep-alive connection that sends a request and reads its answer."""

    def __init__(self, stand: Stand, reader: Reader) -> None:
        self._stand = stand
        self._reader = reader
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, dict, bytes]:
        body = urlencode(form or {}).encode()
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {self._stand.host}:{self._stand.port}",
            f"Cookie: {self._reader.cookie}",
        ]
        if method == "POST":
            lines += [
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
                f"X-CSRFToken: {self._reader.csrf_token}",
                "HX-Request: true",
            ]
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._stand.host, self._stand.port)
        incoming, outgoing = self._streams
        outgoing.write("\r\n".join(lines).encode() + b"\r\n\r\n" + (body if method == "POST" else b""))
        head = (await incoming.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
        status = int(head[0].split(" ")[1])
        content = b"" if status in (204, 304) else await _body(incoming, headers)
        if headers.get("connection") == "close":
            self.close()
        return status, headers, content

    async def score(self, room: int, turn: int, base_version: int) -> None:
        """Send the next score; raises when it is not accepted."""
        criterion, choices = self._stand.criteria[turn % len(self._stand.criteria)]
        form = {
            "perspective": "agreed" if turn % 4 == 3 else "proposed",
            "points": choices[turn % len(choices)],
            "reason": "",
            "op_id": str(uuid.uuid4()),
            "base_version": str(base_version),
        }
        path = f"/checklist-sessions/{room}/criteria/{criterion}/scores"
        status, headers, content = await self.ask("POST", path, form)
        if status != 200 or headers.get("x-op-id") != form["op_id"]:
            raise RuntimeError(f"POST {path} {form}: {status} {content[:500]!r}")

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()
            self._streams = None


class Listening(asyncio.Protocol):
    """One open stream; calls `arrived(room, revision, moment)` for each change."""

    def __init__(self, room: int, request: bytes, arrived: Callable[[int, int, float], None]) -> None:
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._room = room
        self._request = request
        self._arrived = arrived
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def open(cls, stand: Stand, room: int, reader: Reader, last: int, arrived) -> Listening:
        path = f"/checklist-sessions/{room}/stream?last={last}"
        request = f"GET {path} HTTP/1.1\r\nHost: {stand.host}:{stand.port}\r\nCookie: {reader.cookie}\r\n\r\n"
        loop = asyncio.get_running_loop()
        make = lambda: cls(room, request.encode(), arrived)  # noqa: E731
        _, listening = await loop.create_connection(make, stand.host, stand.port)
        await asyncio.wait_for(listening.opened, 60)
        return listening

    def connection_made(self, transport) -> None:
        self._transport = transport
        transport.write(self._request)

    def data_received(self, received: bytes) -> None:
        moment = time.perf_counter()
        self._buffer += received
        if not self.opened.done():
            if b"event: hb" not in self._buffer:
                if b"\r\n\r\n" in self._buffer and b" 200 " not in self._buffer[:20]:
                    self.opened.set_exception(RuntimeError(f"no stream: {bytes(self._buffer[:300])!r}"))
                return
            self.opened.set_result(None)
        whole = self._buffer.rfind(b"\n\n") + 2
        if whole < 2:
            return
        for message in bytes(self._buffer[:whole]).split(b"\n\n"):
            change = CHANGE.search(message, 0, LONGEST_BEGINNING)
            if change:
                self._arrived(self._room, int(change[1]), moment)
        del self._buffer[:whole]

    def close(self) -> None:
        if self._transport:
            self._transport.abort()


async def _body(incoming: asyncio.StreamReader, headers: dict) -> bytes:
    if "content-length" in headers:
        return await incoming.readexactly(int(headers["content-length"]))
    parts = []
    while size := int((await incoming.readline()).strip() or b"0", 16):
        parts.append(await incoming.readexactly(size + 2))
    await incoming.readline()
    return b"".join(part[:-2] for part in parts)
