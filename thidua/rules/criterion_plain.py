"""One criterion with everything below it, from and to plain JSON values; see `sheet_plain` for the two shapes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, cast

from thidua.rules.plain_values import (
    LONGEST_NUMBER,
    Path,
    read_flag,
    read_list,
    read_mapping,
    read_one_of,
    read_optional_points,
    read_points,
    read_text,
    read_texts,
    read_whole,
    wrong,
)
from thidua.rules.points import Points, api_points
from thidua.rules.published_plain import deducted, guidance_words, is_per_occurrence, parted
from thidua.rules.sheet import DEEPEST, Criterion, Kind, Level, Polarity

_POLARITIES: Final = ("base", "bonus", "penalty")
_KINDS: Final = ("section", "points", "levels", "count", "note")
_KNOWN_KEYS: Final = frozenset(
    (
        *("id", "number", "text", "short", "title", "guidance", "kind", "polarity", "maximum", "max"),
        *("minimum", "min", "step", "levels", "points_per_count", "critical", "refs", "cap", "only_highest"),
        *("either_or", "starts_full", "applies_to", "children", "criteria", "focus"),
        *("evidence", "deductions", "knockout", "parts", "note"),
    )
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What holds while a sheet is read: running ids, the sheet's step, and the knock-outs met, by criterion id."""

    ids: Iterator[int]
    step: Points
    knockouts: list[tuple[int, str]] = field(default_factory=list)


def read_criterion(plain: object, at: Path, reading: Reading, *, depth: int = 1, is_section: bool = False) -> Criterion:
    """A criterion of either shape. `is_section`: it stands in the list of sections. Raises InvalidEntry."""
    fields = read_mapping(plain, at)
    for name in fields:
        if name not in _KNOWN_KEYS:
            raise wrong(at / name, "tên trường này không dùng được ở đây")
    if depth > DEEPEST:
        raise wrong(at, f"bảng điểm chỉ có tối đa {DEEPEST} cấp")
    running = next(reading.ids)
    number = read_text(fields.get("number"), at / "number", most=LONGEST_NUMBER)
    step = read_points(fields["step"], at / "step") if "step" in fields else reading.step
    children = _read_children(fields, at, reading, depth)
    parts = _read_parts(fields, at, reading, number, step) if not children and _has_room(fields, depth) else ()
    criterion = Criterion(
        id=read_whole(fields.get("id", running), at / "id"),
        number=number,
        text=read_text(fields.get("text", fields.get("short", fields.get("title"))), at / "text"),
        guidance=guidance_words(fields, at, are_parts_scored=bool(parts)),
        kind=_read_kind(fields, at, children or parts, is_section),
        polarity=_read_polarity(fields, at, children),
        maximum=read_optional_points(fields, at, "maximum", "max"),
        minimum=read_optional_points(fields, at, "minimum", "min") or 0,
        step=step,
        levels=_read_levels(fields, at),
        points_per_count=read_optional_points(fields, at, "points_per_count"),
        critical=read_flag(fields.get("critical", False), at / "critical"),
        refs=read_texts(fields.get("refs", []), at / "refs"),
        cap=read_optional_points(fields, at, "cap"),
        only_highest=read_flag(fields.get("only_highest", False), at / "only_highest"),
        either_or=read_flag(fields.get("either_or", False), at / "either_or"),
        starts_full=read_flag(fields.get("starts_full", bool(parts) and "parts" not in fields), at / "starts_full"),
        applies_to=_read_kinds_of_unit(fields.get("applies_to", []), at / "applies_to"),
        children=children or parts,
    )
    if "knockout" in fields:
        reading.knockouts.append((criterion.id, read_text(fields["knockout"], at / "knockout")))
    return _checked(_completed(criterion, fields), at)


def criterion_to_plain(criterion: Criterion) -> dict[str, Any]:
    """The canonical shape: every field, in the order of `Criterion`."""
    return {
        "id": criterion.id,
        "number": criterion.number,
        "text": criterion.text,
        "guidance": criterion.guidance,
        "kind": criterion.kind,
        "polarity": criterion.polarity,
        "maximum": optional_points(criterion.maximum),
        "minimum": api_points(criterion.minimum),
        "step": api_points(criterion.step),
        "levels": [{"text": level.text, "points": api_points(level.points)} for level in criterion.levels],
        "points_per_count": optional_points(criterion.points_per_count),
        "critical": criterion.critical,
        "refs": list(criterion.refs),
        "cap": optional_points(criterion.cap),
        "only_highest": criterion.only_highest,
        "either_or": criterion.either_or,
        "starts_full": criterion.starts_full,
        "applies_to": list(criterion.applies_to),
        "children": [criterion_to_plain(child) for child in criterion.children],
    }


def optional_points(points: Points | None) -> str | None:
    return None if points is None else api_points(points)


def _read_children(fields: Mapping[str, object], at: Path, reading: Reading, depth: int) -> tuple[Criterion, ...]:
    key = "criteria" if "criteria" in fields else "children"
    return tuple(
        read_criterion(one, at / key / index, reading, depth=depth + 1)
        for index, one in enumerate(read_list(fields.get(key, []), at / key))
    )


def _has_room(fields: Mapping[str, object], depth: int) -> bool:
    """Whether parts and deductions can be criteria of their own; else they are kept in words."""
    return depth < DEEPEST and not fields.get("levels") and fields.get("points_per_count") is None


def _read_parts(
    fields: Mapping[str, object], at: Path, reading: Reading, number: str, step: Points
) -> tuple[Criterion, ...]:
    parts = parted(fields, at, number, step, reading.ids)
    return (*parts, *deducted(fields, at, number, len(parts), reading.ids))


def _read_levels(fields: Mapping[str, object], at: Path) -> tuple[Level, ...]:
    levels = []
    for index, one in enumerate(read_list(fields.get("levels", []), at / "levels")):
        here = at / "levels" / index
        level = read_mapping(one, here)
        levels.append(
            Level(read_text(level.get("text"), here / "text"), read_points(level.get("points"), here / "points"))
        )
    return tuple(levels)


def _read_kinds_of_unit(value: object, at: Path) -> tuple[str, ...]:
    return (read_text(value, at),) if isinstance(value, str) else read_texts(value, at)


def _read_kind(fields: Mapping[str, object], at: Path, children: tuple[Criterion, ...], is_section: bool) -> Kind:
    """A section has criteria; one published with nothing but its maximum is scored itself."""
    if children or (is_section and (fields.get("kind") == "section" or fields.get("max") is None)):
        return "section"
    named = fields.get("kind")
    if named is not None and named not in _POLARITIES:
        return cast(Kind, read_one_of(named, _KINDS, at / "kind"))
    if fields.get("levels"):
        return "levels"
    return "points" if fields.get("points_per_count") is None else "count"


def _read_polarity(fields: Mapping[str, object], at: Path, children: tuple[Criterion, ...]) -> Polarity:
    named = fields.get("polarity")
    if named is None and fields.get("kind") in _POLARITIES:
        named = fields["kind"]
    if named is not None:
        return cast(Polarity, read_one_of(named, _POLARITIES, at / "polarity"))
    below = {child.polarity for child in children}
    return below.pop() if len(below) == 1 and fields.get("starts_full") is not True else "base"


def _completed(criterion: Criterion, fields: Mapping[str, object]) -> Criterion:
    """Say what the short shape leaves unsaid."""
    if criterion.kind == "levels" and not {"maximum", "max"} & fields.keys():
        criterion = replace(criterion, maximum=criterion.highest)
    if criterion.kind == "levels" and not {"minimum", "min"} & fields.keys():
        criterion = replace(criterion, minimum=min(criterion.lowest or 0, 0))
    if criterion.polarity == "penalty" and criterion.maximum:
        criterion = _taking_away(criterion, fields)
    if criterion.is_section and criterion.polarity == "bonus" and "cap" not in fields:
        criterion = replace(criterion, cap=criterion.maximum)
    return criterion


def _taking_away(criterion: Criterion, fields: Mapping[str, object]) -> Criterion:
    """A penalty published with its points as a maximum ("-10", or "10"): per occurrence, or the most it takes."""
    most = -abs(criterion.maximum or 0)
    if criterion.is_section:
        is_printed = "max" in fields or (criterion.maximum or 0) < 0
        return replace(criterion, maximum=0, minimum=criterion.minimum or most) if is_printed else criterion
    if criterion.kind == "points" and "polarity" not in fields and is_per_occurrence(criterion):
        return replace(criterion, kind="count", maximum=0, points_per_count=most)
    return replace(criterion, maximum=0, minimum=criterion.minimum or most)


def _checked(criterion: Criterion, at: Path) -> Criterion:
    if criterion.step <= 0:
        raise wrong(at / "step", "nấc điểm phải lớn hơn 0")
    if criterion.kind == "levels" and not criterion.levels:
        raise wrong(at / "levels", "tiêu chí chấm theo mức phải có ít nhất một mức")
    if criterion.kind == "count" and not criterion.points_per_count:
        raise wrong(at / "points_per_count", "tiêu chí tính theo số lần phải có điểm mỗi lần khác 0")
    needs_maximum = criterion.polarity == "base" and criterion.carries_points
    if needs_maximum and criterion.maximum is None:
        raise wrong(at / "max", "thiếu điểm tối đa")
    if criterion.maximum is not None and criterion.maximum < 0:
        raise wrong(at / "max", "điểm tối đa chỉ được âm ở điểm trừ")
    if criterion.cap is not None and criterion.cap < 0:
        raise wrong(at / "cap", "mức trần không được âm")
    if criterion.maximum is not None and criterion.minimum > criterion.maximum:
        raise wrong(at / "min", "điểm tối thiểu lớn hơn điểm tối đa")
    if criterion.polarity == "penalty" and any(level.points > 0 for level in criterion.levels):
        raise wrong(at / "levels", "mức của điểm trừ phải từ 0 trở xuống")
    if criterion.polarity == "bonus" and any(level.points < 0 for level in criterion.levels):
        raise wrong(at / "levels", "mức của điểm thưởng phải từ 0 trở lên")
    return criterion
