"""Numbers and devices of a room, changed together with the session's journal; and who may enter it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, literal, select
from sqlalchemy.orm import Session

from thidua.models.account import Account, LoginSession
from thidua.models.actor import Actor
from thidua.models.checklist_session import ChecklistSession
from thidua.models.journal import JournalEntry
from thidua.models.plan import PlanUnit, TeamMember
from thidua.models.room_pin import RoomPin
from thidua.rules.devices import device_words
from thidua.rules.errors import Refused
from thidua.rules.room_numbers import end_of

PARTS = {"head": "Trưởng đoàn", "secretary": "Thư ký", "member": "Thành viên", "inspected": "Đơn vị"}


@dataclass(frozen=True, slots=True)
class RoomPerson:
    """Somebody who has a place in the room; ``part`` is head, secretary, member or inspected."""

    account_id: int
    name: str
    office: str
    part: str

    @property
    def part_label(self) -> str:
        """The part in words."""
        return PARTS[self.part]


def room_people(session: Session, checklist_session: ChecklistSession) -> list[RoomPerson]:
    """The team in its order, then the unit's accounts; locked accounts are left out."""
    order = case((TeamMember.role == "head", 0), (TeamMember.role == "secretary", 1), else_=2)
    team = (
        select(Account.id, Account.name, Account.office, TeamMember.role)
        .join(TeamMember, TeamMember.account_id == Account.id)
        .join(PlanUnit, PlanUnit.team_id == TeamMember.team_id)
        .where(PlanUnit.id == checklist_session.plan_unit_id, Account.disabled_at.is_(None))
        .order_by(order, TeamMember.position)
    )
    unit = (
        select(Account.id, Account.name, Account.office, literal("inspected"))
        .where(Account.role == "unit", Account.unit_id == checklist_session.unit_id, Account.disabled_at.is_(None))
        .order_by(Account.id)
    )
    people: dict[int, RoomPerson] = {}
    for statement in (team, unit):
        for row in session.execute(statement):
            people.setdefault(row[0], RoomPerson(*row))
    return list(people.values())


def room_pins(session: Session, checklist_session_id: int) -> dict[int, RoomPin]:
    """The numbers of a room by account."""
    pins = session.scalars(select(RoomPin).where(RoomPin.checklist_session_id == checklist_session_id))
    return {pin.account_id: pin for pin in pins}


def room_logins(
    session: Session, checklist_session_id: int, people: Sequence[RoomPerson], at: datetime
) -> list[LoginSession]:
    """The devices on which these people are signed in for this room, or everywhere; the first that came first."""
    return list(
        session.scalars(
            select(LoginSession)
            .where(
                LoginSession.account_id.in_([one.account_id for one in people]),
                LoginSession.ended_at.is_(None),
                LoginSession.expires_at > at,
                (LoginSession.checklist_session_id.is_(None))
                | (LoginSession.checklist_session_id == checklist_session_id),
            )
            .order_by(LoginSession.opened_at, LoginSession.id)
        )
    )


def make_numbers(
    checklist_session: ChecklistSession,
    pins: Mapping[int, RoomPin],
    hashes: Mapping[RoomPerson, str],
    *,
    day: date,
    by: Actor,
    at: datetime,
    op_id: str,
) -> tuple[JournalEntry, list[RoomPin]]:
    """New numbers for these people, whose hashes were made beforehand; returns the rows to be added too.

    Who is in the room already stays in.
    """
    if not hashes:
        raise Refused("Chưa có ai để làm số: đoàn chưa có thành viên và đơn vị chưa có tài khoản.")
    fresh = []
    for person, pin_hash in hashes.items():
        pin = pins.get(person.account_id)
        if pin is None:
            pin = RoomPin(checklist_session_id=checklist_session.id, account_id=person.account_id)
            fresh.append(pin)
        pin.renew(pin_hash, expires_at=end_of(day), at=at)
    named = [(person.account_id, person.name) for person in hashes]
    return checklist_session.record_numbers(named, day=day, by=by, at=at, op_id=op_id), fresh


def expel(
    checklist_session: ChecklistSession,
    logins: Sequence[LoginSession],
    names: Mapping[int, str],
    *,
    by: Actor,
    at: datetime,
    op_id: str,
) -> JournalEntry:
    """These logins end: their streams close, what waits on the devices stays there. Raises ``Refused`` for none."""
    if not logins:
        raise Refused("Không còn máy nào như vậy trong phòng.")
    for opened in logins:
        opened.end(at=at)
    devices = [{"name": names[one.account_id], "device": device_words(one.device)} for one in logins]
    return checklist_session.record_expulsion(devices, by=by, at=at, op_id=op_id)
