"""When each login was last used: noted in memory at every request, written down once a minute for all of them.

A score must not wait for it: noting is one assignment, and only a request that reads writes the notes down.
"""

import threading
from datetime import datetime, timedelta

from flask import Flask, Response, current_app, g, request
from sqlalchemy import bindparam, update
from sqlalchemy.exc import SQLAlchemyError

from thidua.extensions import begin_writing, db
from thidua.models import LoginSession

WRITTEN_EVERY = timedelta(minutes=1)

_LOGIN = LoginSession.__table__
_NOTE = update(_LOGIN).where(_LOGIN.c.id == bindparam("login")).values(last_seen_at=bindparam("at"))


class Seen:
    """The notes of one process."""

    def __init__(self) -> None:
        self._notes: dict[int, datetime] = {}
        self._written_at: datetime | None = None
        self._lock = threading.Lock()

    def note(self, login_session_id: int, at: datetime) -> None:
        """This login was used."""
        self._notes[login_session_id] = at

    def at(self, login_session_id: int) -> datetime | None:
        """What is noted and perhaps not yet written down."""
        return self._notes.get(login_session_id)

    def due(self, at: datetime) -> dict[int, datetime]:
        """The notes to write down now; nothing before a minute has gone since the last time."""
        with self._lock:
            if self._written_at is None:
                self._written_at = at
            if timedelta(0) <= at - self._written_at < WRITTEN_EVERY:  # a clock set back must not stop it for a day
                return {}
            self._written_at = at
            notes, self._notes = self._notes, {}
            return dict(notes)  # a thread that just now notes may still hold the old ones


def init_seen(app: Flask) -> None:
    """Note every request of somebody signed in."""
    app.extensions["seen"] = Seen()
    app.after_request(_note)


def last_seen(opened: LoginSession) -> datetime | None:
    """The latest that is known of this login."""
    seen: Seen = current_app.extensions["seen"]
    known = [moment for moment in (seen.at(opened.id), opened.last_seen_at) if moment]
    return max(known, default=None)


def _note(response: Response) -> Response:
    person, at = g.get("person"), g.get("now")
    if person is None or person.login_session_id is None or at is None:
        return response
    seen: Seen = current_app.extensions["seen"]
    seen.note(person.login_session_id, at)
    if request.method == "GET":
        _write_down(seen.due(at))
    return response


def _write_down(notes: dict[int, datetime]) -> None:
    if not notes:
        return
    try:
        begin_writing()
        db.session.execute(_NOTE, [{"login": login, "at": at} for login, at in notes.items()])
        db.session.commit()
    except SQLAlchemyError:
        db.session.rollback()  # a full disk or a locked file must not keep anybody from reading a page
        current_app.logger.warning("the last uses of %s logins could not be written down", len(notes))
