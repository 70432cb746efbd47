"""Finding a paper, or the draft of one, with the part the asking person has in its half-day."""

from dataclasses import dataclass

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from thidua.extensions import db
from thidua.issuing.finding import SEE_DRAFTS, FoundPaper, allow_reading
from thidua.models import Conclusion, Paper, PaperDraft
from thidua.models.manuscript import Manuscript, manuscript_of
from thidua.models.paper import ADDENDUM, MINUTES, NOTICE
from thidua.session_pages.finding import Found, find, find_for_change

WRITE = {ADDENDUM: "write_addendum", NOTICE: "write_notice"}
ISSUE = {ADDENDUM: "issue_addendum", NOTICE: "issue_notice"}


@dataclass(frozen=True, slots=True)
class FoundDraft:
    """A draft, the minutes it follows, people's wordings of its blocks, and who asks."""

    draft: PaperDraft
    minutes: Paper
    manuscript: Manuscript
    found: Found

    @property
    def may_write(self) -> bool:
        return self.draft.is_open and self.found.may(WRITE[self.draft.role])

    @property
    def may_issue(self) -> bool:
        return self.draft.is_open and self.found.may(ISSUE[self.draft.role])


def find_paper(paper_id: int) -> FoundPaper:
    """For reading; 404 when there is none, 403 for strangers, and for the unit while a notice is not signed."""
    found, paper = find(_session_of_paper(paper_id)), _paper(paper_id)
    allow_reading(paper, found)
    return FoundPaper(paper, found)


def find_paper_for_change(paper_id: int) -> FoundPaper:
    """Inside a writing transaction with the session's row locked."""
    found = find_for_change(_session_of_paper(paper_id))
    return FoundPaper(_paper(paper_id), found)


def find_draft(paper_draft_id: int) -> FoundDraft:
    """For reading; 404 when there is none, 403 for strangers and for the unit."""
    found = find(_session_of_draft(paper_draft_id))
    found.allow(SEE_DRAFTS)
    return _draft(paper_draft_id, found)


def find_draft_for_change(paper_draft_id: int) -> FoundDraft:
    """Inside a writing transaction with the session's row locked; 403 for who may not write it."""
    found = find_for_change(_session_of_draft(paper_draft_id))
    read = _draft(paper_draft_id, found)
    found.allow(WRITE[read.draft.role])
    return read


def open_draft(conclusion_id: int, role: str) -> PaperDraft | None:
    """The draft of this role that is being written; there is at most one at a time."""
    return db.session.scalars(
        select(PaperDraft)
        .where(
            PaperDraft.conclusion_id == conclusion_id,
            PaperDraft.role == role,
            PaperDraft.paper_id.is_(None),
            PaperDraft.discarded_at.is_(None),
        )
        .order_by(PaperDraft.id)
    ).first()


def _session_of_paper(paper_id: int) -> int:
    statement = select(Conclusion.checklist_session_id).join(Paper, Paper.conclusion_id == Conclusion.id)
    return db.session.scalar(statement.where(Paper.id == paper_id)) or abort(404)


def _session_of_draft(paper_draft_id: int) -> int:
    statement = select(Conclusion.checklist_session_id).join(PaperDraft, PaperDraft.conclusion_id == Conclusion.id)
    return db.session.scalar(statement.where(PaperDraft.id == paper_draft_id)) or abort(404)


def _paper(paper_id: int) -> Paper:
    return db.session.scalars(
        select(Paper)
        .where(Paper.id == paper_id)
        .options(
            selectinload(Paper.revisions),
            selectinload(Paper.signatures),
            selectinload(Paper.refusals),
            selectinload(Paper.scans),
            joinedload(Paper.amends),
            joinedload(Paper.conclusion).joinedload(Conclusion.checklist_session),
        )
        .execution_options(populate_existing=True)
    ).one()


def _draft(paper_draft_id: int, found: Found) -> FoundDraft:
    draft = db.session.scalars(
        select(PaperDraft)
        .where(PaperDraft.id == paper_draft_id)
        .options(joinedload(PaperDraft.conclusion).joinedload(Conclusion.checklist_session))
        .execution_options(populate_existing=True)
    ).one()
    minutes = db.session.scalars(
        select(Paper)
        .where(Paper.conclusion_id == draft.conclusion_id, Paper.role == MINUTES)
        .options(selectinload(Paper.signatures), selectinload(Paper.revisions))
        .execution_options(populate_existing=True)
    ).one()
    return FoundDraft(draft, minutes, manuscript_of(db.session(), draft.conclusion, draft.scope), found)
