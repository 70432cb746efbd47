"""What a criterion is entered with: keys, a stepper, levels, a count or words.

The scoring screen draws it, and so do the previews of a checklist: what is shown there is what members will press.
"""

from dataclasses import dataclass
from functools import lru_cache

from thidua.rules.entries import MOST_COUNTED, choices
from thidua.rules.points import LARGEST, format_points
from thidua.rules.sheet import Criterion, Sheet
from thidua.rules.sheet_words import counting_words, group_words
from thidua.session_pages.scribing import Choice

REASONS = ("Thiếu hồ sơ", "Chậm thời hạn", "Chưa có văn bản")
EVIDENCE = ("Báo cáo số", "Quyết định số", "Phụ lục")
MAXIMUM_LABELS = {"base": "điểm tối đa", "bonus": "điểm thưởng tối đa", "penalty": "điểm trừ tối đa"}
TITLES = {
    "self": ("Điểm tự chấm", "Điểm tự chấm", "Minh chứng", EVIDENCE),
    "proposed": ("Điểm của tôi", "Đề xuất của tôi", "Lý do khác điểm tự chấm", REASONS),
    "agreed": ("Điểm thống nhất", "Điểm thống nhất", "Lý do khác điểm tự chấm", REASONS),
    "scribe": ("Nhập hộ", "Nhập hộ", "Lý do hoặc minh chứng", REASONS),
}


@dataclass(frozen=True, slots=True)
class EntryForm:
    """What I may enter on one card; values are tokens (see ``view.token_of``).

    Perspective "scribe": whatever I enter for others, whoever of ``scribes`` is chosen; its values come from the facts.
    """

    perspective: str
    title: str
    tab: str
    reason_label: str
    reason_chips: tuple[str, ...]
    holder: int
    value: str
    text: str
    reason: str
    version: int
    previous_value: str
    previous_display: str
    previous_reason: str
    scribes: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Control:
    """How a criterion is entered, the same for everybody; points in hundredths where a name ends in ``_points``.

    ``maximum`` without a sign, "" where there is no limit; a penalty runs from ``minimum_points`` to 0.
    ``half`` and ``full`` are the values of the quick keys, "" without a limit.
    """

    id: int
    control: str
    choices: tuple[tuple[str, ...], ...]
    maximum: str
    maximum_label: str
    minimum_points: int
    maximum_points: int
    half: str
    full: str
    full_label: str
    step_points: int
    count_maximum: int | None
    count_words: str


@lru_cache(maxsize=4096)
def control_for(leaf: Criterion) -> Control:
    """The control of a criterion."""
    is_penalty = leaf.polarity == "penalty"
    most = leaf.lowest if is_penalty else leaf.highest
    maximum, label = maximum_of(leaf)
    return Control(
        id=leaf.id,
        control=control_of(leaf),
        choices=tuple(choice_rows(leaf)),
        maximum=maximum,
        maximum_label=label,
        minimum_points=-LARGEST if leaf.lowest is None else leaf.lowest,
        maximum_points=LARGEST if leaf.highest is None else leaf.highest,
        half="" if most is None else format_points(_half(most, leaf.step)),
        full="" if most is None else format_points(most),
        full_label="trừ hết" if is_penalty else "đủ điểm",
        step_points=leaf.step,
        count_maximum=MOST_COUNTED if leaf.kind == "count" else None,
        count_words=counting_words(leaf),
    )


def maximum_of(leaf: Criterion) -> tuple[str, str]:
    """The number that stands large on a card, and what it is: "10", "điểm tối đa".

    Without a limit it is what one time counts, or nothing.
    """
    most = leaf.highest if leaf.polarity != "penalty" else leaf.lowest
    if most is not None:
        return format_points(abs(most)), MAXIMUM_LABELS[leaf.polarity]
    if leaf.kind == "count":
        each = format_points(abs(leaf.points_per_count or 0))
        return each, "điểm trừ mỗi lần" if leaf.polarity == "penalty" else "điểm thưởng mỗi lần"
    return "", "điểm trừ, không giới hạn" if leaf.polarity == "penalty" else "điểm thưởng, không giới hạn"


@dataclass(frozen=True, slots=True)
class Group:
    """A section around a criterion, as its card tells of it; ``words`` say how its points come about."""

    number: str
    text: str
    words: str


def groups_of(sheet: Sheet, leaf: Criterion) -> tuple[Group, ...]:
    """The sections around a criterion below the top one, and the top one if there is something to know of it."""
    above = sheet.sections_above[leaf.id]
    told = [(depth, section, group_words(section)) for depth, section in enumerate(above)]
    return tuple(Group(one.number, one.text, words) for depth, one, words in told if depth or words)


def guidance_of(sheet: Sheet, leaf: Criterion) -> str:
    """The guidance of a criterion, and of the sections around it: it may stand with the whole of a group."""
    around = (f"{one.number}. {one.text}: {one.guidance}" for one in sheet.sections_above[leaf.id] if one.guidance)
    return "\n".join(filter(None, (leaf.guidance, *around)))


def _half(most: int, step: int) -> int:
    return (abs(most) // 2 // step * step) * (-1 if most < 0 else 1)


def control_of(criterion: Criterion) -> str:
    """Which control enters this criterion: keys, stepper, levels, count or note."""
    if criterion.kind in ("levels", "count", "note"):
        return criterion.kind
    return "keys" if choices(criterion) else "stepper"


def choice_rows(criterion: Criterion) -> list[tuple[str, ...]]:
    """(token, label) for keys; (index, text, points) for levels."""
    if criterion.kind == "levels":
        return [(str(choice.level), choice.label, format_points(choice.points)) for choice in choices(criterion)]
    return [(choice.label, choice.label) for choice in choices(criterion)]
