"""From rows to the sheet they make, and from a sheet to rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from thidua.rules.errors import InvalidEntry
from thidua.rules.sheet import DEEPEST, Criterion, Sheet
from thidua.rules.sheet_plain import sheet_from_plain, to_plain
from thidua.rules.sheet_reading.values import Reading, ReadRow


@dataclass(slots=True)
class _Branch:
    row: ReadRow
    children: list["_Branch"] = field(default_factory=list)


def tree_of(rows: Sequence[ReadRow]) -> tuple[Criterion, ...]:
    """The taken rows as a tree. A row deeper than the one above by more than one level stands just below it."""
    return tuple(_criterion(branch) for branch in _branches(rows))


def depths_of(rows: Sequence[ReadRow]) -> dict[int, int]:
    """The real level of each taken row."""
    found: dict[int, int] = {}

    def note(branches: list[_Branch], depth: int) -> None:
        for branch in branches:
            found[branch.row.id] = depth
            note(branch.children, depth + 1)

    note(_branches(rows), 1)
    return found


def sheet_of(reading: Reading) -> Sheet:
    """The sheet as it would be saved. Raises InvalidEntry; its ``field`` is the id of the row at fault, if one is."""
    branches = _branches(reading.rows)
    sheet = replace(reading.head, roots=tuple(_criterion(branch) for branch in branches))
    for row in reading.rows:
        if row.is_taken:
            _require_words(row)
    try:
        checked = sheet_from_plain(to_plain(sheet))
    except InvalidEntry as refusal:
        raise _at_row(refusal, branches) from refusal
    return checked


def rows_of_sheet(sheet: Sheet) -> tuple[ReadRow, ...]:
    """A whole sheet, as from a JSON file, in rows; their ids are their places."""
    rows: list[ReadRow] = []

    def add(criteria: tuple[Criterion, ...], depth: int) -> None:
        for criterion in criteria:
            alone = replace(criterion, id=len(rows) + 1, children=())
            rows.append(ReadRow(f"tiêu chí thứ {alone.id}", depth, alone))
            add(criterion.children, depth + 1)

    add(sheet.roots, 1)
    return tuple(rows)


def _branches(rows: Sequence[ReadRow]) -> list[_Branch]:
    roots: list[_Branch] = []
    path: list[_Branch] = []
    for row in rows:
        if not row.is_taken:
            continue
        del path[min(row.depth, DEEPEST) - 1 :]
        branch = _Branch(row)
        (path[-1].children if path else roots).append(branch)
        path.append(branch)
    return roots


def _criterion(branch: _Branch) -> Criterion:
    criterion = branch.row.criterion
    children = tuple(_criterion(child) for child in branch.children)
    if children:
        minimum = min(criterion.minimum, 0) if criterion.polarity == "penalty" else 0
        return replace(
            criterion,
            kind="section",
            levels=(),
            points_per_count=None,
            minimum=minimum,
            critical=False,
            children=children,
        )
    if criterion.kind == "section" and criterion.maximum is not None:
        return replace(criterion, kind="points", only_highest=False, either_or=False, starts_full=False, cap=None)
    return criterion


def _require_words(row: ReadRow) -> None:
    if not row.criterion.text.strip():
        raise InvalidEntry(f"Hàng ở ô {row.at} chưa có nội dung. Xin ghi nội dung hoặc bỏ hàng này.", str(row.id))
    if not row.criterion.number.strip():
        raise InvalidEntry(f"Hàng ở ô {row.at} chưa có số thứ tự. Xin ghi số thứ tự.", str(row.id))


def _at_row(refusal: InvalidEntry, branches: list[_Branch]) -> InvalidEntry:
    """The same refusal, naming the row by its cell instead of a path in a file."""
    path = refusal.field or ""
    places = [int(one) for one in re.findall(r"(?:roots|children)\[(\d+)\]", path)]
    row = _row_at(branches, places)
    if row is None:
        return InvalidEntry(refusal.message, "")
    what = refusal.message.partition(": ")[2] or refusal.message
    return InvalidEntry(f"Tiêu chí {row.criterion.number} (ô {row.at}): {what}", str(row.id))


def _row_at(branches: list[_Branch], places: list[int]) -> ReadRow | None:
    found: _Branch | None = None
    for place in places:
        if place >= len(branches):
            return None
        found = branches[place]
        branches = found.children
    return found.row if found else None


def walk(criteria: Sequence[Criterion]) -> Iterator[Criterion]:
    """The criteria and all below them in running order."""
    for criterion in criteria:
        yield criterion
        yield from walk(criterion.children)
