"""Where things stand in the workbook of a score sheet: its pages, its columns, the rows of the hidden working page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from thidua.rules.workbook import column, quoted

MAIN, WORKING, LISTS, MARKS = "Bảng điểm", "tinh", "danh_muc", "thidua"
NUMBER, TEXT, MOST, SELF, TEAM, REASON, REMARK = "A", "B", "C", "D", "E", "F", "G"
SCORES = (SELF, TEAM)

_PARTS = (
    *("base", "bonus", "maximum", "scored", "left_out", "missing", "owed", "live", "stands"),
    *("raw_base", "raw_bonus", "competes", "rank", "taken", "most", "whole", "zero"),
)
Rows = Mapping[int, int]  # criterion id -> row
LONGEST_FORMULA, MOST_ARGUMENTS = 8000, 200  # Excel's own limits are 8 192 and 255


@dataclass(frozen=True, slots=True)
class Working:
    """The columns of the working page that belong to one column of scores; all of it counts hundredths of a point.

    ``live``: how many of its criteria apply; ``stands``: something in it brings points; ``owed``: what is missing and
    needed, as one alternative of several is enough; ``whole``: an alternative that is begun and misses nothing.
    ``rank``: what a rival is compared by where one of several counts; ``most``: its maximum there.
    """

    score: str

    def __getitem__(self, part: str) -> str:
        first = 1 if self.score == SELF else 1 + len(_PARTS)
        return column(first + _PARTS.index(part))

    def at(self, part: str, row: int) -> str:
        """One box on the working page itself."""
        return f"{self[part]}{row}"

    def seen(self, part: str, row: int) -> str:
        """The same from the page that people see."""
        return f"{WORKING}!{self[part]}{row}"

    def typed(self, row: int) -> str:
        """The box people write to."""
        return f"{quoted(MAIN)}!{self.score}{row}"


def call(name: str, letters: str, rows: Iterable[int]) -> str:
    """SUM, MAX or MIN over these rows of a column, neighbours as ranges: "SUM(A3:A9,A12)"; "0" of nothing."""
    return nested(name, ranges(letters, rows))


def nested(name: str, arguments: Sequence[str]) -> str:
    """A call with any number of arguments, in groups where there are too many for one."""
    if not arguments:
        return "0"
    if len(arguments) <= MOST_ARGUMENTS:
        return f"{name}({','.join(arguments)})"
    starts = range(0, len(arguments), MOST_ARGUMENTS)
    return nested(name, [nested(name, arguments[start : start + MOST_ARGUMENTS]) for start in starts])


def ranges(letters: str, rows: Iterable[int]) -> list[str]:
    """The boxes of a column in as few ranges as possible."""
    return list(spans(letters, letters, rows))


def spans(first: str, last: str, rows: Iterable[int]) -> tuple[str, ...]:
    """The same for several columns side by side: "D8:E12"."""
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    corners = ((f"{first}{top}", f"{last}{bottom}") for top, bottom in runs)
    return tuple(one if one == other else f"{one}:{other}" for one, other in corners)
