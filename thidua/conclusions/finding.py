"""Finding a conclusion with the part the asking person has in its checklist session."""

from dataclasses import dataclass

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from thidua.extensions import db
from thidua.models import Conclusion, Paper
from thidua.models.paper import MINUTES
from thidua.session_pages.finding import Found, find, find_for_change


@dataclass(frozen=True, slots=True)
class FoundConclusion:
    """A conclusion, its minutes if they are frozen, and who asks."""

    conclusion: Conclusion
    minutes: Paper | None
    found: Found


def find_conclusion(conclusion_id: int) -> FoundConclusion:
    """For reading; 404 when there is none, 403 for strangers."""
    found = find(_session_id(conclusion_id))
    found.allow("see_conclusion")
    return _with_minutes(conclusion_id, found)


def find_conclusion_for_change(conclusion_id: int) -> FoundConclusion:
    """Inside a writing transaction with the session's row locked."""
    return _with_minutes(conclusion_id, find_for_change(_session_id(conclusion_id)))


def _session_id(conclusion_id: int) -> int:
    found = db.session.scalar(select(Conclusion.checklist_session_id).where(Conclusion.id == conclusion_id))
    if found is None:
        abort(404)
    return found


def _with_minutes(conclusion_id: int, found: Found) -> FoundConclusion:
    conclusion = db.session.scalars(
        select(Conclusion)
        .where(Conclusion.id == conclusion_id)
        .options(joinedload(Conclusion.checklist_session))
        .execution_options(populate_existing=True)
    ).one()
    minutes = db.session.scalars(
        select(Paper)
        .where(Paper.conclusion_id == conclusion_id, Paper.role == MINUTES)
        .options(
            selectinload(Paper.revisions),
            selectinload(Paper.signatures),
            joinedload(Paper.conclusion).joinedload(Conclusion.checklist_session),
        )
        .execution_options(populate_existing=True)
    ).one_or_none()
    return FoundConclusion(conclusion, minutes, found)
