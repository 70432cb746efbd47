"""Which tables of a file are score sheets, and which of them are one sheet going on from page to page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from thidua.rules.sheet_reading.cells import Grid, key_of
from thidua.rules.sheet_reading.column_words import IGNORED, MAXIMUM, NUMBER, TEXT
from thidua.rules.sheet_reading.headers import Header, find_header, guess_header
from thidua.rules.sheet_reading.numbering import DOTTED, Number, read_number
from thidua.rules.sheet_reading.values import Candidate


@dataclass(frozen=True, slots=True)
class Part:
    """A table and its titles. ``place`` is where it stands in the file."""

    place: int
    grid: Grid
    header: Header


@dataclass(frozen=True, slots=True)
class Group:
    """Tables read one after the other as one sheet."""

    parts: tuple[Part, ...]
    is_ranking: bool = False

    @property
    def candidate(self) -> Candidate:
        rows = sum(len(part.grid.rows) - part.header.last - 1 for part in self.parts)
        return Candidate(tuple(part.place for part in self.parts), self.parts[0].grid.name, rows)


def groups_of(grids: Sequence[Grid], *, is_document: bool) -> list[Group]:
    """The sheets a file may hold, the likeliest first: visible before hidden, with titles before guessed, long first.

    In a document a table with the same columns goes on where the one before it ended; every sheet of a workbook is
    one of its own.
    """
    groups: list[Group] = []
    for place, grid in enumerate(grids):
        header = find_header(grid)
        before = groups[-1].parts[-1] if groups else None
        if is_document and before is not None and _goes_on(before, grid, header):
            known = header if header is not None else guess_header(grid, before.header)
            if known is not None:
                part = Part(place, grid, known if header is not None else _aligned(known, grid))
                groups[-1] = replace(groups[-1], parts=(*groups[-1].parts, part))
                continue
        if header is not None and (header.is_of_a_sheet or header.is_of_a_ranking):
            groups.append(Group((Part(place, grid, header),), is_ranking=header.is_of_a_ranking))
        elif header is None:
            guessed = guess_header(grid)
            if guessed is not None and _has_the_look(grid, guessed):
                groups.append(Group((Part(place, grid, guessed),)))
    return sorted(groups, key=_likeliness)


def _likeliness(group: Group) -> tuple[bool, bool, bool, int]:
    first = group.parts[0]
    return (
        first.grid.is_hidden,
        first.header.is_guessed,
        first.header.index(MAXIMUM) is None and not group.is_ranking,
        -group.candidate.rows,
    )


def _goes_on(before: Part, grid: Grid, header: Header | None) -> bool:
    if header is not None:
        roles = [column.role for column in header.columns if column.role != IGNORED]
        same = roles == [column.role for column in before.header.columns if column.role != IGNORED]
        return same and not _begins_again(before, grid, header)
    if abs(grid.width - len(before.header.columns)) > 1:
        return False
    guessed = guess_header(grid)
    return guessed is None or _has_the_look(grid, guessed) or _is_sum_or_criterion(grid, before.header)


def _is_sum_or_criterion(grid: Grid, header: Header) -> bool:
    number = header.index(NUMBER)
    if number is None or number >= grid.width:
        return False
    return any(row[number].text and read_number(row[number].text, alone=True) is not None for row in grid.rows)


def _begins_again(before: Part, grid: Grid, header: Header) -> bool:
    """Whether both tables begin with the same number on top, and no heading before the later one explains it."""
    first, later = _first_number(before.grid, before.header), _first_number(grid, header)
    if first is None or later is None or (first.style, first.parts) != (later.style, later.parts):
        return False
    return not any(_heads(line) for line in grid.before)


def _heads(line: str) -> bool:
    number = read_number(line)
    return number is not None and bool(number.label)


def _first_number(grid: Grid, header: Header) -> Number | None:
    for row in grid.rows[header.last + 1 :]:
        for column in (header.index(NUMBER), header.index(TEXT)):
            if column is None or not row[column].text:
                continue
            number = read_number(row[column].text, alone=column == header.index(NUMBER)) or read_number(
                row[column].text
            )
            if number is not None and number.label:
                return number
    return None


def _has_the_look(grid: Grid, header: Header) -> bool:
    """Without titles: numbers in front, or points behind, in at least half of three rows or more."""
    rows = [row for row in grid.rows if any(cell.text for cell in row)]
    numbered = header.index(NUMBER) is not None or _numbered_inside(grid, header) * 2 >= len(rows)
    return len(rows) >= 3 and numbered and (header.index(MAXIMUM) is not None or _pointed_inside(grid, header) >= 2)


def _numbered_inside(grid: Grid, header: Header) -> int:
    text = header.index(TEXT) or 0
    found = [read_number(row[text].text) for row in grid.rows]
    return sum(number is not None and bool(number.label or number.style != DOTTED) for number in found)


def _pointed_inside(grid: Grid, header: Header) -> int:
    text = header.index(TEXT) or 0
    return sum(" diem" in key_of(row[text].text) for row in grid.rows)


def _aligned(header: Header, grid: Grid) -> Header:
    """Columns of the table before, for one that may be a column narrower or wider."""
    columns = header.columns[: grid.width]
    extra = tuple(
        replace(columns[-1], index=index, role=IGNORED, title="") for index in range(len(columns), grid.width)
    )
    return Header(-1, -1, (*columns, *extra))
