"""The files themselves. Their bytes never change under their address, so a browser asks for them once."""

import io

from flask import Response, send_file
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from thidua.config import WORKING_DAY
from thidua.evidence.queries import piece_or_404
from thidua.evidence.routes import evidence
from thidua.extensions import db
from thidua.models import Evidence
from thidua.session_pages.finding import find
from thidua.session_pages.storing import file_store

ALONE = "default-src 'none'; frame-ancestors 'none'; sandbox"


@evidence.get("/<int:evidence_id>/file")
def file(checklist_session_id: int, evidence_id: int) -> ResponseReturnValue:
    """The whole file: a picture to look at, a document to download."""
    one = _piece(checklist_session_id, evidence_id)
    return _bytes(one.digest, one.media_type, one.name, is_download=not one.thumbnail)


@evidence.get("/<int:evidence_id>/thumbnail")
def thumbnail(checklist_session_id: int, evidence_id: int) -> ResponseReturnValue:
    """The small picture; 404 for a document."""
    one = _piece(checklist_session_id, evidence_id)
    if not one.thumbnail:
        raise NotFound
    return _bytes(one.thumbnail, "image/jpeg", f"{one.name}.nho.jpg", is_download=False)


def _piece(checklist_session_id: int, evidence_id: int) -> Evidence:
    found = find(checklist_session_id)
    found.allow("see_evidence")
    return piece_or_404(db.session(), found, evidence_id)


def _bytes(digest: str, media_type: str, name: str, *, is_download: bool) -> Response:
    content = file_store().get(digest)  # raises when a byte has changed
    answer = send_file(
        io.BytesIO(content),
        mimetype=media_type,
        as_attachment=is_download,
        download_name=name,
        etag=digest,
        max_age=int(WORKING_DAY.total_seconds()),
    )
    answer.headers["Cache-Control"] = f"private, max-age={int(WORKING_DAY.total_seconds())}, immutable"
    answer.headers["Content-Security-Policy"] = ALONE
    return answer
