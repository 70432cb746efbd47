"""A checklist from and to plain JSON values.

Two shapes are read by the same words: the short one of the published sheets (sections, criteria, max,
classification, gates in prose) and the canonical one of `to_plain` (roots, children, maximum, bands). Points
are numbers or strings ("8.50", "8,5"). What is wrong is refused with its path: sections[0].criteria[2].max.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from typing import Any, Final, cast

from thidua.rules.gate_plain import read_gate
from thidua.rules.plain_values import (
    Path,
    read_flag,
    read_list,
    read_mapping,
    read_one_of,
    read_points,
    read_text,
    read_texts,
    read_whole,
    wrong,
)
from thidua.rules.points import Points, api_points, format_points
from thidua.rules.sheet import DEEPEST, Band, Criterion, Kind, Level, Polarity, Sheet

_POLARITIES: Final = ("base", "bonus", "penalty")
_KINDS: Final = ("section", "points", "levels", "count", "note")
_NOT_APPLICABLE: Final = {
    "leave_out": "leave_out",
    "leave out of the maximum": "leave_out",
    "full_marks": "full_marks",
    "full marks": "full_marks",
    "count as full marks": "full_marks",
}
_KNOWN_KEYS: Final = frozenset(
    (
        *("id", "number", "text", "short", "title", "guidance", "kind", "polarity", "maximum", "max"),
        *("minimum", "min", "step", "levels", "points_per_count", "critical", "refs", "cap", "only_highest"),
        *("children", "criteria", "focus", "evidence", "deductions", "knockout", "parts"),
        *("note", "applies_to"),
    )
)
_DEFAULT_STEP: Final = 50


def sheet_from_plain(plain: object) -> Sheet:
    """Read either shape. Criteria without an id are numbered in running order. Raises InvalidEntry."""
    top = read_mapping(plain, Path("bảng điểm"))
    at = Path("")
    step = read_points(top["step"], at / "step") if "step" in top else _DEFAULT_STEP
    key = "roots" if "roots" in top else "sections"
    listed = read_list(top.get(key), at / key)
    ids = count(1)
    roots = tuple(
        _read_criterion(one, at / key / index, ids, step, depth=1, is_section=key == "sections")
        for index, one in enumerate(listed)
    )
    sheet = Sheet(
        id=read_whole(top.get("id", 0), at / "id"),
        name=read_text(top.get("name", top.get("title")), at / "name"),
        note=_read_note(top, at),
        declared_max=0,
        not_applicable="leave_out",
        roots=roots,
        bands=_read_bands(top, at),
        bonus_cap=_read_optional_points(top, at, "bonus_cap"),
    )
    _refuse_repeated([one.id for one in sheet.all], at / key, "mã tiêu chí")
    _refuse_repeated([band.label for band in sheet.bands], at / "bands", "tên mức xếp loại")
    declared = _read_optional_points(top, at, "declared_max", "total_max")
    policy = read_one_of(top.get("not_applicable", "leave_out"), _NOT_APPLICABLE, at / "not_applicable")
    sheet = replace(
        sheet,
        declared_max=sheet.maximum if declared is None else declared,
        not_applicable=cast(Any, _NOT_APPLICABLE[policy]),
    )
    gates = read_list(top.get("gates", []), at / "gates")
    return replace(sheet, gates=tuple(read_gate(one, at / "gates" / index, sheet) for index, one in enumerate(gates)))


def to_plain(sheet: Sheet) -> dict[str, Any]:
    """The canonical shape, with nothing but JSON values; `sheet_from_plain` reads it back unchanged."""
    return {
        "id": sheet.id,
        "name": sheet.name,
        "note": sheet.note,
        "declared_max": api_points(sheet.declared_max),
        "not_applicable": sheet.not_applicable,
        "bonus_cap": _optional(sheet.bonus_cap),
        "roots": [_criterion_to_plain(root) for root in sheet.roots],
        "bands": [{"label": band.label, "minimum": api_points(band.minimum)} for band in sheet.bands],
        "gates": [
            {
                "kind": gate.kind,
                "criterion": gate.criterion,
                "threshold": gate.threshold,
                "effect": gate.effect,
                "label": gate.label,
                "text": gate.text,
            }
            for gate in sheet.gates
        ],
    }


def _criterion_to_plain(criterion: Criterion) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "number": criterion.number,
        "text": criterion.text,
        "guidance": criterion.guidance,
        "kind": criterion.kind,
        "polarity": criterion.polarity,
        "maximum": _optional(criterion.maximum),
        "minimum": api_points(criterion.minimum),
        "step": api_points(criterion.step),
        "levels": [{"text": level.text, "points": api_points(level.points)} for level in criterion.levels],
        "points_per_count": _optional(criterion.points_per_count),
        "critical": criterion.critical,
        "refs": list(criterion.refs),
        "cap": _optional(criterion.cap),
        "only_highest": criterion.only_highest,
        "children": [_criterion_to_plain(child) for child in criterion.children],
    }


def _optional(points: Points | None) -> str | None:
    return None if points is None else api_points(points)


def _read_criterion(
    plain: object, at: Path, ids: "count[int]", step: Points, *, depth: int, is_section: bool = False
) -> Criterion:
    fields = read_mapping(plain, at)
    for name in fields:
        if name not in _KNOWN_KEYS:
            raise wrong(at / name, "tên trường này không dùng được ở đây")
    if depth > DEEPEST:
        raise wrong(at, f"bảng điểm chỉ có tối đa {DEEPEST} cấp")
    running = next(ids)
    key = "criteria" if "criteria" in fields else "children"
    children = tuple(
        _read_criterion(one, at / key / index, ids, step, depth=depth + 1)
        for index, one in enumerate(read_list(fields.get(key, []), at / key))
    )
    levels = tuple(
        _read_level(one, at / "levels" / index)
        for index, one in enumerate(read_list(fields.get("levels", []), at / "levels"))
    )
    kind = "section" if is_section or children else _read_kind(fields, at)
    criterion = Criterion(
        id=read_whole(fields.get("id", running), at / "id"),
        number=read_text(fields.get("number"), at / "number"),
        text=read_text(fields.get("text", fields.get("short", fields.get("title"))), at / "text"),
        guidance=_read_guidance(fields, at),
        kind=kind,
        polarity=_read_polarity(fields, at, children),
        maximum=_read_optional_points(fields, at, "maximum", "max"),
        minimum=_read_optional_points(fields, at, "minimum", "min") or 0,
        step=read_points(fields["step"], at / "step") if "step" in fields else step,
        levels=levels,
        points_per_count=_read_optional_points(fields, at, "points_per_count"),
        critical=read_flag(fields.get("critical", False), at / "critical"),
        refs=read_texts(fields.get("refs", []), at / "refs"),
        cap=_read_optional_points(fields, at, "cap"),
        only_highest=read_flag(fields.get("only_highest", False), at / "only_highest"),
        children=children,
    )
    return _checked(_completed(criterion, fields), at)


def _completed(criterion: Criterion, fields: Mapping[str, object]) -> Criterion:
    """Say what the short shape leaves unsaid."""
    if criterion.kind == "levels" and not {"maximum", "max"} & fields.keys():
        criterion = replace(criterion, maximum=criterion.highest)
    if criterion.kind == "levels" and not {"minimum", "min"} & fields.keys():
        criterion = replace(criterion, minimum=min(criterion.lowest or 0, 0))
    if criterion.polarity == "penalty" and not criterion.is_section and criterion.maximum:
        lowest = criterion.minimum or -abs(criterion.maximum)
        criterion = replace(criterion, maximum=0, minimum=lowest)
    if criterion.is_section and criterion.polarity == "bonus" and "cap" not in fields:
        criterion = replace(criterion, cap=criterion.maximum)
    return criterion


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


def _read_kind(fields: Mapping[str, object], at: Path) -> Kind:
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
    return below.pop() if len(below) == 1 else "base"


def _read_level(plain: object, at: Path) -> Level:
    fields = read_mapping(plain, at)
    return Level(read_text(fields.get("text"), at / "text"), read_points(fields.get("points"), at / "points"))


def _read_guidance(fields: Mapping[str, object], at: Path) -> str:
    """Guidance, and in words below it what published sheets say in fields of their own."""
    lines = [read_text(fields.get("guidance", ""), at / "guidance", may_be_empty=True)]
    for index, one in enumerate(read_list(fields.get("deductions", []), at / "deductions")):
        here = at / "deductions" / index
        deduction = read_mapping(one, here)
        points = format_points(abs(read_points(deduction.get("points"), here / "points")))
        per = f"/{read_text(deduction['per'], here / 'per')}" if "per" in deduction else ""
        lines.append(f"{read_text(deduction.get('text'), here / 'text')}: trừ {points} điểm{per}")
    if "parts" in fields:
        parts = read_list(fields["parts"], at / "parts")
        shown = (format_points(read_points(one, at / "parts" / index)) for index, one in enumerate(parts))
        lines.append(f"Gồm các phần: {' + '.join(shown)} điểm")
    for name, lead in _IN_WORDS.items():
        if name in fields:
            lines.append(lead + read_text(fields[name], at / name))
    return "\n".join(line for line in lines if line)


_IN_WORDS: Final = {
    "evidence": "Minh chứng: ",
    "knockout": "Khống chế: ",
    "applies_to": "Chỉ áp dụng cho: ",
    "note": "Ghi chú: ",
}


def _read_note(top: Mapping[str, object], at: Path) -> str:
    if "note" in top:
        return read_text(top["note"], at / "note", may_be_empty=True)
    return "\n".join(read_texts(top.get("notes", []), at / "notes"))


def _read_bands(top: Mapping[str, object], at: Path) -> tuple[Band, ...]:
    key = "bands" if "bands" in top else "classification"
    bands = []
    for index, one in enumerate(read_list(top.get(key, []), at / key)):
        here = at / key / index
        fields = read_mapping(one, here)
        minimum = fields.get("minimum", fields.get("min"))
        bands.append(Band(read_text(fields.get("label"), here / "label"), read_points(minimum, here / "min")))
    return tuple(bands)


def _read_optional_points(fields: Mapping[str, object], at: Path, *names: str) -> Points | None:
    for name in names:
        if fields.get(name) is not None:
            return read_points(fields[name], at / name)
    return None


def _refuse_repeated(values: list[Any], at: Path, what: str) -> None:
    repeated = sorted({str(value) for value in values if values.count(value) > 1})
    if repeated:
        raise wrong(at, f"{what} bị trùng: {', '.join(repeated)}")
