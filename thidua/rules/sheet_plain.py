"""A checklist from and to plain JSON values.

Two shapes are read by the same words: the short one of the published sheets (sections, criteria, max,
classification, gates in prose) and the canonical one of `to_plain` (roots, children, maximum, bands). Points
are numbers or strings ("8.50", "8,5"). What is wrong is refused with its path: sections[0].criteria[2].max.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from typing import Any, Final, cast

from thidua.rules.criterion_plain import Reading, criterion_to_plain, optional_points, read_criterion
from thidua.rules.gate_plain import knockout_gate, no_violation_gates, read_gate
from thidua.rules.plain_values import (
    LONGEST_LABEL,
    LONGEST_NAME,
    Path,
    read_flag,
    read_list,
    read_mapping,
    read_one_of,
    read_optional_points,
    read_points,
    read_text,
    read_whole,
    wrong,
)
from thidua.rules.points import Points, api_points
from thidua.rules.published_plain import FULL_SCALE, bonus_by_title, read_clusters, read_note, whole_total
from thidua.rules.sheet import Band, Criterion, Sheet

_NOT_APPLICABLE: Final = {
    "leave_out": "leave_out",
    "leave out of the maximum": "leave_out",
    "full_marks": "full_marks",
    "full marks": "full_marks",
    "count as full marks": "full_marks",
}
_DEFAULT_STEP: Final = 50


def sheet_from_plain(plain: object) -> Sheet:
    """Read either shape. Criteria without an id are numbered in running order. Raises InvalidEntry."""
    top = read_mapping(plain, Path("bảng điểm"))
    at = Path("")
    step = read_points(top["step"], at / "step") if "step" in top else _DEFAULT_STEP
    reading = Reading(count(1), step)
    key = "roots" if "roots" in top else "sections"
    declared = read_optional_points(top, at, "declared_max", "total_max")
    policy = read_one_of(top.get("not_applicable", "leave_out"), _NOT_APPLICABLE, at / "not_applicable")
    roots = _read_roots(top, at, reading, declared, key)
    bands, spotless = _read_bands(top, at)
    sheet = Sheet(
        id=read_whole(top.get("id", 0), at / "id"),
        name=read_text(top.get("name", top.get("title")), at / "name", most=LONGEST_NAME),
        note=read_note(top, at),
        declared_max=0,
        not_applicable=cast(Any, _NOT_APPLICABLE[policy]),
        roots=roots,
        bands=bands,
        bonus_cap=read_optional_points(top, at, "bonus_cap"),
        total_cap=read_optional_points(top, at, "total_cap"),
        declared_max_by_kind=_read_by_kind(top, at, "declared_max_by_kind", "total_max_by_kind"),
        clusters=read_clusters(*_clusters_of(top, at)),
    )
    _refuse_repeated([one.id for one in sheet.all], at / key, "mã tiêu chí")
    _refuse_repeated([band.label for band in sheet.bands], at / "bands", "tên mức xếp loại")
    sheet = replace(sheet, declared_max=sheet.maximum if declared is None else declared)
    gates = [
        *(read_gate(one, at / "gates" / index, sheet) for index, one in enumerate(_listed(top, at, "gates"))),
        *(knockout_gate(sheet, criterion_id, text) for criterion_id, text in reading.knockouts),
        *no_violation_gates(bands, spotless),
    ]
    return replace(sheet, gates=tuple(gates))


def to_plain(sheet: Sheet) -> dict[str, Any]:
    """The canonical shape, with nothing but JSON values; `sheet_from_plain` reads it back unchanged."""
    return {
        "id": sheet.id,
        "name": sheet.name,
        "note": sheet.note,
        "declared_max": api_points(sheet.declared_max),
        "declared_max_by_kind": _by_kind_to_plain(sheet.declared_max_by_kind),
        "not_applicable": sheet.not_applicable,
        "bonus_cap": optional_points(sheet.bonus_cap),
        "total_cap": optional_points(sheet.total_cap),
        "roots": [criterion_to_plain(root) for root in sheet.roots],
        "bands": [
            {
                "label": band.label,
                "minimum": api_points(band.minimum),
                "maximum": optional_points(band.maximum),
                "minimum_by_kind": _by_kind_to_plain(band.minimum_by_kind),
            }
            for band in sheet.bands
        ],
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
        "clusters": [{"number": one.number, "name": one.name, "units": list(one.units)} for one in sheet.clusters],
    }


def _by_kind_to_plain(pairs: tuple[tuple[str, Points], ...]) -> list[dict[str, str]]:
    """A list, so that the order survives whoever sorts the keys of an object."""
    return [{"kind": kind, "points": api_points(points)} for kind, points in pairs]


def _read_roots(
    top: Mapping[str, object], at: Path, reading: Reading, declared: Points | None, key: str
) -> tuple[Criterion, ...]:
    if _only_ranks(top):
        whole = whole_total(declared or FULL_SCALE, reading.step, reading.ids)
        return (whole, *bonus_by_title(_listed(top, at, "bonus"), at / "bonus", reading.ids))
    listed = read_list(top.get(key), at / key)
    if not listed and declared and key == "sections":
        return (whole_total(declared, reading.step, reading.ids),)
    return tuple(
        read_criterion(one, at / key / index, reading, is_section=key == "sections") for index, one in enumerate(listed)
    )


def _only_ranks(top: Mapping[str, object]) -> bool:
    return top.get("kind") == "ranking_table"


def _clusters_of(top: Mapping[str, object], at: Path) -> tuple[list[object], Path]:
    key = "sections" if _only_ranks(top) else "clusters"
    return _listed(top, at, key), at / key


def _read_bands(top: Mapping[str, object], at: Path) -> tuple[tuple[Band, ...], frozenset[str]]:
    """The bands, and the labels of those that ask for no violation."""
    key = "bands" if "bands" in top else "classification"
    bands, spotless = [], set()
    for index, one in enumerate(_listed(top, at, key)):
        here = at / key / index
        fields = read_mapping(one, here)
        band = Band(
            read_text(fields.get("label"), here / "label", most=LONGEST_LABEL),
            read_points(fields.get("minimum", fields.get("min")), here / "min"),
            read_optional_points(fields, here, "maximum", "max"),
            _read_by_kind(fields, here, "minimum_by_kind", "min_by_kind"),
        )
        bands.append(band)
        if read_flag(fields.get("requires_no_violation", False), here / "requires_no_violation"):
            spotless.add(band.label)
    return tuple(bands), frozenset(spotless)


def _read_by_kind(fields: Mapping[str, object], at: Path, *names: str) -> tuple[tuple[str, Points], ...]:
    """Points by kind of unit: an object {"chủ nhiệm": 100}, or a list of {"kind", "points"}."""
    name = next((name for name in names if fields.get(name) is not None), None)
    if name is None:
        return ()
    value, here = fields[name], at / name
    if isinstance(value, dict):
        pairs = [(read_text(kind, here), read_points(points, here / kind)) for kind, points in value.items()]
    else:
        listed = [(read_mapping(one, here / i), here / i) for i, one in enumerate(read_list(value, here))]
        pairs = [
            (read_text(one.get("kind"), place / "kind"), read_points(one.get("points"), place / "points"))
            for one, place in listed
        ]
    _refuse_repeated([kind for kind, _ in pairs], here, "loại đơn vị")
    return tuple(pairs)


def _listed(top: Mapping[str, object], at: Path, name: str) -> list[object]:
    return read_list(top.get(name, []), at / name)


def _refuse_repeated(values: list[Any], at: Path, what: str) -> None:
    repeated = sorted(str(value) for value, times in Counter(values).items() if times > 1)
    if repeated:
        raise wrong(at, f"{what} bị trùng: {', '.join(repeated)}")
