"""Bringing in a score sheet from a file: sending it, watching it being read, answering about its encoding."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from thidua.checklists import import_queries
from thidua.checklists.import_reading import LARGEST
from thidua.checklists.import_review import answer_review, revision
from thidua.checklists.import_worker import CROWDED, is_abandoned, worker
from thidua.errors import SENTENCES, answering_too_large, refusal_answer
from thidua.extensions import begin_writing, db
from thidua.hx import make_response
from thidua.identity import now, require_person
from thidua.models import ChecklistImport
from thidua.models.checklist_import import READING
from thidua.permissions import allow
from thidua.rules.errors import Refusal
from thidua.rules.file_names import clean_file_name
from thidua.rules.legacy_encodings import ENCODINGS
from thidua.session_pages.storing import file_store

ACCEPTED = ("xlsx", "docx", "json")
OLD = {
    "xls": "Tệp Excel kiểu cũ (.xls) không đọc được. Xin mở bằng Excel, chọn Lưu thành (Save As) kiểu .xlsx, gửi lại.",
    "doc": "Tệp Word kiểu cũ (.doc) không đọc được. Xin mở bằng Word, chọn Lưu thành (Save As) kiểu .docx, gửi lại.",
    "pdf": "Tệp PDF không đọc được thành bảng. Xin gửi tệp Excel hoặc Word đã dùng để in ra tệp PDF đó.",
}
NOTHING_CHOSEN = "Xin chọn tệp Excel, Word hoặc JSON có bảng điểm rồi bấm Đọc tệp."
WRONG_KIND = "Chỉ đọc được tệp Excel (.xlsx), Word (.docx) và JSON (.json). Xin chọn lại tệp."
EMPTY = "Tệp này trống, không có nội dung. Xin chọn lại tệp."
TOO_BIG = "Tệp lớn quá 10 MB. Một bảng điểm nhỏ hơn nhiều; xin bỏ bớt hình ảnh trong tệp rồi gửi lại."


class TooLong(Refusal):
    """Refused before it was read."""

    status = 413
    kind = "too_long"


def index() -> ResponseReturnValue:
    """The form, and the files one has not finished."""
    allow("edit_checklists", require_person())
    return _page()


def upload() -> ResponseReturnValue:
    """Keep the file and begin to read it."""
    person = require_person()
    allow("edit_checklists", person)
    uploaded = request.files.get("file")
    if uploaded is None or not uploaded.filename:
        return _page(NOTHING_CHOSEN, 422)
    suffix = uploaded.filename.lower().rpartition(".")[2]
    if suffix not in ACCEPTED:
        return _page(OLD.get(suffix, WRONG_KIND), 422)
    content = uploaded.read()
    if len(content) > LARGEST:
        return _page(TOO_BIG, 413)
    if not content:
        return _page(EMPTY, 422)
    digest = file_store().put(content)
    begin_writing()
    one = ChecklistImport.begin(
        clean_file_name(uploaded.filename, (suffix,)), digest, len(content), by=person, at=now()
    )
    db.session.add(one)
    db.session.commit()
    return _read_on(one.id)


@answering_too_large
def too_big(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Refused before it was read; other forms of this room carry words only, or say their own limit."""
    if request.endpoint != "checklists.import_file":
        return refusal_answer(TooLong(SENTENCES[413][1]))
    allow("edit_checklists", require_person())
    return _page(TOO_BIG, 413)


def show(import_id: int) -> ResponseReturnValue:
    """The file: being read, asking about its encoding, refused, saved, or read and to be looked through."""
    one = import_queries.find_import(import_id)
    if one.is_asking or one.state != "read":
        return _state(one)
    return answer_review(one)


def progress_part(import_id: int) -> ResponseReturnValue:
    """How far the reading is; once it is over, the page is asked for anew."""
    one = import_queries.find_import(import_id)
    abandoned = is_abandoned(one, now())
    if one.state == READING and not abandoned:
        return render_template("checklists/_import_progress.html", one=one, is_abandoned=False)
    return make_response(
        render_template("checklists/_import_progress.html", one=one, is_abandoned=abandoned),
        redirect=url_for("checklists.show_import", import_id=import_id),
    )


def read_again(import_id: int) -> ResponseReturnValue:
    """Read a file again that could not be read, or whose reading broke off with the server."""
    one = import_queries.import_for_change(import_id)
    if one.state == READING and not is_abandoned(one, now()):
        db.session.rollback()
        return _read_on(import_id)
    one.begin_again(one.revision, at=now())
    db.session.commit()
    return _read_on(import_id)


def answer_encoding(import_id: int) -> ResponseReturnValue:
    """The person's word about a legacy encoding; only now anything is converted."""
    one = import_queries.import_for_change(import_id)
    answer = request.form.get("answer", "")
    if answer not in ("convert", "keep"):
        db.session.rollback()
        one = import_queries.find_import(import_id)
        words = "Xin chọn một trong hai cách ở dưới."
        return _state(one, words), 422
    one.answer_encoding(revision(), is_converted=answer == "convert", at=now())
    db.session.commit()
    return _read_on(import_id)


def remove(import_id: int) -> ResponseReturnValue:
    """Forget the file and what was read of it; nothing else was made of it."""
    one = import_queries.import_for_change(import_id)
    name = one.file_name
    db.session.delete(one)
    db.session.commit()
    flash(f"Đã bỏ tệp “{name}”. Chưa có bảng điểm nào được tạo từ tệp này.", "success")
    return redirect(url_for("checklists.import_page"), 303)


def _state(one: ChecklistImport, problem: str = "") -> str:
    return render_template(
        "checklists/import_state.html",
        one=one,
        is_abandoned=is_abandoned(one, now()),
        problem=problem,
        encodings=ENCODINGS,
    )


def _read_on(import_id: int) -> ResponseReturnValue:
    if not worker().submit(import_id):
        flash(CROWDED, "warning")
    return redirect(url_for("checklists.show_import", import_id=import_id), 303)


def _page(problem: str = "", status: int = 200) -> ResponseReturnValue:
    found = import_queries.unfinished(require_person())
    page = render_template("checklists/import.html", found=found, problem=problem, me=require_person().id)
    return page, status
