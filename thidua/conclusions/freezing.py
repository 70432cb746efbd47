"""Freezing the minutes: what is frozen with them, beside the document itself."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from thidua.conclusions.facts import HalfDay, half_day
from thidua.issuing.drafting import Draft, register_composer
from thidua.issuing.freezing import Composed, freeze_paper
from thidua.models import Conclusion, Paper
from thidua.models.manuscript import edited_document, manuscript_of
from thidua.models.paper import MINUTES
from thidua.rules.document_edits import Stale
from thidua.rules.documents import Document
from thidua.rules.points import api_points
from thidua.rules.signing import with_accounts
from thidua.rules.wording import compose_minutes


@dataclass(frozen=True, slots=True)
class DraftRead:
    """The half-day, the draft with people's own wording in it, and the edits whose composed text has changed since."""

    read: HalfDay
    document: Document
    stale: tuple[Stale, ...]


def read_draft(session: Session, conclusion: Conclusion, *, open_book: bool) -> DraftRead:
    """The minutes as they would be now, marked as a draft (``open_book``: see ``half_day``)."""
    read = half_day(session, conclusion, open_book=open_book)
    document, stale = edited_document(session, conclusion.id, compose_minutes(read.facts, draft=True))
    return DraftRead(read, document, stale)


def draft_document(session: Session, conclusion: Conclusion, *, open_book: bool) -> tuple[HalfDay, Document]:
    """The same, for those who only show it."""
    draft = read_draft(session, conclusion, open_book=open_book)
    return draft.read, draft.document


def _composed(session: Session, conclusion: Conclusion, open_book: bool) -> Draft:
    read = half_day(session, conclusion, open_book=open_book)
    return Draft(read.facts, compose_minutes(read.facts, draft=True))


register_composer(_composed)


def new_minutes(session: Session, conclusion: Conclusion, *, by_name: str, at: datetime) -> Paper:
    """The frozen minutes; call it under the session's lock, before the freezing verb."""

    read = half_day(session, conclusion, issued_at=at)
    parts = with_accounts(read.facts.parts, conclusion.signers)

    def compose(code: str) -> Composed:
        facts = replace(read.facts, code=code, number_line=f"Số: {code}") if code else read.facts
        document, _ = edited_document(session, conclusion.id, compose_minutes(facts))
        return document, {
            "edits": _plain_edits(session, conclusion),
            "scores": _plain_scores(read),
            "total": api_points(read.totals.points),
            "maximum": api_points(read.totals.maximum),
            "grade": read.grade.label if read.is_rated else "",
            "unit": read.checklist_session.unit.name,
        }

    means = conclusion.signing_means
    return freeze_paper(
        session, conclusion, compose, role=MINUTES, kind="BB", parts=parts, by_name=by_name, at=at, means=means
    )


def _plain_edits(session: Session, conclusion: Conclusion) -> list[dict[str, str]]:
    """Which paragraphs are somebody's own words, whose, and what was composed in their place."""
    edits = manuscript_of(session, conclusion).edits.values()
    return [
        {"block": edit.block_id, "by": edit.by_name, "at": edit.at.isoformat(), "generated": edit.generated}
        for edit in edits
    ]


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
