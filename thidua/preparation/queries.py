"""What the pages of a preparation load."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import QueryableAttribute

from thidua.extensions import db
from thidua.identity import now
from thidua.models import ChecklistSession, Preparation, PreparationFigure
from thidua.models.preparation_verbs import begin_preparation
from thidua.session_pages.finding import Found

EVERYTHING = (Preparation.figures, Preparation.documents, Preparation.people, Preparation.proofs, Preparation.returns)


def preparation_of(checklist_session_id: int, *loaded: QueryableAttribute[Any]) -> Preparation | None:
    """The unit's folder for this half-day with the relations in ``loaded``; None: nobody has begun it."""
    return db.session.scalar(
        select(Preparation)
        .where(Preparation.checklist_session_id == checklist_session_id)
        .options(*map(selectinload, loaded or EVERYTHING))
    )


def preparation_for_change(found: Found) -> Preparation:
    """The same for change, everything loaded; begun now when there was none.

    Needs ``find_for_change``: the lock of the checklist session's row keeps two people from beginning it at once.
    """
    return folder_for_change(found.checklist_session)


def folder_for_change(room: ChecklistSession) -> Preparation:
    """The same for a checklist session that is locked already, perhaps as one of many."""
    known = db.session.scalar(
        select(Preparation)
        .where(Preparation.checklist_session_id == room.id)
        .options(*map(selectinload, EVERYTHING))
        .execution_options(populate_existing=True)
    )
    if known is not None:
        return known
    begun = begin_preparation(room.id, figures=last_figures(room), at=now())
    db.session.add(begun)
    db.session.flush()
    return begun


def last_figures(room: ChecklistSession) -> list[PreparationFigure]:
    """The figures the same unit gave for its latest earlier half-day, in order; none the first time."""
    before = db.session.scalar(
        select(Preparation.id)
        .join(ChecklistSession, ChecklistSession.id == Preparation.checklist_session_id)
        .where(
            ChecklistSession.unit_id == room.unit_id,
            ChecklistSession.id < room.id,
            Preparation.first_submitted_at.is_not(None),
        )
        .order_by(Preparation.first_submitted_at.desc())
        .limit(1)
    )
    if before is None:
        return []
    return list(
        db.session.scalars(
            select(PreparationFigure)
            .where(PreparationFigure.preparation_id == before)
            .order_by(PreparationFigure.position)
        )
    )
