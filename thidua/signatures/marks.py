"""Keeping the picture of a handwritten signature, or of the seal: only its strokes, drawn anew."""

import base64
import binascii
import io
from typing import Literal

from flask import Response, abort, send_file
from sqlalchemy import select

from thidua.doors.handwriting import UNREADABLE, read_strokes
from thidua.doors.signing import BadPicture
from thidua.extensions import begin_writing, db
from thidua.identity import now
from thidua.issuing.storing import file_store
from thidua.models import PersonalMark
from thidua.rules.errors import InvalidEntry
from thidua.signatures import queries
from thidua.signatures.forms import MarkForm

LARGEST = 12 * 1024 * 1024
DRAWN = "data:image/png;base64,"


def keep_mark(account_id: int | None, form: MarkForm, colour: Literal["blue", "red"] = "blue") -> None:
    """Raises ``InvalidEntry`` (field "picture") for what is no such picture. Commits."""
    content = _sent(form)
    db.session.rollback()
    try:
        strokes = read_strokes(content, colour)
    except BadPicture as problem:
        raise InvalidEntry(problem.sentence, "picture") from problem
    digest = file_store().put(strokes)
    begin_writing()
    mark = _mark(account_id)
    if mark is None:
        mark = PersonalMark(account_id=account_id)
        db.session.add(mark)
    mark.sha256, mark.at = digest, now()
    db.session.commit()


def remove_mark(account_id: int | None) -> None:
    """Removing twice changes nothing. Commits."""
    begin_writing()
    mark = _mark(account_id)
    if mark:
        db.session.delete(mark)
    db.session.commit()


def mark_answer(account_id: int | None) -> Response:
    """The picture itself; 404 without one."""
    digest = queries.mark_digest(account_id) or abort(404)
    return send_file(io.BytesIO(file_store().get(digest)), mimetype="image/png", etag=digest)


def _sent(form: MarkForm) -> bytes:
    file = form.picture.data
    if file and file.filename:
        content: bytes = file.stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise InvalidEntry("Ảnh nặng quá 12 MB. Xin chụp lại ở cỡ nhỏ hơn.", "picture")
        return content
    drawing = form.drawing.data or ""
    if not drawing:
        raise InvalidEntry("Xin vẽ chữ ký vào ô, hoặc chọn một ảnh.", "picture")
    try:
        return base64.b64decode(drawing.removeprefix(DRAWN), validate=True)
    except (binascii.Error, ValueError):
        raise InvalidEntry(UNREADABLE, "picture") from None


def _mark(account_id: int | None) -> PersonalMark | None:
    return db.session.scalars(select(PersonalMark).where(PersonalMark.account_id == account_id)).one_or_none()
