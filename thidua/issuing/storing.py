"""The PDF of a frozen paper: rendered once from the frozen bytes, stored under its own hash."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import current_app, has_request_context
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from thidua.doors.files import FileStore
from thidua.doors.pdf import Place, render_apart
from thidua.doors.signing import NotAPlace, add_fields, seal_place
from thidua.extensions import begin_writing, db
from thidua.models import Paper, PaperRevision
from thidua.models.office_settings import office_of
from thidua.models.paper import ELECTRONIC
from thidua.rules.documents import Document, from_plain
from thidua.rules.signing import HEAD, ISSUER, SEAL
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
    places = _with_seal(paper_id, rendered.places)
    pdf = with_fields(rendered.pdf, places, stored_paper(paper_id))
    sha256 = file_store().put(pdf)
    begin_writing()
    paper = stored_paper(paper_id, for_change=True)
    if not paper.revisions:
        paper.places = {name: {"page": place.page, "box": list(place.box)} for name, place in places.items()}
        paper.revisions.append(PaperRevision(number=0, sha256=sha256, size=len(pdf), at=paper.frozen_at))
    db.session.commit()


def with_fields(pdf: bytes, places: Mapping[str, Place], paper: Paper) -> bytes:
    """The file with a field for every place, before anybody signs; a paper signed with ink needs none, and papers
    stored by an older version of the program get theirs with the first signature."""
    if paper.means != ELECTRONIC:
        return pdf
    try:
        return add_fields(pdf, places, paper.frozen_at)
    except NotAPlace:  # they are there already
        return pdf


def _with_seal(paper_id: int, places: Mapping[str, Place]) -> dict[str, Place]:
    """The seal stands over the mark of who signs last for us."""
    sealed = next((places[one] for one in (ISSUER, HEAD) if one in places), None)
    wanted = any(one.part == SEAL for one in stored_paper(paper_id).signing_parts)
    if not wanted or sealed is None:
        return dict(places)
    return {**places, SEAL: seal_place(sealed, [one for one in places.values() if one is not sealed])}


def verify_address() -> str:
    """Where the QR codes of a paper printed now lead: the office's setting, or the address this page was asked at."""
    setting: str = office_of(db.session()).verify_address
    return setting or (outside_address("") if has_request_context() else "")


def places_of(paper: Paper) -> dict[str, Place]:
    """Where each part signs on the PDF."""
    boxes = {name: (plain["page"], *plain["box"]) for name, plain in paper.places.items()}
    return {name: Place(page, (x0, y0, x1, y1)) for name, (page, x0, y0, x1, y1) in boxes.items()}


def stored_paper(paper_id: int, *, for_change: bool = False) -> Paper:
    """With its revisions."""
    statement = (
        select(Paper)
        .where(Paper.id == paper_id)
        .options(selectinload(Paper.revisions))
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement.with_for_update() if for_change else statement).one()
