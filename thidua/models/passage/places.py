"""Where passages come from, for showing them: unit, plan and conclusion of their checklist sessions."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from thidua.models.checklist_session import ChecklistSession
from thidua.models.conclusion import Conclusion
from thidua.models.passage.search import Hit
from thidua.models.plan import Plan
from thidua.models.unit import Unit
from thidua.rules import lifecycle


@dataclass(frozen=True, slots=True)
class Place:
    """The half-day a passage belongs to, and the page where it can be read."""

    unit: str
    plan: str
    address: str


def places_of(session: Session, hits: Iterable[Hit]) -> dict[int, Place]:
    """For each checklist session of the hits; one query."""
    ids = {hit.passage.checklist_session_id for hit in hits}
    if not ids:
        return {}
    rows = session.execute(
        select(ChecklistSession.id, ChecklistSession.state, Unit.name, Plan, Conclusion.id)
        .join(Unit, Unit.id == ChecklistSession.unit_id)
        .join(Plan, Plan.id == ChecklistSession.plan_id)
        .outerjoin(Conclusion, Conclusion.checklist_session_id == ChecklistSession.id)
        .options(load_only(Plan.number, Plan.symbol, Plan.number_line))
        .where(ChecklistSession.id.in_(ids))
    )
    return {
        id: Place(unit, plan.label, _address(id, state, conclusion_id)) for id, state, unit, plan, conclusion_id in rows
    }


def _address(checklist_session_id: int, state: str, conclusion_id: int | None) -> str:
    if conclusion_id is None or state in (lifecycle.PLANNED, lifecycle.OPEN):
        return f"/checklist-sessions/{checklist_session_id}"
    return f"/conclusions/{conclusion_id}"
