"""The PDF of a frozen paper: rendered once from the frozen bytes, stored under its own hash."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import current_app, has_request_context
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from thidua.doors.files import FileStore
from thidua.doors.pdf import Place, render_apart
from thidua.extensions import begin_writing, db
from thidua.models import Paper, PaperRevision
from thidua.models.office_settings import office_of
from thidua.rules.documents import Document, from_plain
from thidua.session_pages.outside import outside_address


def file_store() -> FileStore:
    """The instance's store of files kept under their own hash."""
    return FileStore(Path(current_app.instance_path) / "files")


def frozen_document(paper: Paper) -> Document:
    """The document as frozen, with its digest for the foot of each page."""
    plain: dict[str, Any] = json.loads(paper.frozen)["document"]
    return from_plain(plain | {"digest": paper.sha256})


def ensure_rendered(paper_id: int) -> None:
    """Render and store the PDF of a frozen paper unless it has been done; harmless to call again after a crash.

    Rendering takes a second and runs outside any transaction; the same frozen bytes give the same PDF.
    """
    paper = stored_paper(paper_id)
    if paper.revisions:
        return
    document = replace(frozen_document(paper), verify_address=verify_address())
    db.session.rollback()
    rendered = render_apart(document)
    sha256 = file_store().put(rendered.pdf)
    begin_writing()
    paper = stored_paper(paper_id, for_change=True)
    if not paper.revisions:
        paper.places = {name: {"page": place.page, "box": list(place.box)} for name, place in rendered.places.items()}
        paper.revisions.append(PaperRevision(number=0, sha256=sha256, size=len(rendered.pdf), at=paper.frozen_at))
    db.session.commit()


def verify_address() -> str:
    """Where the QR codes of a paper printed now lead: the office's setting, or the address this page was asked at."""
    setting: str = office_of(db.session()).verify_address
    return setting or (outside_address("") if has_request_context() else "")


def place_of(paper: Paper, part: str) -> Place:
    """Where this part signs on the PDF."""
    plain = paper.places[part]
    x0, y0, x1, y1 = plain["box"]
    return Place(plain["page"], (x0, y0, x1, y1))


def stored_paper(paper_id: int, *, for_change: bool = False) -> Paper:
    """With its revisions."""
    statement = (
        select(Paper)
        .where(Paper.id == paper_id)
        .options(selectinload(Paper.revisions))
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement.with_for_update() if for_change else statement).one()
