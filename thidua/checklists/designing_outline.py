"""The outline of a draft as it is shown, and what of it a change has altered."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from thidua.checklists.designing_queries import Draft
from thidua.models.unit import UNIT_KINDS
from thidua.rules.points import format_points
from thidua.rules.sheet import Criterion, Sheet, full_marks
from thidua.rules.sheet_words import maximum_words

KINDS = {"levels": "chọn mức", "count": "đếm số lần", "note": "ghi nhận xét"}
POLARITIES = {"bonus": "điểm thưởng", "penalty": "điểm trừ"}
FLAGS = {
    "critical": "bắt buộc",
    "only_highest": "chỉ tính cao nhất",
    "either_or": "hoặc … hoặc",
    "starts_full": "trừ dần",
}


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One line: ``most`` is the column of maxima, ``marks`` what it is in a few words, ``sums`` its running sum."""

    id: int
    depth: int
    number: str
    text: str
    most: str
    marks: str
    sums: str
    is_off: bool
    is_section: bool
    doubts: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A warning and the row it is about (0: the sheet itself)."""

    row_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Swap:
    """One change of the list on screen: ``place`` is "" to redraw rows, "delete", or where to insert them."""

    place: str
    rows: tuple[OutlineRow, ...]


def doubts_of(sheet: Sheet) -> list[Doubt]:
    """What the strip tells: sums and settings that disagree, and rows that still say nothing."""
    found = [Doubt(criterion.id if criterion else 0, text) for criterion, text in sheet.doubts]
    found += [Doubt(one.id, f"{one.number or 'Một nội dung'}: chưa ghi nội dung.") for one in sheet.all if not one.text]
    return found


def outline_rows(sheet: Sheet) -> list[OutlineRow]:
    """Every criterion in running order."""
    often: dict[int, int] = {}
    for doubt in doubts_of(sheet):
        often[doubt.row_id] = often.get(doubt.row_id, 0) + 1
    return [_row(depth, one, often.get(one.id, 0)) for root in sheet.roots for depth, one in _walk(root, 1)]


def swaps(before: list[OutlineRow], after: list[OutlineRow], arrived: int = 0) -> Iterator[Swap]:
    """What to do to the list that shows ``before`` so that it shows ``after``; moved rows go and come back.

    ``arrived`` is redrawn even when it reads the same.
    """
    old, new = [row.id for row in before], [row.id for row in after]
    known = {row.id: row for row in before}
    inserted: list[Swap] = []
    gone: list[OutlineRow] = []
    stayed: list[OutlineRow] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            stayed += [row for row in after[j1:j2] if row != known[row.id] or row.id == arrived]
            continue
        gone += before[i1:i2]
        if j2 > j1:
            place = f"afterend:#row-{after[j1 - 1].id}" if j1 else "afterbegin:#outline"
            inserted.append(Swap(place, tuple(after[j1:j2])))
    if gone:
        yield Swap("delete", tuple(gone))
    if stayed:
        yield Swap("", tuple(stayed))
    yield from inserted


def removed_words(draft: Draft) -> list[tuple[int, str]]:
    """(id of the uppermost row, what was removed) of every removal, the latest first."""
    return [
        (
            rows[0].id,
            f"{rows[0].number} {shortened(rows[0].text)}".strip()
            + (f" và {len(rows) - 1} nội dung bên dưới" if len(rows) > 1 else ""),
        )
        for rows in draft.removed
    ]


def shortened(text: str, most: int = 60) -> str:
    """The beginning of a text, for messages."""
    return (text if len(text) <= most else text[: most - 1].rstrip() + "…") or "(chưa ghi nội dung)"


def kind_label(kind: str) -> str:
    """The name of a kind of unit; free labels name themselves."""
    return UNIT_KINDS.get(kind, kind)


def _walk(criterion: Criterion, depth: int) -> Iterator[tuple[int, Criterion]]:
    yield depth, criterion
    for child in criterion.children:
        yield from _walk(child, depth + 1)


def _row(depth: int, one: Criterion, doubts: int) -> OutlineRow:
    sums, is_off = _sums(one)
    return OutlineRow(
        one.id, depth, one.number, one.text, maximum_words(one), _marks(one), sums, is_off, one.is_section, doubts
    )


def _sums(one: Criterion) -> tuple[str, bool]:
    if not one.is_section or one.polarity != "base":
        return "", False
    real = full_marks(one)
    if one.maximum is None:
        return f"cộng được {format_points(real)}", False
    return f"cộng được {format_points(real)} / ghi {format_points(one.maximum)}", real != one.maximum


def _marks(one: Criterion) -> str:
    marks = [KINDS.get(one.kind, ""), POLARITIES.get(one.polarity, "")]
    marks += [words for name, words in FLAGS.items() if getattr(one, name)]
    if one.cap is not None:
        marks.append(f"trần {format_points(one.cap)}")
    if one.applies_to:
        marks.append("chỉ " + ", ".join(kind_label(kind) for kind in one.applies_to))
    return " · ".join(mark for mark in marks if mark)
