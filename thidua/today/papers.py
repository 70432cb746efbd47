"""Addenda and notices that wait for this person's signature; the minutes come with their half-day."""

from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import defer, selectinload

from thidua.extensions import db
from thidua.issuing.finding import may_sign
from thidua.models import Actor, ChecklistSession, Conclusion, Paper, PlanUnit, TeamMember, Unit
from thidua.models.paper import ADDENDUM, NOTICE
from thidua.permissions import standing_in
from thidua.rules.signing import SEAL


@dataclass(frozen=True, slots=True)
class PaperToSign:
    """A paper and where it is signed."""

    title: str
    unit: str
    address: str


def papers_to_sign(person: Actor) -> list[PaperToSign]:
    """Oldest first. One query, and the signatures where there are such papers at all."""
    mine = TeamMember.__table__.alias("mine")
    rows = db.session.execute(
        select(Paper, ChecklistSession.id, ChecklistSession.unit_id, Unit.name, mine.c.role)
        .join(Conclusion, Conclusion.id == Paper.conclusion_id)
        .join(ChecklistSession, ChecklistSession.id == Conclusion.checklist_session_id)
        .join(PlanUnit, PlanUnit.id == ChecklistSession.plan_unit_id)
        .join(Unit, Unit.id == ChecklistSession.unit_id)
        .outerjoin(mine, and_(mine.c.team_id == PlanUnit.team_id, mine.c.account_id == person.id))
        .where(Paper.role.in_((ADDENDUM, NOTICE)))
        .options(selectinload(Paper.signatures), defer(Paper.frozen))
        .order_by(Paper.id)
    )
    found = []
    for paper, checklist_session_id, unit_id, unit, role in rows:
        standing = standing_in(
            person, team_role=role, label="", unit_id=unit_id, checklist_session_id=checklist_session_id
        )
        asked = (one for one in paper.signing_parts if one.part in paper.turn and one.part != SEAL)
        if any(may_sign(one, person, standing) for one in asked):
            found.append(PaperToSign(paper.title, unit, f"/papers/{paper.id}"))
    return found
