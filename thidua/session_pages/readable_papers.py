"""The papers of a plan's half-days that a person may read."""

from sqlalchemy import and_, select

from thidua.extensions import db
from thidua.models import Actor, ChecklistSession, PlanUnit, TeamMember, Unit
from thidua.models.paper_links import PaperLine, papers_of_plan
from thidua.permissions import may, standing_in


def readable_papers(plan_id: int, person: Actor) -> list[tuple[str, list[PaperLine]]]:
    """[(unit, its papers), …] in the plan's order; units without any paper that this person may read are left out."""
    mine = TeamMember.__table__.alias("mine")
    rows = db.session.execute(
        select(ChecklistSession.id, ChecklistSession.unit_id, Unit.name, mine.c.role)
        .join(PlanUnit, PlanUnit.id == ChecklistSession.plan_unit_id)
        .join(Unit, Unit.id == ChecklistSession.unit_id)
        .outerjoin(mine, and_(mine.c.team_id == PlanUnit.team_id, mine.c.account_id == person.id))
        .where(ChecklistSession.plan_id == plan_id)
        .order_by(PlanUnit.position, PlanUnit.id)
    ).all()
    lines = papers_of_plan(db.session(), plan_id)
    readable = []
    for id, unit_id, name, role in rows:
        standing = standing_in(person, team_role=role, label="", unit_id=unit_id, checklist_session_id=id)
        sees_all = may("see_history", person, standing)
        its_papers = [one for one in lines if one.checklist_session_id == id and (sees_all or one.is_public)]
        if its_papers and may("see_papers", person, standing):
            readable.append((name, its_papers))
    return readable
