"""Files that people lay before the team: what they really are is read from their content, never from their name.

Pictures are drawn anew, upright and without anything but the picture; documents are looked at and kept as they came.
"""

import threading

from thidua.doors.evidence.office import read_office
from thidua.doors.evidence.papers import check_pdf
from thidua.doors.evidence.pictures import read_picture
from thidua.doors.evidence.taken import LARGEST, MEGABYTE, Crowded, Taken, Unusable
from thidua.doors.sniffing import kind_of

__all__ = ["LARGEST", "MEGABYTE", "Crowded", "Taken", "Unusable", "read_evidence"]

MOST_AT_ONCE = 4  # of the server's sixteen threads: photos of a whole room must leave some for scores

REFUSED = {
    "heic": "ở dạng HEIC, nhiều máy không mở được. Trên iPhone xin mở Cài đặt, Camera, Định dạng và chọn "
    "“Tương thích nhất” rồi chụp lại, hoặc lưu ảnh thành JPEG.",
    "picture": "là dạng ảnh chưa nhận được. Xin lưu thành JPEG rồi gửi lại.",
    "old office": "ở dạng Word, Excel cũ hoặc có mật khẩu. Xin lưu lại thành DOCX, XLSX hoặc PDF không có mật khẩu.",
    "": "không phải là ảnh JPEG, PNG, WebP hay tệp PDF, DOCX, XLSX. Xin lưu thành PDF hoặc chụp ảnh rồi gửi lại.",
}

_places = threading.BoundedSemaphore(MOST_AT_ONCE)


def read_evidence(content: bytes) -> Taken:
    """The file as it is to be kept.

    Raises ``Unusable`` with what is wrong and what to do, ``Crowded`` when too many are being looked at already.
    """
    if not _places.acquire(blocking=False):
        raise Crowded
    try:
        return _read(content)
    finally:
        _places.release()


def _read(content: bytes) -> Taken:
    if not content:
        raise Unusable("trống, không có nội dung. Xin chọn lại tệp.")
    if len(content) > LARGEST:
        size = f"{len(content) / MEGABYTE:.1f}".replace(".", ",")
        raise Unusable(f"nặng {size} MB, quá mức 25 MB. Xin chụp lại ở cỡ nhỏ hơn hoặc tách thành nhiều tệp.")
    kind = kind_of(content)
    if kind in ("JPEG", "PNG", "WEBP"):
        return read_picture(content, kind)
    if kind == "zip":
        return read_office(content)
    if kind == "pdf":
        check_pdf(content)
        return Taken(content, "application/pdf", ("pdf",))
    raise Unusable(REFUSED[kind])
