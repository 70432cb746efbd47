"""Points as they stand in cells and sentences: "10", "8,5", "10đ", "(10 điểm)", "tối đa 2,5 điểm", "0-10"."""

import re
from dataclasses import dataclass
from typing import Final

from thidua.rules.errors import InvalidEntry
from thidua.rules.points import Points, parse_points

FIGURE: Final = r"[0-9]{1,4}(?:[.,][0-9]{1,4})?"
UNIT: Final = r"(?:điểm|diem|đ(?![a-zà-ỹ])|d(?![a-zà-ỹ]))"
_SIGN: Final = r"[-+\u2212–]"
_CELL: Final = re.compile(
    rf"\(?\s*(?P<lead>tối đa(?: là)?|không quá|tổng(?: cộng| điểm)?|cộng|trừ|thưởng)?\s*:?\s*"
    rf"(?P<low>{_SIGN}?\s*{FIGURE})\s*(?:{UNIT}\s*)?"
    rf"(?:(?P<to>–|—|-|−|đến|tới|÷|~|\.\.\.?|…)\s*(?P<high>{_SIGN}?\s*{FIGURE})\s*)?"
    rf"{UNIT}?\s*(?P<per>/\s*\S.{{0,60}})?\s*\)?\s*[.;]?",
    re.IGNORECASE,
)
_IN_TEXT: Final = re.compile(
    rf"[(\[]\s*(?P<lead>(?:tổng(?: số| điểm)?|điểm)?\s*(?:tối đa|không quá|điểm chuẩn)?)\s*:?\s*"
    rf"(?P<bracketed>{FIGURE})\s*{UNIT}\s*[)\]]"
    rf"|(?:điểm\s+)?tối đa\s*(?:là|:)?\s*(?P<most>{FIGURE})\s*{UNIT}"
    rf"|\btối đa\s*[:=]\s*(?P<most2>{FIGURE})(?=\s*(?:$|[).;]))"
    rf"|(?::\s*|\s[-–]\s+)(?P<trailing>{FIGURE})\s*{UNIT}\s*\.?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """Points of a cell: the highest, the lowest of a range (else None), what a "/" says they are for.

    ``sign`` is "+" or "-" where one is written (or said: cộng, trừ). ``is_exact`` is False when decimals beyond
    two had to be cut. ``per`` is "lần" of "2 điểm/lần".
    """

    high: Points
    low: Points | None = None
    per: str = ""
    sign: str = ""
    is_exact: bool = True


def read_amount(text: str) -> Amount | None:
    """The points a whole cell holds; None when it holds something else."""
    said = text.strip()
    if not said or len(said) > 80 or not any(one.isdecimal() for one in said):
        return None
    match = _CELL.fullmatch(said)
    if match is None:
        return None
    first = _points(match["low"])
    last = _points(match["high"]) if match["high"] else None
    if first is None or (match["high"] and last is None):
        return None
    lead = (match["lead"] or "").lower()
    sign = match["low"].strip()[0] if match["low"].strip()[0] in "+-\u2212–" else ""
    sign = "-" if lead == "trừ" or sign in ("\u2212", "–") else "+" if lead in ("cộng", "thưởng") else sign
    points = [one for one in (first, last) if one is not None]
    per = (match["per"] or "").strip(" /).;")
    is_exact = all(_decimals(one) <= 2 for one in (match["low"], match["high"] or ""))
    if last is not None:
        return Amount(max(points), min(points), per, sign, is_exact)
    return Amount(first, None, per, sign, is_exact)


@dataclass(frozen=True, slots=True)
class Told:
    """Points told inside a sentence, and the sentence without them."""

    points: Points
    rest: str


def read_told(text: str) -> Told | None:
    """ "Công tác Hội (10 điểm)" -> 10 and "Công tác Hội"; the first such place of the first line with one."""
    for match in _IN_TEXT.finditer(text):
        before = text[max(match.start() - 12, 0) : match.start()].lower()
        if not match["bracketed"] and re.search(r"(trừ|cộng|thưởng|dưới|trên|từ|đạt)\s*$", before):
            continue
        figure = match["bracketed"] or match["most"] or match["most2"] or match["trailing"]
        points = _points(figure)
        if points is None:
            continue
        rest = (text[: match.start()].rstrip(" ,;:–-(") + text[match.end() :]).strip()
        if match["most"] or match["most2"]:
            rest = text if match.start() > 0 and not text[: match.start()].rstrip().endswith("(") else rest
        return Told(points, rest.strip())
    return None


def read_points(text: str) -> Points | None:
    """Plain points with sign, comma or dot; None when it is no number of points."""
    return _points(text)


def _points(text: str) -> Points | None:
    plain = text.replace(" ", "").replace("\u2212", "-").replace("–", "-").lstrip("+")
    figures = re.split(r"[.,]", plain)
    if len(figures) == 2 and len(figures[1]) > 2:  # 33.3333 of a formula
        plain = f"{figures[0]}.{figures[1][:2]}"
    try:
        return parse_points(plain, allow_negative=True)
    except InvalidEntry:
        return None


def _decimals(text: str) -> int:
    figures = re.split(r"[.,]", text)
    return len(figures[1].strip()) if len(figures) == 2 else 0
