"""Signing off in the program: the password once more, a mark on the PDF, one row, and at the end the index."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from thidua.committing import commit_change
from thidua.conclusions.finding import find_conclusion, find_conclusion_for_change
from thidua.conclusions.forms import SignForm
from thidua.conclusions.page import part_to_sign
from thidua.conclusions.routes import _again, _back, conclusions
from thidua.extensions import db
from thidua.identity import now
from thidua.issuing.stamping import stamped
from thidua.issuing.storing import ensure_rendered
from thidua.models import Paper
from thidua.passwords import fault_of_own_password
from thidua.rules import lifecycle
from thidua.rules.errors import Conflict, NotAllowed
from thidua.rules.signing import LABELS
from thidua.session_pages.operations import is_repeated, posted_operation


@conclusions.post("/<int:conclusion_id>/signatures")
def sign(conclusion_id: int) -> ResponseReturnValue:
    """Sign off for one's own part. The password is checked and the PDF stamped before the writing transaction."""
    found = find_conclusion(conclusion_id)
    part = part_to_sign(found)
    if not part:
        raise NotAllowed("Chỉ thư ký, đại diện đơn vị và Trưởng đoàn của buổi kiểm tra này được ký biên bản.")
    form, op_id = SignForm(), posted_operation()
    if is_repeated(found.found, op_id, "minutes.signed"):
        return _back(conclusion_id)
    lifecycle.require_can_sign(found.conclusion.checklist_session.state)
    if not form.validate_on_submit():
        return _again(found, 422, sign_form=form)
    fault = fault_of_own_password(found.found.person, form.password.data or "")
    if fault:
        form.password.errors = [f"{fault} Chưa ký; xin nhập lại."]
        return _again(found, 422, sign_form=form)
    _sign(conclusion_id, part, op_id)
    flash(f"Đã ký biên bản với tư cách {LABELS[part].lower()}.", "success")
    return _back(conclusion_id)


def _sign(conclusion_id: int, part: str, op_id: str) -> None:
    """Whoever signs in the same moment comes first or after: then the mark is drawn again, on the newer file."""
    found = find_conclusion(conclusion_id)
    assert found.minutes is not None
    ensure_rendered(found.minutes.id)
    for _other in range(len(found.minutes.signing_parts) - 1):
        try:
            _sign_latest(conclusion_id, part, op_id)
            return
        except Conflict:
            continue
    _sign_latest(conclusion_id, part, op_id)  # nobody is left who could come in between


def _sign_latest(conclusion_id: int, part: str, op_id: str) -> None:
    """Raises ``Conflict`` when another signature came in between; the same operation again changes nothing."""
    db.session.rollback()
    found = find_conclusion(conclusion_id)
    assert found.minutes is not None
    if is_repeated(found.found, op_id, "minutes.signed"):
        return
    found.minutes.require_can_sign(part)
    before, after, size = stamped(found.minutes, part, name=found.found.person.name, at=now())
    changing = find_conclusion_for_change(conclusion_id)
    assert changing.minutes is not None
    if is_repeated(changing.found, op_id, "minutes.signed"):
        db.session.rollback()
        return
    entry = changing.minutes.sign(
        part,
        pdf_before=before,
        pdf_after=after,
        size=size,
        address=request.remote_addr or "",
        device=request.user_agent.string,
        by=changing.found.person,
        at=now(),
        op_id=op_id,
    )
    if changing.minutes.is_signed:
        _index(changing.minutes)
    commit_change(entry)


def _index(minutes: Paper) -> None:
    from thidua.models.passage import index_session

    db.session.flush()
    assert minutes.conclusion is not None
    index_session(db.session(), minutes.conclusion.checklist_session_id)
