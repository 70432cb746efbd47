"""Scattered places of a sheet or table laid out as rows of equal length."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from thidua.doors.office.limits import LONGEST_TEXT, MOST_CELLS, MOST_COLUMNS
from thidua.doors.office.package import BadPackage, Fault
from thidua.doors.office.tables import Cell

MOST_STEPS = 2_000_000  # places looked at for merged cells, of all tables together
Place = tuple[int, int]  # row and column, from 0
Merged = tuple[int, int, int, int]  # first row, first column, last row, last column


@dataclass(slots=True)
class Content:
    """What stands at a place."""

    text: str = ""
    is_bold: bool = False
    is_formula: bool = False
    kind: str = ""
    font: str = ""
    is_cut: bool = False


@dataclass(slots=True)
class Room:
    """What all tables of a file together may still take."""

    cells: int = MOST_CELLS
    steps: int = MOST_STEPS

    def step(self, steps: int) -> None:
        """Raises ``BadPackage`` when merged cells were drawn over each other without end."""
        self.steps -= steps
        if self.steps < 0:
            raise BadPackage(Fault.TOO_LARGE)


def seen(text: str) -> tuple[str, bool]:
    """The text as kept, "" when blank, and whether it was cut."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip(" \n\t\u00a0\u200b\u200c\u200d\u2060\ufeff") or text.isspace():
        return "", False
    return text[:LONGEST_TEXT], len(text) > LONGEST_TEXT


def lay_out(
    rows: dict[int, dict[int, Content]], merged: Iterable[Merged], address: Callable[[int, int], str], room: Room
) -> tuple[tuple[tuple[Cell, ...], ...], bool]:
    """Rows without the wholly empty ones and without trailing empty columns; whether some had to be left out.

    ``rows`` holds what stands somewhere, by row and column within the limits. What stands under a merged cell is not
    seen by anybody, so it does not count.
    """
    merges = list(merged)
    covered = _covered(sorted(rows), merges, room)
    filled = {
        row: [column for column, content in places.items() if content.text and (row, column) not in covered]
        for row, places in rows.items()
    }
    kept = sorted(row for row, columns in filled.items() if columns)
    if not kept:
        return (), False
    width = max(max(filled[row]) for row in kept) + 1
    fitting = kept[: room.cells // width]
    room.cells -= len(fitting) * width
    if not fitting:
        return (), True
    spans = _spans(merges, fitting, width)
    whole = tuple(_row(row, width, rows[row], covered, spans, address) for row in fitting)
    return whole, len(fitting) < len(kept)


def _row(
    row: int,
    width: int,
    places: dict[int, Content],
    covered: dict[Place, Place],
    spans: dict[Place, tuple[int, int]],
    address: Callable[[int, int], str],
) -> tuple[Cell, ...]:
    cells = []
    for column in range(width):
        at, anchor = address(row, column), covered.get((row, column))
        if anchor in spans:
            cells.append(Cell("", at, covered_by=address(*anchor)))
            continue
        content = places.get(column)
        span = spans.get((row, column), (1, 1))
        if content is None:
            cells.append(Cell("", at, spans=span))
            continue
        cells.append(
            Cell(
                content.text,
                at,
                content.is_bold,
                content.is_formula,
                span,
                kind=content.kind,
                font=content.font,
                is_cut=content.is_cut,
            )
        )
    return tuple(cells)


def _covered(present: list[int], merges: list[Merged], room: Room) -> dict[Place, Place]:
    """Each covered place in rows where something stands, with the first place of the merged cell."""
    covered: dict[Place, Place] = {}
    for top, left, bottom, right in merges:
        columns = range(left, min(right, MOST_COLUMNS - 1) + 1)
        touched = present[bisect_left(present, top) : bisect_right(present, bottom)]
        room.step(1 + len(touched) * len(columns))
        for row in touched:
            for column in columns:
                if (row, column) != (top, left):
                    covered.setdefault((row, column), (top, left))
    return covered


def _spans(merges: list[Merged], kept: list[int], width: int) -> dict[Place, tuple[int, int]]:
    """Size of each merged cell of which the first place is kept; the others no longer count as merged."""
    present, last = set(kept), kept[-1]
    return {
        (top, left): (min(bottom, last) - top + 1, min(right, width - 1) - left + 1)
        for top, left, bottom, right in merges
        if top in present and left < width
    }
