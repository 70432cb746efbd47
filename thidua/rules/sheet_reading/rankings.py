"""A table that ranks units instead of listing criteria: its groups become clusters (cụm thi đua)."""

import re

from thidua.rules.sheet import Cluster
from thidua.rules.sheet_reading import phrases
from thidua.rules.sheet_reading.amounts import Amount
from thidua.rules.sheet_reading.cells import Grid, first_at, key_of, row_text
from thidua.rules.sheet_reading.headers import Header, is_repeated
from thidua.rules.sheet_reading.ledger import Ledger
from thidua.rules.sheet_reading.levels import read_rules
from thidua.rules.sheet_reading.lines import Line, line_of
from thidua.rules.sheet_reading.numbering import NONE, ROMAN, UPPER, Number, read_number, roman
from thidua.rules.sheet_reading.sorting import BELOW, REPEATED, SIGNING

_CLUSTER = re.compile(r"(?:cum|khoi|nhom|phan|bang)\b.*")
AS_BONUS = "Đã đọc thành điểm thưởng"


def clusters_of(grid: Grid, header: Header, ledger: Ledger) -> tuple[list[Cluster], list[Line]]:
    """The clusters with their units, and the lines below them that say what is added for what."""
    clusters: list[tuple[str, str, list[str]]] = []
    bonuses: list[Line] = []
    is_below = False
    for row in grid.rows[header.last + 1 :]:
        if not any(cell.text for cell in row):
            continue
        at, said, line = first_at(row), row_text(row), line_of(row, header)
        if is_repeated(row, grid, header):
            ledger.skip(at, said, REPEATED)
        elif is_bonus(line.text):
            bonuses.append(as_bonus(line))
            is_below = True
        elif phrases.polarity_of(line.text) or phrases.is_note(line.text) or phrases.is_signing(line.text) or is_below:
            is_below = True
            ledger.skip(at, said, SIGNING if phrases.is_signing(line.text) else BELOW)
        elif _is_cluster(line):
            number = line.number.label or roman(len(clusters) + 1)
            clusters.append((number, line.text, []))
        elif line.text:
            if not clusters:
                clusters.append(("I", "Cụm thi đua", []))
            clusters[-1][2].append(line.text)
        else:
            ledger.skip(at, said, BELOW)
    return [Cluster(number, name, tuple(units)) for number, name, units in clusters], bonuses


def is_bonus(text: str) -> bool:
    """ "Cờ thi đua Chính phủ: cộng 15 điểm"."""
    rules = read_rules(text)
    return len(rules) == 1 and rules[0].points > 0 and len(key_of(text)) > 12


def bonus_line(text: str, at: str) -> Line:
    """A paragraph below the table as a line."""
    number = read_number(text) or Number("", NONE, rest=text)
    return as_bonus(Line(at, number.rest, number))


def as_bonus(line: Line) -> Line:
    """The line with the points it says are added, no matter what number it has in its list."""
    line.bonus = Amount(read_rules(line.text)[0].points)
    line.number = Number("", NONE)
    return line


def _is_cluster(line: Line) -> bool:
    is_group = _CLUSTER.fullmatch(key_of(line.text)) is not None
    return is_group and (line.number.style in (ROMAN, UPPER) or line.is_bold or line.is_wide or not line.number.label)
