"""Finding a paper with its signatures, for reading or for a change, and which of its places a person may sign."""

from dataclasses import dataclass

from flask import abort
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from thidua.extensions import begin_writing, db
from thidua.models import Actor, ChecklistSession, Conclusion, Paper
from thidua.models.paper import NOTICE
from thidua.permissions import Standing, may
from thidua.rules.signing import HEAD, SEAL, SECRETARY, SigningPart
from thidua.session_pages.finding import Found, find

SEE_DRAFTS = "see_history"
"""Drafts are for the team and the office; the unit reads what was issued."""
SIGNING_ACTS = ("sign_secretary", "sign_unit", "sign_head", "sign_issuer", "seal_paper", "sign_as_chosen")


@dataclass(frozen=True, slots=True)
class FoundPaper:
    """A paper, and who asks for it with the part in its checklist session."""

    paper: Paper
    found: Found


def find_paper(paper_id: int) -> FoundPaper:
    """For reading; 404 when there is none, 403 for strangers, and for the unit while a notice is not signed."""
    checklist_session_id = db.session.scalar(_session_of(paper_id))
    if checklist_session_id is None:
        abort(404)
    found, paper = find(checklist_session_id), whole_paper(paper_id)
    allow_reading(paper, found)
    return FoundPaper(paper, found)


def allow_reading(paper: Paper, found: Found) -> None:
    """403 for strangers; the unit reads a notice when it is signed, not before. ``signatures`` are loaded."""
    found.allow("see_papers")
    if paper.role == NOTICE and not paper.is_signed:
        found.allow(SEE_DRAFTS)


def paper_for_change(paper_id: int) -> Paper:
    """Inside a writing transaction, with the row of its checklist session locked, so that revisions follow."""
    begin_writing()
    db.session.execute(
        select(ChecklistSession)
        .where(ChecklistSession.id == _session_of(paper_id).scalar_subquery())
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return whole_paper(paper_id)


def whole_paper(paper_id: int) -> Paper:
    """With revisions, signatures, refusals and its checklist session, read anew."""
    return db.session.scalars(
        select(Paper)
        .where(Paper.id == paper_id)
        .options(
            selectinload(Paper.revisions),
            selectinload(Paper.signatures),
            joinedload(Paper.conclusion).joinedload(Conclusion.checklist_session),
        )
        .execution_options(populate_existing=True)
    ).one()


def parts_of_person(paper: Paper, found: Found) -> tuple[SigningPart, ...]:
    """The places of the paper that this person may sign, in order; nothing for who came in by a room's number."""
    return tuple(one for one in paper.signing_parts if may_sign(one, found.person, found.standing))


def part_in_turn(paper: Paper, parts: tuple[SigningPart, ...]) -> SigningPart | None:
    """Which of one's places the person is asked to sign now: the one whose turn it is, else the next unsigned."""
    unsigned = [one for one in parts if one.part not in paper.signed_parts]
    return next((one for one in unsigned if one.part in paper.turn), next(iter(unsigned), None))


def lacks_password(found: Found) -> bool:
    """Whether this person, in by a room's number, might sign after signing in with the password."""
    return any(found.lacks_only_password(action) for action in SIGNING_ACTS)


def may_sign(one: SigningPart, person: Actor, standing: Standing) -> bool:
    """Whether this place is this person's to sign, whoever's turn it is."""
    if one.part == SEAL:
        return may("seal_paper", person, standing)
    if one.account:
        return one.account == person.id and may("sign_as_chosen", person, standing)
    if one.group and one.part in (HEAD, SECRETARY):
        return may("sign_for_group", person, standing)
    return may(f"sign_{one.part}", person, standing)


def _session_of(paper_id: int) -> Select[tuple[int]]:
    return (
        select(Conclusion.checklist_session_id)
        .join(Paper, Paper.conclusion_id == Conclusion.id)
        .where(Paper.id == paper_id)
    )
