"""The office's own Word template: fetched, changed in Word, brought back; checked before it is taken."""

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from thidua.doors.word import BadTemplate, check_template, shipped_template
from thidua.doors.word.opening import TOO_BIG
from thidua.errors import SENTENCES, answering_too_large, refusal_answer
from thidua.extensions import db
from thidua.identity import now, require_person
from thidua.issuing.storing import file_store
from thidua.issuing.word_files import MEDIA_TYPE, word_file, word_template
from thidua.models.office_settings import office_of
from thidua.office.page import settings_for_change, settings_page
from thidua.office.sample import sample_document
from thidua.permissions import allow
from thidua.rules.errors import Refusal
from thidua.rules.file_names import clean_file_name

NOTHING_CHOSEN = "Xin chọn tệp Word (.docx) rồi bấm Dùng mẫu này."


class TooLong(Refusal):
    """Refused before it was read."""

    status = 413
    kind = "too_long"


def upload() -> ResponseReturnValue:
    """Take the file as template if it works; the one before stays in the store."""
    person = require_person()
    allow("edit_office", person)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return settings_page(faults=(NOTHING_CHOSEN,), status=422)
    content, name = sent.read(), clean_file_name(sent.filename, ("docx",))
    sample = sample_document(office_of(db.session()))
    db.session.rollback()  # looking through the file takes a moment; no transaction waits for it
    try:
        check_template(content, sample)
    except BadTemplate as bad:
        return settings_page(faults=bad.faults, status=422)
    sha256 = file_store().put(content)
    settings_for_change().use_template(sha256, name, by=person, at=now())
    db.session.commit()
    flash(f"Từ bây giờ tệp Word của biên bản làm theo mẫu “{name}”.", "success")
    return redirect(url_for("office.show") + "#word", 303)


def remove() -> ResponseReturnValue:
    """Back to the template that comes with the program."""
    person = require_person()
    allow("edit_office", person)
    settings_for_change().use_template("", "", by=person, at=now())
    db.session.commit()
    flash("Đã bỏ mẫu riêng; tệp Word làm theo mẫu có sẵn.", "success")
    return redirect(url_for("office.show") + "#word", 303)


def download() -> ResponseReturnValue:
    """The template in use, to be changed in Word; ``?shipped`` the one that comes with the program."""
    allow("edit_office", require_person())
    content = shipped_template() if "shipped" in request.args else word_template()
    return _word(content, "mau-van-ban")


def sample() -> ResponseReturnValue:
    """The made-up minutes by the template in use."""
    allow("edit_office", require_person())
    return _word(word_file(sample_document(office_of(db.session()))), "bien-ban-mau")


@answering_too_large
def too_big(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Refused before it was read; the form of the settings carries words only."""
    if request.endpoint != "office.upload_template":
        return refusal_answer(TooLong(SENTENCES[413][1]))
    allow("edit_office", require_person())
    return settings_page(faults=(TOO_BIG,), status=413)


def _word(content: bytes, name: str) -> Response:
    return Response(
        content, mimetype=MEDIA_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}.docx"'}
    )
