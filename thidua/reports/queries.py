"""What the pages of reports read: how far each plan has come, and the half-days of one."""

from collections.abc import Collection, Sequence
from typing import Any

from flask import abort
from sqlalchemy import Row, and_, case, func, select

from thidua.extensions import db
from thidua.models import ChecklistSession, Conclusion, Paper, Plan, PlanUnit, RecommendationReview, Remark, Unit
from thidua.models.follow_up import DONE_WITH
from thidua.models.paper import ADDENDUM, MINUTES
from thidua.models.paper_links import papers_of_plan
from thidua.rules.lifecycle import SIGNED


def plans_with_progress() -> list[tuple[Plan, int, int]]:
    """[(plan, number of units, number of units with signed minutes), …], newest first."""
    is_signed = case((ChecklistSession.state == SIGNED, 1), else_=0)
    counted = (
        select(PlanUnit.plan_id, func.count().label("units"), func.sum(is_signed).label("signed"))
        .outerjoin(ChecklistSession, ChecklistSession.plan_unit_id == PlanUnit.id)
        .group_by(PlanUnit.plan_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Plan, func.coalesce(counted.c.units, 0), func.coalesce(counted.c.signed, 0))
        .outerjoin(counted, counted.c.plan_id == Plan.id)
        .order_by(Plan.year.desc(), Plan.issued_on.desc(), Plan.id.desc())
    )
    return [(plan, units, signed) for plan, units, signed in rows]


def plan_of(plan_id: int) -> Plan:
    """404 when there is none."""
    return db.session.get(Plan, plan_id) or abort(404)


def half_days_of(plan_id: int) -> Sequence[Row[Any]]:
    """One row for each unit of the plan, in its order; ``frozen`` (and the number) only of signed minutes."""
    is_signed = ChecklistSession.state == SIGNED
    return db.session.execute(
        select(
            Unit.name,
            PlanUnit.on_date,
            ChecklistSession.id,
            ChecklistSession.state,
            ChecklistSession.opened_at,
            ChecklistSession.checklist_id,
            ChecklistSession.unit_kind,
            Paper.number,
            Paper.symbol,
            Paper.frozen,
            Paper.frozen_at,
        )
        .select_from(PlanUnit)
        .join(Unit, Unit.id == PlanUnit.unit_id)
        .outerjoin(ChecklistSession, ChecklistSession.plan_unit_id == PlanUnit.id)
        .outerjoin(Conclusion, Conclusion.checklist_session_id == ChecklistSession.id)
        .outerjoin(Paper, and_(Paper.conclusion_id == Conclusion.id, Paper.role == MINUTES, is_signed))
        .where(PlanUnit.plan_id == plan_id)
        .order_by(PlanUnit.position, PlanUnit.id)
    ).all()


def remarks_of(session_ids: Collection[int], kind: str) -> list[Remark]:
    """What stands of this kind in these half-days, oldest first."""
    return list(
        db.session.scalars(
            select(Remark)
            .where(Remark.checklist_session_id.in_(session_ids), Remark.kind == kind, Remark.withdrawn_at.is_(None))
            .order_by(Remark.id)
        )
    )


def last_answers(remark_ids: Collection[int]) -> dict[int, str]:
    """What the latest inspection with frozen minutes found about each of these recommendations (rules.follow_up)."""
    rows = db.session.execute(
        select(RecommendationReview.remark_id, RecommendationReview.answer)
        .join(ChecklistSession, ChecklistSession.id == RecommendationReview.checklist_session_id)
        .where(RecommendationReview.remark_id.in_(remark_ids), ChecklistSession.state.in_(DONE_WITH))
        .order_by(ChecklistSession.opened_at, RecommendationReview.id)
    )
    return {row.remark_id: row.answer for row in rows}


def signed_addenda(plan_id: int) -> list[str]:
    """The titles of what corrects the plan's minutes: the figures of the minutes stay as they were signed."""
    lines = papers_of_plan(db.session(), plan_id)
    return [one.title for one in lines if one.role == ADDENDUM and one.is_signed]
