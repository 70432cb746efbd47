"""Routes of the register: its page, numbers for documents written elsewhere, a note beside a number."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from thidua.extensions import begin_writing, db
from thidua.identity import now, require_person
from thidua.issuing.numbering import register_next
from thidua.models import Actor
from thidua.models.office_settings import office_of
from thidua.models.register import RegisterEntry
from thidua.permissions import allow, may
from thidua.register.forms import ElsewhereForm, NoteForm
from thidua.register.queries import given_since, newest_id, register_of
from thidua.rules.words import day_of

register = Blueprint("register", __name__, url_prefix="/register")

FUTURE = "Ngày văn bản chưa đến. Số chỉ được cấp khi văn bản đã ban hành."


@register.get("")
def index() -> ResponseReturnValue:
    """One year of the register; ``?year=`` chooses it."""
    person = require_person()
    allow("see_register", person)
    return _page(person, fresh_form())


@register.post("")
def give() -> ResponseReturnValue:
    """Numbers for a document written elsewhere: one, or several that follow each other."""
    person = require_person()
    allow("edit_register", person)
    form = ElsewhereForm()
    if form.validate_on_submit() and form.issued_on.data > day_of(now()):
        form.issued_on.errors = [FUTURE]
    if form.errors:
        return _page(person, form, status=422)
    given = _give(form, person)
    words = given[0].number_label if len(given) == 1 else f"{given[0].number_label} đến {given[-1].number_label}"
    flash(f"Đã vào sổ số {words}.", "success")
    return redirect(url_for("register.index", year=given[0].year), 303)


@register.post("/<int:entry_id>/note")
def write_note(entry_id: int) -> ResponseReturnValue:
    """Other words beside a number; the number itself is never changed or taken back."""
    person = require_person()
    begin_writing()
    entry = db.session.get(RegisterEntry, entry_id, with_for_update=True) or abort(404)
    allow("edit_register", person)
    form = NoteForm()
    if not form.validate_on_submit():
        db.session.rollback()
        return _page(person, fresh_form(), status=422, note_form=form, noted=entry_id, year=entry.year)
    entry.note = form.note.data or ""
    db.session.commit()
    flash(f"Đã lưu ghi chú của số {entry.number_label}.", "success")
    return redirect(url_for("register.index", year=entry.year), 303)


def fresh_form() -> ElsewhereForm:
    """Empty, for today."""
    symbol = office_of(db.session()).symbol
    return ElsewhereForm(
        formdata=None, symbol=symbol, issued_on=day_of(now()), count=1, seen=str(newest_id(db.session()))
    )


def _give(form: ElsewhereForm, person: Actor) -> list[RegisterEntry]:
    """The numbers given, or those given a moment ago when the form was sent twice."""
    begin_writing()
    at = now()
    given = [
        register_next(
            db.session(),
            form.kind.data,
            form.symbol.data or "",
            issued_on=form.issued_on.data,
            title=form.title.data or "",
            note=form.note.data or "",
            by_name=person.name,
            at=at,
        )
        for _ in range(form.count.data or 1)
    ]
    before = [one for one in given_since(db.session(), _seen(form), given[0]) if one not in given]
    if before:
        db.session.rollback()
        return before
    db.session.commit()
    return given


def _seen(form: ElsewhereForm) -> int:
    typed = form.seen.data or ""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else newest_id(db.session())


def _page(
    person: Actor,
    form: ElsewhereForm,
    *,
    status: int = 200,
    note_form: NoteForm | None = None,
    noted: int = 0,
    year: int | None = None,
) -> ResponseReturnValue:
    asked = year or request.args.get("year", type=int)
    chosen = asked if asked and 1900 <= asked <= 2200 else None
    return render_template(
        "register/index.html",
        register=register_of(db.session(), chosen, today=day_of(now())),
        form=form,
        note_form=note_form,
        noted=noted,
        office=office_of(db.session()),
        may_edit=may("edit_register", person),
    ), status
