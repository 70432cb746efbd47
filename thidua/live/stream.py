"""What the stream route answers: the handshake for our own server, or a stream any WSGI server can send."""

from __future__ import annotations

import hmac
import logging
import threading
import time
from collections.abc import Callable

from flask import request
from werkzeug.wrappers import Response

from . import sse
from .hub import Full, Hub, Subscription

log = logging.getLogger(__name__)

HANDSHAKE = "X-Stream-Handshake"  # carries Hub.handshake: only the ASGI side of this process knows it
ROOM, AUDIENCE, HEAD = "X-Room", "X-Audience", "X-Head"
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
) -> Response:
    """The answer of the stream route once the reader is found and allowed.

    `last` is the `?last=` of the request, `handshake` its X-Stream-Handshake header. `still_allowed` is asked
    at every heartbeat of a WSGI stream, outside the request; the native stream asks the route itself again.
    """
    if handshake and hmac.compare_digest(handshake.encode(), hub.handshake.encode()):
        head = hub.head(room)
        hub.notice(room, head)
        return Response(status=204, headers={ROOM: str(room), AUDIENCE: audience, HEAD: str(head)})
    response = Response(headers=list(sse.HEADERS))
    if request.method == "HEAD":
        return response
    try:
        cursor = sse.latest(last, request.headers.get("Last-Event-ID"))
        response.response = WsgiStream(hub, hub.subscribe(room, audience, cursor), still_allowed)
    except Full:
        return full_response()
    return response


def changes_response(hub: Hub, room: int, audience: str, last: str | int | None) -> Response:
    """The same for a screen that has to poll: the frames after `last` in one piece, or 204."""
    cursor = sse.latest(last) or 0
    if hub.head(room) <= cursor:
        return Response(status=204)
    events = hub.load(room, cursor)
    if not events:
        return Response(status=204)
    hub.render(events, audience)
    html = "\n".join(event.frame(audience) or "" for event in events)
    headers = {"X-Revision": str(events[-1].revision), "Cache-Control": "no-store"}
    return Response(html, headers=headers, content_type="text/html; charset=utf-8")


def full_response() -> Response:
    return Response(
        FULL, status=503, headers={"Retry-After": str(RETRY_AFTER)}, content_type="text/plain; charset=utf-8"
    )


class WsgiStream:
    """The body of a stream under a WSGI server; holds a thread. A failure ends it, the reader reopens."""

    def __init__(self, hub: Hub, subscription: Subscription, still_allowed: Callable[[], bool] | None) -> None:
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
            chunk = self._changes() or self._heartbeat_when_due()
            if chunk:
                return chunk
            flag.wait(self._beat_at - time.monotonic())
        raise StopIteration

    def close(self) -> None:
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
