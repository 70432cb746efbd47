"""What may be done with a piece afterwards: say what it shows, take it back."""

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from thidua.committing import Frames, commit_change
from thidua.evidence.forms import CaptionForm
from thidua.evidence.page import blame, may_change, show_piece
from thidua.evidence.parts import touched_part
from thidua.evidence.queries import piece_or_404, side_of
from thidua.evidence.routes import evidence
from thidua.extensions import db
from thidua.identity import now
from thidua.models import Evidence, JournalEntry
from thidua.rules.errors import Conflict, NotAllowed, Refusal
from thidua.session_pages.finding import Found, find, find_for_change
from thidua.session_pages.operations import is_repeated, posted_operation


@evidence.post("/<int:evidence_id>/caption")
def describe(checklist_session_id: int, evidence_id: int) -> ResponseReturnValue:
    """Other words under it, unless somebody changed them meanwhile."""
    found = find_for_change(checklist_session_id)
    one = piece_or_404(db.session(), found, evidence_id)
    _allow_change(found, one.by_id)
    form = CaptionForm()
    try:
        if not form.validate():
            return _again(checklist_session_id, evidence_id, form, 422)
        caption, op_id = form.caption.data or "", posted_operation()
        if not is_repeated(found, op_id, "evidence.described", evidence_id=one.id, caption=caption):
            entry = found.checklist_session.describe_evidence(
                one, caption, base_caption=form.base_caption.data or "", by=found.person, at=now(), op_id=op_id
            )
            commit_change(entry, _touched(entry, one))
    except Refusal as refusal:
        if isinstance(refusal, Conflict):
            form.base_caption.data = one.caption
        return _again(checklist_session_id, evidence_id, form, blame(form, refusal))
    flash("Đã lưu chú thích.", "success")
    return redirect(f"/checklist-sessions/{checklist_session_id}/evidence/{evidence_id}", 303)


@evidence.post("/<int:evidence_id>/withdrawal")
def withdraw(checklist_session_id: int, evidence_id: int) -> ResponseReturnValue:
    """Take it back: one's own, head of team and secretary any."""
    found = find_for_change(checklist_session_id)
    found.allow("add_evidence")
    one = piece_or_404(db.session(), found, evidence_id)
    _allow_change(found, one.by_id)
    op_id = posted_operation()
    if not is_repeated(found, op_id, "evidence.withdrawn", evidence_id=evidence_id):
        room = found.checklist_session
        entry = room.withdraw_evidence(one, side_of(found), by=found.person, at=now(), op_id=op_id)
        commit_change(entry, _touched(entry, one))
        flash("Đã rút minh chứng. Nhật ký vẫn giữ.", "success")
    return redirect(f"/checklist-sessions/{checklist_session_id}/evidence", 303)


def _allow_change(found: Found, by_id: int) -> None:
    found.allow("add_evidence")
    if not may_change(found, by_id):
        raise NotAllowed("Chỉ người đã gửi, Thư ký và Trưởng đoàn được sửa hoặc rút minh chứng này.")


def _touched(entry: JournalEntry, one: Evidence) -> Frames:
    room, criterion_id = entry.checklist_session_id, one.criterion_id
    return lambda audience: touched_part(db.session(), room, criterion_id, audience)


def _again(checklist_session_id: int, evidence_id: int, form: CaptionForm, status: int) -> ResponseReturnValue:
    db.session.rollback()
    found = find(checklist_session_id)
    return show_piece(found, piece_or_404(db.session(), found, evidence_id), form=form, status=status)
