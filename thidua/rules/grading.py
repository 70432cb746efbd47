"""Rating (xếp loại): bands by total, then gates (khống chế), then the head of team's reasoned override.

A band begins at its minimum; what lies between two printed bands belongs to the lower one. Gates lower a
rating and never raise it: first those that lower by one (once each), then the ceilings. What is not scored
yet is not a zero: while base criteria are missing, a gate strikes only if full marks there could not help.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from thidua.rules.entries import Entry, entry_points
from thidua.rules.errors import InvalidEntry
from thidua.rules.points import Points
from thidua.rules.scoring import SectionTotals, Totals, compute_totals
from thidua.rules.sheet import Band, Criterion, Gate, Sheet
from thidua.rules.unscored import missing_leaves

NOT_RATED: Final = "Không xếp loại"


@dataclass(frozen=True, slots=True)
class GateHit:
    gate: Gate
    sentence: str


@dataclass(frozen=True, slots=True)
class Grade:
    """`label` holds; `by_total` is what the points alone give. `points` are those compared with the bands.

    `complete` is False while anything is not scored: the rating is then provisional. `labels` are the known
    ratings, best first. `override_reason` is empty unless the head of team overrode, `by_rule` then keeps
    what the rules gave.
    """

    label: str
    by_total: str
    by_rule: str
    points: Points
    complete: bool
    gates: tuple[GateHit, ...]
    labels: tuple[str, ...]
    override_reason: str = ""

    @property
    def is_overridden(self) -> bool:
        return bool(self.override_reason)


def grade(sheet: Sheet, entries: Mapping[int, Entry], totals: Totals, *, declared_gates: Collection[int] = ()) -> Grade:
    """Rate a sheet. `declared_gates` are the positions in `sheet.gates` of the manual ones that apply."""
    bands = sorted(sheet.bands, key=lambda band: -band.minimum)
    labels = tuple(band.label for band in bands)
    by_total = _by_total(bands, totals)
    hits = _hits(sheet, entries, totals, declared_gates)
    label = _lowered(by_total, labels, [hit.gate for hit in hits])
    return Grade(label, by_total, label, totals.scaled_points, totals.is_complete, hits, labels)


def manual_gates(sheet: Sheet) -> dict[int, Gate]:
    """Place in the sheet's list -> the gates that nobody can compute: the head of team declares them."""
    return {place: gate for place, gate in enumerate(sheet.gates) if gate.kind == "manual"}


def override(given: Grade, label: str, reason: str) -> Grade:
    """The head of team rates otherwise, with a written reason. Raises InvalidEntry without one."""
    if label not in (*given.labels, NOT_RATED):
        raise InvalidEntry(f"Không có mức xếp loại “{label}”. Xin chọn một mức trong danh sách.", "label")
    if not reason.strip():
        raise InvalidEntry("Xin ghi lý do xếp loại khác với kết quả tính theo điểm.", "reason")
    return replace(given, label=label, override_reason=reason.strip())


def _by_total(bands: list[Band], totals: Totals) -> str:
    if totals.maximum <= 0:
        return NOT_RATED
    return next((band.label for band in bands if totals.scaled_points >= band.minimum), NOT_RATED)


def _lowered(by_total: str, labels: tuple[str, ...], gates: list[Gate]) -> str:
    if by_total == NOT_RATED or any(gate.effect == "not_rated" for gate in gates):
        return NOT_RATED
    place = labels.index(by_total) + sum(gate.effect == "lower_one" for gate in gates)
    for gate in gates:
        if gate.effect == "at_most" and gate.label in labels:
            place = max(place, labels.index(gate.label))
    return labels[min(place, len(labels) - 1)]


def _hits(
    sheet: Sheet, entries: Mapping[int, Entry], totals: Totals, declared_gates: Collection[int]
) -> tuple[GateHit, ...]:
    if not sheet.gates:
        return ()
    best = totals if totals.is_complete else compute_totals(sheet, _with_full_marks(sheet, entries))
    hits: list[GateHit] = []
    for position, gate in enumerate(sheet.gates):
        if gate.kind == "manual":
            causes = [gate.text or "Trưởng đoàn áp dụng khống chế"] if position in declared_gates else []
        elif gate.kind == "critical_zero":
            causes = _zero_causes(sheet, entries, best, gate)
        else:
            causes = _below_causes(sheet, best, gate)
        if causes:
            hits.append(GateHit(gate, f"{_joined(causes)} nên {_consequence(gate)}."))
    return tuple(hits)


def _with_full_marks(sheet: Sheet, entries: Mapping[int, Entry]) -> dict[int, Entry]:
    """The best that can still come of it: whatever base criterion is missing gets the most it can bring."""
    hoped = dict(entries)
    for criterion in missing_leaves(sheet, entries):
        if criterion.polarity == "base":
            hoped[criterion.id] = _best_entry(criterion)
    return hoped


def _best_entry(criterion: Criterion) -> Entry:
    if criterion.kind == "levels":
        highest = max(range(len(criterion.levels)), key=lambda index: criterion.levels[index].points)
        return Entry(level=highest)
    return Entry(points=criterion.maximum)


def _zero_causes(sheet: Sheet, entries: Mapping[int, Entry], best: Totals, gate: Gate) -> list[str]:
    watched = _watched(sheet, gate, [criterion for criterion in sheet.all if criterion.critical])
    sections = {section.id: section for section in best.sections}
    struck = [
        criterion
        for criterion in watched
        if (
            _is_below(sections[criterion.id], 0)
            if criterion.is_section
            else _is_zero(criterion, entries.get(criterion.id))
        )
    ]
    return [
        f"{'Mục' if criterion.is_section else 'Tiêu chí'} {criterion.number}"
        f"{' (nội dung bắt buộc)' if criterion.critical else ''} bị 0 điểm"
        for criterion in struck
    ]


def _is_zero(criterion: Criterion, entry: Entry | None) -> bool:
    points = None if entry is None else entry_points(criterion, entry)
    return points is not None and points <= 0


def _below_causes(sheet: Sheet, totals: Totals, gate: Gate) -> list[str]:
    watched = {criterion.id for criterion in _watched(sheet, gate, sheet.roots)}
    threshold = gate.threshold or 0
    return [
        f"Mục {section.number} đạt dưới {threshold}% số điểm"
        for section in totals.sections
        if section.id in watched and threshold and _is_below(section, threshold)
    ]


def _watched(sheet: Sheet, gate: Gate, everywhere: Sequence[Criterion]) -> Sequence[Criterion]:
    """What the gate looks at; nothing where the criterion it names is not on the sheet of this kind of unit."""
    if gate.criterion is None:
        return everywhere
    try:
        return [sheet.numbered(gate.criterion)]
    except KeyError:
        return []


def _is_below(section: SectionTotals, threshold: int) -> bool:
    """Under `threshold` percent of what applies; for 0, nothing got at all."""
    if section.maximum <= 0:
        return False
    return section.points <= 0 if threshold == 0 else section.points * 100 < threshold * section.maximum


def _joined(causes: list[str]) -> str:
    """Several causes in one sentence: "Mục 1 …, mục 2 …"; each but the first begins small."""
    return ", ".join([causes[0], *(cause[0].lower() + cause[1:] for cause in causes[1:])])


def _consequence(gate: Gate) -> str:
    if gate.effect == "not_rated":
        return "không xếp loại"
    if gate.effect == "lower_one":
        return "hạ một bậc xếp loại"
    return f"xếp loại không quá {gate.label}"
