"""What the tests of this room ask the database."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import new_op
from thidua.extensions import db
from thidua.models import ChecklistSession, JournalEntry

Client = Callable[[str], FlaskClient]


def here(checklist_session_id: int, path: str = "") -> str:
    """The address of a page of this session."""
    return f"/checklist-sessions/{checklist_session_id}{path}"


def rows(app: Flask, model: type[Any], checklist_session_id: int) -> list[Any]:
    """All rows of a session, oldest first."""
    with app.app_context():
        return list(
            db.session.scalars(
                select(model).where(model.checklist_session_id == checklist_session_id).order_by(model.id)
            )
        )


def state_of(app: Flask, checklist_session_id: int) -> str:
    """Where a session stands."""
    with app.app_context():
        return db.session.scalars(
            select(ChecklistSession.state).where(ChecklistSession.id == checklist_session_id)
        ).one()


def kinds(app: Flask, checklist_session_id: int) -> list[str]:
    """The kinds of the journal's entries, oldest first."""
    return [entry.kind for entry in rows(app, JournalEntry, checklist_session_id)]


def close(client: FlaskClient, checklist_session_id: int) -> None:
    """Close scoring."""
    assert client.post(here(checklist_session_id, "/closure"), data={"op_id": new_op()}).status_code == 303
