"""The live part of the attendance: who is here, counted in words, and who may be added with one tap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased

from thidua.checklist_sessions.rendering import render_part
from thidua.models import Account, Attendance, ChecklistSession
from thidua.models.meeting import PRESENCE, SIDES
from thidua.models.planning import PRESENTER
from thidua.rules import lifecycle
from thidua.rules.phrases import joined
from thidua.rules.words import count_phrase

REASONS = ("Ốm", "Đi công tác", "Việc gia đình", "Bận việc cơ quan")
MOST_SUGGESTED = 8
_SIDE_WORDS = {"team": "đoàn kiểm tra", "unit": "đơn vị", "guest": "khách mời"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody who is probably here; ``why`` tells where the name comes from."""

    side: str
    name: str
    rank: str
    office: str
    part: str
    why: str
    account_id: int | None = None

    @property
    def fields(self) -> dict[str, str | int]:
        """What the form of one tap sends besides the name."""
        told = {name: getattr(self, name) for name in ("side", "rank", "office", "part")}
        return told | ({"account_id": self.account_id} if self.account_id else {})


def attendance_part(session: Session, checklist_session_id: int, audience: str) -> str:
    """Both sides of the table and the guests, present or absent."""
    rows = session.execute(
        select(ChecklistSession.state, Attendance)
        .outerjoin(Attendance, Attendance.checklist_session_id == ChecklistSession.id)
        .where(ChecklistSession.id == checklist_session_id)
        .order_by(Attendance.position, Attendance.id)
    ).all()
    people, state = [person for _, person in rows if person], rows[0].state
    writable = audience == "head" and state in (lifecycle.PLANNED, lifecycle.OPEN)
    return render_part(
        "_attendance",
        id=checklist_session_id,
        writable=writable,
        presence=PRESENCE,
        reasons=REASONS,
        sides=[(side, label, [one for one in people if one.side == side]) for side, label in SIDES.items()],
        counted=counted(people),
        suggestions=suggestions(session, checklist_session_id, people) if writable else [],
    )


def counted(people: Sequence[Attendance]) -> str:
    """ "Có mặt 09 đồng chí: đoàn kiểm tra 05, đơn vị 03 và khách mời 01; vắng 01; chưa điểm danh 02."."""
    here = {side: sum(one.side == side and one.presence == "present" for one in people) for side in SIDES}
    absent = sum(one.presence == "absent" for one in people)
    expected = sum(one.presence == "expected" for one in people)
    if not any(here.values()) and not absent:
        return "Chưa điểm danh ai."
    sides = joined(f"{_SIDE_WORDS[side]} {count:02d}" for side, count in here.items() if count)
    said = [f"Có mặt {count_phrase(sum(here.values()), 'đồng chí')}{': ' if sides else ''}{sides}"]
    said += [f"vắng {absent:02d}"] if absent else []
    said += [f"chưa điểm danh {expected:02d}"] if expected else []
    return "; ".join(said) + "."


def suggestions(session: Session, checklist_session_id: int, people: Sequence[Attendance]) -> list[Suggestion]:
    """The unit's own account first, then who came to its earlier half-days; nobody who is listed."""
    listed = {one.name for one in people}
    has_presenter = any(one.side == "unit" and one.part == PRESENTER for one in people)
    found: list[Suggestion] = []
    for one in _offered(session, checklist_session_id, has_presenter):
        if one.name not in listed:
            listed.add(one.name)
            found.append(one)
    return found[:MOST_SUGGESTED]


def _offered(session: Session, checklist_session_id: int, has_presenter: bool) -> Iterator[Suggestion]:
    for name, rank, office, account_id in session.execute(_ACCOUNTS, {"id": checklist_session_id}):
        part = "" if has_presenter else PRESENTER
        has_presenter = True
        yield Suggestion("unit", name, rank, office, part, "tài khoản của đơn vị", account_id)
    for side, name, rank, office, part in session.execute(_EARLIER, {"id": checklist_session_id}):
        role = "" if part == PRESENTER and has_presenter else part
        yield Suggestion(side, name, rank, office, role, "lần kiểm tra trước")


_HERE = aliased(ChecklistSession)
_ACCOUNTS = (
    select(Account.name, Account.rank, Account.office, Account.id)
    .join(_HERE, _HERE.unit_id == Account.unit_id)
    .where(_HERE.id == bindparam("id"), Account.role == "unit", Account.disabled_at.is_(None))
    .order_by(Account.id)
)
_EARLIER = (
    select(Attendance.side, Attendance.name, Attendance.rank, Attendance.office, Attendance.part)
    .join(ChecklistSession, ChecklistSession.id == Attendance.checklist_session_id)
    .join(_HERE, _HERE.unit_id == ChecklistSession.unit_id)
    .where(
        _HERE.id == bindparam("id"),
        ChecklistSession.id != _HERE.id,
        Attendance.side != "team",
        Attendance.presence == "present",
    )
    .order_by(ChecklistSession.id.desc(), Attendance.position)
    .limit(100)
)
