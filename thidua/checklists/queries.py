"""What the pages of checklists show: one function a page."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from thidua.extensions import db
from thidua.models import Checklist, ChecklistSession, ReferenceDocument
from thidua.models.finders import sheet_of
from thidua.rules.sheet import Sheet


@dataclass(frozen=True, slots=True)
class ChecklistPage:
    """A checklist, its tree, and the documents its criteria refer to, by the number they are cited with."""

    checklist: Checklist
    sheet: Sheet
    documents: dict[str, ReferenceDocument]


def checklists_with_use() -> list[tuple[Checklist, int]]:
    """Every checklist, newest first, with the number of checklist sessions that use it."""
    used = (
        select(ChecklistSession.checklist_id, func.count().label("times"))
        .group_by(ChecklistSession.checklist_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Checklist, func.coalesce(used.c.times, 0))
        .outerjoin(used, used.c.checklist_id == Checklist.id)
        .order_by(Checklist.id.desc())
    )
    return [(checklist, times) for checklist, times in rows]


def checklist_page(checklist_id: int) -> ChecklistPage | None:
    """Everything the page of one checklist shows; None when there is none."""
    checklist = db.session.get(Checklist, checklist_id)
    if checklist is None:
        return None
    sheet = sheet_of(db.session(), checklist_id)
    return ChecklistPage(checklist, sheet, _documents({ref for criterion in sheet.all for ref in criterion.refs}))


def _documents(refs: set[str]) -> dict[str, ReferenceDocument]:
    named = db.session.scalars(
        select(ReferenceDocument).where(
            or_(ReferenceDocument.number.in_(refs), ReferenceDocument.number_as_printed.in_(refs))
        )
    )
    return {ref: document for document in named for ref in (document.number, document.number_as_printed) if ref}
