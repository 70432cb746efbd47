"""Works out the formulas that our workbooks carry, from the file as written: just the functions they use, no more.

Independent of ``thidua.rules``: it knows cells, not criteria. An unknown function or sign is an error, so a new one in
a formula needs its line here.
"""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from io import BytesIO
from math import floor
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>\"(?:[^\"]|\"\")*\")"
    r"|(?P<box>(?:'(?:[^']|'')+'!|\w+!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)(?![\w(])"
    r"|(?P<call>[A-Z]+)\(|(?P<name>[a-z_]\w*)|(?P<sign><=|>=|<>|[-+*/&=<>(),]))"
)
Value = Any


def half_up(value: Fraction | int | Decimal, places: int) -> Fraction:
    exact = Fraction(value)
    quantum = Decimal(1).scaleb(-places)
    shown = Decimal(exact.numerator) / Decimal(exact.denominator)
    return Fraction(shown.quantize(quantum, ROUND_HALF_UP))


def numbers(values: list[Value]) -> list[Fraction]:
    """What SUM, MIN and MAX look at."""
    return [Fraction(one) for value in values for one in flat(value) if isinstance(one, int | Fraction)]


def flat(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]


FUNCTIONS: dict[str, Callable[[list[Value]], Value]] = {
    "SUM": lambda given: sum(numbers(given), Fraction(0)),
    "MIN": lambda given: min(numbers(given), default=Fraction(0)),
    "MAX": lambda given: max(numbers(given), default=Fraction(0)),
    "SUMPRODUCT": lambda given: sum(
        Fraction(a or 0) * Fraction(b or 0) for a, b in zip(*map(flat, given), strict=True)
    ),
    "AND": lambda given: all(given),
    "OR": lambda given: any(given),
    "ABS": lambda given: abs(given[0]),
    "INT": lambda given: Fraction(floor(given[0])),
    "MOD": lambda given: given[0] % given[1],
    "ROUND": lambda given: half_up(given[0], int(given[1])),
    "LEN": lambda given: Fraction(len(text_of(given[0]))),
    "LEFT": lambda given: text_of(given[0])[: int(given[1])],
    "ISNUMBER": lambda given: isinstance(given[0], Fraction),
    "INDEX": lambda given: flat(given[0])[int(given[1]) - 1],
}


ARITHMETIC: dict[str, Callable[[Value, Value], Value]] = {
    "+": lambda a, b: number(a) + number(b),
    "-": lambda a, b: number(a) - number(b),
    "*": lambda a, b: number(a) * number(b),
    "/": lambda a, b: number(a) / number(b),
}


def text_of(value: Value) -> str:
    return "" if value is None else str(value)


class Evaluator:
    """The values of a workbook's cells; ``evaluator["Bảng điểm", "D12"]``."""

    def __init__(self, content: bytes) -> None:
        self.book = load_workbook(BytesIO(content))
        self.names = {name: defined.attr_text for name, defined in self.book.defined_names.items()}
        self.known: dict[tuple[str, str], Value] = {}

    def __getitem__(self, place: tuple[str, str]) -> Value:
        if place not in self.known:
            cell = self.book[place[0]][place[1]]
            self.known[place] = (
                self.work_out(str(cell.value)[1:], place[0]) if cell.data_type == "f" else as_value(cell.value)
            )
        return self.known[place]

    def work_out(self, formula: str, page: str) -> Value:
        """The value of a formula that stands on this page."""
        reader = Reader(self, formula, page)
        value = reader.comparison()
        assert not reader.rest, f"{formula}: left over {reader.rest}"
        return value

    def span(self, reference: str, page: str) -> Value:
        sheet, _, boxes = reference.rpartition("!")
        page = sheet.strip("'").replace("''", "'") or page
        if ":" not in boxes:
            return self[page, boxes.replace("$", "")]
        left, top, right, bottom = range_boundaries(boxes)
        cells = self.book[page].iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right)
        return [self[page, cell.coordinate] for row in cells for cell in row]


class Reader:
    """One formula, read from left to right. IF works out only the branch it takes, as Excel does."""

    def __init__(self, evaluator: Evaluator, formula: str, page: str) -> None:
        self.evaluator, self.page, self.formula = evaluator, page, formula
        self.rest = list(TOKEN.finditer(formula))
        assert "".join(match.group() for match in self.rest) == formula, f"cannot read {formula}"
        self.rest.reverse()
        self.is_asleep = False

    def sign(self) -> str:
        return (self.rest[-1]["sign"] or "") if self.rest else ""

    def take(self, wanted: str) -> None:
        assert self.sign() == wanted, f"{self.formula}: {wanted} expected"
        self.rest.pop()

    def comparison(self) -> Value:
        left = self.joined()
        while self.sign() in ("=", "<", ">", "<=", ">=", "<>"):
            sign = self.rest.pop()["sign"]
            left = self.done(compare, sign, left, self.joined())
        return left

    def joined(self) -> Value:
        left = self.summed()
        while self.sign() == "&":
            self.rest.pop()
            left = text_of(left) + text_of(self.summed())
        return left

    def summed(self) -> Value:
        left = self.multiplied()
        while self.sign() in ("+", "-"):
            sign = self.rest.pop()["sign"]
            right = self.multiplied()
            left = self.done(
                lambda a, b, s=sign: number(a) + number(b) if s == "+" else number(a) - number(b), left, right
            )
        return left

    def multiplied(self) -> Value:
        left = self.single()
        while self.sign() in ("*", "/"):
            sign = self.rest.pop()["sign"]
            right = self.single()
            left = self.done(
                lambda a, b, s=sign: number(a) * number(b) if s == "*" else number(a) / number(b), left, right
            )
        return left

    def single(self) -> Value:
        token = self.rest.pop()
        if token["sign"] == "-":
            return self.done(lambda one: -number(one), self.single())
        if token["sign"] == "(":
            inner = self.comparison()
            self.take(")")
            return inner
        if token["call"]:
            return self.call(token["call"])
        if token["number"]:
            return Fraction(token["number"])
        if token["text"]:
            return token["text"][1:-1].replace('""', '"')
        reference = self.evaluator.names[token["name"]] if token["name"] else token["box"]
        assert reference, f"{self.formula}: {token.group()} not understood"
        return None if self.is_asleep else self.evaluator.span(reference, self.page)

    def call(self, name: str) -> Value:
        if name == "IF":
            return self.choose()
        given = [] if self.sign() == ")" else [self.comparison()]
        while self.sign() == ",":
            self.rest.pop()
            given.append(self.comparison())
        self.take(")")
        return self.done(lambda *_: FUNCTIONS[name](given))

    def choose(self) -> Value:
        is_true = bool(self.comparison())
        self.take(",")
        chosen = self.branch(is_true)
        self.take(",")
        other = self.branch(not is_true)
        self.take(")")
        return chosen if is_true else other

    def branch(self, is_taken: bool) -> Value:
        was_asleep, self.is_asleep = self.is_asleep, self.is_asleep or not is_taken
        value = self.comparison()
        self.is_asleep = was_asleep
        return value

    def done(self, work: Callable[..., Value], *given: Value) -> Value:
        return None if self.is_asleep else work(*given)


def as_value(value: object) -> Value:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return Fraction(str(value))
    return value


def number(value: Value) -> Fraction:
    assert not isinstance(value, str), f"#VALUE! {value}"
    return Fraction(value or 0)


def compare(sign: str, left: Value, right: Value) -> bool:
    """As Excel: an empty cell equals "" and 0, words whatever their case, and any number is less than any word."""
    if left is None:
        left = "" if isinstance(right, str) else Fraction(0)
    if right is None:
        right = "" if isinstance(left, str) else Fraction(0)
    keys = [(isinstance(one, str), one.lower() if isinstance(one, str) else Fraction(one)) for one in (left, right)]
    before, same = keys[0] < keys[1], keys[0] == keys[1]
    return {"=": same, "<>": not same, "<": before, ">": not before and not same, "<=": before or same}.get(
        sign, not before
    )
