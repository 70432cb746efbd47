"""Finding what earlier inspections of the unit recommended, with the answers this half-day has given so far."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from thidua.models.checklist_session import ChecklistSession
from thidua.models.conclusion import Conclusion
from thidua.models.meeting import Remark
from thidua.models.paper import MINUTES, Paper
from thidua.models.recommendation_review import RecommendationReview
from thidua.rules import lifecycle
from thidua.rules.follow_up import Inspected, to_be_reviewed
from thidua.rules.numbering import shown_number
from thidua.rules.words import day_of

DONE_WITH = (lifecycle.FROZEN, lifecycle.SIGNED)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an inspection found about a recommendation; ``version`` counts for the one of this half-day only."""

    answer: str
    note: str
    by: str
    at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Reviewable:
    """A recommendation to come back to: whose it is, from which minutes, and its answers here and before."""

    id: int
    text: str
    owner: str
    due_on: date | None
    minutes: str
    inspected_on: date
    session_id: int
    here: Answer | None
    before: Answer | None


def earlier_inspections(checklist_session_id: int, unit_id: int, opened_at: datetime | None) -> Select[Any]:
    """The unit's inspections with frozen or signed minutes that were opened before this one, the latest first."""
    statement = (
        select(ChecklistSession)
        .where(
            ChecklistSession.unit_id == unit_id,
            ChecklistSession.id != checklist_session_id,
            ChecklistSession.state.in_(DONE_WITH),
        )
        .order_by(ChecklistSession.opened_at.desc(), ChecklistSession.id.desc())
    )
    return statement.where(ChecklistSession.opened_at < opened_at) if opened_at else statement


def reviewables(session: Session, checklist_session: ChecklistSession) -> list[Reviewable]:
    """What this half-day is to come back to, in the order it is asked. At most two queries."""
    here = checklist_session.id
    rows = session.execute(
        earlier_inspections(here, checklist_session.unit_id, checklist_session.opened_at)
        .with_only_columns(
            ChecklistSession.id, ChecklistSession.opened_at, Paper.number, Paper.symbol, Paper.frozen_at, Remark
        )
        .join(Conclusion, Conclusion.checklist_session_id == ChecklistSession.id)
        .join(Paper, and_(Paper.conclusion_id == Conclusion.id, Paper.role == MINUTES))
        .outerjoin(
            Remark,
            and_(
                Remark.checklist_session_id == ChecklistSession.id,
                Remark.kind == "recommendation",
                Remark.withdrawn_at.is_(None),
            ),
        )
        .order_by(Remark.id)
    ).all()
    remarks = {remark.id: remark for *_, remark in rows if remark}
    if not remarks:
        return []
    days = {row.id: day_of(row.opened_at or row.frozen_at) for row in rows}
    mine, answers = _answers(session, here, list(remarks), days)
    recommended: dict[int, list[int]] = {row.id: [] for row in rows}
    for row in rows:
        recommended[row.id] += [row.Remark.id] if row.Remark else []
    asked = to_be_reviewed(
        [Inspected(one, days[one], tuple(ids)) for one, ids in recommended.items()],
        {remark: [(day, answer.answer) for day, answer in each] for remark, each in answers.items()},
        answered_here=mine,
    )
    minutes = {row.id: shown_number(row.number, "BB", row.symbol) for row in rows}
    return [_reviewable(remarks[one], minutes, days, mine, answers) for one in asked]


def _answers(
    session: Session, here: int, remark_ids: list[int], days: dict[int, date]
) -> tuple[dict[int, Answer], dict[int, list[tuple[date, Answer]]]]:
    """The answers of this half-day by recommendation, and those of the earlier ones with their days."""
    mine: dict[int, Answer] = {}
    before: dict[int, list[tuple[date, Answer]]] = defaultdict(list)
    for one in session.scalars(
        select(RecommendationReview)
        .where(RecommendationReview.remark_id.in_(remark_ids))
        .order_by(RecommendationReview.id)
    ):
        answer = Answer(one.answer, one.note, one.by_name, one.at, one.version)
        if one.checklist_session_id == here:
            mine[one.remark_id] = answer
        elif one.checklist_session_id in days:
            before[one.remark_id].append((days[one.checklist_session_id], answer))
    return mine, before


def _reviewable(
    remark: Remark,
    minutes: dict[int, str],
    days: dict[int, date],
    mine: dict[int, Answer],
    before: dict[int, list[tuple[date, Answer]]],
) -> Reviewable:
    inspection = remark.checklist_session_id
    last = max(before.get(remark.id, ()), key=lambda one: one[0], default=None)
    return Reviewable(
        id=remark.id,
        text=remark.text,
        owner=remark.owner,
        due_on=remark.due_on,
        minutes=minutes[inspection],
        inspected_on=days[inspection],
        session_id=inspection,
        here=mine.get(remark.id),
        before=last[1] if last else None,
    )
