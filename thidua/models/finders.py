"""Finding rows that several rooms need; each function names all it loads."""

from collections import defaultdict
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from sqlalchemy import Row, Select, and_, bindparam, func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, joinedload, selectinload

from thidua.models.checklist import DRAFT, Checklist
from thidua.models.checklist_session import ChecklistSession
from thidua.models.criterion_round import CriterionRound
from thidua.models.journal import JournalEntry
from thidua.models.meeting import Attendance
from thidua.models.plan import PlanUnit, Team, TeamMember, team_label
from thidua.models.score import Score
from thidua.rules import lifecycle
from thidua.rules.blind import OPEN_BOOK, BlindRound, Hidden, blind_round
from thidua.rules.sheet import Sheet

# A published checklist never changes, so its tree is built once per database.
_sheets: WeakKeyDictionary[Engine, dict[tuple[int, str], Sheet]] = WeakKeyDictionary()


class HasSheet(Protocol):
    """A half-day, or the two columns of it that say which sheet is scored."""

    checklist_id: Any
    unit_kind: Any


def session_sheet(session: Session, checklist_session: HasSheet | Row[Any]) -> Sheet:
    """The score sheet of a half-day: what applies to the unit's kind of its checklist."""
    return sheet_of(session, checklist_session.checklist_id, checklist_session.unit_kind)


def sheet_of(session: Session, checklist_id: int, unit_kind: str = "") -> Sheet:
    """The score sheet with this id as a value, whole or for one kind of unit; published ones from memory.

    Raises KeyError when there is none.
    """
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    known = _sheets.setdefault(engine, {})
    if (checklist_id, unit_kind) in known:
        return known[checklist_id, unit_kind]
    checklist = session.scalar(
        select(Checklist).where(Checklist.id == checklist_id).options(selectinload(Checklist.criteria))
    )
    if checklist is None:
        raise KeyError(checklist_id)
    sheet = checklist.sheet.for_kind(unit_kind)
    if checklist.state != DRAFT:
        known[checklist_id, unit_kind] = sheet
    return sheet


def session_with_part(
    checklist_session_id: int, account_id: int
) -> Select[tuple[ChecklistSession, str | None, int | None]]:
    """A checklist session with the asking person's team role and place among the members (None: not on the team)."""
    mine = TeamMember.__table__.alias("mine")
    before = TeamMember.__table__.alias("before")
    place = (
        select(func.count())
        .select_from(before)
        .where(before.c.team_id == mine.c.team_id, before.c.role == "member", before.c.position <= mine.c.position)
        .scalar_subquery()
    )
    return (
        select(ChecklistSession, mine.c.role, place)
        .join(PlanUnit, PlanUnit.id == ChecklistSession.plan_unit_id)
        .outerjoin(mine, and_(mine.c.team_id == PlanUnit.team_id, mine.c.account_id == account_id))
        .where(ChecklistSession.id == checklist_session_id)
    )


def part_label(role: str | None, place: int | None) -> str:
    """The short name that goes with ``session_with_part``: "Thư ký", "TV 2"."""
    return team_label(role, place or 0) if role else ""


def blind_round_of(session: Session, checklist_session: ChecklistSession) -> BlindRound:
    """Whom the session's blind first round awaits and what was revealed; asks nothing when there is no such round."""
    if not checklist_session.blind_first_round or checklist_session.state != lifecycle.OPEN:
        return OPEN_BOOK
    asked = {"id": checklist_session.id, "plan_unit_id": checklist_session.plan_unit_id}
    return blind_round(
        True, checklist_session.state, session.scalars(_AWAITED, asked), session.scalars(_REVEALED, asked)
    )


def hidden_of(session: Session, checklist_session: ChecklistSession) -> Hidden:
    """What the session's blind first round hides now, for pages that tell of many criteria."""
    blind = blind_round_of(session, checklist_session)
    if not blind.holds:
        return Hidden()
    proposed: dict[int, set[int]] = defaultdict(set)
    for criterion_id, holder in session.execute(_PROPOSED, {"id": checklist_session.id}):
        proposed[criterion_id].add(holder)
    return Hidden(blind, proposed)


_PROPOSED = select(Score.criterion_id, Score.holder).where(
    Score.checklist_session_id == bindparam("id"), Score.perspective == "proposed"
)
_ABSENT = select(Attendance.account_id).where(
    Attendance.checklist_session_id == bindparam("id"),
    Attendance.presence == "absent",
    Attendance.account_id.is_not(None),
)
_AWAITED = (
    select(TeamMember.account_id)
    .join(PlanUnit, PlanUnit.team_id == TeamMember.team_id)
    .where(PlanUnit.id == bindparam("plan_unit_id"), TeamMember.role != "head", TeamMember.account_id.not_in(_ABSENT))
)
_REVEALED = select(CriterionRound.criterion_id).where(
    CriterionRound.checklist_session_id == bindparam("id"), CriterionRound.revealed_at.is_not(None)
)


def planned_sessions(
    session: Session, *, plan_id: int | None = None, unit_id: int | None = None
) -> list[ChecklistSession]:
    """The half-days of a plan or of a unit that have not begun, locked, with what ``planning.follow_plan`` needs."""
    team = joinedload(ChecklistSession.plan_unit).joinedload(PlanUnit.team).selectinload(Team.members)
    statement = (
        select(ChecklistSession)
        .where(ChecklistSession.state == lifecycle.PLANNED)
        .options(
            selectinload(ChecklistSession.attendances),
            team.joinedload(TeamMember.account),
            joinedload(ChecklistSession.plan_unit).joinedload(PlanUnit.unit),
        )
        .order_by(ChecklistSession.id)
        .with_for_update(of=ChecklistSession)
        .execution_options(populate_existing=True)
    )
    if plan_id is not None:
        statement = statement.where(ChecklistSession.plan_id == plan_id)
    if unit_id is not None:
        statement = statement.where(ChecklistSession.unit_id == unit_id)
    return list(session.scalars(statement).unique())


def operation(session: Session, op_id: str) -> JournalEntry | None:
    """The journal entry that this operation made, if it was done before."""
    return session.scalar(_OPERATION, {"op_id": op_id})


_OPERATION = select(JournalEntry).where(JournalEntry.op_id == bindparam("op_id"))
