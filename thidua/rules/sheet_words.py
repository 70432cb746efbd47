"""A checklist in words: how a criterion is scored, what the ratings begin at, what a gate does."""

from collections.abc import Iterator, Sequence

from thidua.rules.points import Points, format_points
from thidua.rules.sheet import Band, Criterion, Gate, Sheet
from thidua.rules.unit_kinds import kind_label

_POLARITY = {"base": "", "bonus": "Điểm thưởng", "penalty": "Điểm trừ"}
NOT_APPLICABLE = {
    "leave_out": "Nội dung “không xét” được bỏ ra khỏi điểm tối đa.",
    "full_marks": "Nội dung “không xét” được tính đủ điểm.",
}


def scoring_words(criterion: Criterion) -> str:
    """ "Từ 0 đến 12 điểm, mỗi nấc 0,5"; for a section what limits it, perhaps nothing."""
    words = [_POLARITY[criterion.polarity], _kind_words(criterion), *_group_words(criterion), *_limits(criterion)]
    return ". ".join(word for word in words if word)


def applies_words(criterion: Criterion) -> str:
    """ "Chỉ áp dụng cho: Hội Nữ"; nothing for what is for everybody."""
    if not criterion.applies_to:
        return ""
    return f"Chỉ áp dụng cho: {', '.join(kind_label(kind) for kind in criterion.applies_to)}"


def settings_words(sheet: Sheet) -> tuple[str, ...]:
    """How the whole sheet is reckoned, a sentence each: what is not applicable, caps, totals by kind, clusters."""
    return (NOT_APPLICABLE[sheet.not_applicable], *_sheet_limits(sheet), *_clusters(sheet))


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
    """(label, "từ 80 đến dưới 90 điểm") from the best down, with what is printed or differs by kind of unit."""
    ordered = sorted(bands, key=lambda band: -band.minimum)
    return tuple(
        (band.label, _band(band, ordered[place - 1].minimum if place else None)) for place, band in enumerate(ordered)
    )


def _band(band: Band, above: Points | None) -> str:
    if above is None:
        words = f"từ {format_points(band.minimum)} điểm trở lên"
    elif band.minimum <= 0:
        words = f"dưới {format_points(above)} điểm"
    else:
        words = f"từ {format_points(band.minimum)} đến dưới {format_points(above)} điểm"
    extra = [f"{kind_label(kind)} từ {format_points(points)}" for kind, points in band.minimum_by_kind]
    if band.maximum is not None:
        extra.insert(0, f"bảng ghi {format_points(band.minimum)}–{format_points(band.maximum)}")
    return f"{words} ({'; '.join(extra)})" if extra else words


def gate_words(gate: Gate, sheet: Sheet) -> str:
    """ "Tiêu chí 2.1 bị 0 điểm: xếp loại không quá Khá." """
    return f"{_cause(gate, sheet)}: {_effect(gate)}."


def _cause(gate: Gate, sheet: Sheet) -> str:
    if gate.kind == "manual":
        return gate.text or "Trưởng đoàn áp dụng khống chế"
    if gate.kind == "critical_zero":
        if gate.criterion is None:
            return "Một nội dung bắt buộc bị 0 điểm"
        return f"Tiêu chí {gate.criterion}{_in_brackets(sheet, gate.criterion)} bị 0 điểm"
    section = "Có mục" if gate.criterion is None else f"Mục {gate.criterion}"
    return f"{section} đạt dưới {gate.threshold}% số điểm"


def _in_brackets(sheet: Sheet, number: str) -> str:
    """What the criterion is about; nothing when the sheet of this kind of unit has no such criterion."""
    try:
        return f" ({sheet.numbered(number).text})"
    except KeyError:
        return ""


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
        return count_words(criterion)
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


def count_words(criterion: Criterion) -> str:
    """What one time brings or takes."""
    each = criterion.points_per_count or 0
    if criterion.polarity == "penalty":
        return f"Trừ {format_points(abs(each))} điểm mỗi lần"
    if each < 0 and criterion.polarity == "base":
        return f"Bắt đầu từ {format_points(criterion.maximum or 0)} điểm, trừ {format_points(-each)} điểm mỗi lần"
    return f"{'Cộng' if each > 0 else 'Trừ'} {format_points(abs(each))} điểm mỗi lần"


def _group_words(section: Criterion) -> Iterator[str]:
    """How the points of a section come about; told also on the cards of the criteria in it."""
    if section.starts_full:
        yield f"Bắt đầu từ {format_points(section.maximum or 0)} điểm, trừ theo lần"
    if section.either_or:
        yield "Chọn một trong các nội dung; nội dung không chọn thì không phải chấm"
    if section.only_highest:
        yield "Chỉ tính nội dung cao nhất"


def group_words(section: Criterion) -> str:
    """What a criterion's card says of the section around it, perhaps nothing."""
    return ". ".join([*_group_words(section), *_limits(section)])


def _limits(criterion: Criterion) -> list[str]:
    limits: list[str] = []
    if criterion.kind == "count":
        limits += _count_limit(criterion)
    if criterion.cap is not None:
        whole = "Cả mục" if criterion.is_section else "Tính"
        limits.append(f"{whole} không quá {format_points(criterion.cap)} điểm")
    if criterion.is_section and criterion.minimum:
        limits.append(_floor_words(criterion))
    return limits


def counting_words(criterion: Criterion) -> str:
    """Below the keys of what is counted: "Trừ 1 điểm mỗi lần, nhiều nhất 3 điểm"."""
    return ", ".join([count_words(criterion), *(words[0].lower() + words[1:] for words in _count_limit(criterion))])


def _count_limit(criterion: Criterion) -> Iterator[str]:
    most = criterion.maximum
    if criterion.polarity == "penalty":
        most = -criterion.minimum or None
    elif (criterion.points_per_count or 0) < 0:
        most = None
    if most is not None:
        yield f"Nhiều nhất {format_points(most)} điểm"


def _floor_words(section: Criterion) -> str:
    if section.polarity == "penalty":
        return f"Cả mục trừ không quá {format_points(-section.minimum)} điểm"
    if section.minimum > 0:
        return f"Không dưới {format_points(section.minimum)} điểm"
    return f"Có thể xuống đến {format_points(section.minimum)} điểm"


def _sheet_limits(sheet: Sheet) -> Iterator[str]:
    if sheet.bonus_cap is not None:
        yield f"Điểm thưởng cộng không quá {format_points(sheet.bonus_cap)} điểm."
    if sheet.total_cap is not None:
        yield f"Tổng điểm không quá {format_points(sheet.total_cap)} điểm."
    if sheet.declared_max_by_kind:
        listed = (f"{kind_label(kind)} {format_points(points)}" for kind, points in sheet.declared_max_by_kind)
        yield f"Tổng điểm theo loại đơn vị: {'; '.join(listed)}."


def _clusters(sheet: Sheet) -> Iterator[str]:
    for cluster in sheet.clusters:
        units = f": {', '.join(cluster.units)}" if cluster.units else ""
        yield f"{cluster.name}{units}. Chỉ xếp hạng trong cụm."
