"""What the pages of plans show: one function a page."""

from collections.abc import Iterable
from datetime import date

from flask import abort
from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from thidua.extensions import begin_writing, db
from thidua.models import (
    Account,
    Checklist,
    ChecklistSession,
    Plan,
    PlanDocument,
    PlanUnit,
    ReferenceDocument,
    Team,
    TeamMember,
    Unit,
)
from thidua.models.checklist import PUBLISHED

LOADED = (
    selectinload(Plan.plan_units).joinedload(PlanUnit.unit),
    selectinload(Plan.plan_units).joinedload(PlanUnit.team),
    selectinload(Plan.teams).selectinload(Team.members).joinedload(TeamMember.account),
    selectinload(Plan.documents).joinedload(PlanDocument.reference_document),
)


def plans_by_year() -> list[tuple[int, list[tuple[Plan, int, int]]]]:
    """[(year, [(plan, number of units, number of checklist sessions), …]), …], newest first."""
    units = select(PlanUnit.plan_id, func.count().label("times")).group_by(PlanUnit.plan_id).subquery()
    sessions = (
        select(ChecklistSession.plan_id, func.count().label("times")).group_by(ChecklistSession.plan_id).subquery()
    )
    rows = db.session.execute(
        select(Plan, func.coalesce(units.c.times, 0), func.coalesce(sessions.c.times, 0))
        .outerjoin(units, units.c.plan_id == Plan.id)
        .outerjoin(sessions, sessions.c.plan_id == Plan.id)
        .order_by(Plan.year.desc(), Plan.issued_on.desc(), Plan.id.desc())
    )
    years: dict[int, list[tuple[Plan, int, int]]] = {}
    for plan, unit_count, session_count in rows:
        years.setdefault(plan.year, []).append((plan, unit_count, session_count))
    return list(years.items())


def plan_page(plan_id: int) -> Plan:
    """A plan with everything that belongs to it; 404 when there is none."""
    return db.session.scalar(select(Plan).where(Plan.id == plan_id).options(*LOADED)) or abort(404)


def plan_for_change(plan_id: int) -> Plan:
    """The same inside a writing transaction, its row locked."""
    begin_writing()
    statement = select(Plan).where(Plan.id == plan_id).options(*LOADED).with_for_update(of=Plan)
    return db.session.scalar(statement.execution_options(populate_existing=True)) or abort(404)


def latest_plan() -> Plan | None:
    """The plan whose text a new one begins with."""
    return db.session.scalar(select(Plan).order_by(Plan.year.desc(), Plan.id.desc()).limit(1))


def same_number(number: int, symbol: str, year: int, but: int | None) -> Plan | None:
    """Another plan that carries this number in this year."""
    return db.session.scalar(
        select(Plan).where(Plan.number == number, Plan.symbol == symbol, Plan.year == year, Plan.id != (but or 0))
    )


def sessions_of(plan_id: int) -> dict[int, ChecklistSession]:
    """The plan's checklist sessions by plan unit."""
    found = db.session.scalars(select(ChecklistSession).where(ChecklistSession.plan_id == plan_id))
    return {one.plan_unit_id: one for one in found}


def booked_on(days: Iterable[date]) -> list[PlanUnit]:
    """Every half-day of every plan on these days, with its unit, its plan and its team."""
    return list(
        db.session.scalars(
            select(PlanUnit)
            .where(PlanUnit.on_date.in_(set(days)))
            .order_by(PlanUnit.id)
            .options(
                joinedload(PlanUnit.unit),
                joinedload(PlanUnit.plan),
                joinedload(PlanUnit.team).selectinload(Team.members).joinedload(TeamMember.account),
            )
        ).unique()
    )


def published_checklists() -> list[Checklist]:
    """What a checklist session may be scored with, the one published last first."""
    order = (Checklist.published_at.desc(), Checklist.id.desc())
    return list(db.session.scalars(select(Checklist).where(Checklist.state == PUBLISHED).order_by(*order)))


def possible_members(plan: Plan) -> list[Account]:
    """Who may sit on a team: inspectors and staff with an open account, and whoever sits there already."""
    seated = {member.account_id for team in plan.teams for member in team.members}
    return list(
        db.session.scalars(
            select(Account).where(
                or_(Account.id.in_(seated), Account.role.in_(("inspector", "staff")) & Account.disabled_at.is_(None))
            )
        )
    )


def all_units() -> list[Unit]:
    """Every unit in the federation's order."""
    return list(db.session.scalars(select(Unit).order_by(Unit.position, Unit.id)))


def other_documents(plan: Plan) -> list[ReferenceDocument]:
    """The reference documents that the plan does not cite yet, newest first."""
    cited = [document.reference_document_id for document in plan.documents]
    return list(
        db.session.scalars(
            select(ReferenceDocument)
            .where(ReferenceDocument.id.not_in(cited))
            .order_by(ReferenceDocument.issued_on.desc(), ReferenceDocument.id)
        )
    )


def document_printed(number: str) -> ReferenceDocument | None:
    """The reference document with this printed number."""
    return db.session.scalar(select(ReferenceDocument).where(ReferenceDocument.number_as_printed == number))
