"""One score as entered: checked against its criterion, and what it brings."""

from dataclasses import dataclass

from thidua.rules.errors import InvalidEntry
from thidua.rules.points import Points, api_points, format_points, parse_points
from thidua.rules.sheet import Criterion

MOST_CHOICES = 12
MOST_COUNTED = 999


@dataclass(frozen=True, slots=True)
class Entry:
    """A given score: points, the index of a level, a count, "not applicable" or a text.

    Not scored yet is the absence of an entry, never an Entry. Points of penalties are 0 or less.
    """

    points: Points | None = None
    level: int | None = None
    count: int | None = None
    not_applicable: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One key on the screen: `value` is sent as points ("8.50"), `level` is the index of a level."""

    value: str
    label: str
    points: Points
    level: int | None = None


def check_entry(
    criterion: Criterion,
    *,
    points: str | None = None,
    level: str | None = None,
    count: str | None = None,
    not_applicable: bool = False,
    text: str | None = None,
) -> Entry:
    """Turn what was typed into an Entry; blank counts as not given. Raises InvalidEntry.

    Points equal to one of the levels of a criterion stand for that level. A deduction may be typed
    with or without its minus sign.
    """
    given = {
        name: typed.strip()
        for name, typed in (("points", points), ("level", level), ("count", count), ("text", text))
        if typed is not None and typed.strip()
    }
    if criterion.is_section:
        raise _invalid(criterion, "đây là một mục gồm nhiều tiêu chí. Xin chấm từng tiêu chí bên trong", None)
    if len(given) + not_applicable != 1:
        raise _not_exactly_one(criterion, bool(given) or not_applicable)
    if not_applicable:
        return Entry(not_applicable=True)
    if criterion.kind == "note" and "text" in given:
        return Entry(text=given["text"])
    if criterion.kind == "count" and "count" in given:
        return _check_count(criterion, given["count"])
    if criterion.kind == "levels" and "level" in given:
        return _check_level(criterion, given["level"])
    if criterion.kind == "levels" and "points" in given:
        return _check_level_points(criterion, given["points"])
    if criterion.kind == "points" and "points" in given:
        return _check_points(criterion, given["points"])
    raise _invalid(criterion, _WANTED[criterion.kind], next(iter(given)))


def entry_points(criterion: Criterion, entry: Entry) -> Points | None:
    """What the entry brings, held within the criterion's own limits; None for notes and "not applicable"."""
    points = entered_points(criterion, entry)
    return None if points is None else within(points, *criterion.limits)


def entered_points(criterion: Criterion, entry: Entry) -> Points | None:
    """What the entry says before any limit, a deduction always negative; None for notes and "not applicable"."""
    if entry.not_applicable or not criterion.carries_points:
        return None
    if entry.level is not None and criterion.kind == "levels":
        points = criterion.levels[entry.level].points
    elif entry.count is not None and criterion.kind == "count":
        points = _counted(criterion, entry.count)
    elif entry.points is not None:
        points = entry.points
    else:
        return None
    return -abs(points) if criterion.polarity == "penalty" else points


def within(points: Points, low: Points | None, high: Points | None) -> Points:
    """Points held between two limits; None is no limit, and the lower one prevails."""
    if high is not None and points > high:
        points = high
    return low if low is not None and points < low else points


def choices(criterion: Criterion) -> tuple[Choice, ...]:
    """The keys, lowest first, levels in their printed order; () when there are too many: a stepper."""
    if criterion.kind == "levels":
        return tuple(
            Choice(api_points(level.points), level.text, level.points, index)
            for index, level in enumerate(criterion.levels)
        )
    low, high = criterion.lowest, criterion.highest
    if criterion.kind != "points" or low is None or high is None:
        return ()
    if (high - low) // criterion.step >= MOST_CHOICES:
        return ()
    inner = range(_next_multiple(low, criterion.step), high + 1, criterion.step)
    values = sorted({low, high, *inner})
    if len(values) > MOST_CHOICES:
        return ()
    return tuple(Choice(api_points(value), format_points(value), value) for value in values)


_WANTED = {
    "points": "chấm bằng điểm số. Xin nhập điểm",
    "levels": "chấm theo mức. Xin chọn một trong các mức",
    "count": "tính theo số lần. Xin nhập số lần",
    "note": "chỉ ghi nhận xét, không chấm điểm. Xin nhập nội dung nhận xét",
}


def _check_points(criterion: Criterion, typed: str) -> Entry:
    value = _parse(criterion, typed)
    if criterion.polarity == "penalty":
        value = -abs(value)
    low, high = criterion.lowest, criterion.highest
    too_low = low is not None and value < low
    too_high = high is not None and value > high
    off_step = value % criterion.step != 0 and value not in (low, high)
    if too_low or too_high or off_step:
        raise _invalid(criterion, f"{_range(criterion)}, mỗi nấc {format_points(criterion.step)}", "points")
    return Entry(points=value)


def _check_level_points(criterion: Criterion, typed: str) -> Entry:
    value = _parse(criterion, typed)
    for wanted in (value, -abs(value)) if criterion.polarity == "penalty" else (value,):
        for index, level in enumerate(criterion.levels):
            if level.points == wanted:
                return Entry(level=index)
    listed = ", ".join(format_points(level.points) for level in criterion.levels)
    raise _invalid(criterion, f"chỉ có các mức {listed}", "points")


def _check_level(criterion: Criterion, typed: str) -> Entry:
    if not _is_whole(typed) or int(typed) >= len(criterion.levels):
        raise _invalid(criterion, "không có mức vừa chọn. Xin chọn lại một trong các mức trên bảng", "level")
    return Entry(level=int(typed))


def _check_count(criterion: Criterion, typed: str) -> Entry:
    if not _is_whole(typed) or int(typed) > MOST_COUNTED:
        raise _invalid(criterion, f"số lần phải là số nguyên từ 0 đến {MOST_COUNTED}", "count")
    return Entry(count=int(typed))


def _is_whole(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) <= 6


def _parse(criterion: Criterion, typed: str) -> Points:
    negative = criterion.polarity == "penalty" or (criterion.lowest or 0) < 0
    try:
        return parse_points(typed, allow_negative=negative)
    except InvalidEntry as error:
        raise InvalidEntry(f"Tiêu chí {criterion.number}: {error.message}", "points") from error


def _counted(criterion: Criterion, count: int) -> Points:
    per_count = criterion.points_per_count or 0
    if per_count < 0 and criterion.polarity == "base":
        return (criterion.maximum or 0) + count * per_count
    if criterion.polarity == "penalty":
        return -abs(per_count) * count
    return per_count * count


def _next_multiple(low: Points, step: Points) -> Points:
    return -(-low // step) * step


def _range(criterion: Criterion) -> str:
    if criterion.polarity == "penalty":
        name, low, high = "điểm trừ", 0, None if criterion.lowest is None else -criterion.lowest
    else:
        name, low, high = "điểm", criterion.minimum, criterion.highest
    end = "trở lên" if high is None else f"đến {format_points(high)}"
    return f"{name} phải từ {format_points(low)} {end}"


def _not_exactly_one(criterion: Criterion, some: bool) -> InvalidEntry:
    if some:
        return _invalid(criterion, "chỉ được chọn một: cho điểm hoặc không xét", None)
    wanted = _WANTED[criterion.kind].partition(". ")[2]
    return InvalidEntry(f"Tiêu chí {criterion.number} chưa có gì. {wanted} hoặc chọn “Không xét”.", None)


def _invalid(criterion: Criterion, what: str, field: str | None) -> InvalidEntry:
    end = "." if "Xin " in what else ". Xin nhập lại."
    return InvalidEntry(f"Tiêu chí {criterion.number}: {what}{end}", field)
