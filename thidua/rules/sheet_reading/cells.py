"""What is read: tables of plain cells, each with its address, and how their words are compared."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from thidua.rules.vietnamese import clean_line, clean_text, fold

_BLANK_LINES = re.compile("\n{2,}")
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``at`` is its address ("B7", "Bảng 2, hàng 3, cột 1"); ``spans`` are (rows, columns) of a merged one.

    A cell under a merged one has no text of its own: ``covered_by`` is the address of that one. ``kind`` is "number",
    "date", "truth", "error" or "" for text; ``is_cut``: there was more text than is looked at.
    """

    text: str
    at: str
    is_bold: bool = False
    spans: tuple[int, int] = (1, 1)
    covered_by: str = ""
    kind: str = ""
    is_formula: bool = False
    is_cut: bool = False
    indent: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.text


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of equal length; ``before`` are the lines that stand above it, ``after`` those below it."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    is_hidden: bool = False
    is_cut: bool = False

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


def cleaned(cell: Cell) -> Cell:
    """The same cell with NFC text, plain spaces and no invisible characters; leading spaces become its indent."""
    text = _BLANK_LINES.sub("\n", clean_text(cell.text))
    if text == cell.text:
        return cell
    leading = len(cell.text) - len(cell.text.lstrip(" \t\u00a0"))
    return replace(cell, text=text, indent=max(cell.indent, leading))


def tidy(grid: Grid) -> Grid:
    """The grid with cleaned cells and rows of one length."""
    width = grid.width
    return Grid(
        clean_line(grid.name),
        tuple(tuple(_filled(row, width)) for row in grid.rows),
        tuple(line for line in map(clean_line, grid.before) if line),
        tuple(line for line in map(clean_line, grid.after) if line),
        grid.is_hidden,
        grid.is_cut,
    )


def _filled(row: Sequence[Cell], width: int) -> Iterator[Cell]:
    yield from map(cleaned, row)
    for _ in range(width - len(row)):
        yield Cell("", row[-1].at if row else "")


def first_at(row: Sequence[Cell]) -> str:
    """The address of the first cell that says something; of the first cell when none does."""
    return next((cell.at for cell in row if cell.text), row[0].at if row else "")


def row_text(row: Sequence[Cell]) -> str:
    """What stands in a row, on one line."""
    return " | ".join(clean_line(cell.text) for cell in row if cell.text)


@lru_cache(maxsize=20_000)
def key_of(text: str) -> str:
    """Words without accents, case and punctuation: "Điểm tối  đa:" -> "diem toi da"."""
    return _NOT_A_WORD.sub(" ", fold(text)).strip()
