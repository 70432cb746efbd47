"""Dates, phone numbers and document numbers read out of free text, each as one searchable token.

    8/9/2020 · 08.09.2020 · ngày 08 tháng 9 năm 2020   d20200908, and m202009 y2020 g0908
    tháng 9 năm 2020 · 9/2020 · năm 2020               m202009 y2020 · y2020
    ngày 19/5 · 19 tháng 5                             g0519
    0961.071.956 · +84 961 071 956                     p0961071956
    30/2020/NĐ-CP                                      n30y2020ndcp, and s30ndcp s30y2020cp s30cp

A document number is known by ``n`` as written and by ``s`` with year or type left out, because people
and papers do leave them out (plan "72/HTS" is "72/KH-HTS" in full).
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from thidua.rules.vietnamese import fold


class Extra(NamedTuple):
    """Something read in a text: its place, and its tokens, the most exact first."""

    start: int
    end: int
    tokens: tuple[str, ...]


def find_extras(text: str) -> list[Extra]:
    """Dates, phones and document numbers of a text already in NFC, in order, not overlapping."""
    return list(_read(text))


def number_tokens(number: str, year: str, parts: list[str]) -> tuple[str, ...]:
    """Tokens of a document number: "217", "", ["QC", "HTS"] -> ("n217qchts", "s217hts")."""
    figures = number.lstrip("0") or "0"
    codes = [fold(part) for part in parts]
    years = [f"y{year}", ""] if year else [""]
    shapes = ["".join(codes), "".join(codes[1:])] if len(codes) > 1 else ["".join(codes)]
    cores = [figures + shown_year + code for code in shapes for shown_year in years]
    return (f"n{cores[0]}", *(f"s{core}" for core in cores[1:]))


_S = r"\s{0,4}"
_DAY_WORD = r"(?:(?:ng[àa]y|m[ồùou]ng)\s{1,4})"
_YEAR = r"(?:1[89]|20|21)\d\d(?!\d)"
_MONTHS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
    "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_MONTH = rf"(?:\d{{1,2}}|{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?!\w)"
_OF_YEAR = rf"{_S},?{_S}(?:n[ăa]m|[/.\-]){_S}"
_DIGIT = r"\)?[ .\-]?\d"

_PATTERNS = {
    "spoken_day": (
        rf"(?P<spoken>{_DAY_WORD}{{0,2}})(?P<d1>\d{{1,2}})\s{{1,4}}th[áa]ng\s{{1,4}}(?P<m1>{_MONTH})"
        rf"(?:{_OF_YEAR}(?P<y1>{_YEAR}))?"
    ),
    "spoken_month": rf"th[áa]ng\s{{1,4}}(?P<m2>{_MONTH}){_OF_YEAR}(?P<y2>{_YEAR})",
    "spoken_year": rf"n[ăa]m\s{{1,4}}(?P<y3>{_YEAR})(?![/\-]\w)",
    "iso_day": r"(?P<y4>(?:19|20|21)\d\d)-(?P<m4>\d\d)-(?P<d4>\d\d)(?!\w)",
    "slashed_day": (
        rf"{_DAY_WORD}?(?P<d5>\d{{1,2}}){_S}/{_S}(?P<m5>\d{{1,2}}){_S}/{_S}(?P<y5>{_YEAR}|\d\d(?!\d))(?![/\w])"
    ),
    "dotted_day": (rf"{_DAY_WORD}?(?P<d6>\d{{1,2}})(?P<mark>[.\-])(?P<m6>\d{{1,2}})(?P=mark)(?P<y6>{_YEAR})(?!\w)"),
    "number": (
        rf"(?P<figures>\d{{1,6}}){_S}/{_S}(?:(?P<y7>{_YEAR}){_S}/{_S})?"
        r"(?P<code>[^\W\d_]{1,10}\d{0,3}(?:[-–/][^\W\d_]{1,10}\d{0,3}){0,4})(?!\w)"
    ),
    "phone": (
        r"(?:\(?\+\s?84\)?[ .\-]?\(?0?\)?|84|\(?0)"
        rf"(?P<subscriber>[35789](?:{_DIGIT}){{8}}|[12](?:{_DIGIT}){{9}})(?!\w)"
    ),
    "figure_month": rf"(?P<m8>\d{{1,2}})/(?P<y8>{_YEAR})(?![/\w])",
    "short_day": rf"{_DAY_WORD}(?P<d9>\d{{1,2}})[/\-](?P<m9>\d{{1,2}})(?![/\-\w])",
}
_EXTRAS = re.compile(
    # not inside a word or a longer number
    r"(?<![\w/.,])(?:" + "|".join(f"(?P<{name}>{body})" for name, body in _PATTERNS.items()) + ")",
    re.IGNORECASE,
)


def _read(text: str) -> Iterator[Extra]:
    position = 0
    while match := _EXTRAS.search(text, position):
        tokens = _tokens(match)
        if tokens:
            yield Extra(match.start(), match.end(), tokens)
        position = match.end() if tokens else match.start() + 1


def _tokens(match: re.Match[str]) -> tuple[str, ...]:
    """Tokens of what was matched, none when it is no real date."""
    # one alternative matched: d1 or d5 or …, whichever it is, is the day
    found = {name.rstrip("123456789"): part for name, part in match.groupdict().items() if part}
    match match.lastgroup:
        case "number":
            return number_tokens(found["figures"], found.get("y", ""), re.split("[-–/]", found["code"]))
        case "phone":
            return ("p0" + re.sub(r"\D", "", found["subscriber"]),)
        case "spoken_year":
            return (f"y{found['y']}",)
        case "spoken_month" | "figure_month":
            return _month(found["m"], found["y"])
        case "spoken_day" if not (found["m"].isdecimal() or "spoken" in found or "y" in found):
            return ()  # "9 tháng năm 2020" is nine months, not a day in May
        case _:
            return _day(found["d"], found["m"], found.get("y", ""))


def _day(day: str, month: str, year: str) -> tuple[str, ...]:
    leap_year_if_unknown = int(_full_year(year)) if year else 2000
    try:
        told = date(leap_year_if_unknown, _month_number(month), int(day))
    except ValueError:
        return ()
    without_year = f"g{told:%m%d}"
    if not year:
        return (without_year,)
    return (f"d{told.year}{told:%m%d}", f"m{told.year}{told:%m}", f"y{told.year}", without_year)


def _month(month: str, year: str) -> tuple[str, ...]:
    number = _month_number(month)
    return (f"m{year}{number:02d}", f"y{year}") if 1 <= number <= 12 else ()


def _month_number(month: str) -> int:
    return int(month) if month.isdecimal() else _MONTHS[month.lower()]


def _full_year(year: str) -> str:
    """Two figures are this century up to 49, so 19/5/59 is the day the road was opened."""
    if len(year) == 4:
        return year
    return f"20{year}" if int(year) < 50 else f"19{year}"
