"""Gates (khống chế) from plain JSON: in fields, or in prose such as "2.1 = 0" → "at most Khá"."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, cast

from thidua.rules.plain_values import Path, read_mapping, read_one_of, read_text, read_whole, wrong
from thidua.rules.sheet import Band, Criterion, Gate, GateEffect, GateKind, Sheet

_LOWERS: Final = re.compile(r"hạ\s+(?:1|một|01)\s+(?:bậc|mức)(?: thi đua| xếp loại)?", re.IGNORECASE)
_BARS: Final = re.compile(r"không (?:được )?(?:xếp loại|xét)[^.;:]*", re.IGNORECASE)


def read_gate(plain: object, at: Path, sheet: Sheet) -> Gate:
    """A gate in fields is taken as it is (`Sheet.warnings` tells what cannot work); prose must fit the sheet."""
    fields = read_mapping(plain, at)
    if "kind" in fields:
        return _read_canonical_gate(fields, at)
    gate = _read_prose_gate(fields, at)
    if gate.criterion is not None:
        _require_numbered(sheet, gate, gate.criterion, at)
    if gate.kind == "section_below" and (gate.threshold is None or not 0 < gate.threshold <= 100):
        raise wrong(at / "threshold", "ngưỡng phải từ 1 đến 100 phần trăm")
    if gate.effect == "at_most" and gate.label not in {band.label for band in sheet.bands}:
        raise wrong(at / "label", f"không có mức xếp loại “{gate.label or ''}”")
    return gate


def knockout_gate(sheet: Sheet, criterion_id: int, text: str) -> Gate:
    """What the text of a criterion says bars or lowers the rating, for the head of team to declare.

    "Lên lớp không có KHBD: Không xếp loại tháng" names its cause; "Không xét TĐ tháng" alone leaves the cause to
    the line of the guidance that ends so. What names no effect bars the rating: that is what a knock-out is.
    """
    criterion = next(one for one in sheet.all if one.id == criterion_id)
    effect: GateEffect = "lower_one" if _LOWERS.search(text) else "not_rated"
    cause = _cause(text) or next((_cause(line) for line in _lines_with(criterion, text)), "") or criterion.text
    return Gate("manual", None, None, effect, None, f"Tiêu chí {sheet.reference(criterion)}: {cause}")


def no_violation_gates(bands: Sequence[Band], spotless: Collection[str]) -> Iterator[Gate]:
    """Bands that ask for no violation: with one, the best other band is the ceiling; without another, no rating."""
    if not spotless:
        return
    open_bands = sorted((band for band in bands if band.label not in spotless), key=lambda band: -band.minimum)
    asking = ", ".join(band.label for band in bands if band.label in spotless)
    text = f"Có vi phạm (mức {asking} đòi hỏi không vi phạm)"
    if open_bands:
        yield Gate("manual", None, None, "at_most", open_bands[0].label, text)
    else:
        yield Gate("manual", None, None, "not_rated", None, text)


def _cause(text: str) -> str:
    return _BARS.sub("", _LOWERS.sub("", text)).strip(" .:;,-–")


def _lines_with(criterion: Criterion, text: str) -> Iterator[str]:
    """The lines of the guidance that say the same; not the one made of the text itself."""
    for line in re.split(r"[\n;]", criterion.guidance):
        if text.lower() in line.lower() and not line.startswith("Khống chế:"):
            yield line


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
    if gate.kind == "section_below" and not criterion.is_section:
        raise wrong(at, f"số {number} phải là một mục")
    if gate.kind == "critical_zero" and criterion in sheet.roots and criterion.is_section:
        raise wrong(at, f"số {number} phải là một tiêu chí có điểm")
