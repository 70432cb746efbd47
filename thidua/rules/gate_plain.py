"""Gates (khống chế) from plain JSON: in fields, or in prose such as "2.1 = 0" → "at most Khá"."""

import re
from collections.abc import Mapping
from typing import cast

from thidua.rules.plain_values import Path, read_mapping, read_one_of, read_text, read_whole, wrong
from thidua.rules.sheet import Gate, GateEffect, GateKind, Sheet


def read_gate(plain: object, at: Path, sheet: Sheet) -> Gate:
    fields = read_mapping(plain, at)
    gate = _read_canonical_gate(fields, at) if "kind" in fields else _read_prose_gate(fields, at)
    if gate.criterion is not None and gate.kind != "manual":
        _require_numbered(sheet, gate, gate.criterion, at)
    if gate.kind == "section_below" and (gate.threshold is None or not 0 < gate.threshold <= 100):
        raise wrong(at / "threshold", "ngưỡng phải từ 1 đến 100 phần trăm")
    if gate.effect == "at_most" and gate.label not in {band.label for band in sheet.bands}:
        raise wrong(at / "label", f"không có mức xếp loại “{gate.label or ''}”")
    return gate


def _read_canonical_gate(fields: Mapping[str, object], at: Path) -> Gate:
    kinds, effects = ("critical_zero", "section_below", "manual"), ("at_most", "lower_one", "not_rated")
    criterion, threshold, label = fields.get("criterion"), fields.get("threshold"), fields.get("label")
    return Gate(
        kind=cast(GateKind, read_one_of(fields["kind"], kinds, at / "kind")),
        criterion=None if criterion is None else read_text(criterion, at / "criterion"),
        threshold=None if threshold is None else read_whole(threshold, at / "threshold"),
        effect=cast(GateEffect, read_one_of(fields.get("effect"), effects, at / "effect")),
        label=None if label is None else read_text(label, at / "label"),
        text=read_text(fields.get("text", ""), at / "text", may_be_empty=True),
    )


def _read_prose_gate(fields: Mapping[str, object], at: Path) -> Gate:
    """“2.1 = 0”, “any section below 50 %”; any other condition is one the head of team declares by hand."""
    when = read_text(fields.get("when"), at / "when")
    effect, label = _read_prose_effect(read_text(fields.get("effect"), at / "effect"), at)
    if zero := re.fullmatch(r"(any critical(?: criterion)?|\S+)\s*=\s*0", when):
        number = None if zero[1].startswith("any ") else zero[1]
        return Gate("critical_zero", number, None, effect, label)
    if below := re.fullmatch(r"(?:any section|section (\S+)) below (\d+)\s*%", when):
        return Gate("section_below", below[1], int(below[2]), effect, label)
    return Gate("manual", None, None, effect, label, when)


def _read_prose_effect(effect: str, at: Path) -> tuple[GateEffect, str | None]:
    if effect.startswith("at most "):
        return "at_most", effect.removeprefix("at most ").strip()
    if effect in ("lower one", "lower by one"):
        return "lower_one", None
    if effect == "not rated":
        return "not_rated", None
    raise wrong(at / "effect", "phải là “at most …”, “lower one” hoặc “not rated”")


def _require_numbered(sheet: Sheet, gate: Gate, number: str, at: Path) -> None:
    try:
        criterion = sheet.numbered(number)
    except KeyError as error:
        raise wrong(at, f"không tìm thấy (hoặc có nhiều) tiêu chí số {number}") from error
    if criterion.is_section != (gate.kind == "section_below"):
        wanted = "một mục" if gate.kind == "section_below" else "một tiêu chí có điểm"
        raise wrong(at, f"số {number} phải là {wanted}")
