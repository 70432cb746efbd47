"""Numbers of a workbook as people see them: in Vietnamese, but never rounded away from what is stored.

A sheet stores 0.25 and a format "0.0"; Excel shows 0,3. Points must come in as 0,25, so the format gives words,
percent, leading zeros and whether it is a date, not the number of decimals.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

BUILT_IN = {
    9: "0%",
    10: "0.00%",
    14: "dd/mm/yyyy",
    15: "dd/mm/yyyy",
    16: "dd/mm",
    17: "mm/yyyy",
    18: "hh:mm",
    19: "hh:mm:ss",
    20: "hh:mm",
    21: "hh:mm:ss",
    22: "dd/mm/yyyy hh:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
}
"""Formats that a workbook names by number only (ECMA-376 part 1, 18.8.30) and that are not plain numbers."""

LONGEST_NUMBER, LARGEST_EXPONENT = 64, 400  # Excel writes at most 24 signs and 308
DATES_FROM_1904 = 1462  # days between the two calendars of Excel
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|(?P<gap>_)(?:.|$)|\*(?:.|$)|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<exponent>[eE][+-])|(?P<other>.)"
)
_DIGIT_SIGNS = "0#?.,"
_ELAPSED = re.compile(r"[hms]+", re.IGNORECASE)
_MINUTES = re.compile(r"h+[^a-z]*m+|m+[^a-z]*s+|s+")
_LARGEST_SERIAL = 2_950_000  # in the year 9976, with room for the other calendar
_FICTITIOUS = 60  # Excel has a 29 February 1900
_PLAIN_FROM, _PLAIN_BELOW = Decimal("1e-9"), Decimal("1e21")


@dataclass(frozen=True, slots=True)
class Format:
    """What a number format adds: words around, "0" digits at least, percent, or the pattern of a date."""

    before: str = ""
    after: str = ""
    digits: int = 1
    is_percent: bool = False
    date: str = ""


def shown(stored: str, code: str, *, is_1904: bool = False) -> tuple[str, str]:
    """Text and kind of a stored number: ("0.25", "General") is ("0,25", "number")."""
    try:
        value = Decimal(stored.strip()[:LONGEST_NUMBER]).normalize()
    except ArithmeticError:
        return stored, ""
    if not value.is_finite() or len(stored) > LONGEST_NUMBER or abs(value.adjusted()) > LARGEST_EXPONENT:
        return stored, ""
    style = read_format(code)
    if style.date:
        moment = _date(value, style.date, is_1904)
        if moment:
            return moment, "date"
    if style.is_percent:
        return f"{style.before}{_plain(value * 100, style.digits)}%{style.after}", "number"
    return f"{style.before}{_plain(value, style.digits)}{style.after}".strip(), "number"


def shown_date(iso: str) -> tuple[str, str]:
    """Text and kind of a date stored as ISO 8601."""
    try:
        moment = datetime.fromisoformat(iso.strip())
    except ValueError:
        return iso, ""
    return moment.strftime("%d/%m/") + f"{moment.year:04d}", "date"


@lru_cache(maxsize=512)
def read_format(code: str) -> Format:
    """What we take from a format code, by its part for positive numbers."""
    before, after, signs, elapsed = "", "", "", ""
    for token in _TOKEN.finditer(code[:255]):
        kind, text = token.lastgroup, token.group(token.lastgroup) if token.lastgroup else ""
        if kind == "other" and text == ";":
            break
        if kind == "bracket":
            if _ELAPSED.fullmatch(text):
                elapsed += text
                continue
            text = text[1:].partition("-")[0] if text.startswith("$") else ""
        elif kind == "gap":
            text = " "
        elif kind in (None, "exponent"):
            continue
        elif kind == "other" and (text in "0#?.,%@/" or (text.isascii() and text.isalpha())):
            signs += text
            continue
        if any(sign in _DIGIT_SIGNS or sign == "@" for sign in signs) or signs.lower() == "general":
            after += text
        else:
            before += text
        signs += " " if signs and signs[-1].isalpha() else ""
    letters = signs.lower()
    if "general" in letters:
        return Format(before, after)
    if elapsed or re.search("[dmyhs]", letters):
        return Format(date=(f"[{elapsed}]" if elapsed else "") + letters)
    whole = signs.partition(".")[0]
    return Format(before, after, max(1, whole.count("0")), "%" in signs)


def _plain(value: Decimal, digits: int) -> str:
    """Fifteen figures as Excel keeps them, a comma before the decimals."""
    value = Decimal(f"{value:.15g}").normalize()
    if value and not _PLAIN_FROM <= abs(value) < _PLAIN_BELOW:
        return f"{value:E}".replace(".", ",")
    sign, text = ("-" if value < 0 else ""), f"{abs(value):f}"
    whole, _, decimals = text.partition(".")
    return f"{sign}{whole.zfill(min(digits, 15))}" + (f",{decimals}" if decimals else "")


def _date(serial: Decimal, pattern: str, is_1904: bool) -> str:
    if not 0 <= serial < _LARGEST_SERIAL:
        return ""
    if pattern.startswith("["):
        minutes = round(serial * 24 * 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    has_month = "m" in _MINUTES.sub("", pattern)
    has_time = "h" in pattern or "s" in pattern
    if is_1904:
        serial += DATES_FROM_1904
    elif int(serial) == _FICTITIOUS and "d" in pattern:
        return "29/02/1900"
    start = datetime(1899, 12, 30 if serial > _FICTITIOUS else 31, tzinfo=UTC)
    moment = start + timedelta(seconds=round(serial * 86400))
    parts = [
        f"{moment.day:02d}" if "d" in pattern else "",
        f"{moment.month:02d}" if has_month else "",
        f"{moment.year:04d}" if "y" in pattern else "",
    ]
    date = "/".join(part for part in parts if part)
    time = moment.strftime("%H:%M") if has_time else ""
    return f"{date} {time}".strip()
