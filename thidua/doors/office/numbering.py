"""Automatic numbers of a Word document: they stand in no text, only in how its lists are defined.

Levels are formats with a pattern ("%1.%2."); a paragraph names its list and level. Counting follows ECMA-376 part 1,
17.9: a level counts on until one above it comes; lists of one definition share their counters.
"""

import re
from dataclasses import dataclass, field

_LEVEL_SIGN = re.compile("%([1-9])")
LEVELS = 9
BULLET = "•"
_LARGEST = 100_000
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


@dataclass(slots=True)
class Level:
    """How one level is numbered. ``gap`` stands between number and text; ``is_decimal``: all figures as 1, 2, 3."""

    format: str = "decimal"
    pattern: str = ""
    start: int = 1
    restart: int | None = None
    gap: str = " "
    is_decimal: bool = False


@dataclass(slots=True)
class Lists:
    """Definitions: levels by abstract list, abstract list by list, starts that a list sets for itself."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    own_levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    style_links: dict[str, str] = field(default_factory=dict)
    linked_styles: dict[str, str] = field(default_factory=dict)


class Counter:
    """Gives each numbered paragraph its number, in the order of the document."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()

    def next(self, list_id: str, level: int) -> str:
        """The number of the next paragraph with the space after it; "" where the list is not one we can count."""
        abstract = self._abstract_of(list_id)
        if abstract is None or not 0 <= level < LEVELS:
            return ""
        shape = self._level(list_id, abstract, level)
        if shape is None:
            return ""
        counts = self._counts.setdefault(abstract, [None] * LEVELS)
        self._count(counts, list_id, abstract, level, shape)
        is_bullet = shape.format == "bullet"
        number = _bullet(shape.pattern) if is_bullet else self._fill(shape, counts, list_id, abstract)
        return number + shape.gap if number else ""

    def _abstract_of(self, list_id: str) -> str | None:
        abstract = self._lists.abstract.get(list_id)
        link = self._lists.style_links.get(abstract or "")
        return self._lists.linked_styles.get(link, abstract) if link else abstract

    def _level(self, list_id: str, abstract: str, level: int) -> Level | None:
        own = self._lists.own_levels.get((list_id, level))
        return own or self._lists.levels.get(abstract, {}).get(level)

    def _count(self, counts: list[int | None], list_id: str, abstract: str, level: int, shape: Level) -> None:
        own_start = self._lists.starts.get((list_id, level))
        if own_start is not None and (list_id, level) not in self._started:
            self._started.add((list_id, level))
            counts[level] = own_start
        else:
            count = counts[level]
            counts[level] = shape.start if count is None else min(count + 1, _LARGEST)
        for deeper in range(level + 1, LEVELS):
            below = self._level(list_id, abstract, deeper)
            restart = below.restart if below else None
            if restart is None or (restart != 0 and level < restart):
                counts[deeper] = None

    def _fill(self, shape: Level, counts: list[int | None], list_id: str, abstract: str) -> str:
        def number(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            named = self._level(list_id, abstract, level) or Level()
            count = counts[level]
            value = named.start if count is None else count
            return in_format(value, "decimal" if shape.is_decimal else named.format)

        return _LEVEL_SIGN.sub(number, shape.pattern)


def in_format(value: int, form: str) -> str:
    """3 as "3", "03", "III", "iii", "C", "c"; "" in a form that is none of these."""
    if form == "decimal":
        return str(value)
    if form == "decimalZero":
        return f"{value:02d}"
    if form in ("upperRoman", "lowerRoman"):
        return _roman(value) if form == "upperRoman" else _roman(value).lower()
    if form in ("upperLetter", "lowerLetter") and value > 0:
        letter = chr(ord("A") + (value - 1) % 26) * min((value - 1) // 26 + 1, 20)  # after Z comes AA, then BB
        return letter if form == "upperLetter" else letter.lower()
    return ""


def _roman(value: int) -> str:
    text = ""
    for worth, sign in _ROMAN:
        count, value = divmod(value, worth)
        text += sign * min(count, 20)
    return text


def _bullet(pattern: str) -> str:
    """Signs of symbol fonts mean nothing outside them."""
    return pattern if pattern in ("", "-", "–", "+", "*") else BULLET
