"""Every refusal and error in plain Vietnamese: what happened, that nothing is lost, what to press."""

from collections.abc import Callable
from functools import wraps

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, IntegrityError
from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge

from thidua.doors.files import FileProblem
from thidua.doors.print_failures import RenderBusy, RenderFailure
from thidua.extensions import db
from thidua.hx import is_fragment_wanted
from thidua.rules.errors import Refusal, Refused
from thidua.store_trouble import BUSY, FULL, trouble_with_database, trouble_with_files

SENTENCES = {
    400: ("Yêu cầu chưa đúng", "Máy chủ không hiểu yêu cầu này. Xin mở lại trang rồi thử lần nữa."),
    401: ("Cần đăng nhập lại", "Phiên làm việc đã hết. Xin đăng nhập lại; những gì đã nhập vẫn còn trên máy này."),
    403: ("Không có quyền", "Đồng chí không có quyền xem hoặc làm việc này."),
    404: ("Không tìm thấy", "Trang này không có, hoặc đã được chuyển đi nơi khác."),
    405: ("Không làm được ở đây", "Xin quay lại trang trước và dùng nút trên trang."),
    413: ("Tệp quá lớn", "Tệp gửi lên lớn hơn mức cho phép. Xin chọn tệp nhỏ hơn."),
    500: (
        "Có lỗi trên máy chủ",
        "Việc vừa rồi chưa được ghi. Những gì đã lưu vẫn còn nguyên. Xin thử lại sau ít phút.",
    ),
    503: BUSY[1:],
}

NOT_PRINTED_YET = (
    "Đang in nhiều văn bản",
    "Nhiều văn bản đang được in cùng lúc. Những gì đã lưu vẫn còn nguyên; xin thử lại sau ít giây.",
)
NOT_PRINTED = (
    "Chưa in được văn bản",
    "Nội dung đã lưu vẫn còn nguyên, chỉ tệp PDF chưa in được. Xin thử lại; nếu vẫn không được, xin báo quản trị.",
)
WRITTEN_BY_ANOTHER = (
    "Có người vừa ghi cùng lúc với cùng tên hoặc cùng số. Việc vừa rồi chưa được ghi; xin mở lại trang rồi thử lần nữa."
)


def init_errors(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(FileProblem, _damaged_file)
    app.register_error_handler(RenderFailure, _not_printed)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DBAPIError, _database_trouble)
    app.register_error_handler(IntegrityError, _written_by_another)
    app.register_error_handler(OSError, _file_trouble)
    app.register_error_handler(500, _http)


def _damaged_file(problem: FileProblem) -> ResponseReturnValue:
    db.session.rollback()
    sentence = f"{problem} Xin báo quản trị chạy lệnh kiểm tra (flask check) và phục hồi từ bản sao lưu."
    return _answer(500, "Tệp lưu trữ có vấn đề", sentence)


def _not_printed(failure: RenderFailure) -> ResponseReturnValue:
    db.session.rollback()
    if isinstance(failure, RenderBusy):
        return _answer(503, *NOT_PRINTED_YET)
    current_app.logger.error("a paper was not printed: %s", failure)
    return _answer(500, *NOT_PRINTED)


def refusal_answer(refusal: Refusal) -> ResponseReturnValue:
    """A refusal as a notice (htmx, API, outbox) or as a page."""
    titles = {403: "Không có quyền", 422: "Cần xem lại", BUSY[0]: BUSY[1], FULL[0]: FULL[1]}
    return _answer(refusal.status, titles.get(refusal.status, "Chưa thực hiện được"), refusal.message)


def answering_too_large(
    answer: Callable[[RequestEntityTooLarge], ResponseReturnValue],
) -> Callable[[RequestEntityTooLarge], ResponseReturnValue]:
    """For a room's own ``answer`` to a request too large: it comes before the view, so it may meet a stranger."""

    @wraps(answer)
    def answered(error: RequestEntityTooLarge) -> ResponseReturnValue:
        try:
            return answer(error)
        except (Refusal, NotFound) as refused:
            return current_app.handle_user_exception(refused)

    return answered


def _refusal(refusal: Refusal) -> ResponseReturnValue:
    db.session.rollback()
    return refusal_answer(refusal)


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    db.session.rollback()
    return _answer(
        400, "Trang đã mở quá lâu", "Xin mở lại trang rồi bấm lại lần nữa; điều đã nhập vẫn còn trên màn hình."
    )


def _http(error: HTTPException) -> ResponseReturnValue:
    db.session.rollback()
    code = error.code or 500
    if code < 400:
        return error
    title, text = SENTENCES.get(code, SENTENCES[400] if code < 500 else SENTENCES[500])
    return _answer(code, title, text)


def _database_trouble(error: DBAPIError) -> ResponseReturnValue:
    db.session.rollback()
    trouble = trouble_with_database(error)
    if trouble is None:
        raise error
    return _answer(*trouble)


def _file_trouble(error: OSError) -> ResponseReturnValue:
    db.session.rollback()
    trouble = trouble_with_files(error)
    if trouble is None:
        raise error
    return _answer(*trouble)


def _written_by_another(error: IntegrityError) -> ResponseReturnValue:
    """Two people gave the same name or number in the same moment; any other broken rule is our error."""
    db.session.rollback()
    if getattr(error.orig, "sqlstate", "") != "23505" and "UNIQUE constraint failed" not in str(error.orig):
        raise error
    return refusal_answer(Refused(WRITTEN_BY_ANOTHER))


def _answer(status: int, title: str, text: str) -> ResponseReturnValue:
    if request.path.startswith("/api/"):
        return {"error": text}, status
    if is_fragment_wanted() or "X-Requested-With" in request.headers:
        shown = {"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"} if status in (409, 422) else {}  # others: page.js
        return render_template("errors/_notice.html", title=title, text=text), status, shown
    return render_template("errors/error.html", title=title, text=text, status=status), status
