"""Finding the row of titles, of one or two lines, and what each column is for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from thidua.rules.sheet_reading.amounts import read_amount
from thidua.rules.sheet_reading.cells import Cell, Grid, key_of
from thidua.rules.sheet_reading.column_words import GUIDANCE, IGNORED, MAXIMUM, NUMBER, TEAM, TEXT, UNIT, role_of
from thidua.rules.sheet_reading.numbering import read_number
from thidua.rules.sheet_reading.values import Column

FARTHEST = 60
"""Titles stand among the first rows; what lies deeper is content."""

_COLUMN_NUMBER = re.compile(r"\(?\s*([0-9]{1,2}|[a-hA-H]|[ivxIVX]{1,4})\s*\)?(\s*=.*)?")
_BARE_NUMBER = re.compile(r"[-+]?[0-9]+([.,][0-9]+)?")


@dataclass(frozen=True, slots=True)
class Header:
    """``first`` and ``last`` are the rows of titles (-1: there are none, the columns were guessed)."""

    first: int
    last: int
    columns: tuple[Column, ...]

    @property
    def is_guessed(self) -> bool:
        return self.last < 0

    def indexes(self, *roles: str) -> list[int]:
        return [column.index for column in self.columns if column.role in roles]

    def index(self, role: str) -> int | None:
        """The first column with this role."""
        return next((column.index for column in self.columns if column.role == role), None)

    @property
    def is_of_a_sheet(self) -> bool:
        return self.index(TEXT) is not None

    @property
    def is_of_a_ranking(self) -> bool:
        return self.index(TEXT) is None and self.index(UNIT) is not None


def find_header(grid: Grid) -> Header | None:
    """The titles of a table; None when no row of it is one."""
    for place, row in enumerate(grid.rows[:FARTHEST]):
        if _is_title_row(row):
            return _read(grid, place)
    return None


def is_repeated(row: Sequence[Cell], grid: Grid, header: Header) -> bool:
    """Whether a later row says the titles again, as Word and Excel print them on every page."""
    if header.is_guessed:
        return False
    said = [key_of(cell.text) for cell in row]
    if sum(map(bool, said)) == 0:
        return False
    for titles in grid.rows[header.first : header.last + 1]:
        keys = [key_of(cell.text) for cell in titles]
        if said == keys or (sum(map(bool, said)) >= 2 and _same_words(said, keys)):
            return True
    return is_column_numbering(row) and sum(map(bool, said)) >= 3


def is_column_numbering(row: Sequence[Cell]) -> bool:
    """ "(1) | (2) | (3)" or "A | B | 1 | 2" under the titles: each filled cell a number, one after the other."""
    said = [cell.text.strip() for cell in row if cell.text.strip()]
    if len(said) < 3 or not all(_COLUMN_NUMBER.fullmatch(one) for one in said):
        return False
    plain = [re.sub(r"\s*=.*", "", one).strip(" ()") for one in said]
    figures = [int(one) for one in plain if one.isdecimal()]
    return len(figures) >= len(said) - 2 and figures == list(range(figures[0], figures[0] + len(figures)))


def with_roles(header: Header, roles: Mapping[int, str]) -> Header:
    """The header with the roles that a person gave some columns."""
    columns = tuple(replace(column, role=roles.get(column.index, column.role)) for column in header.columns)
    return Header(header.first, header.last, columns)


def guess_header(grid: Grid, like: Header | None = None) -> Header | None:
    """Columns of a table without titles: those of the table it continues, otherwise by what stands in them.

    None when no column holds sentences.
    """
    if like is not None and abs(grid.width - len(like.columns)) <= 1:
        return Header(-1, -1, like.columns[: grid.width])
    rows = [row for row in grid.rows if any(cell.text for cell in row)][:200]
    shares = [_shares([row[index].text for row in rows if row[index].text]) for index in range(grid.width)]
    text = max(range(grid.width), key=lambda index: shares[index].letters, default=None)
    if text is None or shares[text].letters < 8:
        return None
    roles = {text: TEXT}
    for index in range(text):
        if NUMBER not in roles.values() and shares[index].numbers >= 0.6:
            roles[index] = NUMBER
    for index in range(text + 1, grid.width):
        if shares[index].points >= 0.6:
            roles[index] = MAXIMUM if MAXIMUM not in roles.values() else IGNORED
        elif shares[index].letters >= 8:
            roles[index] = GUIDANCE
    at = [row[0].at if row else "" for row in grid.rows[:1]] or [""]
    return Header(-1, -1, tuple(Column(index, at[0], "", roles.get(index, IGNORED)) for index in range(grid.width)))


@dataclass(frozen=True, slots=True)
class _Shares:
    letters: float
    numbers: float
    points: float


def _shares(texts: list[str]) -> _Shares:
    if not texts:
        return _Shares(0, 0, 0)
    numbers = sum(len(text) <= 12 and read_number(text, alone=True) is not None for text in texts)
    points = sum(read_amount(text) is not None for text in texts)
    letters = sum(sum(one.isalpha() for one in text) for text in texts)
    return _Shares(letters / len(texts), numbers / len(texts), points / len(texts))


def _is_title_row(row: Sequence[Cell]) -> bool:
    filled = [cell for cell in row if cell.text]
    if len(filled) < 2 or any(_BARE_NUMBER.fullmatch(cell.text.strip()) for cell in filled):
        return False
    roles = [role_of(cell.text) for cell in filled]
    named = [role for role in roles if role]
    if len(named) < 2 or len(named) * 2 < len(filled) or len(set(named)) < 2:
        return False
    if max(len(cell.text) for cell in filled) > 120:
        return False
    return TEXT in named or UNIT in named or {GUIDANCE, MAXIMUM} <= set(named)


def _read(grid: Grid, first: int) -> Header:
    last = _last_title_row(grid, first)
    columns = []
    for index in range(grid.width):
        titles = [_title_over(grid, place, index) for place in range(first, last + 1)]
        words = [cell.text for cell in titles if cell is not None and cell.text]
        said = list(dict.fromkeys(words))
        at = next((cell.at for cell in reversed(titles) if cell is not None and cell.text), grid.rows[first][index].at)
        columns.append(Column(index, at, " – ".join(said), _role(said)))
    return Header(first, last, _settled(columns, grid, last))


def _last_title_row(grid: Grid, first: int) -> int:
    """Titles go on below when one of them spans rows, or when what stands under a wide one is a title, too."""
    tallest = max((cell.spans[0] for cell in grid.rows[first] if cell.text), default=1)
    last = min(first + tallest - 1, first + 2, len(grid.rows) - 1)
    while last - first < 2 and last + 1 < len(grid.rows):
        below = grid.rows[last + 1]
        filled = [cell for cell in below if cell.text]
        if not filled or any(_BARE_NUMBER.fullmatch(cell.text.strip()) or len(cell.text) > 60 for cell in filled):
            break
        under_wide = all(_is_under_wide(grid, first, below, index) for index, cell in enumerate(below) if cell.text)
        if not under_wide or not any(role_of(cell.text) for cell in filled):
            break
        last += 1
    return last


def _is_under_wide(grid: Grid, first: int, below: Sequence[Cell], index: int) -> bool:
    over = _title_over(grid, first, index)
    if over is None or over.spans[1] > 1 or not over.text:
        return True
    return index + 1 < len(below) and bool(below[index + 1].text) and not grid.rows[first][index + 1].text


def _title_over(grid: Grid, place: int, index: int) -> Cell | None:
    """The title of this row that reaches over the column: its own, or the merged one to the left or above."""
    cell = grid.rows[place][index]
    if not cell.covered_by:
        return cell
    for row in grid.rows[max(place - 3, 0) : place + 1]:
        for one in row:
            if one.at == cell.covered_by:
                return one
    return None


def _role(titles: Sequence[str]) -> str:
    """The lowest title that names a role; "Mức điểm" over "Tốt" is a level, "Điểm" over "Tự chấm" the self-score."""
    for title in reversed(titles):
        role = role_of(title)
        if role:
            return role
    return role_of(" ".join(titles)) or (IGNORED if titles else "")


def _settled(columns: list[Column], grid: Grid, last: int) -> tuple[Column, ...]:
    """One number, one text: the first of each. Without a text the guidance is it. Of several maxima one is it; the
    others are guidance where they hold words, else set aside."""
    roles = [column.role for column in columns]
    if TEXT not in roles and UNIT not in roles and GUIDANCE in roles:
        roles[roles.index(GUIDANCE)] = TEXT
    if TEXT in roles:
        roles = [IGNORED if role == UNIT else role for role in roles]
    seen: set[str] = set()
    for place, role in enumerate(roles):
        if role == TEXT and role in seen:
            roles[place] = GUIDANCE
        elif role in (NUMBER, UNIT) and role in seen:
            roles[place] = IGNORED
        seen.add(role)
    if MAXIMUM in roles:
        maxima = [place for place, role in enumerate(roles) if role == MAXIMUM]
        best = next((place for place in maxima if "toi da" in key_of(columns[place].title)), maxima[0])
        for place in maxima:
            if place != best:
                texts = [row[place].text for row in grid.rows[last + 1 :][:200] if row[place].text]
                is_words = _shares(texts).points < 0.5
                is_score = key_of(columns[place].title) in ("diem", "so diem")
                roles[place] = GUIDANCE if texts and is_words else TEAM if is_score else IGNORED
    settled = [replace(column, role=role or IGNORED) for column, role in zip(columns, roles, strict=True)]
    return tuple(settled)


def _same_words(said: list[str], keys: list[str]) -> bool:
    """Whether the words are those of the titles, though cells may have been merged otherwise."""
    return [one for one in said if one] == [one for one in keys if one]
