"""One sheet of a workbook, walked through: what stands where, and which cells are merged."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from thidua.doors.office.layout import Content, Merged, Room, seen
from thidua.doors.office.limits import MOST_COLUMNS, MOST_ROWS
from thidua.doors.office.shared_strings import Rich, RichText, unescaped
from thidua.doors.office.shown_numbers import shown, shown_date
from thidua.doors.office.styles import Look, Looks
from thidua.doors.office.xml_parts import Enough, Walker, walk

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]{0,200}?ref=[\"']([A-Z0-9:]{1,24})[\"']")
_FILLED = re.compile(rb"<(?:\w+:)?(?:v|t)[\s>]")
_OVERLAP = 256  # longer than any sign searched for
MOST_MERGED = 50_000


@dataclass(slots=True)
class SheetRead:
    """What was found. ``rows``: row and column from 0; ``fonts``: of cells with text, in order of appearance."""

    rows: dict[int, dict[int, Content]] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    fonts: dict[str, None] = field(default_factory=dict)
    is_cut: bool = False


def place_of(reference: str) -> tuple[int, int] | None:
    """ "B7" is (6, 1)."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def letters_of(column: int) -> str:
    """0 is "A", 26 is "AA"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def read_sheet(chunks: Iterator[bytes], strings: list[Rich], looks: Looks, room: Room, *, is_1904: bool) -> SheetRead:
    """Cells within the limits. Raises ``BadPackage``.

    Beyond the last row looked at the sheet is only searched for text and for its list of merged cells: people format
    a sheet down to its millionth row, and walking through empty rows would take seconds.
    """
    walker = _Sheet(strings, looks, room, is_1904=is_1904)
    walk(walker, _until(walker, chunks))
    found = walker.found
    if walker.is_past_the_end:
        _search_rest(chunks, found)
    return found


def _until(walker: "_Sheet", chunks: Iterator[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        yield chunk
        if walker.is_past_the_end:
            raise Enough


def _search_rest(chunks: Iterable[bytes], found: SheetRead) -> None:
    before = b""
    for chunk in chunks:
        piece = before + chunk
        found.is_cut = found.is_cut or bool(_FILLED.search(piece))
        end = 0
        for match in _MERGED.finditer(piece):
            _add_merged(found, match[1].decode("ascii"))
            end = match.end()
        before = piece[max(end, len(piece) - _OVERLAP) :]


def _add_merged(found: SheetRead, reference: str) -> None:
    first, _, last = reference.partition(":")
    start, end = place_of(first), place_of(last or first)
    if start is None or end is None or len(found.merged) >= MOST_MERGED:
        return
    (top, bottom), (left, right) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    if top < MOST_ROWS and left < MOST_COLUMNS and (top, left) != (bottom, right):
        found.merged.append((top, left, bottom, right))


class _Sheet(Walker):
    """Elements: sheetData/row/c with v, f, is; then mergeCells/mergeCell."""

    def __init__(self, strings: list[Rich], looks: Looks, room: Room, *, is_1904: bool) -> None:
        super().__init__()
        self.found = SheetRead()
        self.is_past_the_end = False
        self._strings, self._looks, self._room, self._is_1904 = strings, looks, room, is_1904
        self._row, self._column, self._kept = -1, -1, 0
        self._kind, self._look = "", Look()
        self._value: list[str] = []
        self._is_formula = False
        self._inline: RichText | None = None

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            number = attributes.get("r", "")
            is_number = number.isascii() and number.isdecimal() and 0 < len(number) < 8
            self._row = int(number) - 1 if is_number else self._row + 1
            self._column = -1
            self.is_past_the_end = self.is_past_the_end or self._row >= MOST_ROWS
        elif name == "c":
            self._open_cell(attributes)
        elif name == "f":
            self._is_formula = self.inside[-1:] == ["c"]
        elif name == "is":
            self._inline = RichText()
        elif name == "mergeCell":
            _add_merged(self.found, attributes.get("ref", ""))
        elif self._inline and "rPh" not in self.inside:
            self._inline.opened(name, attributes)

    def text(self, text: str) -> None:
        parent = self.inside[-1]
        if parent == "v":
            self._value.append(text)
        elif parent == "t" and self._inline and "rPh" not in self.inside:
            self._inline.add(text)

    def closed(self, name: str) -> None:
        if name == "c":
            self._close_cell()

    def _open_cell(self, attributes: dict[str, str]) -> None:
        place = place_of(attributes.get("r", ""))
        self._row, self._column = place or (max(self._row, 0), self._column + 1)
        self._kind = attributes.get("t", "n")
        self._look = self._looks.of(attributes.get("s"))
        self._value, self._is_formula, self._inline = [], False, None

    def _close_cell(self) -> None:
        is_empty = not (self._value or self._is_formula or self._inline)
        if is_empty or self._column < 0:  # a row within a cell has no column
            return
        content, fonts = self._content()
        if not content.text and not content.is_formula:
            return
        is_full = self._kept >= self._room.cells
        if self._row >= MOST_ROWS or self._column >= MOST_COLUMNS or is_full:
            self.found.is_cut = self.found.is_cut or bool(content.text)
            self.is_past_the_end = self.is_past_the_end or is_full
            return
        self._kept += 1
        self.found.rows.setdefault(self._row, {})[self._column] = content
        if content.text:
            self.found.fonts.update(dict.fromkeys(fonts))

    def _content(self) -> tuple[Content, tuple[str, ...]]:
        text, kind, is_bold = "", "", self._look.is_bold
        fonts: tuple[str, ...] = (self._look.font,)
        value = "".join(self._value)
        if self._kind == "s":
            rich = self._strings[int(value)] if _is_index(value, len(self._strings)) else Rich("")
            text, is_bold, fonts = rich.text, is_bold or rich.is_bold, rich.fonts or fonts
        elif self._kind == "inlineStr":
            rich = self._inline.take() if self._inline else Rich("")
            text, is_bold, fonts = rich.text, is_bold or rich.is_bold, rich.fonts or fonts
        elif self._kind == "str":
            text = unescaped(value)
        elif self._kind == "b":
            text, kind = ("TRUE" if value.strip() == "1" else "FALSE"), "truth"
        elif self._kind == "e":
            text, kind = value, "error"
        elif self._kind == "d":
            text, kind = shown_date(value)
        elif value.strip():
            text, kind = shown(value, self._look.code, is_1904=self._is_1904)
        kept, is_cut = seen(text)
        return Content(kept, is_bold, self._is_formula, kind if kept else "", fonts[0], is_cut), fonts


def _is_index(text: str, length: int) -> bool:
    text = text.strip()
    return text.isascii() and text.isdecimal() and len(text) < 8 and int(text) < length
