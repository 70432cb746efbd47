"""Freezing the minutes: canonical bytes first, in the transaction; the PDF afterwards, once, from those bytes alone."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from thidua.conclusions.facts import HalfDay, half_day
from thidua.doors.files import FileStore
from thidua.doors.pdf import Place, render_pdf, stamp_signature
from thidua.extensions import begin_writing, db, wait_for_turn
from thidua.models import ChecklistSession, Conclusion, Minutes, MinutesRevision, Plan
from thidua.models.minutes import SIGNING_PARTS
from thidua.rules.documents import Document, canonical_json, digest, from_plain, to_plain
from thidua.rules.numbering import document_number, next_number
from thidua.rules.points import api_points
from thidua.rules.wording import compose_minutes
from thidua.rules.words import clock, date_in_words, day_of

FORMAT = 1


def draft_document(session: Session, conclusion: Conclusion, *, open_book: bool) -> tuple[HalfDay, Document]:
    """The minutes as they would be now, marked as a draft (``open_book``: see ``half_day``)."""
    read = half_day(session, conclusion, open_book=open_book)
    return read, compose_minutes(read.facts, draft=True)


def new_minutes(session: Session, conclusion: Conclusion, *, by_name: str, at: datetime) -> Minutes:
    """The frozen minutes with the next number of the year; call it under the session's lock, before the freezing verb.

    The canonical JSON holds the composed document, the scores and totals, and the head of the journal it rests on.
    """
    checklist_session = conclusion.checklist_session
    symbol, year = _symbol(session, conclusion), day_of(at).year
    wait_for_turn(f"minutes of {year}/{symbol}")
    used = session.scalars(select(Minutes.number).where(Minutes.year == year, Minutes.symbol == symbol)).all()
    number = next_number(used)
    code = document_number(number, "BB", symbol)
    read = half_day(session, conclusion, code=code, issued_at=at)
    frozen = canonical_json(
        {
            "format": FORMAT,
            "code": code,
            "document": to_plain(compose_minutes(read.facts)),
            "scores": _plain_scores(read),
            "total": api_points(read.totals.points),
            "maximum": api_points(read.totals.maximum),
            "grade": read.grade.label,
            "unit": read.checklist_session.unit.name,
            "checklist_session": checklist_session.id,
            "journal": {"revision": checklist_session.revision, "hash": checklist_session.head_hash},
            "frozen_at": at.isoformat(),
        }
    )
    return Minutes(
        conclusion=conclusion,
        number=number,
        year=year,
        symbol=symbol,
        frozen=frozen.decode(),
        sha256=digest(frozen),
        journal_revision=checklist_session.revision,
        journal_hash=checklist_session.head_hash,
        frozen_at=at,
        frozen_by=by_name,
        revisions=[],
        signatures=[],
    )


def frozen_document(minutes: Minutes) -> Document:
    """The document as frozen, with its digest for the foot of each page."""
    plain: dict[str, Any] = json.loads(minutes.frozen)["document"]
    return from_plain(plain | {"digest": minutes.sha256})


def file_store() -> FileStore:
    """The instance's store of files kept under their own hash."""
    return FileStore(Path(current_app.instance_path) / "files")


def ensure_rendered(minutes_id: int) -> None:
    """Render and store the PDF of frozen minutes unless it has been done; harmless to call again after a crash.

    Rendering takes a second and runs outside any transaction; the same frozen bytes give the same PDF.
    """
    minutes = _minutes(minutes_id)
    if minutes.revisions:
        return
    document = frozen_document(minutes)
    db.session.rollback()
    rendered = render_pdf(document)
    sha256 = file_store().put(rendered.pdf)
    begin_writing()
    minutes = _minutes(minutes_id, for_change=True)
    if not minutes.revisions:
        minutes.places = {name: {"page": place.page, "box": list(place.box)} for name, place in rendered.places.items()}
        minutes.revisions.append(MinutesRevision(number=0, sha256=sha256, size=len(rendered.pdf), at=minutes.frozen_at))
    db.session.commit()


def stamped(minutes: Minutes, part: str, *, name: str, at: datetime) -> tuple[str, str, int]:
    """Draw the mark of a signature on the latest stored PDF and store the result.

    Returns the SHA-256 before and after and the size in bytes. Takes a tenth of a second: not in a transaction.
    """
    before = minutes.revisions[-1].sha256
    lines = [
        "Đã ký trong chương trình",
        name,
        f"{SIGNING_PARTS[part]}, lúc {clock(at)}",
        date_in_words(day_of(at)),
        f"Mã văn bản {minutes.sha256[:12]}",
    ]
    pdf = stamp_signature(file_store().get(before), place_of(minutes, part), lines, at)
    return before, file_store().put(pdf), len(pdf)


def place_of(minutes: Minutes, part: str) -> Place:
    """Where this part signs on the PDF."""
    plain = minutes.places[part]
    x0, y0, x1, y1 = plain["box"]
    return Place(plain["page"], (x0, y0, x1, y1))


def _minutes(minutes_id: int, *, for_change: bool = False) -> Minutes:
    statement = (
        select(Minutes)
        .where(Minutes.id == minutes_id)
        .options(selectinload(Minutes.revisions))
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement.with_for_update() if for_change else statement).one()


def _symbol(session: Session, conclusion: Conclusion) -> str:
    return session.scalars(
        select(Plan.symbol)
        .join(ChecklistSession, ChecklistSession.plan_id == Plan.id)
        .where(ChecklistSession.id == conclusion.checklist_session_id)
    ).one()


def _plain_scores(read: HalfDay) -> list[dict[str, Any]]:
    rows = sorted(
        read.checklist_session.scores, key=lambda score: (score.criterion_id, score.perspective, score.holder)
    )
    return [
        {
            "criterion": score.criterion_id,
            "perspective": score.perspective,
            "holder": score.holder,
            "by": score.by_name,
            **score.value,
        }
        for score in rows
    ]
