"""Freezing the minutes: what is frozen with them, beside the document itself."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from thidua.conclusions.facts import HalfDay, half_day
from thidua.issuing.freezing import Composed, freeze_paper
from thidua.models import Conclusion, Paper
from thidua.models.paper import MINUTES
from thidua.rules.documents import Document
from thidua.rules.points import api_points
from thidua.rules.signing import parts_of
from thidua.rules.wording import compose_minutes


def draft_document(session: Session, conclusion: Conclusion, *, open_book: bool) -> tuple[HalfDay, Document]:
    """The minutes as they would be now, marked as a draft (``open_book``: see ``half_day``)."""
    read = half_day(session, conclusion, open_book=open_book)
    return read, compose_minutes(read.facts, draft=True)


def new_minutes(session: Session, conclusion: Conclusion, *, by_name: str, at: datetime) -> Paper:
    """The frozen minutes; call it under the session's lock, before the freezing verb."""

    def compose(code: str) -> Composed:
        read = half_day(session, conclusion, code=code, issued_at=at)
        return compose_minutes(read.facts), {
            "scores": _plain_scores(read),
            "total": api_points(read.totals.points),
            "maximum": api_points(read.totals.maximum),
            "grade": read.grade.label,
            "unit": read.checklist_session.unit.name,
        }

    return freeze_paper(session, conclusion, compose, role=MINUTES, kind="BB", parts=parts_of(), by_name=by_name, at=at)


def _plain_scores(read: HalfDay) -> list[dict[str, Any]]:
    rows = sorted(
        read.checklist_session.scores, key=lambda score: (score.criterion_id, score.perspective, score.holder)
    )
    return [
        {
            "criterion": score.criterion_id,
            "perspective": score.perspective,
            "holder": score.holder,
            "by": score.by_name,
            **score.value,
        }
        for score in rows
    ]
