"""Finding a paper with its scans, for reading or for a change."""

from dataclasses import dataclass

from flask import abort
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from thidua.extensions import db
from thidua.issuing.finding import allow_reading
from thidua.models import Conclusion, Paper, SignedScan
from thidua.session_pages.finding import Found, find, find_for_change


@dataclass(frozen=True, slots=True)
class FoundPaper:
    """A paper of a half-day, and who asks for it."""

    paper: Paper
    found: Found

    def scan(self, scan_id: int) -> SignedScan:
        """One of its scans, withdrawn or not; 404 when it has none with this id."""
        return next((one for one in self.paper.scans if one.id == scan_id), None) or abort(404)


def find_paper(paper_id: int) -> FoundPaper:
    """For reading; 404 when there is none, 403 for strangers, and for the unit while a notice is not signed."""
    found, paper = find(_session_of(paper_id)), _whole(paper_id)
    allow_reading(paper, found)
    return FoundPaper(paper, found)


def find_paper_for_change(paper_id: int) -> FoundPaper:
    """Inside a writing transaction, the row of its checklist session locked."""
    found = find_for_change(_session_of(paper_id))
    return FoundPaper(_whole(paper_id), found)


def papers_with_code(digest: str) -> list[Paper]:
    """The papers whose SHA-256 begins so: one, none, or of a code too short several."""
    return list(db.session.scalars(select(Paper).where(Paper.sha256.startswith(digest)).limit(2)))


def _session_of(paper_id: int) -> int:
    statement: Select[tuple[int]] = (
        select(Conclusion.checklist_session_id)
        .join(Paper, Paper.conclusion_id == Conclusion.id)
        .where(Paper.id == paper_id)
    )
    return db.session.scalar(statement) or abort(404)


def _whole(paper_id: int) -> Paper:
    return db.session.scalars(
        select(Paper)
        .where(Paper.id == paper_id)
        .options(
            selectinload(Paper.revisions),
            selectinload(Paper.signatures),
            selectinload(Paper.scans),
            joinedload(Paper.conclusion).joinedload(Conclusion.checklist_session),
        )
        .execution_options(populate_existing=True)
    ).one()
