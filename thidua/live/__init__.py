"""The stream: what one commits reaches every other screen of its checklist session, in order, exactly once.
The hub keeps what is being watched in memory; the journal, reached through two callables, stays the truth.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import TYPE_CHECKING

from flask import has_app_context

from .hub import Event, Full, Hub
from .notices import Notices
from .presence import People, Presence
from .stream import HANDSHAKE, changes_response, stream_response
from .traces import NOWHERE, Seen, Somebody
from .watchers import CHANNEL, announcement, postgres_url, start_watcher

if TYPE_CHECKING:
    from flask import Flask

__all__ = [
    "CHANNEL",
    "HANDSHAKE",
    "NOWHERE",
    "Event",
    "Full",
    "Hub",
    "People",
    "Seen",
    "Somebody",
    "announcement",
    "changes_response",
    "init_app",
    "stream_response",
]


def init_app(
    app: Flask,
    load: Callable[[int, int], list[Event]],
    head: Callable[[int], int],
    heads: Callable[[list[int]], dict[int, int]] | None = None,
    show_people: Callable[[int, People, str], str] | None = None,
) -> Hub:
    """Put the hub at `app.extensions["live_hub"]`; the callables read the database inside an app context.

    `load(room, after)` -> journal events, `head(room)` -> revision, `heads(rooms)` -> {room: revision}
    `show_people(room, people, audience)` -> HTML of who is here; without it nobody's presence is kept.
    Settings: LIVE_HEARTBEAT seconds (15), LIVE_SCREENS (2000), LIVE_WSGI_SCREENS (100),
    LIVE_WATCH_SQLITE (False; True when another process writes to the same file).
    """
    hub = Hub(
        load,
        head,
        limit=app.config.get("LIVE_SCREENS", 2000),
        thread_limit=app.config.get("LIVE_WSGI_SCREENS", 100),
        heartbeat=app.config.get("LIVE_HEARTBEAT", 15.0),
        within=lambda: nullcontext() if has_app_context() else app.app_context(),
        on_watch=lambda: start_watcher(app, hub, heads),
    )
    if show_people is not None:
        url = postgres_url(app)
        hub.show_people = show_people
        hub.presence = Presence(hub.show_presence, Notices(url).send if url else None, hub.name)
    app.extensions["live_hub"] = hub
    return hub
