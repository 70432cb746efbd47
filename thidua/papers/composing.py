"""The paper that a draft would become: facts of the minutes it follows, what was typed, people's own wording."""

from datetime import datetime

from sqlalchemy.orm import Session

from thidua.issuing.drafting import compose_draft
from thidua.models.manuscript import wordings
from thidua.models.paper import ADDENDUM
from thidua.papers.finding import FoundDraft
from thidua.rules.addendum_document import AddendumFacts, compose_addendum
from thidua.rules.document_edits import Stale, apply_edits
from thidua.rules.documents import Document
from thidua.rules.minutes_facts import MinutesFacts
from thidua.rules.paper_content import corrections_from_plain
from thidua.rules.signing import ISSUER, SigningPart
from thidua.rules.words import day_of

KINDS = {"addendum": "BB", "notice": "TB"}


def composed(
    session: Session, found: FoundDraft, *, code: str = "", at: datetime | None = None
) -> tuple[Document, tuple[Stale, ...]]:
    """With people's wording, and what of it stands on moved ground; a draft until it has a moment ``at``."""
    return apply_edits(plain(session, found, code=code, at=at), wordings(found.manuscript.edits))


def plain(session: Session, found: FoundDraft, *, code: str = "", at: datetime | None = None) -> Document:
    """As composed, without anybody's wording."""
    facts = compose_draft(session, found.draft.conclusion, open_book=True).facts
    if found.draft.role == ADDENDUM:
        return compose_addendum(_addendum(found, facts, code, at), draft=at is None)
    raise NotImplementedError


def parts_of_draft(found: FoundDraft) -> tuple[SigningPart, ...]:
    """An addendum is signed by those who signed the minutes, a notice by who issues it."""
    if found.draft.role == ADDENDUM:
        return found.minutes.signing_parts
    content = found.draft.content
    return (SigningPart(ISSUER, 1, content.get("person", ""), content.get("office", ""), content.get("formula", "")),)


def _addendum(found: FoundDraft, facts: MinutesFacts, code: str, at: datetime | None) -> AddendumFacts:
    minutes, content = found.minutes, found.draft.content
    number = code or f"…/BB-{minutes.symbol}"
    return AddendumFacts(
        issuer=facts.issuer,
        parent=facts.parent,
        number_line=f"Số: {number}",
        code=code,
        subject=facts.subject,
        unit=facts.unit,
        minutes_code=minutes.number_label,
        minutes_day=day_of(minutes.frozen_at),
        plan_reference=facts.plan_reference,
        reason=content.get("reason", ""),
        corrections=corrections_from_plain(content.get("corrections", ())),
        written_at=at,
        place=content.get("place", ""),
        people=tuple(person for person in facts.attendees if person.signs),
        parts=found.minutes.signing_parts,
        copies=facts.copies,
        recipients=facts.recipients,
        sign_note=facts.sign_note,
        issued_at=at,
    )
