"""One box of a filled paper form as it is typed in: points with a comma, a level, a count, "k", or words."""

import re
from collections.abc import Mapping

from thidua.rules.entries import Entry, check_entry, entry_points
from thidua.rules.errors import InvalidEntry
from thidua.rules.points import Points, parse_points
from thidua.rules.sheet import Criterion, Sheet

_NOT_APPLICABLE = frozenset({"k", "kx", "không xét", "khong xet"})
_LEVEL = re.compile(r"(?:m|mức)?\s*([1-9][0-9]?)\)?")


def typed_entry(criterion: Criterion, typed: str) -> Entry | None:
    """The entry meant, None for an empty box (skipped). Raises InvalidEntry with what would be right.

    "k": not applicable. A criterion in levels takes the points of a level or, when no level has them, its number
    on the paper; "m2" always means the second level. A note takes any words but "k".
    """
    text = typed.strip()
    if not text:
        return None
    if text.lower() in _NOT_APPLICABLE:
        return check_entry(criterion, not_applicable=True)
    if criterion.kind == "levels":
        return _level(criterion, text)
    if criterion.kind == "count":
        return check_entry(criterion, count=text)
    if criterion.kind == "note":
        return check_entry(criterion, text=text)
    return check_entry(criterion, points=text)


def added_up(sheet: Sheet, entries: Mapping[int, Entry]) -> Points:
    """The plain sum of the rows, as somebody with a pencil adds up a paper; caps of groups do not count here."""
    rows = (entry_points(one, entries[one.id]) for one in sheet.leaves if one.id in entries)
    return started_with(sheet) + sum(points or 0 for points in rows)


def started_with(sheet: Sheet) -> Points:
    """What stands on the paper before a row is filled in: the marks of sections that start full."""
    return sum(one.maximum or 0 for one in sheet.all if one.starts_full)


def total_problem(typed: str, rows: Points, by_rule: Points) -> str:
    """The sentence when the total written on the paper is neither the sum of the rows nor the total by the rules."""
    if not typed.strip():
        return ""
    try:
        written = parse_points(typed, allow_negative=True, field="total")
    except InvalidEntry as wrong:
        return wrong.message
    if written in (rows, by_rule):
        return ""
    return "Tổng ghi trên phiếu khác tổng các dòng đã nhập. Xin xem lại từng dòng."


def _level(criterion: Criterion, text: str) -> Entry:
    named = _LEVEL.fullmatch(text.lower())
    if named is None or named[0].isdecimal():
        try:
            return check_entry(criterion, points=text)
        except InvalidEntry:
            if named is None or int(named[1]) > len(criterion.levels):
                raise
    return check_entry(criterion, level=str(int(named[1]) - 1))
