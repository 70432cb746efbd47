"""The live parts of the meeting pages: each one query and one partial, a pure function of state and audience.

Audiences: "head" (head of team and secretary), "team" (members, and the office looking on), "unit",
"projector".
"""

from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.models import ChecklistSession, Criterion, Exchange, Remark
from thidua.models.meeting import EXCHANGE_KINDS, REMARK_KINDS, UNIT_REMARKS
from thidua.permissions import HEAD, INSPECTED, SECRETARY
from thidua.rules import lifecycle
from thidua.rules.agenda import ready_reasons
from thidua.rules.turns import OPENING, Spoken, in_turns
from thidua.session_pages.schedule import Schedule, schedule_of

_AUDIENCES = {HEAD: "head", SECRETARY: "head", INSPECTED: "unit"}


def meeting_audience(part: str) -> str:
    """Whose meeting parts a person with this part in the session sees."""
    return _AUDIENCES.get(part, "team")


def kinds_seen(audience: str, state: str) -> frozenset[str]:
    """The kinds of remarks an audience may read: until scoring is closed, the unit only its own."""
    if audience in ("unit", "projector") and state in (lifecycle.PLANNED, lifecycle.OPEN):
        return UNIT_REMARKS
    return frozenset(REMARK_KINDS)


def agenda_part(session: Session, checklist_session_id: int, audience: str) -> str:
    """The steps of the half-day with their planned and real times."""
    return _agenda(schedule_of(session, checklist_session_id), checklist_session_id, audience)


def step_part(session: Session, checklist_session_id: int, audience: str) -> str:
    """What a change of a step touches: the agenda, and the small timer in the header of every page."""
    schedule = schedule_of(session, checklist_session_id)
    timer = _render("_session_timer", checklist_session_id, audience, schedule.state, schedule=schedule)
    return f"{_agenda(schedule, checklist_session_id, audience)}\n{timer}"


def _agenda(schedule: Schedule, checklist_session_id: int, audience: str) -> str:
    state = schedule.state
    return _render("_agenda", checklist_session_id, audience, state, schedule=schedule, reasons=ready_reasons)


def remarks_part(session: Session, checklist_session_id: int, audience: str) -> str:
    """The remarks this audience may read, by kind."""
    rows = session.execute(
        select(ChecklistSession.state, Remark, Criterion.number)
        .outerjoin(Remark, Remark.checklist_session_id == ChecklistSession.id)
        .outerjoin(Criterion, Criterion.id == Remark.criterion_id)
        .where(ChecklistSession.id == checklist_session_id)
        .order_by(Remark.id)
    ).all()
    state = rows[0].state
    seen = kinds_seen(audience, state)
    readable = [(remark, number) for _, remark, number in rows if remark and remark.kind in seen]
    standing = [pair for pair in readable if not pair[0].withdrawn_at]
    groups = [
        (kind, label, [pair for pair in standing if pair[0].kind == kind]) for kind, label in REMARK_KINDS.items()
    ]
    return _render(
        "_remarks",
        checklist_session_id,
        audience,
        state,
        kinds=REMARK_KINDS,
        groups=[group for group in groups if group[2]],
        withdrawn=[pair for pair in readable if pair[0].withdrawn_at],
    )


def exchanges_part(session: Session, checklist_session_id: int, audience: str) -> str:
    """What was asked, answered, explained and rebutted: the latest question first, what it led to under it."""
    rows = session.execute(
        select(ChecklistSession.state, Exchange, Criterion.number)
        .outerjoin(Exchange, Exchange.checklist_session_id == ChecklistSession.id)
        .outerjoin(Criterion, Criterion.id == Exchange.criterion_id)
        .where(ChecklistSession.id == checklist_session_id)
        .order_by(Exchange.id)
    ).all()
    said = [(exchange, number) for _, exchange, number in rows if exchange]
    standing = [pair for pair in said if not pair[0].withdrawn_at]
    turns = in_turns(
        Spoken(one.id, one.kind, one.criterion_id, one.answers_id, (one, number)) for one, number in standing
    )
    return _render(
        "_exchanges",
        checklist_session_id,
        audience,
        rows[0].state,
        kinds=EXCHANGE_KINDS,
        opening=OPENING,
        standing=[pair for turn in reversed(turns) for pair in turn],
        withdrawn=[pair for pair in said if pair[0].withdrawn_at],
    )


def _render(name: str, checklist_session_id: int, audience: str, state: str, **values: Any) -> str:
    template = current_app.jinja_env.get_template(f"checklist_sessions/{name}.html")
    return template.render(id=checklist_session_id, audience=audience, state=state, **values)
