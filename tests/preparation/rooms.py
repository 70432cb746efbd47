"""The unit's area of the half-day not yet begun: addresses, reading its rows, and everything it needs filled in."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.conftest import new_op
from tests.world import World
from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession, Preparation
from thidua.preparation.queries import preparation_of
from thidua.rules.words import day_of

OUTBOX = {"X-Requested-With": "outbox"}
UNIT = "don-vi-khac"  # whose half-day has not begun


def area(room: int, path: str = "") -> str:
    return f"/checklist-sessions/{room}/preparation{path}"


def post(client: FlaskClient, room: int, path: str, *, outbox: bool = False, **fields: Any) -> TestResponse:
    """A form of the unit's page, as a plain form or by the outbox; ``before_x`` is sent as "before-x"."""
    named = {name.replace("before_", "before-"): value for name, value in fields.items()}
    return client.post(area(room, path), data={"op_id": new_op()} | named, headers=OUTBOX if outbox else {})


def folder(app: Flask, room: int) -> Preparation:
    """The preparation with everything of it."""
    with app.app_context():
        found = preparation_of(room)
        assert found is not None
        return found


def count(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(Preparation.id)).all())


def change(app: Flask, room: int, do: Any) -> Any:
    """``do(preparation)`` with everything loaded, in a writing transaction of its own."""
    with app.app_context():
        begin_writing()
        result = do(preparation_of(room))
        db.session.commit()
        return result


def give_back(app: Flask, world: World, room: int, criterion_id: int) -> None:
    """The secretary asks for this criterion again."""
    with app.app_context():
        begin_writing()
        session = db.session.get_one(ChecklistSession, room)
        preparation = preparation_of(room)
        assert preparation is not None
        session.return_criteria(
            preparation,
            {criterion_id: "Thiếu quyết định."},
            due_on=day_of(datetime.now(UTC)) + timedelta(days=3),
            by=world.thu_ky,
            at=datetime.now(UTC),
            op_id=new_op(),
        )
        db.session.commit()
