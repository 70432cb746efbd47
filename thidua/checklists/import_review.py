"""Looking through what was read, and correcting it; every correction is kept on the server at once."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from thidua.checklists import import_queries
from thidua.checklists.import_forms import HINTS, RowForm, typed_of, values_of
from thidua.checklists.import_worker import CROWDED, worker
from thidua.extensions import db
from thidua.identity import now
from thidua.models import ChecklistImport
from thidua.models.checklist_import import READ
from thidua.rules.errors import InvalidEntry, Refusal, Refused
from thidua.rules.legacy_encodings import ENCODINGS
from thidua.rules.sheet_reading import correcting
from thidua.rules.sheet_reading.column_words import ROLES, TEXT
from thidua.rules.sheet_reading.nesting import tree_of, walk
from thidua.rules.sheet_reading.values import Reading

ONE_TEXT = "Phải có đúng một cột là cột nội dung. Xin chọn lại các cột."


def answer_review(one: ChecklistImport, *, problem: str = "", row: str = "", status: int = 200) -> ResponseReturnValue:
    """The review page; ``problem`` is what was refused, ``row`` the row it is about."""
    review = import_queries.review_of(one.read())
    page = render_template(
        "checklists/import_review.html",
        one=one,
        review=review,
        problem=problem,
        problem_row=row,
        kinds=correcting.KINDS,
        polarities=correcting.POLARITIES,
        roles=ROLES,
        encodings=ENCODINGS,
    )
    return page, status


def answer_doubt(import_id: int) -> ResponseReturnValue:
    """Take a choice of a doubt: field ``answer`` is "doubt:choice", or "all" to keep everything as it was read."""
    answer = request.form.get("answer", "")
    doubt, _, place = answer.partition(":")

    def settle(reading: Reading) -> Reading:
        if answer == "all":
            return correcting.answer_all(reading)
        return correcting.answer_doubt(reading, _whole(doubt), _whole(place))

    return _change(import_id, settle, "doubts")


def change_row(import_id: int) -> ResponseReturnValue:
    """One press on a row of the list: fields ``in``, ``out``, ``leave`` or ``take`` hold its id."""
    for act in ("in", "out", "leave", "take"):
        if act in request.form:
            row_id = _whole(request.form[act])
            break
    else:
        abort(400)

    def shift(reading: Reading) -> Reading:
        if act in ("in", "out"):
            return correcting.shift_row(reading, row_id, 1 if act == "in" else -1)
        return correcting.take_row(reading, row_id, is_taken=act == "take")

    return _change(import_id, shift, f"row-{row_id}")


def change_head(import_id: int) -> ResponseReturnValue:
    """The name of the sheet and its printed total."""
    typed = {name: request.form[name] for name in ("name", "declared_max") if name in request.form}
    return _change(import_id, lambda reading: correcting.correct_head(reading, typed), "head")


def step_back(import_id: int) -> ResponseReturnValue:
    """Take the last correction back."""
    one = import_queries.import_for_change(import_id)
    try:
        one.step_back(revision())
        db.session.commit()
    except Refusal as refusal:
        return _refused(import_id, refusal)
    flash("Đã hoàn tác thay đổi vừa rồi.", "success")
    return _back(import_id)


def edit_row(import_id: int, row_id: int) -> ResponseReturnValue:
    """The form of one row."""
    one = import_queries.find_import(import_id)
    if one.state != READ:
        return _back(import_id)
    reading = one.read()
    before = _values(reading, row_id)
    if request.method == "GET":
        return _row_page(one, reading, row_id, RowForm(data=before))
    form = RowForm()
    if not form.validate():
        return _row_page(one, reading, row_id, form, 422)
    one = import_queries.import_for_change(import_id)
    try:
        reading = one.read()
        typed = typed_of(form, _values(reading, row_id))
        one.correct(correcting.correct_row(reading, row_id, typed), revision())
        db.session.commit()
    except InvalidEntry as refusal:
        db.session.rollback()
        field = form[refusal.field or ""] if (refusal.field or "") in form._fields else form.text
        field.errors = [refusal.message]
        return _row_page(one, reading, row_id, form, 422)
    except Refusal as refusal:
        db.session.rollback()
        form.form_errors.append(refusal.message)
        one = import_queries.find_import(import_id)
        return _row_page(one, reading, row_id, form, refusal.status)
    return _back(import_id, f"row-{row_id}")


def read_otherwise(import_id: int) -> ResponseReturnValue:
    """Read the file once more: ``chosen`` names the table, ``role-3`` what the fourth column is for."""
    one = import_queries.import_for_change(import_id)
    try:
        reading = one.read()
        chosen = _whole(request.form.get("chosen", str(reading.chosen)))
        roles = {str(column.index): request.form.get(f"role-{column.index}", column.role) for column in reading.columns}
        if chosen != reading.chosen:
            roles = {}
        elif list(roles.values()).count(TEXT) != 1 or not set(roles.values()) <= set(ROLES):
            raise InvalidEntry(ONE_TEXT)
        if not 0 <= chosen < max(len(reading.candidates), 1):
            raise InvalidEntry("Không có bảng này trong tệp. Xin chọn lại.")
        one.begin_again(revision(), at=now(), wishes={"chosen": chosen, "roles": roles})
        db.session.commit()
    except Refusal as refusal:
        return _refused(import_id, refusal)
    if not worker().submit(import_id):
        flash(CROWDED, "warning")
    return _back(import_id)


def save_draft(import_id: int) -> ResponseReturnValue:
    """The draft with all its criteria in one transaction, or nothing at all."""
    one = import_queries.import_for_change(import_id)
    try:
        checklist = one.draft(revision(), at=now())
        db.session.add(checklist)
        db.session.flush()
        one.save_as(checklist)
        db.session.commit()
    except Refusal as refusal:
        return _refused(import_id, refusal)
    flash(f"Đã lưu bản nháp “{checklist.name}”. Xin xem lại rồi công bố khi đã đúng.", "success")
    return redirect(url_for("checklists.show", checklist_id=checklist.id), 303)


def revision() -> int:
    """The revision the page was made of; -1 when it does not say."""
    return _whole(request.form.get("revision", ""))


def _change(import_id: int, correct: Callable[[Reading], Reading], anchor: str) -> ResponseReturnValue:
    one = import_queries.import_for_change(import_id)
    try:
        one.correct(correct(one.read()), revision())
        db.session.commit()
    except KeyError:
        return _refused(import_id, Refused("Không còn hàng này. Xin xem bản mới nhất ở dưới."))
    except Refusal as refusal:
        return _refused(import_id, refusal)
    return _back(import_id, anchor)


def _refused(import_id: int, refusal: Refusal) -> ResponseReturnValue:
    db.session.rollback()
    one = import_queries.find_import(import_id)
    if one.state != READ or one.is_asking:
        raise refusal
    return answer_review(one, problem=refusal.message, row=_row_at_fault(refusal), status=refusal.status)


def _row_at_fault(refusal: Refusal) -> str:
    return refusal.field if refusal.field and refusal.field.isdecimal() else ""


def _row_page(
    one: ChecklistImport, reading: Reading, row_id: int, form: RowForm, status: int = 200
) -> ResponseReturnValue:
    doubts = [doubt for doubt in reading.open_doubts if doubt.row == row_id]
    page = render_template(
        "checklists/import_row.html", one=one, row=reading.row(row_id), form=form, doubts=doubts, hints=HINTS
    )
    return page, status


def _values(reading: Reading, row_id: int) -> dict[str, object]:
    sections = {criterion.id for criterion in walk(tree_of(reading.rows)) if criterion.children}
    try:
        return values_of(reading.row(row_id), is_section=row_id in sections)
    except KeyError:
        abort(404)


def _back(import_id: int, anchor: str = "") -> ResponseReturnValue:
    return redirect(url_for("checklists.show_import", import_id=import_id, _anchor=anchor or None), 303)


def _whole(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else -1
