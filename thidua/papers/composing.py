"""The paper that a draft would become: facts of the minutes it follows, what was typed, people's own wording."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.form_fields import read_day
from thidua.issuing.drafting import compose_draft
from thidua.issuing.storing import frozen_document
from thidua.models import Plan
from thidua.models.manuscript import wordings
from thidua.models.office_settings import office_of
from thidua.models.paper import ADDENDUM
from thidua.models.paper_links import PaperLine, papers_of
from thidua.papers.finding import FoundDraft
from thidua.rules.addendum_document import AddendumFacts, compose_addendum
from thidua.rules.conclusion_draft import draft_conclusion
from thidua.rules.document_edits import Stale, apply_edits
from thidua.rules.documents import Document
from thidua.rules.minutes_facts import MinutesFacts
from thidua.rules.minutes_signers import people_signing
from thidua.rules.notice_document import ConclusionNoticeFacts, compose_notice
from thidua.rules.paper_content import NoticeSigner, corrections_from_plain
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
    return compose_notice(_notice(session, found, facts, code, at), draft=at is None)


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
        people=people_signing(facts.attendees, found.minutes.signing_parts),
        parts=found.minutes.signing_parts,
        copies=facts.copies,
        recipients=facts.recipients,
        sign_note=facts.sign_note,
        issued_at=at,
    )


def _notice(
    session: Session, found: FoundDraft, facts: MinutesFacts, code: str, at: datetime | None
) -> ConclusionNoticeFacts:
    minutes, content, office = found.minutes, found.draft.content, office_of(session)
    plan = session.scalars(select(Plan).where(Plan.id == found.found.checklist_session.plan_id)).one()
    return ConclusionNoticeFacts(
        issuer=facts.issuer,
        parent=facts.parent,
        number_line=f"Số: {code or f'…/TB-{minutes.symbol}'}",
        code=code,
        subject=plan.subject,
        unit=facts.unit,
        minutes_code=minutes.number_label,
        minutes_day=day_of(minutes.frozen_at),
        minutes=frozen_document(minutes),
        signer=signer_of(content),
        place=office.place,
        issued_on=day_of(at) if at else None,
        issuer_body=plan.content.get("issuer_body") or office.short_name,
        plan_reference=facts.plan_reference,
        addenda=tuple(one.number_label for one in signed_addenda(session, found)),
        report_by=read_day(content.get("report_by", "")),
        replaced=office.signing_office,
        recipients=facts.recipients,
        drafted=draft_conclusion(facts),
    )


def signer_of(content: Mapping[str, Any]) -> NoticeSigner:
    """Who signs the notice, as typed."""
    return NoticeSigner(**{name: content.get(name, "") for name in NoticeSigner.__slots__})


def signed_addenda(session: Session, found: FoundDraft) -> list[PaperLine]:
    """What corrects the minutes by now."""
    lines = papers_of(session, [found.draft.conclusion_id])[found.draft.conclusion_id]
    return [one for one in lines if one.role == ADDENDUM and one.is_signed]
