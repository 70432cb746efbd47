"""Why a file cannot be read, in plain words: what it is, and what to do."""

from thidua.doors.office.limits import LARGEST_FILE, MEGABYTE
from thidua.doors.office.package import Fault
from thidua.doors.office.tables import Unreadable
from thidua.doors.sniffing import kind_of

_SAVE_AGAIN = "Xin mở tệp bằng Excel hoặc Word, lưu lại thành .xlsx hoặc .docx rồi chọn tệp mới."
EMPTY = "Tệp này trống, không có nội dung. Xin chọn lại tệp."
TOO_SLOW = (
    "Tệp này quá nhiều nội dung nên đọc mãi chưa xong. Xin giữ lại riêng trang có bảng chấm điểm, lưu lại rồi chọn lại."
)
CROWDED = "Máy chủ đang đọc tệp của người khác. Xin chờ một phút rồi chọn lại tệp; tệp không có gì sai."
FAULTS = {
    Fault.NOT_WHOLE: f"Tệp này bị hỏng, thiếu phần bên trong hoặc chưa tải hết. {_SAVE_AGAIN}",
    Fault.NOT_OFFICE: f"Tệp này là tệp nén, không phải là bảng Excel hay văn bản Word. {_SAVE_AGAIN}",
    Fault.TOO_LARGE: "Tệp này phình quá lớn khi mở ra nên không nhận. Xin chép riêng bảng chấm điểm sang một tệp mới, "
    "lưu lại rồi chọn tệp mới.",
    Fault.LOCKED: "Tệp này có mật khẩu nên không đọc được. Xin mở tệp, bỏ mật khẩu, lưu lại rồi chọn lại.",
    Fault.MACROS: "Tệp này có chứa macro (chương trình chạy kèm) nên không nhận. Xin mở tệp, chọn Lưu thành, "
    "dạng .xlsx hoặc .docx thường rồi chọn tệp mới.",
}
_OLD = "Tệp này ở dạng Word, Excel cũ (.doc, .xls). Xin lưu lại thành .xlsx/.docx rồi chọn tệp mới."
_PDF = "Tệp này là PDF, không đọc được bảng bên trong. Xin chọn tệp Excel (.xlsx) hoặc Word (.docx) gốc của nó."
_PICTURE = "Tệp này là ảnh chụp, không đọc được bảng bên trong. Xin chọn tệp Excel (.xlsx) hoặc Word (.docx) gốc."
_BINARY = f"Tệp này ở dạng Excel nhị phân (.xlsb). {_SAVE_AGAIN}"
_OPEN_DOCUMENT = f"Tệp này ở dạng OpenDocument (.ods, .odt). {_SAVE_AGAIN}"
_SLIDES = "Tệp này là bản trình chiếu PowerPoint. Xin chép bảng sang Excel hoặc Word, lưu lại rồi chọn tệp mới."
_WEB = f"Tệp này thực ra là trang web (HTML), dù tên có thể ghi khác. {_SAVE_AGAIN}"
_OLD_XML = f"Tệp này ở dạng XML cũ của Office. {_SAVE_AGAIN}"
_RICH_TEXT = f"Tệp này ở dạng RTF. {_SAVE_AGAIN}"
_TEXT = f"Tệp này là chữ thường hoặc CSV, không phải là tệp Excel hay Word. {_SAVE_AGAIN}"
_OTHER = "Tệp này không phải là bảng Excel (.xlsx) hay văn bản Word (.docx). Xin chọn lại tệp."

_HEAD = 4096
_OLE_NAMES = (("EncryptedPackage", FAULTS[Fault.LOCKED]), ("EncryptionInfo", FAULTS[Fault.LOCKED]))
_ZIP_SIGNS = (
    (b"application/vnd.oasis.opendocument", _OPEN_DOCUMENT),
    (b"ppt/presentation", _SLIDES),
    (b"xl/workbook.bin", _BINARY),
)
_TEXT_SIGNS = (
    (("<html", "<!doctype html", "<table", "<head", "<meta", "<body", "mime-version:"), _WEB),
    (("<?xml", "<?mso-application"), _OLD_XML),
    (("{\\rtf",), _RICH_TEXT),
)


def too_heavy(size: int) -> str:
    """The sentence for a file of so many bytes."""
    shown = f"{size / MEGABYTE:.1f}".replace(".", ",")
    return (
        f"Tệp này nặng {shown} MB, quá mức {LARGEST_FILE // MEGABYTE} MB. "
        "Xin bỏ hình ảnh và các trang không cần, lưu lại rồi chọn lại."
    )


def what_it_is(content: bytes) -> str:
    """The sentence for content that is neither a workbook nor a document of today's form."""
    kind = kind_of(content)
    if kind == "old office":
        return next((words for name, words in _OLE_NAMES if name.encode("utf-16-le") in content), _OLD)
    if kind == "zip":
        return next((words for sign, words in _ZIP_SIGNS if sign in content), FAULTS[Fault.NOT_OFFICE])
    if kind == "pdf":
        return _PDF
    if kind:
        return _PICTURE
    return _of_text(content[:_HEAD])


def require_name(file_name: str, extension: str) -> None:
    """Raises ``Unreadable`` for a name whose ending says another kind; a name without any ending passes."""
    _, dot, ending = file_name.strip().rpartition(".")
    if not dot or ending.lower() == extension:
        return
    kind = "bảng Excel" if extension == "xlsx" else "văn bản Word"
    shown = ending if len(ending) <= 10 else ending[:10] + "…"
    raise Unreadable(
        f"Bên trong tệp này là {kind} nhưng tên lại có đuôi “.{shown}”. "
        f"Xin xem lại có đúng tệp không; nếu đúng, xin đổi đuôi tên thành .{extension} rồi chọn lại."
    )


def _of_text(head: bytes) -> str:
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    text = head.decode(encoding, "replace").removeprefix("ï»¿").lstrip()
    lowered = text.lower()
    for starts, words in _TEXT_SIGNS:
        if lowered.startswith(starts):
            return _WEB if words is _OLD_XML and ("<html" in lowered) else words
    return _TEXT if text and not any(letter < "\t" for letter in text) else _OTHER
