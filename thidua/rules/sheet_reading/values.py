"""What was read: rows of criteria with their cells, doubts, totals, and what was left out and why."""

from dataclasses import dataclass, replace

from thidua.rules.points import Points
from thidua.rules.sheet import Criterion, Sheet

Edit = tuple[int, str, str]
"""(row, field, value as it would be typed): what a choice changes."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a doubt, in words, and the edits that carry it out (none: keep what was read)."""

    label: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that was not sure: the cell, what was read there, why that is not sure, what it may be instead.

    ``row`` is the row it is about (0: the whole sheet); ``answer`` the label of the choice taken, "" while it is open.
    """

    id: int
    at: str
    row: int
    field: str
    read: str
    why: str
    choices: tuple[Choice, ...] = ()
    answer: str = ""

    @property
    def is_open(self) -> bool:
        return not self.answer


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A section or criterion as read: its cell, its level in the tree (1 to 3), the criterion without its children.

    ``criterion.id`` is the number of the row. ``kind`` is that of a leaf; a row with taken rows below it is a section.
    """

    at: str
    depth: int
    criterion: Criterion
    is_taken: bool = True

    @property
    def id(self) -> int:
        return self.criterion.id


@dataclass(frozen=True, slots=True)
class Skipped:
    """What stands in the file and is no criterion: the cell, its words, the reason."""

    at: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Total:
    """A printed sum: ``row`` is the section it sums (0: the whole sheet)."""

    at: str
    label: str
    points: Points
    row: int = 0


@dataclass(frozen=True, slots=True)
class ScoreColumn:
    """A column of scores (self: tự chấm, team: đoàn chấm): no part of the sheet; ``filled`` cells hold a score."""

    at: str
    title: str
    whose: str
    filled: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what it was taken for (a role of ``column_words.ROLES``)."""

    index: int
    at: str
    title: str
    role: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tables that belong together and could be the sheet: their places in the file, names, and number of rows."""

    tables: tuple[int, ...]
    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A sheet as read: ``head`` is everything but the tree. ``chosen`` is the place of the candidate that was read."""

    head: Sheet
    rows: tuple[ReadRow, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    totals: tuple[Total, ...] = ()
    score_columns: tuple[ScoreColumn, ...] = ()
    columns: tuple[Column, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    chosen: int = 0

    @property
    def open_doubts(self) -> tuple[Doubt, ...]:
        return tuple(doubt for doubt in self.doubts if doubt.is_open)

    def row(self, row_id: int) -> ReadRow:
        """The row with this id; KeyError when there is none."""
        for row in self.rows:
            if row.id == row_id:
                return row
        raise KeyError(row_id)

    def with_row(self, changed: ReadRow) -> "Reading":
        return replace(self, rows=tuple(changed if row.id == changed.id else row for row in self.rows))
