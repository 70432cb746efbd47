"""Which recommendations of earlier inspections a half-day has to come back to, and how their deadlines are told.

An inspection answers for each of them whether it was carried out; what is not done yet stays on the list of the
next inspection (the recommendations of Kế hoạch 72/HTS, mục III.2, would otherwise end with the paper).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from thidua.rules.words import date_screen

DONE, PARTLY, NOT = "done", "partly", "not"
ANSWERS = {DONE: "Đã thực hiện", PARTLY: "Thực hiện một phần", NOT: "Chưa thực hiện"}
_DAYS_UNTIL_MONTHS, _MONTHS_UNTIL_YEARS = 60, 24


@dataclass(frozen=True, slots=True)
class Inspected:
    """An earlier inspection of the unit: its id, its day, the ids of what it recommended, oldest first."""

    id: int
    on: date
    recommended: tuple[int, ...]


def to_be_reviewed(
    earlier: Sequence[Inspected], answers: Mapping[int, Sequence[tuple[date, str]]], *, answered_here: Iterable[int]
) -> list[int]:
    """The ids of the recommendations this half-day answers, the latest inspection's first.

    ``earlier``: inspections with signed or frozen minutes before this one. ``answers``: for a recommendation,
    (day, answer) of the inspections before this one. Those of the latest inspection are always asked; an older one
    as long as it was last answered "partly" or "not". What was answered here stays on the list whatever happens.
    """
    ordered = sorted(earlier, key=lambda one: (one.on, one.id), reverse=True)
    here = set(answered_here)
    asked = []
    for place, inspection in enumerate(ordered):
        for recommendation in inspection.recommended:
            is_left = _last(answers.get(recommendation, ())) in (PARTLY, NOT)
            if place == 0 or is_left or recommendation in here:
                asked.append(recommendation)
    return asked


def overdue_words(due_on: date | None, on: date) -> str:
    """How long a deadline has passed on a day: "quá hạn 12 ngày", "quá hạn 8 tháng"; "" when it has not."""
    if due_on is None or due_on >= on:
        return ""
    days = (on - due_on).days
    if days < _DAYS_UNTIL_MONTHS:
        return f"quá hạn {days} ngày"
    months = (on.year - due_on.year) * 12 + on.month - due_on.month - (on.day < due_on.day)
    return f"quá hạn {months} tháng" if months < _MONTHS_UNTIL_YEARS else f"quá hạn {months // 12} năm"


def deadline_words(due_on: date | None) -> str:
    """ "hạn 31/03/2021", or that none was given."""
    return f"hạn {date_screen(due_on)}" if due_on else "không ghi thời hạn"


def _last(answers: Sequence[tuple[date, str]]) -> str:
    return max(answers, key=lambda one: one[0])[1] if answers else ""
