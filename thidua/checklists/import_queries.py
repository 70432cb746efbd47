"""Finding files being imported, and what their pages show."""

from dataclasses import dataclass

from flask import abort
from sqlalchemy import select

from thidua.extensions import begin_writing, db
from thidua.identity import require_person
from thidua.models import Actor, ChecklistImport
from thidua.models.checklist_import import SAVED
from thidua.permissions import OFFICE, allow
from thidua.rules.points import format_points
from thidua.rules.sheet import Criterion, Sheet, full_marks
from thidua.rules.sheet_reading.nesting import depths_of, tree_of, walk
from thidua.rules.sheet_reading.values import Doubt, Reading, ReadRow

MOST_LISTED = 50


def unfinished(person: Actor) -> list[ChecklistImport]:
    """One's own files that are not saved yet, the newest first; the office sees everybody's."""
    found = select(ChecklistImport).where(ChecklistImport.state != SAVED)
    if person.role not in OFFICE:
        found = found.where(ChecklistImport.by_id == person.id)
    return list(db.session.scalars(found.order_by(ChecklistImport.id.desc()).limit(MOST_LISTED)))


def find_import(import_id: int) -> ChecklistImport:
    """404 unless it is there for this person, 403 unless the person may edit checklists."""
    person = require_person()
    one = db.session.get(ChecklistImport, import_id)
    return _visible(one, person)


def import_for_change(import_id: int) -> ChecklistImport:
    """The same in a writing transaction."""
    begin_writing()
    one = db.session.scalar(select(ChecklistImport).where(ChecklistImport.id == import_id).with_for_update())
    return _visible(one, require_person())


def _visible(one: ChecklistImport | None, person: Actor) -> ChecklistImport:
    allow("edit_checklists", person)
    if one is None or (one.by_id != person.id and person.role not in OFFICE):
        abort(404)
    return one


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the review: where it really stands, its points in words, how its sum compares, its open doubts."""

    row: ReadRow
    depth: int
    is_section: bool
    most: str
    sum_words: str
    is_uneven: bool
    doubts: int


@dataclass(frozen=True, slots=True)
class Review:
    """What the review page shows of a reading."""

    reading: Reading
    shown: tuple[ShownRow, ...]
    doubts: tuple[Doubt, ...]
    settled: tuple[Doubt, ...]
    sums: tuple[tuple[str, str, str, bool], ...]
    total: int
    leaves: int

    @property
    def head(self) -> Sheet:
        return self.reading.head

    def row_of(self, doubt: Doubt) -> ReadRow | None:
        """The row a doubt is about; None for the whole sheet."""
        return next((row for row in self.reading.rows if row.id == doubt.row), None)


def review_of(reading: Reading) -> Review:
    """The rows with their sums, the open doubts first in the order of the rows."""
    roots = tree_of(reading.rows)
    criteria = {criterion.id: criterion for criterion in walk(roots)}
    depths = depths_of(reading.rows)
    often: dict[int, int] = {}
    for doubt in reading.open_doubts:
        often[doubt.row] = often.get(doubt.row, 0) + 1
    return Review(
        reading,
        tuple(_shown(row, criteria.get(row.id), depths.get(row.id, row.depth), often) for row in reading.rows),
        tuple(sorted(reading.open_doubts, key=lambda doubt: (doubt.row, doubt.id))),
        tuple(doubt for doubt in reading.doubts if not doubt.is_open),
        tuple(_sums(reading, criteria, roots)),
        sum(full_marks(root) for root in roots),
        sum(not criterion.children for criterion in criteria.values()),
    )


def _shown(row: ReadRow, criterion: Criterion | None, depth: int, often: dict[int, int]) -> ShownRow:
    one = criterion or row.criterion
    is_section = bool(one.children)
    real = full_marks(one) if is_section else 0
    is_uneven = is_section and one.polarity == "base" and one.maximum not in (None, real)
    words = f"cộng được {format_points(real)}" if is_section and one.polarity == "base" else ""
    return ShownRow(row, depth, is_section, most_of(one), words, is_uneven, often.get(row.id, 0))


def most_of(criterion: Criterion) -> str:
    """ "10", "+5", "-3"; for what is counted the points of one time."""
    if criterion.kind == "count" and not criterion.children and criterion.points_per_count:
        each = f"{format_points(criterion.points_per_count)}/lần"
        if criterion.polarity == "base" or (criterion.polarity == "bonus" and criterion.maximum):
            return f"{format_points(criterion.maximum or 0)} ({each})"
        return each
    if criterion.polarity == "penalty":
        return format_points(criterion.minimum) if criterion.minimum else ""
    if criterion.maximum is None:
        return ""
    return f"+{format_points(criterion.maximum)}" if criterion.polarity == "bonus" else format_points(criterion.maximum)


def _sums(
    reading: Reading, criteria: dict[int, Criterion], roots: tuple[Criterion, ...]
) -> list[tuple[str, str, str, bool]]:
    """(cell, what, printed and real, whether they agree) of every printed sum."""
    found = []
    for total in reading.totals:
        section = criteria.get(total.row)
        real = full_marks(section) if section else sum(full_marks(root) for root in roots)
        words = f"ghi {format_points(total.points)}, cộng được {format_points(real)}"
        found.append((total.at, total.label, words, real == total.points))
    return found
