"""What a criterion is entered with: keys, a stepper, levels, a count or words.

The scoring screen draws it, and so do the previews of a checklist: what is shown there is what members will press.
"""

from dataclasses import dataclass
from functools import lru_cache

from thidua.rules.entries import MOST_COUNTED, choices
from thidua.rules.points import format_points
from thidua.rules.sheet import Criterion
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
    """How a criterion is entered, the same for everybody; points in hundredths where a name ends in ``_points``."""

    id: int
    control: str
    choices: tuple[tuple[str, ...], ...]
    maximum: str
    maximum_points: int
    step_points: int
    count_maximum: int | None
    count_words: str


@lru_cache(maxsize=4096)
def control_for(leaf: Criterion) -> Control:
    """The control of a criterion."""
    most = leaf.highest if leaf.polarity != "penalty" else -(leaf.lowest or 0)
    return Control(
        id=leaf.id,
        control=control_of(leaf),
        choices=tuple(choice_rows(leaf)),
        maximum=format_points(most or 0),
        maximum_points=most or 0,
        step_points=leaf.step,
        count_maximum=MOST_COUNTED if leaf.kind == "count" else None,
        count_words=f"mỗi lần {format_points(abs(leaf.points_per_count or 0))} điểm",
    )


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
