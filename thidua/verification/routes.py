"""Verification: the form, the verdict on a file or a photograph, the verdict on a code. Open to everybody."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from thidua.doors.proving import ChildBusy
from thidua.doors.scan import ScanBusy, UnreadableScan
from thidua.identity import now
from thidua.rules.vietnamese import clean_line
from thidua.verification.forms import SHORTEST_CODE, CodeForm, FileForm, clean_code
from thidua.verification.judging import verdict_on_code, verdict_on_pdf, verdict_on_picture
from thidua.verification.reading import fingerprint
from thidua.verification.records import stored_sizes
from thidua.verification.verdicts import Verdict

verification = Blueprint("verification", __name__, url_prefix="/verify")

NOT_A_CODE = (
    f"Mã văn bản gồm ít nhất {SHORTEST_CODE} ký tự, chỉ có chữ số và các chữ từ a đến f. Xin xem ở chân trang biên bản."
)
TOO_BIG = "Tệp lớn quá mức cho phép (30 MB). Biên bản của Hội nhỏ hơn nhiều; xin chọn lại tệp."
LONGEST_NAME = 120
BUSY = "Nhiều người đang kiểm tra cùng lúc. Xin chờ vài giây rồi bấm Kiểm tra lần nữa."


@verification.get("")
def index() -> ResponseReturnValue:
    """The form; ``?code=`` goes to the address of that code."""
    form = CodeForm(request.args)
    if not form.code.data:
        return _page()
    code = clean_code(form.code.data)
    if code is None:
        form.code.errors = [NOT_A_CODE]
        return _page(code_form=form, status=422)
    return redirect(url_for("verification.by_code", code=code.digest, p=code.page or None), code=303)


@verification.post("")
def upload() -> ResponseReturnValue:
    """The verdict on a file. It is read and forgotten, never stored."""
    uploaded = request.files.get("pdf") or next(iter(request.files.values()), None)
    if uploaded is None or not uploaded.filename:
        return _refused("Xin chọn tệp PDF hoặc ảnh chụp trang giấy rồi bấm Kiểm tra.")
    read = fingerprint(uploaded.stream, stored_sizes())
    uploaded.stream.seek(0)
    content = uploaded.stream.read()
    if not content:
        return _refused("Tệp này trống, không có nội dung. Xin chọn lại tệp.")
    try:
        found = verdict_on_pdf(content, read, at=now()) if read.is_pdf else verdict_on_picture(content)
    except UnreadableScan as problem:
        return _refused(f"Tệp này {problem}")
    except (ChildBusy, ScanBusy):
        return _refused(BUSY, 503)
    return _page(verdict=found, asked=clean_line(uploaded.filename)[:LONGEST_NAME])


@verification.get("/<code>")
def by_code(code: str) -> ResponseReturnValue:
    """The verdict on a printed code, at the address in the QR code of each page; ``?p=`` is the page."""
    known = clean_code(code)
    if known is None:
        form = CodeForm(code=code[:200])
        form.code.errors = [NOT_A_CODE]
        return _page(code_form=form, status=422)
    page = request.args.get("p", 0, type=int)
    return _page(verdict=verdict_on_code(known.digest, page if 0 < page < 10_000 else 0), asked=f"mã {known.digest}")


@verification.errorhandler(RequestEntityTooLarge)
def too_big(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Refused before it was read."""
    return _refused(TOO_BIG, 413)


def _refused(sentence: str, status: int = 422) -> ResponseReturnValue:
    form = FileForm(formdata=None)
    form.pdf.errors = [sentence]
    return _page(form=form, status=status)


def _page(
    *,
    form: FileForm | None = None,
    code_form: CodeForm | None = None,
    verdict: Verdict | None = None,
    asked: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    return render_template(
        "verification/verify.html",
        form=form or FileForm(formdata=None),
        code_form=code_form or CodeForm(formdata=None),
        verdict=verdict,
        asked=asked,
    ), status
