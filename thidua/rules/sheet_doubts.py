"""Where a checklist disagrees with itself, or holds what can never work: told in sentences, never blocked."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from thidua.rules.points import Points, format_points
from thidua.rules.sheet import Band, Criterion, Gate, Sheet, full_marks
from thidua.rules.unit_kinds import kind_label

Doubt = tuple[Criterion | None, str]


def sheet_doubts(sheet: Sheet) -> Iterator[Doubt]:
    """Totals, maxima, groups, ratings and gates, each with the criterion it is about (None: the sheet itself)."""
    yield from ((None, text) for text in _totals(sheet))
    for criterion in sheet.all:
        yield from ((criterion, text) for text in _criterion(criterion))
    yield from ((None, text) for text in _bands(sheet))
    yield from ((None, text) for text in _gates(sheet))


def _totals(sheet: Sheet) -> Iterator[str]:
    if sheet.maximum != sheet.declared_max:
        yield (
            f"Tổng điểm ghi trên bảng là {format_points(sheet.declared_max)} "
            f"nhưng cộng các mục được {format_points(sheet.maximum)}."
        )
    for kind, declared in sheet.declared_max_by_kind:
        real = sheet.for_kind(kind).maximum
        if real != declared:
            yield (
                f"Với {kind_label(kind)}: tổng điểm ghi trên bảng là {format_points(declared)} "
                f"nhưng cộng các mục được {format_points(real)}."
            )


def _criterion(criterion: Criterion) -> Iterator[str]:
    if criterion.is_section:
        yield from _section(criterion)
    elif criterion.kind == "levels" and criterion.polarity == "base":
        declared, highest = criterion.maximum or 0, criterion.highest or 0
        if highest != declared:
            yield (
                f"Tiêu chí {criterion.number}: điểm tối đa ghi là {format_points(declared)} "
                f"nhưng mức cao nhất là {format_points(highest)}."
            )


def _section(section: Criterion) -> Iterator[str]:
    declared, real = section.maximum, full_marks(section)
    if section.polarity == "base" and declared not in (None, real):
        yield (
            f"Mục {section.number}: điểm tối đa ghi là {format_points(declared or 0)} "
            f"nhưng cộng các tiêu chí được {format_points(real)}."
        )
    if section.starts_full:
        yield from _starting_full(section)
    if section.either_or:
        yield from _choosing(section)


def _starting_full(section: Criterion) -> Iterator[str]:
    if not section.maximum:
        yield f"Mục {section.number}: trừ dần từ điểm tối đa nhưng chưa ghi điểm tối đa."
    others = [child.number for child in section.children if child.polarity != "penalty" and child.carries_points]
    if others:
        yield (
            f"Mục {section.number}: trừ dần từ điểm tối đa nên chỉ chứa điểm trừ; "
            f"tiêu chí {', '.join(others)} không phải điểm trừ."
        )


def _choosing(section: Criterion) -> Iterator[str]:
    if len(section.children) < 2:
        yield f"Mục {section.number}: chọn một nhưng chưa có hai nội dung để chọn."
    maxima = [full_marks(child) for child in section.children if child.polarity == "base"]
    if len(set(maxima)) > 1:
        listed = ", ".join(format_points(one) for one in maxima)
        yield (
            f"Mục {section.number}: các nội dung để chọn có điểm tối đa khác nhau ({listed}); "
            f"điểm tối đa của mục tính theo nội dung cao nhất."
        )
    for child in section.children:
        if child.starts_full:
            yield (
                f"Mục {section.number}: nội dung {child.number} trừ dần từ điểm tối đa nên luôn có điểm, "
                f"kể cả khi chấm nội dung khác. Nếu không dùng, xin chấm “không xét”."
            )


def _bands(sheet: Sheet) -> Iterator[str]:
    if not _falls(sheet.bands) and not _falls(sheet.bands[::-1]):
        yield "Các mức xếp loại không theo thứ tự từ cao xuống thấp; khi xếp loại, mức cao hơn được xét trước."
    ordered = sorted(sheet.bands, key=lambda band: -band.minimum)
    yield from _between(ordered, _finest_step(sheet))
    for kind in dict.fromkeys(kind for band in sheet.bands for kind, _ in band.minimum_by_kind):
        there = sheet.for_kind(kind).bands
        if not _falls([next(one for one in there if one.label == band.label) for band in ordered]):
            yield f"Với {kind_label(kind)}: các mức xếp loại không cùng thứ tự với bảng chung."
    if ordered and ordered[0].minimum > sheet.maximum and not _may_pass_maximum(sheet):
        yield (
            f"Mức “{ordered[0].label}” bắt đầu từ {format_points(ordered[0].minimum)} điểm "
            f"nhưng cộng các mục chỉ được {format_points(sheet.maximum)}."
        )


def _between(ordered: Sequence[Band], step: Points) -> Iterator[str]:
    """Printed upper ends that meet or overlap the band above, or leave a gap below it."""
    for above, below in pairwise(ordered):
        if above.minimum == below.minimum:
            yield f"Mức “{above.label}” và “{below.label}” cùng bắt đầu từ {format_points(above.minimum)} điểm."
        elif below.maximum is not None and below.maximum >= above.minimum:
            yield (
                f"Mức “{below.label}” ghi đến {format_points(below.maximum)} điểm nhưng mức “{above.label}” "
                f"đã bắt đầu từ {format_points(above.minimum)}; từ đó trở lên thuộc mức “{above.label}”."
            )
        elif below.maximum is not None and above.minimum - below.maximum > step:
            yield (
                f"Giữa {format_points(below.maximum)} và {format_points(above.minimum)} điểm bảng không ghi mức nào; "
                f"điểm ở giữa thuộc mức thấp hơn là “{below.label}”."
            )


def _gates(sheet: Sheet) -> Iterator[str]:
    labels = {band.label for band in sheet.bands}
    for number, gate in enumerate(sheet.gates, start=1):
        if gate.effect == "at_most" and gate.label not in labels:
            yield f"Khống chế {number}: không có mức xếp loại “{gate.label or ''}” nên không có tác dụng."
        yield from _watched(sheet, gate, number)


def _watched(sheet: Sheet, gate: Gate, number: int) -> Iterator[str]:
    if gate.kind == "manual":
        return
    if gate.criterion is None:
        if gate.kind == "critical_zero" and not any(one.critical for one in sheet.all):
            yield f"Khống chế {number}: chưa có tiêu chí nào được đánh dấu bắt buộc nên không có tác dụng."
        return
    try:
        criterion = sheet.numbered(gate.criterion)
    except KeyError:
        yield f"Khống chế {number}: không có, hoặc có nhiều, tiêu chí số {gate.criterion} nên không có tác dụng."
        return
    if gate.kind == "section_below" and not criterion.is_section:
        yield f"Khống chế {number}: số {gate.criterion} là một tiêu chí, không phải một mục, nên không có tác dụng."


def _falls(bands: Sequence[Band]) -> bool:
    return all(one.minimum >= other.minimum for one, other in pairwise(bands))


def _finest_step(sheet: Sheet) -> Points:
    return min((leaf.step for leaf in sheet.leaves if leaf.kind == "points"), default=100)


def _may_pass_maximum(sheet: Sheet) -> bool:
    return any(leaf.polarity == "bonus" for leaf in sheet.leaves)
