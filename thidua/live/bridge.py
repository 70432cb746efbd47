"""Runs the WSGI application for the ASGI server: one thread per request, one hand-over each way."""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, BinaryIO, cast

from a2wsgi.wsgi import build_environ

log = logging.getLogger(__name__)

Scope = Any  # a2wsgi, uvicorn and we each have our own types for the same dictionaries
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Headers = list[tuple[str, str]]
WsgiApp = Callable[..., Iterable[bytes]]

AT_ONCE = 256 * 1024  # bytes of an answer, or of a request, kept in memory
SEND_PATIENCE = 30.0  # seconds a reader may leave a full buffer unread before it is given up
NO_ROOM = "Máy chủ hết chỗ lưu. Việc vừa rồi chưa được ghi; xin báo quản trị giải phóng ổ đĩa rồi thử lại."
NO_ROOM_HEADERS = [("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", "5")]
LONGEST_REQUEST = 32 * 1024 * 1024  # the application itself allows less and says so in words
TOO_LONG = "Tệp quá lớn. Mỗi tệp tối đa 25 MB; xin chọn tệp nhỏ hơn hoặc chụp lại."
TOO_LONG_HEADERS = [("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close")]


class Bridge:
    """The request is read before a thread is taken, and a short answer is handed back in one piece.

    So a slow upload holds no thread, and a score costs two thread switches instead of the eight of a2wsgi.
    """

    def __init__(self, app: WsgiApp, threads: int) -> None:
        self._app = app
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="wsgi")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if _announced(scope) > LONGEST_REQUEST:  # refused before a byte of it is kept
            await reply(send, 413, TOO_LONG_HEADERS, TOO_LONG.encode())
            return
        with tempfile.SpooledTemporaryFile(AT_ONCE) as body:
            try:
                await _read_request(receive, cast(BinaryIO, body))
            except _Departed:
                return
            except _TooLong:
                await reply(send, 413, TOO_LONG_HEADERS, TOO_LONG.encode())
                return
            except OSError as error:  # no room for a long request beside the database
                log.error("a request could not be kept: %s", error)
                await reply(send, 507, NO_ROOM_HEADERS, NO_ROOM.encode())
                return
            loop = asyncio.get_running_loop()
            exchange = Exchange(self._app, wsgi_environ(scope, body), loop, send)
            rest = await loop.run_in_executor(self._threads, exchange.run)
        await exchange.finish(rest)

    def join(self) -> None:
        self._threads.shutdown(cancel_futures=True)


class _Departed(Exception):
    """The reader left before its request was complete."""


class _TooLong(Exception):
    """The request is longer than anybody may send."""


class Exchange:
    """One request in its thread. `run` returns the end of the answer, all of it when it is short."""

    def __init__(self, app: WsgiApp, environ: dict[str, Any], loop: asyncio.AbstractEventLoop, send: Send) -> None:
        self._app = app
        self._environ = environ
        self._loop = loop
        self._send = send
        self._status = 500
        self._headers: Headers = []
        self._is_started = False
        self._parts: list[bytes] = []
        self._size = 0

    def run(self) -> bytes:
        answer = self._app(self._environ, self._start_response)
        try:
            for part in answer:
                self._add(part)
        finally:
            getattr(answer, "close", lambda: None)()
        return b"".join(self._parts)

    async def finish(self, rest: bytes) -> None:
        if not self._is_started:
            await self._start()
        await self._send({"type": "http.response.body", "body": rest})

    def _start_response(self, status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], None]:
        if exc_info and self._is_started:
            raise exc_info[1].with_traceback(exc_info[2])
        self._status, self._headers = int(status.split(" ", 1)[0]), headers
        return self._add

    def _add(self, part: bytes) -> None:
        self._parts.append(part)
        self._size += len(part)
        if self._size >= AT_ONCE:
            sent = asyncio.run_coroutine_threadsafe(self._flush(b"".join(self._parts)), self._loop)
            sent.result(SEND_PATIENCE)
            self._parts.clear()
            self._size = 0

    async def _flush(self, part: bytes) -> None:
        if not self._is_started:
            await self._start()
        await self._send({"type": "http.response.body", "body": part, "more_body": True})

    async def _start(self) -> None:
        self._is_started = True
        await self._send({"type": "http.response.start", "status": self._status, "headers": encoded(self._headers)})


def wsgi_environ(scope: Scope, body: Any) -> dict[str, Any]:
    """What PEP 3333 hands to the application for this request."""
    environ: dict[str, Any] = {**build_environ(scope, body)}
    environ["wsgi.errors"] = sys.stderr
    environ["wsgi.multiprocess"] = False
    return environ


def encoded(headers: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    """Headers as the ASGI server wants them."""
    return [(name.lower().encode("latin-1"), value.strip().encode("latin-1")) for name, value in headers]


async def reply(send: Send, status: int, headers: Headers, body: bytes) -> None:
    """A whole answer in one go."""
    await send({"type": "http.response.start", "status": status, "headers": encoded(headers)})
    await send({"type": "http.response.body", "body": body})


def _announced(scope: Scope) -> int:
    """How many bytes the request says it has; 0 when it does not say."""
    said = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(said[0]) if said and said[0].isdigit() else 0


async def _read_request(receive: Receive, body: BinaryIO) -> None:
    """Fill `body` and rewind it. A request cut short must never reach the application."""
    size, is_more = 0, True
    while is_more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Departed
        part = message.get("body", b"")
        is_more = message.get("more_body", False)
        size += len(part)
        if size > LONGEST_REQUEST:
            raise _TooLong
        body.write(part)
    body.seek(0)
