"""What the pages of the room load."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from thidua.extensions import db
from thidua.models import ChecklistSession, LoginSession, RoomPin
from thidua.models.joining import RoomPerson, room_logins, room_people, room_pins
from thidua.rules.devices import device_words
from thidua.rules.room_numbers import FREE_TRIES, good_on
from thidua.rules.words import clock, date_screen, day_of
from thidua.seen import last_seen


@dataclass(frozen=True, slots=True)
class Device:
    """One device in the room."""

    id: int
    words: str
    times: str
    has_password: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A person of the room: the number in words, and the devices."""

    person: RoomPerson
    number: str
    tone: str
    is_spent: bool
    devices: tuple[Device, ...]


def session_of_code(join_code: str) -> ChecklistSession | None:
    """The half-day whose room has this code, with unit, plan and date."""
    return db.session.scalar(
        select(ChecklistSession)
        .where(ChecklistSession.join_code == join_code)
        .options(
            joinedload(ChecklistSession.unit), joinedload(ChecklistSession.plan), joinedload(ChecklistSession.plan_unit)
        )
    )


def planned_day(checklist_session_id: int) -> date | None:
    """The day for which the half-day is scheduled."""
    checklist_session = db.session.scalar(
        select(ChecklistSession)
        .where(ChecklistSession.id == checklist_session_id)
        .options(joinedload(ChecklistSession.plan_unit))
    )
    return checklist_session.plan_unit.on_date if checklist_session else None


def pin_for_change(checklist_session_id: int, account_id: int) -> RoomPin | None:
    """One person's number, locked."""
    return db.session.scalar(
        select(RoomPin)
        .where(RoomPin.checklist_session_id == checklist_session_id, RoomPin.account_id == account_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def has_number_today(checklist_session_id: int, at: datetime) -> bool:
    """Whether anybody can enter this room today."""
    return any(pin.is_good(at=at) for pin in room_pins(db.session(), checklist_session_id).values())


def number_days(checklist_session_id: int) -> list[date]:
    """The days for which there are numbers."""
    pins = room_pins(db.session(), checklist_session_id).values()
    return sorted({good_on(pin.expires_at) for pin in pins if pin.pin_hash})


def rows_of(session: Session, checklist_session: ChecklistSession, at: datetime) -> list[Row]:
    """Everybody of the room."""
    people = room_people(session, checklist_session)
    pins = room_pins(session, checklist_session.id)
    devices = defaultdict(list)
    for opened in room_logins(session, checklist_session.id, people, at):
        devices[opened.account_id].append(_device(opened, at))
    return [
        Row(person, *_number(pins.get(person.account_id), at), tuple(devices[person.account_id])) for person in people
    ]


def _device(opened: LoginSession, at: datetime) -> Device:
    times, seen_at = f"vào {_when(opened.opened_at, at)}", last_seen(opened)
    if seen_at:
        times += f", dùng gần nhất {_when(seen_at, at)}"
    return Device(opened.id, device_words(opened.device), times, opened.checklist_session_id is None)


def _when(moment: datetime, at: datetime) -> str:
    words = f"lúc {clock(moment)}"
    return words if day_of(moment) == day_of(at) else f"{words} ngày {date_screen(moment)}"


def _number(pin: RoomPin | None, at: datetime) -> tuple[str, str, bool]:
    """The state of a number in words, its tone, and whether it is spent."""
    if pin and pin.is_spent:
        return "Số bị khóa vì nhập sai nhiều lần", "bad", True
    if pin is None or not pin.pin_hash:
        return "Chưa có số", "quiet", False
    if not pin.is_good(at=at):
        day = good_on(pin.expires_at)
        return f"Số dùng cho ngày {date_screen(day)}", "quiet" if day > day_of(at) else "warn", False
    if pin.tries >= FREE_TRIES:
        return f"Số đã nhập sai {pin.tries} lần", "warn", False
    return "Có số dùng hôm nay", "ok", False
