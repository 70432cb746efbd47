"""Rewording one paragraph: its page, saving, keeping an edit whose ground has moved, taking it back."""

from collections.abc import Callable
from typing import Any

from flask import Response, abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from thidua.committing import commit_change
from thidua.extensions import db
from thidua.identity import now
from thidua.issuing.drafting import compose_draft
from thidua.minutes.finding import FoundMinutes, find_minutes, find_minutes_for_change
from thidua.minutes.forms import TextForm
from thidua.minutes.page import room_values
from thidua.minutes.phrases import suggestions_for
from thidua.minutes.routes import minutes
from thidua.minutes.sources import source_of
from thidua.minutes.written import address_of, editable_ids, heading_above, is_conclusion, label_of
from thidua.models import JournalEntry, TextEdit
from thidua.models.finders import operation
from thidua.models.manuscript import Manuscript, fingerprint, manuscript_of
from thidua.rules.differences import differences
from thidua.rules.document_edits import Stale, editable_text
from thidua.rules.documents import Document, Heading, Signatures, Title
from thidua.rules.errors import InvalidEntry, Refusal, Refused
from thidua.session_pages.operations import is_repeated, new_operation, posted_operation

Verb = Callable[[FoundMinutes, Manuscript, str, TextForm, str], JournalEntry | None]
ELSEWHERE = "Kết luận của Trưởng đoàn được sửa ở trang Kết luận, sau khi khóa điểm."


@minutes.get("/<int:conclusion_id>/minutes/blocks/<block_id>")
def block(conclusion_id: int, block_id: str) -> ResponseReturnValue:
    """One paragraph: what is printed, what was composed, phrases of earlier minutes."""
    found = find_minutes(conclusion_id)
    found.found.allow("edit_minutes")
    if is_conclusion(block_id):
        return redirect(address_of(conclusion_id, block_id), 303)
    return _page(found, block_id)


@minutes.get("/<int:conclusion_id>/minutes/blocks/<block_id>/composed")
def composed(conclusion_id: int, block_id: str) -> ResponseReturnValue:
    """The live part beside the text being typed: what is composed now."""
    found = find_minutes(conclusion_id)
    found.found.allow("edit_minutes")
    values = _block_values(found, block_id)
    return render_template("minutes/_composed.html", conclusion=found.conclusion, may_write=found.may_write, **values)


@minutes.post("/<int:conclusion_id>/minutes/blocks/<block_id>")
def write_block(conclusion_id: int, block_id: str) -> ResponseReturnValue:
    """These words in place of the composed ones."""
    found = find_minutes_for_change(conclusion_id)
    found.found.allow("edit_minutes")
    form, op_id = TextForm(), posted_operation()
    try:
        if not _is_done(found, op_id, block_id):
            _write(found, block_id, form, op_id)
    except Refusal as refusal:
        return _refused(conclusion_id, block_id, form, refusal)
    flash("Đã lưu đoạn văn.", "success")
    return _back(conclusion_id, block_id)


@minutes.post("/<int:conclusion_id>/minutes/blocks/<block_id>/omission")
def leave_out(conclusion_id: int, block_id: str) -> ResponseReturnValue:
    """The paragraph is not printed; it can be taken back."""
    said = "Đã bỏ đoạn này khỏi biên bản. Muốn lấy lại, xin xem “Đã sửa bằng tay”."
    return _change(conclusion_id, block_id, "text.edited", _leave_out, said)


@minutes.post("/<int:conclusion_id>/minutes/blocks/<block_id>/keeping")
def keep_block(conclusion_id: int, block_id: str) -> ResponseReturnValue:
    """The edit stays although the composed text has changed."""
    return _change(conclusion_id, block_id, "text.kept", _keep, "Giữ nguyên bản đã sửa.")


@minutes.post("/<int:conclusion_id>/minutes/blocks/<block_id>/restoration")
def restore_block(conclusion_id: int, block_id: str) -> ResponseReturnValue:
    """Back to the composed text."""
    return _change(conclusion_id, block_id, "text.restored", _take_back, "Đã lấy lại bản máy soạn.")


def _change(conclusion_id: int, block_id: str, kind: str, verb: Verb, said: str) -> ResponseReturnValue:
    found = find_minutes_for_change(conclusion_id)
    found.found.allow("edit_minutes")
    form, op_id = TextForm(), posted_operation()
    try:
        if not is_repeated(found.found, op_id, kind, block_id=block_id):
            entry = verb(found, manuscript_of(db.session(), found.conclusion), block_id, form, op_id)
            if entry:
                commit_change(entry)
    except Refusal as refusal:
        return _refused(conclusion_id, block_id, form, refusal)
    flash(said, "success")
    return _back(conclusion_id, block_id)


def _write(found: FoundMinutes, block_id: str, form: TextForm, op_id: str) -> None:
    if is_conclusion(block_id):
        raise Refused(ELSEWHERE)
    if not form.text.data:
        raise InvalidEntry("Đoạn văn đang trống. Muốn bỏ hẳn đoạn này, xin bấm “Bỏ đoạn này khỏi biên bản”.", "text")
    entry = manuscript_of(db.session(), found.conclusion).write(
        _composed(found),
        block_id,
        form.text.data,
        seen=form.seen.data or "",
        base_version=form.base_version.data or 0,
        by=found.found.person,
        at=now(),
        op_id=op_id,
    )
    if entry:
        commit_change(entry)


def _leave_out(
    found: FoundMinutes, manuscript: Manuscript, block_id: str, form: TextForm, op_id: str
) -> JournalEntry | None:
    if is_conclusion(block_id):
        raise Refused(ELSEWHERE)
    return manuscript.write(_composed(found), block_id, "", seen=form.seen.data or "", **_by(found, form, op_id))


def _keep(
    found: FoundMinutes, manuscript: Manuscript, block_id: str, form: TextForm, op_id: str
) -> JournalEntry | None:
    return manuscript.keep(_composed(found), block_id, seen=form.seen.data or "", **_by(found, form, op_id))


def _take_back(
    found: FoundMinutes, manuscript: Manuscript, block_id: str, form: TextForm, op_id: str
) -> JournalEntry | None:
    return manuscript.take_back(block_id, **_by(found, form, op_id))


def _by(found: FoundMinutes, form: TextForm, op_id: str) -> dict[str, Any]:
    return {"base_version": form.base_version.data or 0, "by": found.found.person, "at": now(), "op_id": op_id}


def _composed(found: FoundMinutes) -> Document:
    return compose_draft(db.session(), found.conclusion, open_book=found.found.may("see_proposals")).document


def _is_done(found: FoundMinutes, op_id: str, block_id: str) -> bool:
    """Saved before; words that are those composed have taken the edit back instead."""
    entry = operation(db.session(), op_id)
    kind = "text.restored" if entry and entry.kind == "text.restored" else "text.edited"
    return is_repeated(found.found, op_id, kind, block_id=block_id)


def _refused(conclusion_id: int, block_id: str, form: TextForm, refusal: Refusal) -> ResponseReturnValue:
    """The page again with what was typed and why it was not saved; nothing has been changed."""
    db.session.rollback()
    found = find_minutes(conclusion_id)
    if refusal.field == "text":
        form.text.errors = [refusal.message]
    else:
        form.form_errors.append(refusal.message)
    return _page(found, block_id, form, status=refusal.status)


def _page(
    found: FoundMinutes, block_id: str, form: TextForm | None = None, *, status: int = 200
) -> ResponseReturnValue:
    values = _block_values(found, block_id)
    if not values["exists"] and form is None:
        abort(404)
    fresh = {"op_id": new_operation(), "base_version": values["version"], "seen": values["seen"]}
    if form is None:
        form = TextForm(formdata=None, text=values["printed"], **fresh)
    else:
        for name, value in fresh.items():
            form[name].data = value
    return render_template(
        "minutes/block.html",
        form=form,
        suggestions=suggestions_for(block_id, form.text.data or ""),
        **room_values(found),
        **values,
    ), status


def _block_values(found: FoundMinutes, block_id: str) -> dict[str, Any]:
    """What is known of one block: composed, edited, printed, and what stands around it."""
    document = _composed(found)
    manuscript = manuscript_of(db.session(), found.conclusion)
    edit = manuscript.edits.get(block_id)
    block = next((one for one in document.blocks if one.id == block_id), None)
    generated = editable_text(block) if block else None
    stale = _stale(edit, generated)
    return {
        "block_id": block_id,
        "new_operation": new_operation,
        "exists": generated is not None or edit is not None,
        "label": label_of(document, block_id),
        "generated": generated,
        "seen": fingerprint(generated or ""),
        "edit": edit,
        "version": edit.version if edit else 0,
        "printed": edit.text if edit else generated or "",
        "stale": stale,
        "changes": differences(edit.generated, edit.text) if edit else (),
        "moved": differences(stale.then, stale.now) if stale and stale.now is not None else (),
        "may_leave_out": block is not None and not isinstance(block, Title | Heading | Signatures),
        "is_one_line": isinstance(block, Title | Heading),
        "heading": heading_above(document, block_id),
        "source": source_of(block_id, found.conclusion.checklist_session_id),
        "around": _around(document, block_id, found.conclusion.id),
    }


def _stale(edit: TextEdit | None, generated: str | None) -> Stale | None:
    if edit is None or generated in (edit.generated, edit.text):
        return None
    return Stale(edit.block_id, edit.text, edit.generated, generated)


def _around(document: Document, block_id: str, conclusion_id: int) -> tuple[str, str]:
    """Addresses of the paragraphs before and after."""
    ids = editable_ids(document)
    if block_id not in ids:
        return "", ""
    at = ids.index(block_id)
    before, after = ids[at - 1 : at] if at else [], ids[at + 1 : at + 2]
    return tuple(address_of(conclusion_id, one[0]) if one else "" for one in (before, after))  # type: ignore[return-value]


def _back(conclusion_id: int, block_id: str) -> Response:
    return redirect(f"/conclusions/{conclusion_id}/minutes#row-{block_id}", 303)  # type: ignore[return-value]
