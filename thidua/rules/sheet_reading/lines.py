"""One row of the table as a line of the sheet: its number, its words, its points, wherever they stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from thidua.rules.sheet import Level
from thidua.rules.sheet_reading.amounts import Amount, read_amount, read_told
from thidua.rules.sheet_reading.cells import Cell, key_of
from thidua.rules.sheet_reading.column_words import (
    BONUS,
    EVIDENCE,
    GUIDANCE,
    LEVEL,
    MAXIMUM,
    NOTE,
    NUMBER,
    PENALTY,
    TEXT,
    UNIT,
)
from thidua.rules.sheet_reading.headers import Header
from thidua.rules.sheet_reading.levels import read_levels, read_rules
from thidua.rules.sheet_reading.numbering import BULLET, NONE, PLUS, Number, read_number

_LEADS: Final = {EVIDENCE: "Minh chứng: ", NOTE: "Ghi chú: "}
_BULLET_LINE: Final = re.compile(r"\s*[-–•*+●▪]\s*\S")
SOFT: Final = (BULLET, PLUS, NONE)
"""Lines without a number of their own: part of what stands above them, unless their points say otherwise."""


@dataclass(slots=True)
class Line:
    """``odd_points`` is what stood in the column of points and could not be read; ``odd_number`` likewise."""

    at: str
    text: str
    number: Number
    number_at: str = ""
    odd_number: str = ""
    maximum: Amount | None = None
    maximum_at: str = ""
    odd_points: str = ""
    bonus: Amount | None = None
    penalty: Amount | None = None
    levels: tuple[Level, ...] = ()
    guidance: list[str] = field(default_factory=list)
    is_bold: bool = False
    is_wide: bool = False
    is_under: bool = False
    is_cut: bool = False
    shares: int = 1
    is_sharing: bool = False
    is_without_result: bool = False
    indent: int = 0

    @property
    def is_soft(self) -> bool:
        return self.number.style in SOFT and not self.odd_number

    @property
    def words(self) -> str:
        """All it says, for a line that goes on with the one above."""
        said = (self.number.label, self.text, *self.guidance, self.odd_points)
        return " ".join(one for one in said if one)

    @property
    def has_points(self) -> bool:
        return any((self.maximum, self.bonus, self.penalty, self.levels))


def line_of(row: Sequence[Cell], header: Header) -> Line:
    """Read a row with the columns of the header; never raises."""
    number_cell, text_cell, is_wide = _words_of(row, header)
    line = Line(text_cell.at, text_cell.text, Number("", NONE), number_cell.at if number_cell else text_cell.at)
    line.is_bold = text_cell.is_bold or bool(number_cell and number_cell.text and number_cell.is_bold)
    line.is_wide, line.indent, line.is_cut = is_wide, text_cell.indent, text_cell.is_cut
    line.is_under = bool(text_cell.covered_by)
    _read_number(line, number_cell)
    _read_points(line, row, header)
    _read_beside(line, row, header)
    _split_off_guidance(line)
    told = read_told(line.text)
    if told is not None and not line.has_points and not line.odd_points:
        line.maximum, line.maximum_at, line.text = Amount(told.points), line.at, told.rest or line.text
    return line


def lines_of(row: Sequence[Cell], header: Header) -> list[Line]:
    """The same for a row in whose cells several criteria stand one under the other, each with its points."""
    text, maximum = header.index(TEXT), header.index(MAXIMUM)
    if text is None or maximum is None:
        return [line_of(row, header)]
    said = row[text].text.split("\n")
    figures = [one for one in row[maximum].text.split("\n") if one]
    starts = [place for place, one in enumerate(said) if _begins(one)]
    if len(figures) < 2 or len(starts) != len(figures) or any(read_amount(one) is None for one in figures):
        return [line_of(row, header)]
    lines = []
    number = header.index(NUMBER)
    if starts[0] > 0 or (number is not None and row[number].text):
        head = list(row)
        head[text] = replace(row[text], text="\n".join(said[: starts[0]]))
        head[maximum] = replace(row[maximum], text="")
        lines.append(line_of(head, header))
    for place, figure in enumerate(figures):
        end = starts[place + 1] if place + 1 < len(starts) else len(said)
        part = [replace(cell, text="") for cell in row]
        part[text] = replace(row[text], text="\n".join(said[starts[place] : end]))
        part[maximum] = replace(row[maximum], text=figure)
        lines.append(line_of(part, header))
    return lines


def _begins(said: str) -> bool:
    number = read_number(said)
    return number is not None


def _words_of(row: Sequence[Cell], header: Header) -> tuple[Cell | None, Cell, bool]:
    """The cell of the number, the cell of the words, and whether those reach over the columns of points."""
    number_at, text_at = header.index(NUMBER), header.index(TEXT)
    if text_at is None:
        text_at = header.index(UNIT) or 0
    number = row[number_at] if number_at is not None else None
    text = row[text_at]
    if text.covered_by:
        left = next((cell for cell in row[:text_at] if cell.at == text.covered_by), None)
        if left is not None:
            return None, left, _reaches(left, row, header)
    if not text.text and not text.covered_by and number is not None and number.text:
        if read_number(number.text, alone=True) is None:
            return None, number, _reaches(number, row, header)
        beside = next((cell for cell in row[text_at + 1 :] if _is_words(cell, header, row)), None)
        if beside is not None:
            return number, beside, True
    if not text.text and not text.covered_by and (number is None or not number.text):
        first = next((cell for cell in row[:text_at] if cell.text), None)
        if first is not None:
            return None, first, _reaches(first, row, header)
    return number, text, _reaches(text, row, header)


def _is_words(cell: Cell, header: Header, row: Sequence[Cell]) -> bool:
    """Words in a column that nobody uses, where the column of words is empty: they slipped to the right."""
    used = {column.index for column in header.columns if column.role in (GUIDANCE, EVIDENCE, NOTE, MAXIMUM, LEVEL)}
    place = next(index for index, one in enumerate(row) if one is cell)
    return place not in used and sum(one.isalpha() for one in cell.text) >= 3


def _reaches(cell: Cell, row: Sequence[Cell], header: Header) -> bool:
    maximum = header.index(MAXIMUM)
    if maximum is None:
        return cell.spans[1] >= max(2, len(row) - 1)
    return row[maximum].covered_by == cell.at


def _read_number(line: Line, cell: Cell | None) -> None:
    if cell is not None and cell.text:
        number = read_number(cell.text, alone=True)
        if number is not None:
            line.number = number
            inside = read_number(line.text)
            if inside is not None and (inside.label == number.label or inside.style in (BULLET, PLUS)):
                line.text = inside.rest
            return
        line.odd_number = cell.text
        line.guidance.append(cell.text)
        return
    number = read_number(line.text)
    if number is not None:
        line.number, line.text = replace(number, rest=""), number.rest


def _read_points(line: Line, row: Sequence[Cell], header: Header) -> None:
    place = header.index(MAXIMUM)
    cell = row[place] if place is not None else None
    if cell is not None and not line.is_wide:
        line.maximum_at = cell.at
        line.maximum = read_amount(cell.text)
        line.is_sharing = bool(cell.covered_by) and not line.is_under
        if cell.text and line.maximum is None:
            told = read_levels(cell.text)
            if told is not None:
                line.levels = told.levels
            elif not set(cell.text) <= set("-–—…._ /xX"):
                line.odd_points = cell.text
        line.shares = cell.spans[0] if cell.text else 1
        line.is_without_result = cell.is_formula and not cell.text
    for role in (BONUS, PENALTY):
        for index in header.indexes(role):
            amount = read_amount(row[index].text)
            if amount is not None and role == BONUS:
                line.bonus = line.bonus or amount
            elif amount is not None:
                line.penalty = line.penalty or amount


def _read_beside(line: Line, row: Sequence[Cell], header: Header) -> None:
    """Levels in columns of their own, guidance, evidence, notes."""
    levels = []
    for column in header.columns:
        cell = row[column.index]
        if column.role == LEVEL:
            amount = read_amount(cell.text)
            if amount is not None:
                levels.append(Level(column.title.rpartition(" – ")[2], amount.high))
            elif cell.text:
                line.guidance.append(f"{column.title.rpartition(' – ')[2]}: {cell.text}")
        elif column.role in (GUIDANCE, EVIDENCE, NOTE) and cell.text and cell.text != line.text:
            lead = _LEADS.get(column.role, "")
            is_said = lead and key_of(cell.text).startswith(key_of(lead))
            line.guidance.append(cell.text if is_said else lead + cell.text)
        line.is_cut = line.is_cut or cell.is_cut
    if len(levels) >= 2:
        line.levels = tuple(levels)


def _split_off_guidance(line: Line) -> None:
    """The first lines of a cell are the criterion; what follows with dashes, levels or deductions is its guidance."""
    said = line.text.split("\n")
    for place in range(1, len(said)):
        below = "\n".join(said[place:])
        if _BULLET_LINE.match(said[place]) or read_levels(below) is not None or read_rules(said[place]):
            line.guidance.insert(0, below)
            said = said[:place]
            break
    line.text = " ".join(one for one in said if one)
