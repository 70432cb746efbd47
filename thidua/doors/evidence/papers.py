"""PDF: whether the file is whole, told without unpacking anything.

No PDF library is asked: one opens compressed cross-reference streams first and looks afterwards, and 300 kB of such
a stream become 500 MB of memory.
"""

import re

from thidua.doors.evidence.taken import Unusable
from thidua.doors.sniffing import HEAD_WITHIN, PDF_HEAD

TAIL = 4096
START = re.compile(rb"startxref\s+(\d{1,10})\s")
NEARBY = 64  # bytes by which writers miss their own table
TABLE = re.compile(rb"xref\s|\d+\s+\d+\s+obj")
NOT_WHOLE = "là tệp PDF bị hỏng hoặc chưa tải hết. Xin mở tệp gốc, lưu lại thành PDF rồi gửi lại."


def check_pdf(content: bytes) -> None:
    """Raises ``Unusable`` unless the end of the file points to its cross-reference table."""
    tail = content[-TAIL:]
    starts = START.findall(tail)
    if not starts or b"%%EOF" not in tail:
        raise Unusable(NOT_WHOLE)
    head = content.find(PDF_HEAD, 0, HEAD_WITHIN)
    if not any(_is_table(content, int(starts[-1]) + shift) for shift in {0, head}):
        raise Unusable(NOT_WHOLE)


def _is_table(content: bytes, place: int) -> bool:
    return place < len(content) and bool(TABLE.search(content, max(0, place - NEARBY), place + NEARBY))
