"""A checklist in words: how a criterion is scored, what the ratings begin at, what a gate does."""

from collections.abc import Sequence

from thidua.rules.points import format_points
from thidua.rules.sheet import Band, Criterion, Gate, Sheet

_POLARITY = {"base": "", "bonus": "Điểm thưởng", "penalty": "Điểm trừ"}
NOT_APPLICABLE = {
    "leave_out": "Nội dung “không xét” được bỏ ra khỏi điểm tối đa.",
    "full_marks": "Nội dung “không xét” được tính đủ điểm.",
}


def scoring_words(criterion: Criterion) -> str:
    """ "Từ 0 đến 12 điểm, mỗi nấc 0,5"; for a section what limits it, perhaps nothing."""
    words = [_POLARITY[criterion.polarity], _kind_words(criterion), *_limits(criterion)]
    return ". ".join(word for word in words if word)


def maximum_words(criterion: Criterion) -> str:
    """What stands in the column of maxima: "12", "+5" for bonus, "-3" for a penalty; empty for notes."""
    if criterion.kind == "note":
        return ""
    if criterion.polarity == "penalty":
        return format_points(criterion.lowest) if criterion.lowest else "trừ"
    highest = criterion.maximum if criterion.is_section else criterion.highest
    if highest is None:
        return ""
    return f"+{format_points(highest)}" if criterion.polarity == "bonus" else format_points(highest)


def band_words(bands: Sequence[Band]) -> tuple[tuple[str, str], ...]:
    """(label, "từ 80 đến dưới 90 điểm") from the best down."""
    ordered = sorted(bands, key=lambda band: -band.minimum)
    told: list[tuple[str, str]] = []
    for place, band in enumerate(ordered):
        above = ordered[place - 1].minimum if place else None
        if above is None:
            words = f"từ {format_points(band.minimum)} điểm trở lên"
        elif band.minimum <= 0:
            words = f"dưới {format_points(above)} điểm"
        else:
            words = f"từ {format_points(band.minimum)} đến dưới {format_points(above)} điểm"
        told.append((band.label, words))
    return tuple(told)


def gate_words(gate: Gate, sheet: Sheet) -> str:
    """ "Tiêu chí 2.1 bị 0 điểm: xếp loại không quá Khá." """
    return f"{_cause(gate, sheet)}: {_effect(gate)}."


def _cause(gate: Gate, sheet: Sheet) -> str:
    if gate.kind == "manual":
        return gate.text or "Trưởng đoàn áp dụng khống chế"
    if gate.kind == "critical_zero":
        if gate.criterion is None:
            return "Một nội dung bắt buộc bị 0 điểm"
        return f"Tiêu chí {gate.criterion} ({sheet.numbered(gate.criterion).text}) bị 0 điểm"
    section = "Có mục" if gate.criterion is None else f"Mục {gate.criterion}"
    return f"{section} đạt dưới {gate.threshold} % số điểm"


def _effect(gate: Gate) -> str:
    if gate.effect == "not_rated":
        return "không xếp loại"
    return "hạ một bậc xếp loại" if gate.effect == "lower_one" else f"xếp loại không quá {gate.label}"


def _kind_words(criterion: Criterion) -> str:
    if criterion.kind == "note":
        return "Ghi nhận xét, không chấm điểm"
    if criterion.kind == "levels":
        return "Chọn một mức"
    if criterion.kind == "count":
        each = criterion.points_per_count or 0
        return f"{'Cộng' if each > 0 else 'Trừ'} {format_points(abs(each))} điểm mỗi lần"
    if criterion.kind == "section":
        return ""
    step = f", mỗi nấc {format_points(criterion.step)}"
    if criterion.polarity == "penalty":
        return (
            f"Trừ đến {format_points(-criterion.lowest)} điểm{step}" if criterion.lowest else f"Trừ theo mức độ{step}"
        )
    if criterion.maximum is None:
        return f"Cộng theo mức độ{step}"
    return f"Từ {format_points(criterion.minimum)} đến {format_points(criterion.maximum)} điểm{step}"


def _limits(criterion: Criterion) -> list[str]:
    limits = []
    if criterion.only_highest:
        limits.append("Chỉ tính nội dung cao nhất")
    if criterion.kind == "count" and criterion.polarity != "penalty" and criterion.maximum is not None:
        limits.append(f"Nhiều nhất {format_points(criterion.maximum)} điểm")
    if criterion.is_section and criterion.cap is not None:
        limits.append(f"Cả mục không quá {format_points(criterion.cap)} điểm")
    return limits
