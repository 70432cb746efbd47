"""The settings of all papers: one form, and a sample that follows what is typed. Nothing typed is lost."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from thidua.doors.pdf import render_apart
from thidua.extensions import db
from thidua.identity import now, require_person
from thidua.office.forms import OfficeForm
from thidua.office.page import settings_for_change, settings_now, settings_page
from thidua.office.sample import KINDS, MINUTES, sample_document
from thidua.office.typed import office_from
from thidua.permissions import allow
from thidua.rules.documents import Document
from thidua.rules.errors import Conflict


def show() -> ResponseReturnValue:
    """The page."""
    allow("edit_office", require_person())
    return settings_page()


def save() -> ResponseReturnValue:
    """Set everything that is typed."""
    person = require_person()
    allow("edit_office", person)
    form = OfficeForm()
    if not form.validate_on_submit():
        return settings_page(form=form, status=422)
    settings = settings_for_change()
    try:
        settings.write(office_from(form.data), base_version=_version(form), by=person, at=now())
    except Conflict as conflict:
        form.base_version.data = str(settings.version)
        db.session.rollback()
        return settings_page(form=form, conflict=conflict.message, status=409)
    db.session.commit()
    flash("Đã lưu. Văn bản làm từ bây giờ theo cách ghi này; văn bản đã chốt vẫn như cũ.", "success")
    return redirect(url_for("office.show"), 303)


def sample_part() -> ResponseReturnValue:
    """The sample with what is typed now; nothing is saved."""
    allow("edit_office", require_person())
    return render_template("office/_sample.html", document=_typed_sample())


def sample_pdf() -> ResponseReturnValue:
    """The sample on paper, with what is saved; ``?sample=TB`` the notice."""
    allow("edit_office", require_person())
    document = sample_document(settings_now().office, _kind(request.args.get("sample")))
    db.session.rollback()  # rendering takes a second; no transaction waits for it
    return Response(
        render_apart(document).pdf,
        mimetype="application/pdf",
        headers={"Content-Disposition": 'inline; filename="mau-van-ban.pdf"'},
    )


def _typed_sample() -> Document:
    """Also of a form with mistakes: it shows what it can."""
    form = OfficeForm()
    return sample_document(office_from(form.data), _kind(request.form.get("sample")))


def _kind(asked: str | None) -> str:
    return asked if asked in KINDS else MINUTES


def _version(form: OfficeForm) -> int:
    typed = form.base_version.data or ""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1
