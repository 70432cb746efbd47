"""A workbook of ours as somebody fills it in."""

from collections.abc import Mapping
from io import BytesIO

from openpyxl import load_workbook


def filled(content: bytes, values: Mapping[str, object], page: str = "Bảng điểm") -> bytes:
    """The file with these boxes written to: {"D9": 8.5, "E10": "k"}."""
    book = load_workbook(BytesIO(content))
    for address, value in values.items():
        book[page][address].value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()
