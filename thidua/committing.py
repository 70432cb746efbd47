"""The last step of a route that changed a checklist session: commit, then tell every other screen."""

from collections.abc import Callable, Iterable

from flask import current_app
from sqlalchemy import text

from thidua.acknowledging import note_entry
from thidua.extensions import db
from thidua.live import CHANNEL, Event, Hub, announcement
from thidua.models import JournalEntry

Frames = Callable[[str], str]


def commit_change(entry: JournalEntry, frames: Frames | None = None) -> Event | None:
    """Commit, so that the change is on disk, and publish it.

    ``frames`` renders the change for an audience from what the request has in memory; without it the hub reads
    the journal. On PostgreSQL the notice to the other processes is part of the same transaction.
    """
    room, revision = entry.checklist_session_id, entry.revision
    _notify(room, revision)
    db.session.commit()
    note_entry(entry)
    if frames is None:
        _hub().notice(room, revision)
        return None
    event = Event(room, revision, frames)
    _hub().publish(event)
    return event


def commit_changes(entries: Iterable[JournalEntry]) -> None:
    """The same for a change that reached several checklist sessions at once, perhaps none."""
    changed = [(entry.checklist_session_id, entry.revision) for entry in entries]
    for room, revision in changed:
        _notify(room, revision)
    db.session.commit()
    for room, revision in changed:
        _hub().notice(room, revision)


def _notify(room: int, revision: int) -> None:
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(
            text("SELECT pg_notify(:channel, :payload)"),
            {"channel": CHANNEL, "payload": announcement(room, revision, _hub().name)},
        )


def _hub() -> Hub:
    hub: Hub = current_app.extensions["live_hub"]
    return hub
