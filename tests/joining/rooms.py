"""Opening a room, numbers whose figures the test knows, and coming in with them."""

from datetime import UTC, date, datetime

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.checklist_sessions.rooms import here
from tests.conftest import new_op
from tests.world import CHEAP, World
from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession, LoginSession, RoomPin
from thidua.rules.room_numbers import end_of
from thidua.rules.words import day_of

CODE = "abcde-fghkm-npqrs"
DOOR = f"/join/{CODE}"
NUMBERS = {
    "truong-doan": "720811",
    "thu-ky": "315946",
    "thanh-vien-1": "482913",
    "thanh-vien-2": "907264",
    "thanh-vien-3": "638150",
    "don-vi": "259407",
}
WRONG = "111112"


def open_room(
    app: Flask, world: World, *, day: date | None = None, people: tuple[str, ...] = tuple(NUMBERS), room: int = 0
) -> None:
    """The room of the open session has its code, and these people numbers for this day (today)."""
    hasher = PasswordHasher(**CHEAP)
    now = datetime.now(UTC)
    with app.app_context():
        begin_writing()
        opened = db.session.get_one(ChecklistSession, room or world.open_id)
        if not opened.join_code:
            code = CODE if opened.id == world.open_id else "zzzzz-zzzzz-zzzzz"
            opened.open_room(code, by=world.truong_doan, at=now, op_id=new_op())
        for username in people:
            pin = RoomPin(checklist_session_id=opened.id, account_id=world.people[username].id)
            pin.renew(hasher.hash(NUMBERS[username]), expires_at=end_of(day or day_of(now)), at=now)
            db.session.add(pin)
        db.session.commit()


def enter(client: FlaskClient, world: World, username: str, number: str = "", *, address: str = "", **fields: str):
    """Try to come in."""
    return client.post(
        DOOR,
        data={"person": world.people[username].id, "number": number or NUMBERS[username], **fields},
        environ_overrides={"REMOTE_ADDR": address or "192.168.1.20"},
    )


def inside(app: Flask, world: World, username: str) -> FlaskClient:
    """A device on which this person has just come in."""
    client = app.test_client()
    assert enter(client, world, username).status_code == 303
    return client


def logins(app: Flask, world: World, username: str) -> list[LoginSession]:
    """This person's logins, oldest first."""
    with app.app_context():
        return list(
            db.session.scalars(
                select(LoginSession)
                .where(LoginSession.account_id == world.people[username].id)
                .order_by(LoginSession.id)
            )
        )


def pin_of(app: Flask, world: World, username: str) -> RoomPin | None:
    """The row of this person's number in the open session."""
    with app.app_context():
        return db.session.scalar(
            select(RoomPin).where(
                RoomPin.checklist_session_id == world.open_id, RoomPin.account_id == world.people[username].id
            )
        )


def change(app: Flask, statement: object) -> None:
    """What no route does."""
    with app.app_context():
        begin_writing()
        db.session.execute(statement)  # type: ignore[call-overload]
        db.session.commit()


def no_wait(app: Flask) -> None:
    """As if the last wrong try were long ago."""
    change(app, update(RoomPin).values(tried_at=datetime(2020, 1, 1, tzinfo=UTC)))


def room(world: World, path: str = "") -> str:
    """An address of the room's page."""
    return here(world.open_id, f"/room{path}")
