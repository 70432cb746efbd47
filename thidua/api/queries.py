"""What the read API answers, as plain values; one function an address."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload, selectinload

from thidua.extensions import db
from thidua.models import (
    Actor,
    ChecklistSession,
    Conclusion,
    JournalEntry,
    Plan,
    PlanUnit,
    Score,
    Team,
    TeamMember,
    Unit,
)
from thidua.models.paper_links import papers_of
from thidua.permissions import may, standing_in
from thidua.rules.blind import Hidden

Plain = dict[str, Any]


def units() -> list[Plain]:
    """Every unit, in the federation's own order."""
    return [
        {name: getattr(unit, name) for name in ("id", "name", "kind", "kind_label", "area")}
        for unit in db.session.scalars(select(Unit).order_by(Unit.position, Unit.id))
    ]


def plans() -> list[Plain]:
    """Every plan, the latest first."""
    rows = db.session.scalars(select(Plan).order_by(Plan.year.desc(), Plan.number.desc(), Plan.id.desc()))
    return [_plan_line(plan) for plan in rows]


def plan(plan_id: int) -> Plain | None:
    """One plan with its units and teams; None when there is none."""
    plan = db.session.scalar(
        select(Plan)
        .where(Plan.id == plan_id)
        .options(
            selectinload(Plan.plan_units).joinedload(PlanUnit.unit),
            selectinload(Plan.teams).selectinload(Team.members).joinedload(TeamMember.account),
        )
    )
    if plan is None:
        return None
    sessions = select(ChecklistSession.plan_unit_id, ChecklistSession.id).where(ChecklistSession.plan_id == plan_id)
    session_of = dict(tuple(row) for row in db.session.execute(sessions))
    return _plan_line(plan) | {
        "units": [
            {
                "id": one.unit_id,
                "name": one.unit.name,
                "on_date": _text(one.on_date),
                "half": one.half,
                "place": one.place,
                "team_id": one.team_id,
                "checklist_session_id": session_of.get(one.id),
            }
            for one in plan.plan_units
        ],
        "teams": [
            {
                "id": team.id,
                "name": team.name,
                "members": [{"name": member.account.name, "role": member.role} for member in team.members],
            }
            for team in plan.teams
        ],
    }


def checklist_sessions(person: Actor, state: str) -> list[Plain]:
    """The checklist sessions this person may see, of one state or of all."""
    mine = TeamMember.__table__.alias("mine")
    statement = (
        select(ChecklistSession, mine.c.role)
        .join(ChecklistSession.plan_unit)
        .outerjoin(mine, and_(mine.c.team_id == PlanUnit.team_id, mine.c.account_id == person.id))
        .options(joinedload(ChecklistSession.unit), joinedload(ChecklistSession.plan))
        .order_by(ChecklistSession.id)
    )
    if state:
        statement = statement.where(ChecklistSession.state == state)
    return [
        _session_line(one)
        for one, role in db.session.execute(statement)
        if may(
            "see_session",
            person,
            standing_in(person, team_role=role, label="", unit_id=one.unit_id, checklist_session_id=one.id),
        )
    ]


def heading(checklist_session_id: int) -> Plain:
    """What is said of a checklist session before its scores."""
    one = db.session.scalars(
        select(ChecklistSession)
        .where(ChecklistSession.id == checklist_session_id)
        .options(joinedload(ChecklistSession.unit), joinedload(ChecklistSession.plan))
        .execution_options(populate_existing=True)
    ).one()
    return _session_line(one) | {"opened_at": _text(one.opened_at), "closed_at": _text(one.closed_at)}


def scores(checklist_session_id: int) -> list[Score]:
    """Every score of a checklist session as it stands."""
    return list(
        db.session.scalars(select(Score).where(Score.checklist_session_id == checklist_session_id).order_by(Score.id))
    )


def conclusion(checklist_session_id: int) -> Conclusion | None:
    """The conclusion, which may carry another grade than the computed one."""
    return db.session.scalar(select(Conclusion).where(Conclusion.checklist_session_id == checklist_session_id))


def papers(conclusion: Conclusion | None, *, public: bool) -> list[Plain]:
    """The issued papers of a half-day: minutes, addenda, notices; ``amends`` is the paper that an addendum corrects.

    ``public``: only what the unit reads already.
    """
    if conclusion is None:
        return []
    return [
        {
            "id": one.id,
            "role": one.role,
            "number": one.number_label,
            "sha256": one.sha256,
            "frozen_at": _text(one.frozen_at),
            "means": one.means,
            "signed": one.is_signed,
            "waiting_for": list(one.missing),
            "amends": one.amends_id,
            "reason": one.reason,
            "url": one.address,
            "pdf": f"{one.address}.pdf",
        }
        for one in papers_of(db.session(), [conclusion.id])[conclusion.id]
        if one.is_public or not public
    ]


def journal(checklist_session_id: int, *, after: int, hidden: Hidden, reader_id: int) -> list[Plain]:
    """The journal's entries in order, with their chain as far as it gives nothing away."""
    entries = db.session.scalars(
        select(JournalEntry)
        .where(
            JournalEntry.checklist_session_id == checklist_session_id,
            JournalEntry.revision > (0 if hidden.blind.holds else after),
        )
        .order_by(JournalEntry.revision)
    )
    told, is_chain_shown = [], True
    for entry in entries:
        is_hidden = hidden.hides_entry(entry.kind, entry.content, is_mine=entry.actor_id == reader_id)
        prev_hash = entry.prev_hash if is_chain_shown else None
        is_chain_shown = is_chain_shown and not is_hidden
        told.append(
            _journal_line(entry, is_hidden) | {"prev_hash": prev_hash, "hash": entry.hash if is_chain_shown else None}
        )
    return [line for line in told if line["revision"] > after]


def _journal_line(entry: JournalEntry, is_hidden: bool) -> Plain:
    content = entry.content
    return {
        "revision": entry.revision,
        "op_id": entry.op_id,
        "kind": entry.kind,
        "by": entry.actor_name,
        "at": _text(entry.at),
        "payload": {"criterion_id": content["criterion_id"], "hidden": True} if is_hidden else content,
    }


def _plan_line(plan: Plan) -> Plain:
    return {
        "id": plan.id,
        "label": plan.label,
        "number": plan.number,
        "symbol": plan.symbol,
        "year": plan.year,
        "issued_on": _text(plan.issued_on),
        "subject": plan.subject,
    }


def _session_line(one: ChecklistSession) -> Plain:
    return {
        "id": one.id,
        "unit": one.unit.name,
        "unit_id": one.unit_id,
        "plan": one.plan.label,
        "plan_id": one.plan_id,
        "state": one.state,
        "revision": one.revision,
    }


def _text(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment else None
