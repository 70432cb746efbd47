"""What the pages of a draft load: the checklist with its rows, and what was taken out of it."""

from dataclasses import dataclass

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from thidua.extensions import begin_writing, db
from thidua.identity import require_person
from thidua.models import Checklist, Criterion
from thidua.models.checklist_verbs import removals
from thidua.permissions import allow


@dataclass(frozen=True, slots=True)
class Draft:
    """A checklist being designed; ``removed`` holds what was taken out, by removal, the latest first."""

    checklist: Checklist
    removed: list[list[Criterion]]

    def after_change(self) -> "Draft":
        """The draft once its change is committed, from what is in memory."""
        rows = {row.id: row for removed in self.removed for row in removed}
        rows |= {row.id: row for row in self.checklist.criteria}
        standing = sorted((row for row in rows.values() if row.position > 0), key=lambda row: row.position)
        set_committed_value(self.checklist, "criteria", standing)
        return Draft(self.checklist, removals(rows.values()))

    def row(self, criterion_id: int) -> Criterion:
        """The row with this id; 404 when the draft has none."""
        try:
            return self.checklist.row(criterion_id)
        except KeyError:
            abort(404)


def draft_page(draft_id: int) -> Draft:
    """The draft to look at: two queries. 404 when there is none, 403 for who may not design."""
    return _draft(draft_id, for_change=False)


def draft_for_change(draft_id: int) -> Draft:
    """The same, locked until the end of this request's change."""
    begin_writing()
    return _draft(draft_id, for_change=True)


def _draft(draft_id: int, *, for_change: bool) -> Draft:
    statement = select(Checklist).where(Checklist.id == draft_id)
    checklist = db.session.scalar(
        statement.with_for_update().execution_options(populate_existing=True) if for_change else statement
    )
    if checklist is None:
        abort(404)
    allow("edit_checklists", require_person())
    rows = list(
        db.session.scalars(select(Criterion).where(Criterion.checklist_id == draft_id).order_by(Criterion.position))
    )
    set_committed_value(checklist, "criteria", [row for row in rows if row.position > 0])
    return Draft(checklist, removals(rows))
