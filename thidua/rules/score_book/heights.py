"""How wide the columns are and how high a row must be for its words: a guess on the safe side.

Excel works heights out again when something is written; other programs, and paper, take them as they are.
"""

from collections.abc import Mapping
from math import ceil

from thidua.rules.score_book.places import MOST, NUMBER, REASON, REMARK, SELF, TEAM, TEXT
from thidua.rules.workbook import Box

COLUMNS = {NUMBER: 8, TEXT: 58, MOST: 10, SELF: 12, TEAM: 12, REASON: 36, REMARK: 40}
LINE_HEIGHT, HIGHEST = 18, 400  # points; Excel allows 409
_LETTERS_PER_UNIT, _LETTERS_PER_BOLD_UNIT = 1.06, 1.0


def row_height(boxes: Mapping[str, Box]) -> float:
    """The height of a row of the table."""
    lines = [_lines(box.value, COLUMNS[letters], box) for letters, box in boxes.items() if isinstance(box.value, str)]
    return min(LINE_HEIGHT * max(lines, default=1) + 4, HIGHEST)


def line_height(text: str) -> float:
    """The height of a line across the whole table."""
    return LINE_HEIGHT * _lines(text, sum(COLUMNS.values()), Box(text)) + 2


def _lines(text: str, width: float, box: Box) -> int:
    is_bold = box.look in ("section", "total", "title", "subtitle")
    letters = width * (_LETTERS_PER_BOLD_UNIT if is_bold else _LETTERS_PER_UNIT)
    if box.look in ("note", "place"):
        letters = sum(COLUMNS.values())
    return sum(max(1, ceil(len(line) / letters)) for line in text.split("\n"))
