"""What the stream route answers: the handshake for our own server, or a stream any WSGI server can send."""

from __future__ import annotations

import hmac
import logging
import threading
import time
import zlib
from collections.abc import Callable

from flask import request
from werkzeug.wrappers import Response

from . import sse
from .hub import Full, Hub, Subscription
from .traces import Somebody

log = logging.getLogger(__name__)

HANDSHAKE = "X-Stream-Handshake"  # carries Hub.handshake: only the ASGI side of this process knows it
ROOM, AUDIENCE, HEAD, WHO = "X-Room", "X-Audience", "X-Head", "X-Who"
RETRY_AFTER = 5  # seconds
RETRY = 2000  # milliseconds
FULL = "Đang có quá nhiều màn hình theo dõi. Trang sẽ tự cập nhật chậm hơn."


def stream_response(
    hub: Hub,
    room: int,
    audience: str,
    last: str | int | None = None,
    handshake: str | None = None,
    still_allowed: Callable[[], bool] | None = None,
    who: Somebody | None = None,
) -> Response:
    """The answer of the stream route once the reader is found and allowed.

    `last` is the `?last=` of the request, `handshake` its X-Stream-Handshake header. `still_allowed` is asked
    at every heartbeat of a WSGI stream, outside the request; the native stream asks the route itself again.
    `who` is here while the stream is open.
    """
    if handshake and hmac.compare_digest(handshake.encode(), hub.handshake.encode()):
        head = hub.head(room)
        hub.notice(room, head)
        granted = {ROOM: str(room), AUDIENCE: audience, HEAD: str(head)}
        return Response(status=204, headers=granted | ({WHO: who.packed()} if who else {}))
    response = Response(headers=list(sse.HEADERS))
    if request.method == "HEAD":
        return response
    try:
        cursor = sse.latest(last, request.headers.get("Last-Event-ID"))
        response.response = WsgiStream(hub, hub.subscribe(room, audience, cursor), still_allowed, who)
    except Full:
        return full_response()
    return response


def changes_response(
    hub: Hub, room: int, audience: str, last: str | int | None, who: Somebody | None = None, presence: str = ""
) -> Response:
    """The same for a screen that has to poll: the frames after `last` in one piece, or 204.

    `who` is here as long as that goes on; `presence` is the X-Presence it was last given, "" by whom does not ask.
    """
    cursor = sse.latest(last) or 0
    people, known = _people_for_poller(hub, room, audience, who, presence)
    events = hub.load(room, cursor) if hub.head(room) > cursor else []
    if not events and not people:
        return Response(status=204)
    hub.render(events, audience)
    parts = [*(event.frame(audience) or "" for event in events), *([people] if people else [])]
    headers = {"X-Revision": str(events[-1].revision if events else cursor), "Cache-Control": "no-store"}
    headers |= {"X-Presence": known} if known else {}
    return Response("\n".join(parts), headers=headers, content_type="text/html; charset=utf-8")


def _people_for_poller(hub: Hub, room: int, audience: str, who: Somebody | None, presence: str) -> tuple[str, str]:
    """(who is here, as HTML; its name) when that is news to the screen, otherwise ("", "")."""
    if hub.presence is None or who is None:
        return "", ""
    hub.presence.poll(room, who)
    people = hub.presence.here(room)
    known = f"{zlib.crc32(repr(people).encode()):08x}"
    return ("", "") if not presence or presence == known else (hub.show_people(room, people, audience), known)


def full_response() -> Response:
    return Response(
        FULL, status=503, headers={"Retry-After": str(RETRY_AFTER)}, content_type="text/plain; charset=utf-8"
    )


class WsgiStream:
    """The body of a stream under a WSGI server; holds a thread. A failure ends it, the reader reopens."""

    def __init__(
        self,
        hub: Hub,
        subscription: Subscription,
        still_allowed: Callable[[], bool] | None,
        who: Somebody | None = None,
    ) -> None:
        self._who = who if hub.presence else None
        if hub.presence and who:
            hub.presence.arrive(subscription.room.id, who)
        self._hub = hub
        self._subscription = subscription
        self._still_allowed = still_allowed
        self._beat_at = time.monotonic()  # the first at once: shows that nothing on the way holds it back
        self._opening = [sse.retry(RETRY)]

    def __iter__(self) -> WsgiStream:
        return self

    def __next__(self) -> bytes:
        if self._opening:
            return self._opening.pop()
        flag = self._subscription.flag
        assert isinstance(flag, threading.Event)
        while not (self._hub.closed or self._subscription.closed):
            flag.clear()
            chunk = self._changes() + self._hub.presence_news(self._subscription) or self._heartbeat_when_due()
            if chunk:
                return chunk
            flag.wait(self._beat_at - time.monotonic())
        raise StopIteration

    def close(self) -> None:
        if self._hub.presence and self._who and not self._subscription.closed:
            self._hub.presence.leave(self._subscription.room.id, self._who)
        self._hub.unsubscribe(self._subscription)

    def _changes(self, head: int = 0) -> bytes:
        subscription = self._subscription
        return b"".join(event.chunk(subscription.audience) for event in self._hub.take(subscription, head))

    def _heartbeat_when_due(self) -> bytes:
        if time.monotonic() < self._beat_at:
            return b""
        self._beat_at = time.monotonic() + self._hub.heartbeat
        if self._still_allowed is not None and not self._hub.call(self._still_allowed):
            raise StopIteration
        head = self._hub.head(self._subscription.room.id)
        return self._changes(head) + sse.heartbeat(head)
