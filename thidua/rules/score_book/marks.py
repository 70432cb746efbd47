"""What a workbook says of itself on a hidden page, so that it is read back with certainty.

The page holds pairs of words, then one line for each criterion (row, id, number, digest of the text), then a checksum
of all that: a page that was changed or half lost is not believed, and the rows are then found by number and text.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from thidua.rules.sheet import Criterion, Sheet
from thidua.rules.vietnamese import clean_line

FORMAT = "thidua bảng điểm 1"


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """Where a criterion stood when the workbook was made."""

    row: int
    criterion_id: int
    number: str
    digest: str


@dataclass(frozen=True, slots=True)
class Marks:
    """``sheet`` is the fingerprint of the score sheet. A workbook of no half-day has ``checklist_session_id`` 0;
    ``paper`` is then "", else whose scores it takes: "self:0", "proposed:12", "agreed:0"; ``whose`` the same in words.
    """

    checklist_id: int
    version: int
    sheet: str
    checklist_session_id: int = 0
    unit: str = ""
    paper: str = ""
    whose: str = ""
    rows: tuple[MarkedRow, ...] = ()

    @property
    def perspective(self) -> str:
        """ "self", "proposed", "agreed", or "" for a workbook of no half-day."""
        return self.paper.partition(":")[0]


def fingerprint(sheet: Sheet) -> str:
    """The same for the same criteria in the same order, whatever else changes."""
    lines = (f"{one.id}|{one.kind}|{one.number}|{clean_line(one.text)}" for one in sheet.all)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def digest(criterion: Criterion) -> str:
    """A short digest of the criterion's text."""
    return hashlib.sha256(clean_line(criterion.text).encode()).hexdigest()[:12]


def marked(criteria: Iterable[Criterion], rows: Mapping[int, int]) -> tuple[MarkedRow, ...]:
    """The criteria that are scored, with the rows they stand on."""
    return tuple(MarkedRow(rows[one.id], one.id, one.number, digest(one)) for one in criteria if not one.is_section)


def written(marks: Marks) -> list[list[str]]:
    """The lines of the hidden page."""
    lines = [
        ["thidua", FORMAT],
        ["checklist", str(marks.checklist_id)],
        ["version", str(marks.version)],
        ["sheet", marks.sheet],
        ["session", str(marks.checklist_session_id)],
        ["unit", clean_line(marks.unit)],
        ["paper", marks.paper],
        ["whose", clean_line(marks.whose)],
        *([str(one.row), str(one.criterion_id), clean_line(one.number), one.digest] for one in marks.rows),
    ]
    return [*lines, ["checksum", _checksum(lines)]]


def read_marks(lines: Iterable[Sequence[str]]) -> Marks | None:
    """The marks written so; None when anything of them is missing or was changed."""
    told = [_trimmed(line) for line in lines]
    told = [line for line in told if line]
    if len(told) < 9 or told[0] != ["thidua", FORMAT] or told[-1] != ["checksum", _checksum(told[:-1])]:
        return None
    words = {line[0]: line[1] if len(line) > 1 else "" for line in told[1:8]}
    try:
        return Marks(
            checklist_id=int(words["checklist"]),
            version=int(words["version"]),
            sheet=words["sheet"],
            checklist_session_id=int(words["session"]),
            unit=words["unit"],
            paper=words["paper"],
            whose=words["whose"],
            rows=tuple(MarkedRow(int(row), int(one), number, text) for row, one, number, text in told[8:-1]),
        )
    except (KeyError, ValueError):
        return None


def _checksum(lines: Iterable[Sequence[str]]) -> str:
    return hashlib.sha256("\n".join("|".join(_trimmed(line)) for line in lines).encode()).hexdigest()


def _trimmed(line: Sequence[str]) -> list[str]:
    words = [clean_line(word) for word in line]
    while words and not words[-1]:
        words.pop()
    return words
