"""Whether a draft can be published: what makes it unusable, each with the place where it is mended.

What merely disagrees (printed maxima, gaps between ratings) is told by ``Sheet.warnings`` and never stops anybody.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from thidua.rules.criterion_shape import problems
from thidua.rules.sheet import Criterion, Gate, Sheet

Spot = Literal["settings", "outline", "criterion", "gates"]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why nobody could score with the sheet, as a sentence; ``criterion_id`` where it is about one criterion."""

    sentence: str
    spot: Spot
    criterion_id: int | None = None


def obstacles(sheet: Sheet) -> tuple[Obstacle, ...]:
    """Everything that has to be mended before the sheet may be used, in the order of the sheet."""
    return (*_whole(sheet), *_criteria(sheet), *_gates(sheet))


def _whole(sheet: Sheet) -> Iterator[Obstacle]:
    if not sheet.name.strip():
        yield Obstacle("Bảng điểm chưa có tên.", "settings")
    if not _can_be_scored(sheet):
        yield Obstacle("Bảng điểm chưa có tiêu chí nào cho điểm.", "outline")
        return
    for kind in dict.fromkeys(kind for criterion in sheet.all for kind in criterion.applies_to):
        if not _can_be_scored(sheet.for_kind(kind)):
            yield Obstacle(f"Với {kind} không còn tiêu chí nào cho điểm.", "outline")


def _can_be_scored(sheet: Sheet) -> bool:
    return any(leaf.carries_points for leaf in sheet.leaves)


def _criteria(sheet: Sheet) -> Iterator[Obstacle]:
    times = Counter(criterion.number for criterion in sheet.all)
    for criterion in sheet.all:
        name = _name(criterion, is_alone=times[criterion.number] == 1)
        if not criterion.text.strip():
            yield Obstacle(f"{name}: chưa có nội dung.", "criterion", criterion.id)
        for sentence in problems(criterion).values():
            yield Obstacle(f"{name}: {sentence[0].lower()}{sentence[1:]}", "criterion", criterion.id)


def _name(criterion: Criterion, *, is_alone: bool) -> str:
    """ "Tiêu chí 1.2"; with its words where the number alone does not say which one."""
    noun = "Mục" if criterion.is_section else "Tiêu chí"
    words = " ".join(criterion.text.split()[:8])
    return f"{noun} {criterion.number}" if is_alone or not words else f"{noun} {criterion.number} ({words})"


def _gates(sheet: Sheet) -> Iterator[Obstacle]:
    labels = {band.label for band in sheet.bands}
    for place, gate in enumerate(sheet.gates, start=1):
        for sentence in _about(gate, sheet, labels):
            yield Obstacle(f"Khống chế {place}: {sentence}", "gates")


def _about(gate: Gate, sheet: Sheet, labels: set[str]) -> Iterator[str]:
    if gate.effect == "at_most" and gate.label not in labels:
        yield (
            f"không có mức xếp loại “{gate.label or ''}”."
            if gate.label
            else "chưa chọn mức xếp loại cao nhất được giữ."
        )
    if gate.kind == "manual":
        if not gate.text.strip():
            yield "chưa ghi trường hợp nào thì áp dụng."
        return
    if gate.kind == "section_below" and not gate.threshold:
        yield "chưa ghi dưới bao nhiêu phần trăm."
    if gate.criterion is None:
        if gate.kind == "critical_zero" and not any(criterion.critical for criterion in sheet.all):
            yield "chưa có tiêu chí nào được đánh dấu bắt buộc."
        return
    try:
        watched = sheet.numbered(gate.criterion)
    except KeyError:
        yield f"không có, hoặc có nhiều, nội dung số {gate.criterion}."
        return
    if gate.kind == "section_below" and not watched.is_section:
        yield f"số {gate.criterion} là một tiêu chí, không phải một mục."
    if gate.kind == "critical_zero" and not watched.carries_points and not watched.is_section:
        yield f"số {gate.criterion} chỉ ghi nhận xét nên không bao giờ bị 0 điểm."
