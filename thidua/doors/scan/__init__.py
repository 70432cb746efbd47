"""QR codes on the pages of a scan or a photograph, read in a process of its own that is gone afterwards."""

import io
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from thidua.doors.sniffing import kind_of

__all__ = ["LARGEST", "ReadScan", "ScanBusy", "UnreadableScan", "page_count", "read_scan"]

MEGABYTE = 1024 * 1024
LARGEST = 25 * MEGABYTE
MOST_SECONDS = 60.0
MOST_AT_ONCE = 2  # two cores: scores go first
PATIENCE = 10.0  # seconds
CHILD = Path(__file__).with_name("child.py")
PASSED_ON = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
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

_places = threading.BoundedSemaphore(MOST_AT_ONCE)


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
    if not _places.acquire(timeout=PATIENCE):
        raise ScanBusy
    try:
        answer = _ask_child(content)
    finally:
        _places.release()
    if "fault" in answer:
        raise UnreadableScan(NOT_TAKEN[str(answer["fault"])])
    return ReadScan(kind in PICTURES, tuple(tuple(page) for page in answer["pages"]), answer["of"])


def page_count(pdf: bytes) -> int:
    """How many pages a PDF of our own has; never ask it about a file from outside."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def _ask_child(content: bytes) -> dict[str, Any]:
    try:
        child = subprocess.run(  # our own file, with nothing from outside in the command
            [sys.executable, "-I", str(CHILD)],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=MOST_SECONDS,
            check=False,
            env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
        )
    except subprocess.TimeoutExpired:
        return {"fault": "slow"}
    if child.returncode:
        return {"fault": "slow" if child.returncode in (-9, -24) else "broken"}  # SIGKILL, SIGXCPU
    answer: dict[str, Any] = json.loads(child.stdout)
    return answer
