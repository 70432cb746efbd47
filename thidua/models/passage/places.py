"""Where passages come from, for showing them: unit, plan and conclusion of their checklist sessions."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from thidua.models.checklist_session import ChecklistSession
from thidua.models.conclusion import Conclusion
from thidua.models.paper import ADDENDUM, MINUTES
from thidua.models.paper_links import PaperLine, papers_of
from thidua.models.passage.row import Passage
from thidua.models.passage.search import Hit
from thidua.models.plan import Plan
from thidua.models.unit import Unit
from thidua.rules import lifecycle


@dataclass(frozen=True, slots=True)
class Place:
    """The half-day a passage belongs to, and the page where it can be read. ``papers`` follow its minutes."""

    unit: str
    plan: str
    address: str
    papers: tuple[PaperLine, ...] = ()

    @property
    def addenda(self) -> tuple[PaperLine, ...]:
        """What corrects the minutes."""
        return tuple(one for one in self.papers if one.role == ADDENDUM)

    def address_of(self, passage: Passage) -> str:
        """The page of an addendum or a notice, or that of the half-day."""
        named = (one.address for one in self.papers if (one.role, one.title) == (passage.kind, passage.title))
        return next(named, self.address)


def places_of(session: Session, hits: Iterable[Hit]) -> dict[int, Place]:
    """For each checklist session of the hits; few queries, however many they are."""
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
    ).all()
    papers = papers_of(session, [conclusion_id for *_, conclusion_id in rows if conclusion_id])
    return {
        id: Place(
            unit,
            plan.label,
            _address(id, state, conclusion_id),
            tuple(one for one in papers.get(conclusion_id, ()) if one.role != MINUTES),
        )
        for id, state, unit, plan, conclusion_id in rows
    }


def _address(checklist_session_id: int, state: str, conclusion_id: int | None) -> str:
    if conclusion_id is None or state in (lifecycle.PLANNED, lifecycle.OPEN):
        return f"/checklist-sessions/{checklist_session_id}"
    return f"/conclusions/{conclusion_id}"
