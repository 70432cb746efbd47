"""Levels, deductions and additions told in words: "Tốt: 5đ; Khá: 4đ", "trừ 1đ/lần", "0,5 điểm/sự kiện"."""

import re
from dataclasses import dataclass
from typing import Final

from thidua.rules.points import Points
from thidua.rules.sheet import Level
from thidua.rules.sheet_reading.amounts import FIGURE, UNIT, read_points
from thidua.rules.sheet_reading.cells import key_of
from thidua.rules.sheet_reading.column_words import LEVEL_NAMES

_BULLET: Final = r"\s*(?:[-–•*+●▪]\s*|[a-zđ]\)\s*)?"
_LABEL_FIRST: Final = re.compile(
    rf"{_BULLET}(?P<label>\S.*?)\s*(?:[:=]|[-–→]|\()\s*(?:được\s+|đạt\s+)?(?P<figure>[-+\u2212]?\s?{FIGURE})\s*(?P<unit>{UNIT})?\s*\)?\s*[.,]?",
    re.IGNORECASE,
)  # fmt: skip
_FIGURE_FIRST: Final = re.compile(
    rf"{_BULLET}(?:mức\s+)?(?P<figure>[-+\u2212]?\s?{FIGURE})\s*{UNIT}\s*(?:[:=]|[-–])\s*(?P<label>\S.*?)\s*[.,]?",
    re.IGNORECASE,
)
_SHORT: Final = re.compile(
    rf"{_BULLET}(?:được\s+|đạt\s+)?(?P<label>\S.*?)\s+(?P<figure>{FIGURE})\s*{UNIT}\s*[.,]?", re.IGNORECASE
)
_NOT_A_LEVEL: Final = re.compile(
    r"\b(?:tru|cong|thuong|moi|phat|tong|toi da|khong qua|toi thieu|gom)\b|\b(?:lan|buoi|nguoi|vu|van ban) $"
)
_AND_PER: Final = re.compile(r"/\s*[^\W\d_]")
_TOLD: Final = re.compile(rf"{FIGURE}\s*{UNIT}", re.IGNORECASE)
_POINTS_INSIDE: Final = re.compile(rf"[:=(]\s*{FIGURE}\s*{UNIT}", re.IGNORECASE)
_COMMA: Final = re.compile(r",\s+|,(?=\D)")

_RULE: Final = re.compile(
    r"(?P<sign>trừ|bớt|hạ|cộng(?: thêm)?|thưởng(?: thêm)?|[-+\u2212](?=\s?\d))\s*(?:đi\s+)?"
    rf"(?P<figure>{FIGURE})\s*{UNIT}?"
    rf"(?P<range>\s*(?:[-–]|đến)\s*(?:[+-]?\s?{FIGURE}))?"
    r"(?:\s*(?:/|cho (?:mỗi|một)|\(?\s*mỗi|một)\s*(?P<per>[^\s.;,)(\d/][^.;,)(\d/]{0,40}))?",
    re.IGNORECASE,
)
_FURTHER: Final = re.compile(r"\s*(?:[-–]|đến|tới)?\s*[-+]?\s?\d")
_EACH: Final = re.compile(r"\bmỗi\s+(?P<per>[^\s.;,:)(\d]+(?:\s+[^\s.;,:)(\d]+){0,3})", re.IGNORECASE)
_PLAIN_PER: Final = re.compile(
    rf"\(?\s*(?P<sign>[-+\u2212]|trừ|cộng)?\s*(?P<figure>{FIGURE})\s*{UNIT}\s*"
    r"(?:/|cho (?:mỗi|một)|\(?mỗi|một)\s*(?P<per>[^\s.;,)(/\d][^.;,)(/]{0,40}?)\s*\)?"
    rf"(?:[,;.(]?\s*(?:nhưng\s+)?(?:tối đa|không quá)\s*(?:là\s+)?(?P<most>{FIGURE})\s*{UNIT}?\s*\)?)?\s*\.?",
    re.IGNORECASE,
)
_TIMES: Final = ("lan", "buoi", "vu", "nguoi", "loi", "truong hop", "van ban", "bao cao", "ngay", "su kien", "hoi vien",
                 "sang kien", "cong trinh", "dot", "tiet", "nhiem vu", "noi dung", "hoc phan", "de", "tin", "bai",
                 "mo hinh", "cuoc", "giai", "tap the", "ca nhan", "don vi", "chi hoi", "vi pham", "lan vi pham",
                 "cau", "phieu", "ho so", "chuyen de", "hoat dong", "%")  # fmt: skip


@dataclass(frozen=True, slots=True)
class ToldLevels:
    """Levels in the order told, and the words before them ("Mức điểm:")."""

    levels: tuple[Level, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A deduction (points below 0) or an addition; ``per`` is what is counted, "" when it is once only.

    ``is_whole``: the text said nothing else; ``is_range``: it told the least of several points ("2-5đ").
    """

    points: Points
    per: str = ""
    most: Points | None = None
    is_whole: bool = False
    is_range: bool = False


def read_levels(text: str) -> ToldLevels | None:
    """Two or more levels that make up the whole text; None when they do not."""
    lines = [one.strip() for one in text.split("\n") if one.strip()]
    if len(lines) >= 2 and all(_level(line) is not None for line in lines[1:]):
        segments = lines
    else:
        segments = [one.strip() for line in lines for one in line.split(";") if one.strip()]
    if len(segments) == 1:
        segments = [one.strip() for one in _COMMA.split(segments[0]) if one.strip()]
    lead = ""
    if len(segments) > 2 and _level(segments[0]) is None:
        lead, segments = segments[0].rstrip(": "), segments[1:]
    elif segments and ":" in segments[0]:
        lead, segments = _without_lead(segments)
    levels = [level for level in map(_level, segments) if level is not None]
    if len(levels) < 2 or len(levels) != len(segments):
        return None
    if len({key_of(level.text) for level in levels}) < len(levels):
        return None
    return ToldLevels(tuple(levels), lead)


def _without_lead(segments: list[str]) -> tuple[str, list[str]]:
    """ "Mức điểm: Tốt: 5đ" begins with words that are no level's."""
    lead, _, first = segments[0].partition(":")
    if first.strip() and _level(first.strip()) is not None and key_of(lead) not in LEVEL_NAMES:
        return lead.strip(), [first.strip(), *segments[1:]]
    return "", segments


def _level(segment: str) -> Level | None:
    if len(segment) > 400 or _AND_PER.search(segment):
        return None
    for pattern in (_FIGURE_FIRST, _LABEL_FIRST, _SHORT):
        match = pattern.fullmatch(segment)
        if match is None:
            continue
        label, points = match["label"].strip(" -–:("), read_points(match["figure"])
        if points is None or not any(one.isalpha() for one in label) or _POINTS_INSIDE.search(label):
            continue
        if pattern is not _FIGURE_FIRST and _NOT_A_LEVEL.search(key_of(label) + " "):
            return None
        return Level(label, points)
    return None


def read_rules(text: str) -> tuple[Rule, ...]:
    """Every deduction and addition told in the text, in order."""
    whole = read_whole_rule(text)
    if whole is not None:
        return (whole,)
    found = []
    for segment in re.split(r"[;\n]|(?<=[^\d])\.(?=\s|$)", text):
        for match in _RULE.finditer(segment):
            points = read_points(match["figure"])
            if points is None:
                continue
            is_minus = match["sign"].lower() not in ("+", "cộng", "cộng thêm", "thưởng", "thưởng thêm")
            each = _EACH.search(segment)
            per = (match["per"] or (each["per"] if each else "")).strip()
            if not per and re.search(r"\b1 (buổi|lần|người|lỗi|văn bản|vụ)\b", segment, re.IGNORECASE):
                per = "lần"
            is_range = bool(match["range"] or _FURTHER.match(segment, match.end()))
            found.append(Rule(-points if is_minus else points, per, is_range=is_range))
    return tuple(found)


def read_whole_rule(text: str) -> Rule | None:
    """A text that is nothing but one rule: "0,5 điểm/sự kiện, tối đa 2 điểm", "-10 điểm (mỗi lần vi phạm)"."""
    match = _PLAIN_PER.fullmatch(text.strip())
    if match is None:
        return None
    points = read_points(match["figure"])
    if not points:
        return None
    per = match["per"].strip()
    is_minus = (match["sign"] or "").lower() in ("-", "\u2212", "trừ")
    most = read_points(match["most"]) if match["most"] else None
    return Rule(-points if is_minus else points, per, most, is_whole=True)


def count_of_points(text: str) -> int:
    """How often the text tells points: more than once, it says more than one rule."""
    return len(_TOLD.findall(text))


def is_counted(per: str) -> bool:
    """Whether "per" names something that can be counted: lần, buổi, văn bản …"""
    key = key_of(per)
    return any(key == one or key.startswith(one + " ") for one in _TIMES)
