"""QR codes on the pages of a scan or a photograph, read in a process of its own that is gone afterwards."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from thidua.doors.one_shot import ChildBusy, ChildDied, ChildSlow, ask_child
from thidua.doors.sniffing import kind_of

__all__ = ["LARGEST", "ReadScan", "ScanBusy", "UnreadableScan", "page_count", "read_scan"]

MEGABYTE = 1024 * 1024
LARGEST = 25 * MEGABYTE
CHILD = Path(__file__).with_name("child.py")
PICTURES = ("JPEG", "PNG", "WEBP")

NOT_TAKEN = {
    "heic": "là ảnh HEIC, nhiều máy không mở được. Trên iPhone xin mở Cài đặt, Camera, Định dạng và chọn "
    "“Tương thích nhất” rồi chụp lại, hoặc lưu ảnh thành JPEG.",
    "empty": "trống, không có nội dung. Xin chọn lại tệp.",
    "": "không phải tệp PDF hay ảnh JPEG, PNG, WebP. Xin quét thành PDF hoặc chụp ảnh rồi gửi lại.",
    "too heavy": "nặng quá 25 MB. Xin quét ở 200 dpi, hoặc gửi từng trang một.",
    "broken": "bị hỏng hoặc chưa tải hết nên không mở được. Xin quét hoặc chụp lại.",
    "locked": "được đặt mật khẩu nên không đọc được. Xin lưu lại không có mật khẩu.",
    "large": "có kích thước quá lớn, máy chủ không đọc hết được. Xin quét ở 200 dpi hoặc chụp ở cỡ nhỏ hơn.",
    "slow": "đọc quá lâu nên máy chủ đã dừng lại. Xin quét lại ở 200 dpi, hoặc gửi từng trang một.",
}


class UnreadableScan(Exception):
    """The file cannot be taken. The words go on from its name: "anh.heic" là ảnh HEIC … Xin …"""


class ScanBusy(Exception):
    """Others are being read; nothing is wrong with this file."""


@dataclass(frozen=True, slots=True)
class ReadScan:
    """The texts of the QR codes page by page. ``of`` counts the pages of the file, of which the first sixty are read.

    A photograph has one page. A page without a code that could be read has none.
    """

    is_picture: bool
    pages: tuple[tuple[str, ...], ...]
    of: int


def read_scan(content: bytes) -> ReadScan:
    """A tenth of a second for a page. Raises ``UnreadableScan``, or ``ScanBusy`` after ten seconds in the queue."""
    kind = kind_of(content)
    if not content:
        raise UnreadableScan(NOT_TAKEN["empty"])
    if len(content) > LARGEST:
        raise UnreadableScan(NOT_TAKEN["too heavy"])
    if kind not in (*PICTURES, "pdf"):
        raise UnreadableScan(NOT_TAKEN.get(kind, NOT_TAKEN[""]))
    answer = _asked(content)
    if "fault" in answer:
        raise UnreadableScan(NOT_TAKEN[str(answer["fault"])])
    return ReadScan(kind in PICTURES, tuple(tuple(page) for page in answer["pages"]), answer["of"])


def _asked(content: bytes) -> dict[str, Any]:
    try:
        return ask_child(CHILD, {}, content)
    except ChildBusy:
        raise ScanBusy from None
    except ChildSlow:
        return {"fault": "slow"}
    except ChildDied:
        return {"fault": "broken"}


def page_count(pdf: bytes) -> int:
    """How many pages a PDF of our own has; never ask it about a file from outside."""
    return len(PdfReader(io.BytesIO(pdf)).pages)
