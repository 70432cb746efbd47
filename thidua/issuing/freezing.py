"""Freezing a paper: its number, its canonical bytes, its hash. The caller journals it and commits."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.issuing.numbering import next_in_register
from thidua.models import ChecklistSession, Conclusion, Paper, Plan
from thidua.models.paper import ELECTRONIC, ROLE_NAMES
from thidua.models.register import RegisterEntry
from thidua.rules.documents import Document, canonical_json, digest, to_plain
from thidua.rules.numbering import document_number
from thidua.rules.signing import SigningPart, parts_to_plain
from thidua.rules.words import day_of

FORMAT = 2
Composed = tuple[Document, Mapping[str, Any]]


def freeze_paper(
    session: Session,
    conclusion: Conclusion,
    compose: Callable[[str], Composed],
    *,
    role: str,
    kind: str,
    parts: tuple[SigningPart, ...],
    by_name: str,
    at: datetime,
    means: str = ELECTRONIC,
    amends: Paper | None = None,
    reason: str = "",
) -> Paper:
    """The frozen paper with the next number of the year; call it under the session's lock, before the journal's verb.

    ``compose`` makes the document for a number ("15/BB-HTS", or "" when it is registered later, on paper), and tells
    what else is frozen with it. The canonical JSON holds both and the head of the journal they rest on.
    """
    checklist_session = conclusion.checklist_session
    symbol, year = plan_symbol(session, conclusion), day_of(at).year
    number = next_in_register(session, kind, symbol, year) if means == ELECTRONIC else None
    code = document_number(number, kind, symbol) if number else ""
    document, more = compose(code)
    content = canonical_json(
        {
            "format": FORMAT,
            "role": role,
            "code": code,
            "document": to_plain(document),
            "parts": parts_to_plain(parts),
            "amends": amends.sha256 if amends else "",
            "checklist_session": checklist_session.id,
            "journal": {"revision": checklist_session.revision, "hash": checklist_session.head_hash},
            "frozen_at": at.isoformat(),
            **more,
        }
    )
    paper = Paper(
        role=role,
        kind=kind,
        conclusion_id=conclusion.id,
        conclusion=conclusion,
        amends_id=amends.id if amends else None,
        reason=reason,
        number=number,
        year=year,
        symbol=symbol,
        means=means,
        parts=parts_to_plain(parts),
        frozen=content.decode(),
        sha256=digest(content),
        journal_revision=checklist_session.revision,
        journal_hash=checklist_session.head_hash,
        frozen_at=at,
        frozen_by=by_name,
        revisions=[],
        signatures=[],
        refusals=[],
        scans=[],
    )
    if number:
        title = register_title(role, str(more.get("unit", "")))
        RegisterEntry.give(
            session, number, kind, symbol, issued_on=day_of(at), title=title, paper=paper, by_name=by_name, at=at
        )
    return paper


def register_title(role: str, unit: str) -> str:
    """What the register says of a paper: "Biên bản, Hội Trường Sơn tỉnh Bắc Giang"."""
    return ", ".join(part for part in (ROLE_NAMES[role], unit) if part)


def plan_symbol(session: Session, conclusion: Conclusion) -> str:
    """The symbol after the kind in every number of this plan: "HTS"."""
    return session.scalars(
        select(Plan.symbol)
        .join(ChecklistSession, ChecklistSession.plan_id == Plan.id)
        .where(ChecklistSession.id == conclusion.checklist_session_id)
    ).one()
