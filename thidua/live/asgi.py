"""The ASGI application: streams are native and hold no thread, all else is the Flask application."""

from __future__ import annotations

import asyncio
import logging
import random
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qs

from . import sse
from .bridge import SEND_PATIENCE, Bridge, Receive, Scope, Send, encoded, reply
from .handshake import Answer, ask
from .hub import Event, Full, Hub, Subscription
from .room import Room
from .stream import RETRY, full_response

if TYPE_CHECKING:
    from flask import Flask

log = logging.getLogger(__name__)

STREAM_PATH = re.compile(r"/checklist-sessions/\d+/stream")
WSGI_THREADS = 16
STREAM_THREADS = 4  # handshakes and journal; apart, so that a thousand reconnecting screens delay no POST
CHECKS_PER_SECOND = 20  # permissions checked again by heartbeats: 300 screens at every one, more screens in turn
MOST_BEATS_UNCHECKED = 3

Result = TypeVar("Result")


class LiveASGI:
    """What uvicorn serves. `close()` ends the streams at once, `join()` the threads."""

    def __init__(self, app: Callable[..., Any], hub: Hub, threads: int = WSGI_THREADS) -> None:
        self.hub = hub
        self._wsgi_app = app
        self._wsgi = Bridge(app, threads)
        self._threads = ThreadPoolExecutor(STREAM_THREADS, thread_name_prefix="stream")
        self._ask_at = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _is_stream(scope):
            await self._wsgi(scope, receive, send)
            return
        answer = await self.ask(scope)
        if not answer.is_grant:
            await reply(send, answer.status, answer.headers, answer.body)
            return
        await Stream(self, scope, receive, send, answer).run()

    def close(self) -> None:
        self.hub.close()

    def join(self) -> None:
        """Wait for the requests in work; those still queued are dropped."""
        self._threads.shutdown(cancel_futures=True)
        self._wsgi.join()

    async def ask(self, scope: Scope) -> Answer:
        """Whether this reader may watch what it asks for, and how far the database is."""
        return await self.in_thread(ask, self._wsgi_app, scope, self.hub.handshake)

    def may_ask(self) -> bool:
        """Whether another permission may be checked now; on the event loop only."""
        now = asyncio.get_running_loop().time()
        if self._ask_at > now + 1.0:
            return False
        self._ask_at = max(self._ask_at, now) + 1.0 / CHECKS_PER_SECOND
        return True

    async def in_thread(self, work: Callable[..., Result], *arguments: object) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)


class Stream:
    """One open screen on the event loop."""

    def __init__(self, asgi: LiveASGI, scope: Scope, receive: Receive, send: Send, grant: Answer) -> None:
        self._asgi = asgi
        self._hub = asgi.hub
        self._scope = scope
        self._receive = receive
        self._send = send
        self._grant = grant
        self._gone = False
        self._beat_is_due = False
        self._beats_unchecked = 0

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        room, audience, last = self._grant.room, self._grant.audience, _cursor(self._scope)
        try:
            subscription = await self._asgi.in_thread(self._hub.subscribe, room, audience, last, loop)
        except Full:
            full = full_response()
            await reply(self._send, full.status_code, list(full.headers), full.get_data())
            return
        watcher = loop.create_task(self._watch_for_departure(subscription))
        presence, who = self._hub.presence, self._grant.who
        if presence and who:
            presence.arrive(room, who)
        try:
            await self._start()
            await self._follow(subscription)
            await self._send({"type": "http.response.body", "body": b""})
        except TimeoutError:
            log.info("room %s: a reader took nothing for %s s", room, SEND_PATIENCE)
        finally:
            watcher.cancel()
            self._hub.unsubscribe(subscription)
            if presence and who:
                presence.leave(room, who)

    async def _start(self) -> None:
        headers = encoded([*sse.HEADERS, *self._grant.passed_on])
        await self._send({"type": "http.response.start", "status": 200, "headers": headers})
        await self._write(sse.retry(RETRY))

    async def _follow(self, subscription: Subscription) -> None:
        await self._write_changes(subscription, self._grant.head)
        await self._write(sse.heartbeat(self._grant.head))
        pause = self._hub.heartbeat * random.uniform(0.3, 1.0)  # screens that came together ask apart
        while not self._is_over:
            await self._write_changes_for(pause, subscription)
            if self._is_over or not await self._heartbeat(subscription):
                return
            pause = self._hub.heartbeat

    async def _write_changes_for(self, seconds: float, subscription: Subscription) -> None:
        flag = subscription.flag
        assert isinstance(flag, asyncio.Event)
        self._beat_is_due = False
        beat = asyncio.get_running_loop().call_later(seconds, self._let_beat, flag)
        try:
            while not (self._beat_is_due or self._is_over):
                await flag.wait()
                flag.clear()
                await self._write_changes(subscription)
        finally:
            beat.cancel()

    def _let_beat(self, flag: asyncio.Event) -> None:
        self._beat_is_due = True
        flag.set()

    async def _heartbeat(self, subscription: Subscription) -> bool:
        """Tell how far the database is. False when this reader may no longer watch as before."""
        if self._beats_unchecked >= MOST_BEATS_UNCHECKED or self._asgi.may_ask():
            self._beats_unchecked = 0
            answer = await self._asgi.ask(self._scope)
            seen_as = (subscription.room.id, subscription.audience)
            if not answer.is_grant or (answer.room, answer.audience) != seen_as:
                return False
            head = answer.head
        else:
            self._beats_unchecked += 1
            head = await self._head(subscription.room)
        await self._write_changes(subscription, head)
        await self._write(sse.heartbeat(head))
        return True

    async def _head(self, room: Room) -> int:
        head = self._hub.recent_head(room, self._hub.heartbeat / 3)
        return await self._asgi.in_thread(self._hub.head, room.id) if head is None else head

    async def _write_changes(self, subscription: Subscription, head: int = 0) -> None:
        events: list[Event] | None = None
        if head <= (subscription.room.top or 0):
            events = self._hub.take_ready(subscription)
        if events is None:
            events = await self._asgi.in_thread(self._hub.take, subscription, head)
        if events:
            await self._write(b"".join(event.chunk(subscription.audience) for event in events))
        if people := self._hub.presence_news(subscription):
            await self._write(people)

    async def _write(self, chunk: bytes) -> None:
        async with asyncio.timeout(SEND_PATIENCE):
            await self._send({"type": "http.response.body", "body": chunk, "more_body": True})

    async def _watch_for_departure(self, subscription: Subscription) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._gone = True
        subscription.flag.set()

    @property
    def _is_over(self) -> bool:
        return self._gone or self._hub.closed


def asgi_app(app: Flask) -> LiveASGI:
    """What uvicorn serves for this Flask application (`init_app` must have been called)."""
    return LiveASGI(app, app.extensions["live_hub"])


def create() -> LiveASGI:
    """`uvicorn --factory thidua.live.asgi:create`, for several processes on PostgreSQL."""
    from thidua import create_app

    return asgi_app(create_app())


def _is_stream(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] == "GET" and bool(STREAM_PATH.fullmatch(scope["path"]))


def _cursor(scope: Scope) -> int | None:
    query = parse_qs(scope["query_string"].decode("latin-1"))
    sent = [value.decode("latin-1") for name, value in scope["headers"] if name == b"last-event-id"]
    return sse.latest(*query.get("last", []), *sent)
