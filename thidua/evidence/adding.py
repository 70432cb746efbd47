"""Adding evidence: looked at and stored first, then one short writing transaction."""

import uuid

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import NotFound, RequestEntityTooLarge

from thidua.acknowledging import is_outbox
from thidua.committing import commit_change, commit_changes
from thidua.errors import answering_too_large, refusal_answer
from thidua.evidence.forms import EvidenceForm
from thidua.evidence.page import blame, show_list
from thidua.evidence.parts import touched_part
from thidua.evidence.queries import side_of
from thidua.evidence.routes import evidence
from thidua.extensions import db
from thidua.identity import now
from thidua.models import ChecklistSession
from thidua.models.finders import session_sheet
from thidua.models.session_verbs.evidence import StoredFile
from thidua.rules.errors import InvalidEntry, NotAllowed, Refusal
from thidua.rules.lifecycle import require_can_add_evidence
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.finding import Found, find, find_for_change
from thidua.session_pages.operations import is_repeated, posted_operation
from thidua.session_pages.storing import sent_digest, store

MOST_AT_ONCE = 20
NOTHING_CHOSEN = "Xin chọn ảnh hoặc tệp trước khi gửi."
TOO_MANY = f"Mỗi lần gửi nhiều nhất {MOST_AT_ONCE} tệp. Xin gửi làm nhiều lần."


class TooLong(Refusal):
    """Refused before it was read."""

    status = 413
    kind = "too_long"


@evidence.post("")
def add(checklist_session_id: int) -> ResponseReturnValue:
    """Add the posted ``files``, all or none, about ``criterion_id`` (0: the whole half-day) with one ``caption``."""
    found = find(checklist_session_id)
    found.allow("add_evidence")
    _require_criterion(found, request.form.get("criterion_id", "0"))
    form = EvidenceForm()
    try:
        count = _add(found, form, posted_operation())
    except NotAllowed:
        raise
    except Refusal as refusal:
        db.session.rollback()
        if is_outbox():
            raise
        return show_list(find(checklist_session_id), form=form, status=blame(form, refusal))
    if is_outbox():
        return touched_part(
            db.session(), checklist_session_id, form.criterion_id.data or None, audience_of(found.standing.part)
        )
    flash("Đã lưu minh chứng." if count == 1 else f"Đã lưu {count} minh chứng.", "success")
    return redirect(f"/checklist-sessions/{checklist_session_id}/evidence", 303)


@evidence.errorhandler(RequestEntityTooLarge)
@answering_too_large
def too_long(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """More than one file may weigh: nothing was read."""
    db.session.rollback()
    refusal = TooLong(
        "Tệp vừa gửi nặng quá mức 25 MB nên chưa được nhận. Xin chụp lại ở cỡ nhỏ hơn, hoặc gửi từng tệp một."
    )
    if is_outbox():
        return refusal_answer(refusal)
    form = EvidenceForm(formdata=None)
    return show_list(find((request.view_args or {})["checklist_session_id"]), form=form, status=blame(form, refusal))


def _add(found: Found, form: EvidenceForm, op_id: str) -> int:
    """How many were posted. Raises a ``Refusal``."""
    room_id, side = found.checklist_session.id, side_of(found)
    require_can_add_evidence(found.checklist_session.state, side)
    posted = _posted_files()
    form.validate()
    for messages in form.errors.values():
        raise InvalidEntry(str(messages[0]))
    criterion_id = form.criterion_id.data or None
    said = {"sent": sent_digest(posted[0]), "criterion_id": criterion_id}
    if is_repeated(found, op_id, "evidence.added", **said):
        return len(posted)
    db.session.rollback()  # nobody's connection is held while pictures are drawn
    stored = [store(one) for one in posted]
    found = find_for_change(room_id, ChecklistSession.evidence)
    found.allow("add_evidence")
    if not is_repeated(found, op_id, "evidence.added", **said):
        _commit(found, stored, side, criterion_id, form.caption.data or "", op_id)
    return len(posted)


def _commit(
    found: Found, stored: list[StoredFile], side: str, criterion_id: int | None, caption: str, op_id: str
) -> None:
    entries = [
        found.checklist_session.add_evidence(
            file,
            side,
            criterion_id=criterion_id,
            caption=caption,
            by=found.person,
            at=now(),
            op_id=op_id if place == 0 else str(uuid.uuid5(uuid.UUID(op_id), str(place))),
        )
        for place, file in enumerate(stored)
    ]
    if len(entries) == 1:
        room_id = found.checklist_session.id
        commit_change(entries[0], lambda audience: touched_part(db.session(), room_id, criterion_id, audience))
    else:
        commit_changes(entries)


def _require_criterion(found: Found, typed: str) -> None:
    """404 unless it is a criterion of this session's checklist, or none."""
    criterion_id = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1
    if criterion_id == 0 or not typed:
        return
    sheet = session_sheet(db.session(), found.checklist_session)
    if all(leaf.id != criterion_id for leaf in sheet.leaves):
        raise NotFound


def _posted_files() -> list[FileStorage]:
    posted = [one for one in request.files.getlist("files") if one.filename]
    if not posted:
        raise InvalidEntry(NOTHING_CHOSEN, field="files")
    if len(posted) > MOST_AT_ONCE:
        raise InvalidEntry(TOO_MANY, field="files")
    return posted
