"""DOCX and XLSX: a bounded zip whose main part is a document or a workbook without macros."""

import io
import zipfile

from thidua.doors.evidence.taken import MEGABYTE, Taken, Unusable

MOST_PARTS = 5000
LARGEST_UNPACKED = 200 * MEGABYTE
HIGHEST_RATIO, WORTH_A_RATIO = 200, MEGABYTE  # small parts of XML compress very well
LARGEST_TYPES_PART = MEGABYTE
ENCRYPTED = 1
USUAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what Office writes; others take memory as the file says
TYPES_PART = "[Content_Types].xml"
_OOXML = "application/vnd.openxmlformats-officedocument."
KINDS = {_OOXML + "wordprocessingml.document": ("word/", "docx"), _OOXML + "spreadsheetml.sheet": ("xl/", "xlsx")}
MACROS = ("macroenabled", "vbaproject", "ms-office.activex")
NOT_WHOLE = "bị hỏng hoặc chưa tải hết. Xin mở tệp gốc, lưu lại rồi gửi lại."
NOT_OFFICE = "là tệp nén hoặc dạng chưa nhận được. Xin gửi từng tệp PDF, DOCX, XLSX hoặc ảnh."
TOO_LARGE = "phình quá lớn khi mở ra nên không nhận. Xin lưu lại thành PDF rồi gửi lại."
WITH_MACROS = "có chứa macro nên không nhận. Xin lưu thành DOCX, XLSX thường hoặc PDF rồi gửi lại."


def read_office(content: bytes) -> Taken:
    """Raises ``Unusable`` for any other zip, a damaged one, one with macros, one that unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive, content)
    except (Unusable, MemoryError):
        raise
    except Exception:  # a hostile file may break a decoder in any way
        raise Unusable(NOT_WHOLE) from None


def _read(archive: zipfile.ZipFile, content: bytes) -> Taken:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if TYPES_PART not in names:
        raise Unusable(NOT_OFFICE)
    _require_bounded(parts)
    types = archive.read(TYPES_PART).decode("utf-8", "replace").lower()
    if any(word in types for word in MACROS) or any("vbaproject" in name.lower() for name in names):
        raise Unusable(WITH_MACROS)
    for media_type, (folder, extension) in KINDS.items():
        if f"{media_type}.main+xml" in types and any(name.startswith(folder) for name in names):
            if archive.testzip():  # reads no part beyond the size it says it has
                raise Unusable(NOT_WHOLE)
            return Taken(content, media_type, (extension,))
    raise Unusable(NOT_OFFICE)


def _require_bounded(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Unusable(TOO_LARGE)
    for part in parts:
        if part.flag_bits & ENCRYPTED:
            raise Unusable("có mật khẩu. Xin bỏ mật khẩu rồi gửi lại.")
        if part.compress_type not in USUAL:
            raise Unusable(NOT_OFFICE)
        if part.file_size > WORTH_A_RATIO and part.file_size > HIGHEST_RATIO * max(1, part.compress_size):
            raise Unusable(TOO_LARGE)
        if part.filename == TYPES_PART and part.file_size > LARGEST_TYPES_PART:
            raise Unusable(NOT_OFFICE)
