"""Report, appendix and decisions as files: looked at and stored first, then one short writing transaction."""

import uuid

from flask import flash, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import NotFound, RequestEntityTooLarge

from thidua.acknowledging import is_outbox
from thidua.committing import commit_changes
from thidua.errors import SENTENCES, answering_too_large, refusal_answer
from thidua.extensions import db
from thidua.identity import now
from thidua.models import ChecklistSession, Evidence, Preparation
from thidua.models.evidence import PURPOSES
from thidua.models.preparation_verbs import document_label, require_draft
from thidua.models.session_verbs.evidence import StoredFile
from thidua.preparation.forms import FilesForm
from thidua.preparation.page import show_page
from thidua.preparation.queries import preparation_for_change, preparation_of
from thidua.preparation.saving import part, refused, require_valid, saved
from thidua.preparation.view import Prepared
from thidua.rules.errors import InvalidEntry, NotAllowed, Refusal
from thidua.session_pages.finding import Found, find, find_for_change
from thidua.session_pages.operations import is_repeated, posted_operation
from thidua.session_pages.storing import sent_digest, store

MOST_AT_ONCE = 20
PLACES = {"report": "report", "appendix": "figures", "decision": "documents"}


class TooLong(Refusal):
    """Refused before it was read."""

    status = 413
    kind = "too_long"


def add(checklist_session_id: int, purpose: str) -> ResponseReturnValue:
    """Add the posted ``files``, all or none, as this part of the preparation, perhaps as those of a ``document_id``."""
    found = find(checklist_session_id)
    found.allow("prepare")
    try:
        found = _add(found, purpose, posted_operation())
    except NotAllowed:
        raise
    except Refusal as refusal:
        return refused(checklist_session_id, refusal, PLACES[purpose])
    return saved(found, PLACES[purpose], lambda view: _lists(view, purpose))


def withdraw(checklist_session_id: int, evidence_id: int) -> ResponseReturnValue:
    """Take a file of the preparation back; the journal keeps that it was there."""
    found = find_for_change(checklist_session_id)
    found.allow("prepare")
    one = db.session.get(Evidence, evidence_id, populate_existing=True)
    if one is None or one.checklist_session_id != checklist_session_id or one.purpose not in PURPOSES:
        raise NotFound
    try:
        op_id = posted_operation()
        if not is_repeated(found, op_id, "evidence.withdrawn", evidence_id=evidence_id) and not one.withdrawn_at:
            entry = found.checklist_session.withdraw_evidence(one, "unit", by=found.person, at=now(), op_id=op_id)
            commit_changes([entry])
    except Refusal as refusal:
        return refused(checklist_session_id, refusal, PLACES[one.purpose])
    return saved(found, PLACES[one.purpose], lambda view: _lists(view, one.purpose))


@answering_too_large
def too_long(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Nothing was read, and nothing of the form can be; the other addresses of this room take a few words only."""
    db.session.rollback()
    if request.endpoint != "preparation.add_files":
        return refusal_answer(TooLong(SENTENCES[413][1]))
    where = request.view_args or {}
    refusal = TooLong(
        "Tệp vừa gửi nặng quá mức 25 MB nên chưa được nhận. Xin tách thành nhiều tệp, hoặc lưu ở cỡ nhỏ hơn."
    )
    if is_outbox():
        return refusal_answer(refusal)
    return show_page(find(where["checklist_session_id"]), refusal=refusal, place=PLACES[where["purpose"]], status=413)


def _add(found: Found, purpose: str, op_id: str) -> Found:
    room_id = found.checklist_session.id
    preparation = preparation_of(room_id)
    if preparation:
        require_draft(preparation, found.checklist_session.state)
    chosen = _posted_files()
    form = FilesForm()
    require_valid(form)
    said = {"sent": sent_digest(chosen[0]), "purpose": purpose}
    if is_repeated(found, op_id, "evidence.added", **said):
        return found
    db.session.rollback()  # nobody's connection is held while pictures are drawn
    stored = [store(one) for one in chosen]
    found = find_for_change(room_id, ChecklistSession.evidence)
    found.allow("prepare")
    preparation = preparation_for_change(found)
    require_draft(preparation, found.checklist_session.state)
    if not is_repeated(found, op_id, "evidence.added", **said):
        _commit(found, preparation, stored, purpose, form.document_id.data or 0, op_id)
    flash("Đã lưu tệp." if len(stored) == 1 else f"Đã lưu {len(stored)} tệp.", "success")
    return found


def _commit(
    found: Found, preparation: Preparation, stored: list[StoredFile], purpose: str, document_id: int, op_id: str
) -> None:
    document = next((one for one in preparation.documents if one.id == document_id), None)
    preparation.revision += 1
    commit_changes(
        found.checklist_session.add_evidence(
            file,
            "unit",
            caption=document_label(document)[:300] if document else PURPOSES[purpose],
            purpose=purpose,
            by=found.person,
            at=now(),
            op_id=op_id if place == 0 else str(uuid.uuid5(uuid.UUID(op_id), str(place))),
        )
        for place, file in enumerate(stored)
    )


def _posted_files() -> list[FileStorage]:
    chosen = [one for one in request.files.getlist("files") if one.filename]
    if not chosen:
        raise InvalidEntry("Xin chọn tệp trước khi gửi.", field="files")
    if len(chosen) > MOST_AT_ONCE:
        raise InvalidEntry(f"Mỗi lần gửi nhiều nhất {MOST_AT_ONCE} tệp. Xin gửi làm nhiều lần.", field="files")
    return chosen


def _lists(view: Prepared, purpose: str) -> list[str]:
    if purpose == "decision":
        return [part(view, "documents")]
    return [part(view, "files", purpose=purpose)]
