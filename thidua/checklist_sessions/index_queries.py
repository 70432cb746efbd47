"""The checklist sessions a person may see, in one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from thidua.models import Account, Actor, ChecklistSession, Plan, PlanUnit, Team, TeamMember, Unit
from thidua.models.plan import HALVES, TEAM_ROLES
from thidua.permissions import OFFICE
from thidua.permissions import UNIT as UNIT_ROLE
from thidua.rules.lifecycle import LABELS, OPEN


@dataclass(frozen=True, slots=True)
class Row:
    """One half-day of the list."""

    id: int
    state: str
    unit: str
    plan_id: int
    plan: str
    year: int
    on_date: date | None
    half: str
    place: str
    team: str
    head: str
    my_role: str

    @property
    def state_label(self) -> str:
        return LABELS[self.state]

    @property
    def half_label(self) -> str:
        return HALVES.get(self.half, "")

    @property
    def my_role_label(self) -> str:
        return TEAM_ROLES.get(self.my_role, "")


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading."""

    title: str
    rows: list[Row]


def visible_sessions(session: Session, person: Actor) -> list[Row]:
    """Own teams' for inspectors, the own unit's for units, all for the office."""
    mine, head = aliased(TeamMember), aliased(TeamMember)
    statement = (
        select(
            ChecklistSession.id,
            ChecklistSession.state,
            Unit.name,
            Plan,
            PlanUnit.on_date,
            PlanUnit.half,
            PlanUnit.place,
            Team.name,
            Account.name,
            mine.role,
        )
        .join(Unit, Unit.id == ChecklistSession.unit_id)
        .join(Plan, Plan.id == ChecklistSession.plan_id)
        .join(PlanUnit, PlanUnit.id == ChecklistSession.plan_unit_id)
        .outerjoin(Team, Team.id == PlanUnit.team_id)
        .outerjoin(head, and_(head.team_id == Team.id, head.role == "head"))
        .outerjoin(Account, Account.id == head.account_id)
        .outerjoin(mine, and_(mine.team_id == Team.id, mine.account_id == person.id))
        .order_by(PlanUnit.position, ChecklistSession.id)
    )
    if person.role not in OFFICE:
        own_unit = ChecklistSession.unit_id == person.unit_id
        statement = statement.where(
            or_(mine.id.is_not(None), own_unit) if person.role == UNIT_ROLE else mine.id.is_not(None)
        )
    return [
        Row(
            identity,
            state,
            unit,
            plan.id,
            plan.label,
            plan.year,
            on_date,
            half,
            place,
            team or "",
            leader or "",
            role or "",
        )
        for identity, state, unit, plan, on_date, half, place, team, leader, role in session.execute(statement)
    ]


def grouped(rows: Iterable[Row], today: date) -> list[Group]:
    """Under way and today first, then what comes, what has no day yet, and the past, latest first."""
    groups: dict[str, list[Row]] = {"Đang diễn ra": [], "Hôm nay": [], "Sắp tới": [], "Chưa xếp lịch": [], "Đã qua": []}
    for row in rows:
        groups["Đang diễn ra" if row.state == OPEN else _heading(row.on_date, today)].append(row)
    for rows_of_group in groups.values():
        rows_of_group.sort(key=lambda row: (row.on_date or today, row.half == "afternoon"))
    groups["Đã qua"].reverse()
    return [Group(title, found) for title, found in groups.items() if found]


def _heading(on_date: date | None, today: date) -> str:
    if on_date is None:
        return "Chưa xếp lịch"
    return "Hôm nay" if on_date == today else "Sắp tới" if on_date > today else "Đã qua"
