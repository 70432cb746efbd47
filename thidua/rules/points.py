"""Points are exact: integers counting hundredths of a point (8,5 is 850).

Read and written only here. Locale-aware parsers are not used: in Vietnamese they read "8.5" as 85.
"""

import re

from thidua.rules.errors import InvalidEntry

Points = int

LARGEST: Points = 9999_00

_ACCEPTED = re.compile(r"(?P<sign>[-\u2212]?)(?P<whole>[0-9]+)(?:[.,](?P<decimals>[0-9]+))?")


def parse_points(text: str, *, allow_negative: bool = False, field: str | None = "points") -> Points:
    """Read what a person typed: "8", "8,5", "8.25", spaces around it. Raises InvalidEntry."""
    typed = text.strip()
    if not typed:
        raise InvalidEntry("Chưa nhập điểm. Xin nhập một số, ví dụ 8 hoặc 8,5.", field)
    match = _ACCEPTED.fullmatch(typed)
    if match is None:
        shown = typed if len(typed) <= 20 else typed[:20] + "…"
        raise InvalidEntry(f"“{shown}” không phải là điểm. Xin nhập một số, ví dụ 8 hoặc 8,5.", field)
    decimals = match["decimals"] or ""
    if len(decimals) > 2:
        raise InvalidEntry("Điểm chỉ có tối đa hai chữ số sau dấu phẩy. Xin nhập lại, ví dụ 8,25.", field)
    if match["sign"] and not allow_negative:
        raise InvalidEntry("Điểm không được âm. Xin nhập một số từ 0 trở lên.", field)
    whole = match["whole"].lstrip("0")
    if len(whole) > 4:
        raise _too_large(field)
    points = int(whole or "0") * 100 + int(decimals.ljust(2, "0"))
    if points > LARGEST:
        raise _too_large(field)
    return -points if match["sign"] else points


def _too_large(field: str | None) -> InvalidEntry:
    return InvalidEntry("Điểm quá lớn. Xin nhập một số không quá 9999.", field)


def format_points(points: Points) -> str:
    """As printed and shown: comma, no trailing zeros (850 is "8,5")."""
    whole, hundredths = divmod(abs(points), 100)
    decimals = f"{hundredths:02d}".rstrip("0")
    sign = "-" if points < 0 else ""
    return f"{sign}{whole},{decimals}" if decimals else f"{sign}{whole}"


def api_points(points: Points) -> str:
    """As sent to programs: dot, always two decimals (850 is "8.50")."""
    whole, hundredths = divmod(abs(points), 100)
    sign = "-" if points < 0 else ""
    return f"{sign}{whole}.{hundredths:02d}"
