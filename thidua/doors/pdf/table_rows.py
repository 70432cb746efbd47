"""The rows of a table as they are printed: how wide each cell is, what stays together, what may be cut."""

from collections.abc import Iterator
from dataclasses import dataclass

from thidua.rules.documents import Row, Table

from .measures import MOST_ROW_MM, column_percents, row_height_mm

SHORT_CELL = 120  # letters, which no column makes as high as a page


@dataclass(frozen=True, slots=True)
class Cell:
    """`percent` of the text's width; `span` columns."""

    text: str
    align: str
    span: int
    percent: float


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """`classes` for the style sheet and for tags.py; one that `flows` is cut at the foot of a page."""

    cells: tuple[Cell, ...]
    classes: str
    flows: bool


def rows_of(table: Table) -> Iterator[PrintedRow]:
    """A group row stays with the row under it, a total with the row above it, unless one is as high as a page.

    Raises ValueError for a row with more cells than columns.
    """
    percents = column_percents(table)
    flowing = [_flows(row, percents) for row in table.rows]
    for at, row in enumerate(table.rows):
        classes = row_class(table, at)
        if any(flowing[max(0, at - 1) : at + 2]):
            classes = row.kind
        yield PrintedRow(tuple(_cells(table, row, percents)), classes, flowing[at])


def spans(table: Table, row: Row) -> Iterator[tuple[str, str, int]]:
    """The cells of a row as (text, align, columns spanned). Raises ValueError as above."""
    missing = len(table.columns) - len(row.cells)
    if missing < 0 or not row.cells:
        raise ValueError(f"table {table.id}: a row of {len(row.cells)} cells for {len(table.columns)} columns")
    for at, text in enumerate(row.cells):
        yield text, "left" if at == 0 and missing else table.columns[at + missing].align, 1 if at else missing + 1


def row_class(table: Table, at: int) -> str:
    """Its kind, and whether it stays with the row under it or above it."""
    row = table.rows[at]
    if row.kind == "group" and at + 1 < len(table.rows):
        return "group with-next"
    return "total with-last" if row.kind == "total" and at else row.kind


def _cells(table: Table, row: Row, percents: tuple[float, ...]) -> Iterator[Cell]:
    for text, align, span in spans(table, row):
        yield Cell(text, align, span, round(sum(percents[:span]), 2))
        percents = percents[span:]


def _flows(row: Row, percents: tuple[float, ...]) -> bool:
    longest = max((len(cell) for cell in row.cells), default=0)
    return longest > SHORT_CELL and row_height_mm(row, percents) > MOST_ROW_MM
