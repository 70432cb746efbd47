"""The changes between two score sheets in Vietnamese: what each part is called, its values, whole sentences."""

from collections.abc import Mapping
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from thidua.rules.criterion_shape import KINDS, POLARITIES
from thidua.rules.phrases import lower_first
from thidua.rules.points import Points, format_points
from thidua.rules.sheet import Band, Criterion
from thidua.rules.sheet_words import NOT_APPLICABLE, scoring_words

if TYPE_CHECKING:
    from thidua.rules.sheet_changes import SheetChanges

KindNames = Mapping[str, str]
NO_NAMES: Final[KindNames] = MappingProxyType({})

SETTING_LABELS: Final = {
    "name": "Tên bảng điểm",
    "note": "Ghi chú",
    "declared_max": "Tổng điểm",
    "declared_max_by_kind": "Tổng điểm theo loại đơn vị",
    "not_applicable": "Nội dung “không xét”",
    "bonus_cap": "Điểm thưởng nhiều nhất",
    "total_cap": "Tổng điểm không vượt quá",
    "clusters": "Cụm thi đua",
}
CRITERION_LABELS: Final = {
    "text": "Nội dung",
    "guidance": "Hướng dẫn",
    "kind": "Cách chấm",
    "polarity": "Loại điểm",
    "maximum": "Điểm tối đa",
    "minimum": "Điểm ít nhất",
    "step": "Nấc điểm",
    "levels": "Các mức",
    "points_per_count": "Điểm mỗi lần",
    "critical": "Nội dung bắt buộc",
    "refs": "Văn bản",
    "cap": "Điểm trần",
    "only_highest": "Chỉ tính nội dung cao nhất",
    "either_or": "Hoặc … hoặc",
    "starts_full": "Trừ dần từ điểm tối đa",
    "applies_to": "Áp dụng cho",
}
LONG: Final = frozenset({"text", "guidance", "note", "levels", "clusters", "gates", "refs"})
NONE: Final = "không ghi"


def setting_words(name: str, value: Any, kind_names: KindNames) -> str:
    """The value of a setting of the whole sheet."""
    if name == "not_applicable":
        return NOT_APPLICABLE[value]
    if name == "declared_max_by_kind":
        return _by_kind(value, kind_names)
    if name == "clusters":
        return "\n".join(f"{one.number}. {one.name}: {', '.join(one.units)}" for one in value) or NONE
    return value or NONE if isinstance(value, str) else _points(value)


def criterion_words(name: str, value: Any, kind_names: KindNames) -> str:
    """The value of one field of a criterion."""
    if name == "kind":
        return KINDS[value]
    if name == "polarity":
        return POLARITIES[value]
    if name == "levels":
        return "\n".join(f"{one.text}: {format_points(one.points)}" for one in value) or NONE
    if name == "refs":
        return "\n".join(value) or NONE
    if name == "applies_to":
        return ", ".join(kind_names.get(kind, kind) for kind in value) or "mọi đơn vị"
    if isinstance(value, bool):
        return "có" if value else "không"
    return value or NONE if isinstance(value, str) else _points(value)


def band_words(band: Band, kind_names: KindNames) -> str:
    """ "Tốt: từ 80 điểm; ghi đến 89"."""
    words = [f"{band.label}: từ {format_points(band.minimum)} điểm"]
    if band.maximum is not None:
        words.append(f"ghi đến {format_points(band.maximum)}")
    if band.minimum_by_kind:
        words.append(_by_kind(band.minimum_by_kind, kind_names))
    return "; ".join(words)


def whole_criterion(criterion: Criterion) -> str:
    """What is told of a criterion that was added or removed: how it is scored."""
    most = f"{format_points(criterion.maximum)} điểm" if criterion.is_section and criterion.maximum is not None else ""
    return ". ".join(words for words in (most, scoring_words(criterion)) if words)


def sentence(kind: str, label: str, what: str, text: str, before: str, after: str, *, is_long: bool) -> str:
    """One change as a sentence; values of several lines are left to the reader's eye beside it."""
    if not label:
        return _sheet_sentence(kind, what, before, after, is_long=is_long)
    if kind == "added":
        return f"Thêm {lower_first(label)}: {text}."
    if kind == "removed":
        return f"Bỏ {lower_first(label)}: {text}."
    if kind == "moved":
        return f"{label}: chuyển chỗ ({before} → {after})."
    if kind == "renumbered":
        return f"{label}: số thứ tự {before} → {after}."
    return f"{label}: sửa {lower_first(what)}." if is_long else f"{label}: {lower_first(what)} {before} → {after}."


def word_changes(before: str, after: str) -> tuple[tuple[Literal["same", "gone", "come"], str], ...]:
    """The two texts as one, word by word: what stayed, what went, what came."""
    old, new = before.split(" "), after.split(" ")
    pieces: list[tuple[Literal["same", "gone", "come"], str]] = []
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            pieces.append(("same", " ".join(old[a:b])))
            continue
        if b > a:
            pieces.append(("gone", " ".join(old[a:b])))
        if d > c:
            pieces.append(("come", " ".join(new[c:d])))
    return tuple(pieces)


def summary(changes: "SheetChanges") -> str:
    """ "2 tiêu chí thêm, 1 bỏ, 3 sửa; 1 mục thêm; 2 thay đổi chung"."""
    parts = [_counted(changes, "tiêu chí", sections=False), _counted(changes, "mục", sections=True)]
    if changes.of_the_sheet:
        parts.append(f"{changes.of_the_sheet} thay đổi về cách tính, xếp loại hoặc tên gọi")
    return "; ".join(part for part in parts if part) or "không có gì khác"


def _counted(changes: "SheetChanges", noun: str, *, sections: bool) -> str:
    counts = [
        (changes.criteria("added", sections=sections), "thêm"),
        (changes.criteria("removed", sections=sections), "bỏ"),
        (changes.criteria("changed", sections=sections), "sửa"),
        (changes.criteria("moved", sections=sections), "chuyển chỗ"),
        (changes.criteria("renumbered", sections=sections), "đổi số"),
    ]
    told = [f"{count} {word}" for count, word in counts if count]
    if told:
        number, _, word = told[0].partition(" ")
        told[0] = f"{number} {noun} {word}"
    return ", ".join(told)


def _sheet_sentence(kind: str, what: str, before: str, after: str, *, is_long: bool) -> str:
    if kind == "added":
        return f"Thêm {after.rstrip('.')}."
    if kind == "removed":
        return f"Bỏ {before.rstrip('.')}."
    return f"Sửa {lower_first(what)}." if is_long else f"{what}: {before.rstrip('.')} → {after.rstrip('.')}."


def _points(value: Points | None) -> str:
    return NONE if value is None else format_points(value)


def _by_kind(pairs: tuple[tuple[str, Points], ...], kind_names: KindNames) -> str:
    return ", ".join(f"{kind_names.get(kind, kind)} {format_points(points)}" for kind, points in pairs) or NONE
