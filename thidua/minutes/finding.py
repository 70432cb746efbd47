"""Finding a conclusion for writing its minutes, with the part the asking person has in its checklist session."""

from dataclasses import dataclass

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from thidua.extensions import db
from thidua.models import Conclusion, Paper
from thidua.models.paper import MINUTES
from thidua.rules import lifecycle
from thidua.session_pages.finding import Found, find, find_for_change


@dataclass(frozen=True, slots=True)
class FoundMinutes:
    """A conclusion with its checklist session, its frozen minutes if there are any, and who asks."""

    conclusion: Conclusion
    paper: Paper | None
    found: Found

    @property
    def state(self) -> str:
        return self.conclusion.checklist_session.state

    @property
    def may_write(self) -> bool:
        """Whether this person may reword paragraphs now."""
        return self.found.may("edit_minutes") and self.state in (lifecycle.OPEN, lifecycle.CLOSED)

    @property
    def may_read_aloud(self) -> bool:
        """Whether this person may turn the pages on the wall now."""
        return self.found.may("read_aloud") and self.state == lifecycle.CLOSED

    @property
    def may_follow(self) -> bool:
        """Whether the page being read is shown to this person now, as it is on the wall."""
        return self.state == lifecycle.CLOSED and not self.conclusion.checklist_session.keeps_total_back

    @property
    def is_readable(self) -> bool:
        """The unit reads the draft once scoring is closed, and not while the total is kept back."""
        if self.found.may("see_proposals"):
            return True
        begun = self.state not in (lifecycle.PLANNED, lifecycle.OPEN)
        return begun and not self.conclusion.checklist_session.keeps_total_back


def find_minutes(conclusion_id: int) -> FoundMinutes:
    """For reading; 404 when there is none, 403 for strangers."""
    found = find(_session_id(conclusion_id))
    found.allow("see_conclusion")
    return _with_paper(conclusion_id, found)


def find_minutes_for_change(conclusion_id: int) -> FoundMinutes:
    """Inside a writing transaction with the session's row locked."""
    return _with_paper(conclusion_id, find_for_change(_session_id(conclusion_id)))


def _session_id(conclusion_id: int) -> int:
    found = db.session.scalar(select(Conclusion.checklist_session_id).where(Conclusion.id == conclusion_id))
    if found is None:
        abort(404)
    return found


def _with_paper(conclusion_id: int, found: Found) -> FoundMinutes:
    conclusion = db.session.scalars(
        select(Conclusion)
        .where(Conclusion.id == conclusion_id)
        .options(joinedload(Conclusion.checklist_session))
        .execution_options(populate_existing=True)
    ).one()
    paper = db.session.scalars(
        select(Paper).where(Paper.conclusion_id == conclusion_id, Paper.role == MINUTES)
    ).one_or_none()
    return FoundMinutes(conclusion, paper, found)
