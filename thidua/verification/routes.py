"""Verification: the form, the verdict on an uploaded PDF, the verdict on a code. Open to everybody."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from thidua.verification import queries
from thidua.verification.forms import SHORTEST_CODE, CodeForm, FileForm, clean_code
from thidua.verification.queries import Verdict
from thidua.verification.reading import fingerprint

verification = Blueprint("verification", __name__, url_prefix="/verify")

NOT_A_CODE = (
    f"Mã văn bản gồm ít nhất {SHORTEST_CODE} ký tự, chỉ có chữ số và các chữ từ a đến f. Xin xem ở chân trang biên bản."
)
TOO_BIG = "Tệp lớn quá mức cho phép (30 MB). Biên bản của Hội nhỏ hơn nhiều; xin chọn lại tệp."


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
    return redirect(url_for("verification.by_code", code=code), code=303)


@verification.post("")
def upload() -> ResponseReturnValue:
    """The verdict on a file. It is read and forgotten, never stored."""
    form = FileForm()
    uploaded = request.files.get("pdf") or next(iter(request.files.values()), None)
    if uploaded is None or not uploaded.filename:
        return _refused(form, "Xin chọn tệp PDF của biên bản rồi bấm Kiểm tra.")
    read = fingerprint(uploaded.stream, queries.stored_sizes())
    if not read.size:
        return _refused(form, "Tệp này trống, không có nội dung. Xin chọn lại tệp.")
    if not read.is_pdf:
        return _refused(form, "Tệp này không phải tệp PDF. Xin chọn tệp PDF của biên bản.")
    return _page(verdict=queries.verdict_on_file(read), asked=uploaded.filename)


@verification.get("/<code>")
def by_code(code: str) -> ResponseReturnValue:
    """The verdict on a printed code, at an address that can be linked or printed as a QR code."""
    known = clean_code(code)
    if known is None:
        form = CodeForm(code=code[:200])
        form.code.errors = [NOT_A_CODE]
        return _page(code_form=form, status=422)
    return _page(verdict=queries.verdict_on_code(known), asked=f"mã {known}")


@verification.errorhandler(RequestEntityTooLarge)
def too_big(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Refused before it was read."""
    form = FileForm(formdata=None)
    form.pdf.errors = [TOO_BIG]
    return _page(form=form, status=413)


def _refused(form: FileForm, sentence: str) -> ResponseReturnValue:
    form.pdf.errors = [sentence]
    return _page(form=form, status=422)


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
