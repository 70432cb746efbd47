"""A table of Word while it is walked through: rows of cells on a grid, merged sideways and downwards."""

from dataclasses import dataclass, field

from thidua.doors.office.layout import Content, Room, lay_out, seen
from thidua.doors.office.limits import LONGEST_TEXT, MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from thidua.doors.office.paragraphs import Line
from thidua.doors.office.tables import Table

MOST_MERGED = 50_000


@dataclass(slots=True)
class OpenCell:
    """``width``: columns of the grid; ``down``, ``right``: "restart" begins a merged cell, "continue" goes on."""

    width: int = 1
    down: str = ""
    right: str = ""
    is_deleted: bool = False
    lines: list[Line] = field(default_factory=list)
    letters: int = 0

    def add(self, line: Line) -> None:
        """A paragraph; those beyond the longest text are not kept."""
        if self.letters <= LONGEST_TEXT:
            self.lines.append(line)
            self.letters += len(line.text) + 1

    def content(self) -> Content:
        """Its paragraphs as one text."""
        if self.is_deleted:
            return Content()
        text, is_cut = seen("\n".join(line.text for line in self.lines).strip("\n"))
        bold = [line.is_bold for line in self.lines if line.is_bold is not None]
        font = next((font for line in self.lines for font in line.fonts), "")
        return Content(text, bool(bold) and all(bold), font=font, is_cut=is_cut)


@dataclass(slots=True)
class _Merged:
    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class OpenTable:
    """``name`` as in its addresses, ``inner`` tables begun inside it so far, ``column`` the next one of the grid."""

    name: str
    before: tuple[str, ...] = ()
    inner: int = 0
    column: int = 0
    row_is_deleted: bool = False
    cell: OpenCell | None = None
    _row: list[tuple[int, OpenCell]] = field(default_factory=list)
    _count: int = 0
    _rows: dict[int, dict[int, Content]] = field(default_factory=dict)
    _merged: list[_Merged] = field(default_factory=list)
    _running: dict[int, _Merged] = field(default_factory=dict)  # merged downwards so far, by first column
    _is_cut: bool = False
    _kept: int = 0

    def open_row(self) -> None:
        """A row under the ones before."""
        self._row, self.column, self.row_is_deleted = [], 0, False

    def close_cell(self) -> None:
        """The open cell takes its place on the grid."""
        cell, self.cell = self.cell, None
        if cell is None:
            return
        cell.width = max(1, min(cell.width, MOST_COLUMNS))
        if cell.right == "continue" and self._row:
            self._row[-1][1].width += cell.width
        elif self.column < MOST_COLUMNS:
            self._row.append((self.column, cell))
        else:
            self._is_cut = self._is_cut or bool(cell.content().text)
        self.column += cell.width

    def close_row(self) -> None:
        """A row deleted with tracked changes never was."""
        if self.row_is_deleted:
            return
        if self._count >= MOST_ROWS or self._kept >= MOST_CELLS:
            self._is_cut = self._is_cut or any(cell.content().text for _, cell in self._row)
            return
        running = {}
        for column, cell in self._row:
            above = self._running.get(column)
            if cell.down == "continue" and above:
                above.bottom = self._count
                running[column] = above
                continue
            place = self._place(column, cell)
            if cell.down:
                running[column] = place
        self._running = running
        self._row = []
        self._count += 1

    def _place(self, column: int, cell: OpenCell) -> _Merged:
        content = cell.content()
        if content.text:
            self._rows.setdefault(self._count, {})[column] = content
            self._kept += 1
        place = _Merged(self._count, column, self._count, column + cell.width - 1)
        if cell.down or cell.width > 1:
            if len(self._merged) < MOST_MERGED:
                self._merged.append(place)
            else:
                self._is_cut = True
        return place

    def finished(self, room: Room) -> Table:
        """The table laid out."""
        merged = (
            (place.top, place.left, place.bottom, place.right)
            for place in self._merged
            if place.top < place.bottom or place.left < place.right
        )
        rows, is_cut = lay_out(self._rows, merged, self.address, room)
        return Table(self.name, rows, self.before, is_cut=is_cut or self._is_cut)

    def address(self, row: int, column: int) -> str:
        """As people count."""
        return f"{self.name}, hàng {row + 1}, cột {column + 1}"
