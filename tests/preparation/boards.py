"""The centre's side in tests: half-days to come, and preparations in every state."""

from datetime import UTC, date, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.conftest import new_op
from tests.preparation.rooms import area
from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession, PlanUnit, Preparation, PreparationReturn
from thidua.preparation.queries import preparation_of
from thidua.rules.words import day_of

TODAY = day_of(datetime.now(UTC))
HALF_DAY = TODAY + timedelta(days=20)
DUE = HALF_DAY - timedelta(days=5)


def day(value: date) -> str:
    """As people type it."""
    return f"{value:%d/%m/%Y}"


def put_on(app: Flask, room: int, on_date: date | None) -> None:
    """Move the half-day to another date."""
    with app.app_context():
        begin_writing()
        plan_unit_id = db.session.scalars(
            select(ChecklistSession.plan_unit_id).where(ChecklistSession.id == room)
        ).one()
        db.session.execute(update(PlanUnit).where(PlanUnit.id == plan_unit_id).values(on_date=on_date))
        db.session.commit()


def send(client: FlaskClient, room: int) -> None:
    """The unit begins and sends its preparation as it is."""
    assert client.post(area(room, "/start"), data={"op_id": new_op()}).status_code == 303
    sent = client.post(area(room, "/sending"), data={"op_id": new_op(), "accept_missing": "y"})
    assert sent.status_code == 303, sent.text


def give_back(client: FlaskClient, room: int, remarks: dict[int, str], due_on: date = HALF_DAY, **fields: str):
    """The centre returns these criteria."""
    typed = {f"remark-{key}": remark for key, remark in remarks.items()}
    return client.post(area(room, "/returns"), data={"op_id": new_op(), "due_on": day(due_on)} | typed | fields)


def returns_of(app: Flask, room: int) -> list[PreparationReturn]:
    """The rows, in order."""
    with app.app_context():
        found = preparation_of(room)
        return list(found.returns) if found else []


def due_of(app: Flask, room: int) -> date | None:
    """The day that was set."""
    with app.app_context():
        return db.session.scalar(select(Preparation.due_on).where(Preparation.checklist_session_id == room))
