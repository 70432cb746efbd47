"""Numbers of criteria (số thứ tự): I, II / 1, 2 / 1.1 / a, b, đ; the next ones go on in the style of their siblings.

A group of siblings whose numbers run on without a hole is numbered by the machine; any other group carries numbers
somebody typed, and keeps them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

Counter = Literal["roman", "decimal", "upper", "lower", "upper_vn", "lower_vn"]
Under = Literal["", "number", "ordinal"]

LONGEST: Final = 20  # letters of a number, as the column holds it
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_VIETNAMESE: Final = "abcdđeghiklmnopqrstuvxy"  # as in the clauses of documents: Nghị định 30/2020/NĐ-CP, Phụ lục I
_ROMAN: Final = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_PARTS: Final = re.compile(r"(?P<before>.*?)(?P<count>\d+|(?<![^\W\d_])(?:[IVXL]+|[A-Za-zĐđ]))(?P<after>[.)]*)")


@dataclass(frozen=True, slots=True)
class Style:
    """How a group is numbered: a counter from ``start``, with what stands before and after it.

    ``under``: before it stands the parent's number ("number": 1.1 under 1), or what that counts ("ordinal":
    2.1 under II).
    """

    counter: Counter
    under: Under = ""
    before: str = ""
    after: str = ""
    start: int = 1

    def number(self, place: int, parent: str) -> str:
        """The number of the sibling at ``place`` (from 0) under the parent with this number ("" at the top)."""
        head = self.before
        if self.under == "number":
            head = f"{bare(parent)}."
        elif self.under == "ordinal":
            head = f"{ordinal(parent)}."
        return f"{head}{_counted(self.counter, self.start + place)}{self.after}"[:LONGEST]


DEFAULTS: Final = (Style("roman"), Style("decimal"), Style("decimal", under="number"))
"""What a sheet without numbers begins with: I / 1 / 1.1."""


def style_of(numbers: Sequence[str], parent: str) -> Style | None:
    """The style in which these siblings run on; None when somebody numbered them in another way."""
    if not numbers:
        return None
    for style in _candidates(numbers[0], parent):
        if all(style.number(place, parent) == number for place, number in enumerate(numbers)):
            return style
    return None


def restarted(style: Style, *, start: int = 1) -> Style:
    """The same style, counting from elsewhere."""
    return replace(style, start=start)


def bare(number: str) -> str:
    """Without the dot or bracket behind it: "1." is 1."""
    return number.rstrip(".) ")


def ordinal(number: str) -> int:
    """What a number counts: 2 for "II", "2.", "b"; 0 when it counts nothing."""
    found = style_of([number], "")
    return found.start if found else 0


def free_number(wanted: str, taken: Sequence[str]) -> str:
    """``wanted``, or the next number of its kind that no sibling has."""
    candidate, style = wanted, style_of([wanted], "")
    place = 0
    while candidate in taken or not candidate:
        place += 1
        candidate = style.number(place, "") if style and style.start + place < 999 else f"{bare(wanted)[:12]}({place})"
    return candidate


def _candidates(number: str, parent: str) -> Iterator[Style]:
    head = bare(parent)
    if head and number.startswith(f"{head}."):
        yield from _counters(number[len(head) + 1 :], under="number")
    count = ordinal(parent) if parent else 0
    if count and number.startswith(f"{count}."):
        yield from _counters(number[len(str(count)) + 1 :], under="ordinal")
    yield from _counters(number)


def _counters(number: str, under: Under = "") -> Iterator[Style]:
    match = _PARTS.fullmatch(number)
    if match is None or (under and match["before"]):
        return
    count, around = match["count"], {"before": match["before"], "after": match["after"]}
    if count.isascii() and count.isdecimal() and (count == "0" or count[0] != "0"):
        yield Style("decimal", under, **around, start=int(count[:6]))
    value = _roman_value(count)
    if value:
        yield Style("roman", under, **around, start=value)
    if len(count) == 1 and count.isalpha():
        case: tuple[Counter, Counter] = ("upper_vn", "upper") if count.isupper() else ("lower_vn", "lower")
        for counter in case:
            letters = _letters(counter)
            if count in letters:
                yield Style(counter, under, **around, start=letters.index(count) + 1)


def _counted(counter: Counter, value: int) -> str:
    if counter == "decimal":
        return str(value)
    if counter == "roman":
        return _roman(value) if 0 < value < 90 else str(value)
    letters = _letters(counter)
    return letters[value - 1] if 0 < value <= len(letters) else str(value)


def _letters(counter: Counter) -> str:
    letters = _VIETNAMESE if counter.endswith("_vn") else _LATIN
    return letters.upper() if counter.startswith("upper") else letters


def _roman(value: int) -> str:
    written = ""
    for worth, letters in _ROMAN:
        while value >= worth:
            written, value = written + letters, value - worth
    return written


def _roman_value(text: str) -> int:
    """What a Roman number under 90 is worth; 0 when it is none."""
    rest, value = text, 0
    for worth, letters in _ROMAN:
        while rest.startswith(letters):
            rest, value = rest[len(letters) :], value + worth
    return value if not rest and text and _roman(value) == text else 0
