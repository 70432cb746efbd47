"""DOCX and XLSX as evidence: bounded, whole and without macros; what stands in them is not read."""

from thidua.doors.evidence.taken import MEGABYTE, Taken, Unusable
from thidua.doors.office.package import EXCEL, WORD, BadPackage, Fault, Limits, open_package

LIMITS = Limits(parts=5000, unpacked=200 * MEGABYTE, ratio=200)
EXTENSIONS = {WORD: "docx", EXCEL: "xlsx"}
WORDS = {
    Fault.NOT_WHOLE: "bị hỏng hoặc chưa tải hết. Xin mở tệp gốc, lưu lại rồi gửi lại.",
    Fault.NOT_OFFICE: "là tệp nén hoặc dạng chưa nhận được. Xin gửi từng tệp PDF, DOCX, XLSX hoặc ảnh.",
    Fault.TOO_LARGE: "phình quá lớn khi mở ra nên không nhận. Xin lưu lại thành PDF rồi gửi lại.",
    Fault.LOCKED: "có mật khẩu. Xin bỏ mật khẩu rồi gửi lại.",
    Fault.MACROS: "có chứa macro nên không nhận. Xin lưu thành DOCX, XLSX thường hoặc PDF rồi gửi lại.",
}


def read_office(content: bytes) -> Taken:
    """Raises ``Unusable`` for any other zip, a damaged one, one with macros, one that unpacks to too much."""
    try:
        with open_package(content, LIMITS) as package:
            package.require_whole()
            return Taken(content, package.media_type, (EXTENSIONS[package.media_type],))
    except BadPackage as bad:
        raise Unusable(WORDS[bad.fault]) from None
