"""Routes of the conclusion: the head's words, another rating, freezing, signing, the PDF."""

import re
from contextlib import suppress

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from thidua.committing import commit_change
from thidua.conclusions.facts import half_day
from thidua.conclusions.finding import FoundConclusion, find_conclusion, find_conclusion_for_change
from thidua.conclusions.forms import ConclusionForm, FreezeForm, GatesForm, GradeForm
from thidua.conclusions.freezing import draft_document, new_minutes, read_draft
from thidua.conclusions.page import show_conclusion, with_gates, with_labels
from thidua.doors.pdf import RenderBusy, render_apart
from thidua.extensions import db
from thidua.identity import now
from thidua.issuing.gaps import check_list
from thidua.issuing.storing import ensure_rendered, file_store
from thidua.rules.errors import Conflict, InvalidEntry, Refused
from thidua.rules.vietnamese import fold
from thidua.rules.wording import draft_conclusion
from thidua.session_pages.operations import is_repeated, new_operation, posted_operation

conclusions = Blueprint("conclusions", __name__, url_prefix="/conclusions")


@conclusions.get("/<int:conclusion_id>")
def conclusion(conclusion_id: int) -> ResponseReturnValue:
    """The conclusion page."""
    found = find_conclusion(conclusion_id)
    if found.minutes and not found.minutes.revisions:
        ensure_rendered(found.minutes.id)
        found = find_conclusion(conclusion_id)
    return show_conclusion(found)


@conclusions.post("/<int:conclusion_id>/text")
def write_text(conclusion_id: int) -> ResponseReturnValue:
    """Save the head of team's words."""
    found = find_conclusion_for_change(conclusion_id)
    found.found.allow("write_conclusion")
    form, op_id = ConclusionForm(), posted_operation()
    if not form.validate_on_submit():
        return _again(found, 422, conclusion_form=form)
    typed = {"text": form.text.data} if form.text.data else {}
    try:
        if is_repeated(found.found, op_id, "conclusion.written", **typed):
            return _back(conclusion_id)
    except Refused as refused:
        form.op_id.data = new_operation()
        return _again(found, 409, conflict=refused.message, conclusion_form=form)
    drafted = draft_conclusion(half_day(db.session(), found.conclusion).facts)
    try:
        entry = found.conclusion.write(
            form.text.data or drafted,
            base_version=_version(form.base_version.data),
            by=found.found.person,
            at=now(),
            op_id=op_id,
        )
    except Conflict as conflict:
        form.base_version.data = str(found.conclusion.version)
        return _again(found, 409, conflict=conflict.message, conclusion_form=form)
    except Refused as refused:
        return _again(found, 409, conflict=refused.message, conclusion_form=form, unsaved=form.text.data)
    commit_change(entry)
    flash("Đã lưu kết luận.", "success")
    return _back(conclusion_id)


@conclusions.post("/<int:conclusion_id>/grade")
def override_grade(conclusion_id: int) -> ResponseReturnValue:
    """Another rating, with its reason; an empty choice goes back to the computed one."""
    found = find_conclusion_for_change(conclusion_id)
    found.found.allow("override_grade")
    op_id = posted_operation()
    if is_repeated(found.found, op_id, "grade.overridden"):
        return _back(conclusion_id)
    read = half_day(db.session(), found.conclusion)
    form = with_labels(GradeForm(), read)
    if not form.validate_on_submit():
        return _again(found, 422, grade_form=form)
    labels = tuple(value for value, _ in form.label.choices if value)
    try:
        entry = found.conclusion.override_grade(
            form.label.data or "",
            form.reason.data or "",
            labels=labels,
            by=found.found.person,
            at=now(),
            op_id=op_id,
            base_version=_version(form.base_version.data),
        )
    except InvalidEntry as error:
        form[error.field or "label"].errors = [error.message]
        return _again(found, 422, grade_form=form)
    except Conflict as conflict:
        form.base_version.data = str(found.conclusion.version)
        return _again(found, 409, conflict=conflict.message, grade_form=form)
    commit_change(entry)
    flash("Đã lưu xếp loại.", "success")
    return _back(conclusion_id)


@conclusions.post("/<int:conclusion_id>/gates")
def declare_gates(conclusion_id: int) -> ResponseReturnValue:
    """The gates that apply though nobody can compute them, discipline above all; none ticked takes them back."""
    found = find_conclusion_for_change(conclusion_id)
    found.found.allow("override_grade")
    op_id = posted_operation()
    if is_repeated(found.found, op_id, "gates.declared"):
        return _back(conclusion_id)
    read = half_day(db.session(), found.conclusion)
    form = with_gates(GatesForm(), read)
    if not form.validate_on_submit():
        return _again(found, 422, gates_form=form)
    try:
        entry = found.conclusion.declare_gates(
            form.gates.data or [],
            sheet=read.sheet,
            by=found.found.person,
            at=now(),
            op_id=op_id,
            base_version=_version(form.base_version.data),
        )
    except InvalidEntry as error:
        form.gates.errors = [error.message]
        return _again(found, 422, gates_form=form)
    except Conflict as conflict:
        form.base_version.data = str(found.conclusion.version)
        return _again(found, 409, conflict=conflict.message, gates_form=form)
    commit_change(entry)
    flash("Đã lưu khống chế xếp loại.", "success")
    return _back(conclusion_id)


@conclusions.post("/<int:conclusion_id>/minutes")
def freeze_minutes(conclusion_id: int) -> ResponseReturnValue:
    """Freeze the minutes: number, canonical bytes, hash; then the PDF from those bytes."""
    found = find_conclusion_for_change(conclusion_id)
    found.found.allow("freeze_minutes")
    form, op_id = FreezeForm(), posted_operation()
    if not is_repeated(found.found, op_id, "minutes.frozen"):
        found.conclusion.checklist_session.require_can_freeze()
        draft = read_draft(db.session(), found.conclusion, open_book=True)
        listed = check_list(db.session(), found.conclusion, draft.read.facts, draft.stale)
        if listed.dead_ends:
            form.accept_missing.errors = listed.dead_ends
            return _again(found, 422, freeze_form=form)
        if listed.gaps and not form.accept_missing.data:
            form.accept_missing.errors = ["Còn mục chưa đủ. Xin bổ sung, hoặc đánh dấu vào ô này để vẫn chốt biên bản."]
            return _again(found, 422, freeze_form=form)
        _freeze(found, op_id)
        flash("Biên bản đã chốt. Xin thư ký, đơn vị và Trưởng đoàn lần lượt ký.", "success")
    minutes = find_conclusion(conclusion_id).minutes
    if minutes:
        with suppress(RenderBusy):  # frozen they are; they are printed when somebody looks at them
            ensure_rendered(minutes.id)
    return _back(conclusion_id)


def _freeze(found: FoundConclusion, op_id: str) -> None:
    minutes = new_minutes(db.session(), found.conclusion, by_name=found.found.person.name, at=now())
    db.session.add(minutes)
    payload = {"minutes": minutes.sha256, "number": minutes.number_label}
    entry = found.conclusion.checklist_session.record_freezing(payload, by=found.found.person, at=now(), op_id=op_id)
    commit_change(entry)


@conclusions.get("/<int:conclusion_id>/minutes.pdf")
def minutes_pdf(conclusion_id: int) -> ResponseReturnValue:
    """The stored PDF, byte for byte; before freezing a draft with its watermark."""
    found = find_conclusion(conclusion_id)
    if found.minutes is None:
        found.found.allow("see_proposals")
        _, document = draft_document(db.session(), found.conclusion, open_book=True)
        db.session.rollback()
        return _pdf(render_apart(document).pdf, f"du-thao-bien-ban {found.found.unit_name}")
    if not found.minutes.revisions:
        ensure_rendered(found.minutes.id)
        found = find_conclusion(conclusion_id)
    assert found.minutes is not None
    latest = found.minutes.revisions[-1]
    return _pdf(file_store().get(latest.sha256), f"bien-ban {found.minutes.number_label} {found.minutes.year}")


def _pdf(content: bytes, title: str) -> Response:
    name = "-".join(re.findall("[a-z0-9]+", fold(title)))  # a header carries no dash of a unit's name
    disposition = "attachment" if "download" in request.args else "inline"
    return Response(
        content, mimetype="application/pdf", headers={"Content-Disposition": f'{disposition}; filename="{name}.pdf"'}
    )


def _again(found: FoundConclusion, status: int, *, conflict: str = "", **forms: object) -> ResponseReturnValue:
    """The page again with what was typed; nothing has been changed."""
    identity = found.conclusion.id
    db.session.rollback()
    return show_conclusion(find_conclusion(identity), status=status, conflict=conflict, forms=forms)


def _back(conclusion_id: int) -> ResponseReturnValue:
    return redirect(url_for("conclusions.conclusion", conclusion_id=conclusion_id), 303)


def _version(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


from thidua.conclusions import files, signing  # noqa: E402,F401  # register their routes on the blueprint above
