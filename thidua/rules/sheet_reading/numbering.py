"""Numbers of sections and criteria: "I.", "A.", "1.", "1.1", "1.1.1", "a)", "-", in a cell or before the text."""

import re
from dataclasses import dataclass
from typing import Final

ROMAN, UPPER, DIGIT, DOTTED, LOWER, BULLET, PLUS, DIGIT_BRACKET, NONE, TITLE = (
    "roman", "upper", "digit", "dotted", "lower", "bullet", "plus", "digit)", "none", "title",
)  # fmt: skip

_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50}
_LOWER: Final = "abcdđeghiklmnopqrstuvxy"
_UPPER: Final = "ABCDĐEGHIKLMNOPQRSTUVXY"
_LEADS: Final = r"(?:(?:phần|mục|chương|tiêu chí|tiêu chuẩn|nội dung|nhóm|điều)\s+(?:thứ\s+)?)?"
_TRAILING: Final = r"\s*[.)\]:/–-]*\s*"
_ALONE: Final = re.compile(
    rf"{_LEADS}\(?\s*(?P<label>(?:[IVXL]+|[A-Z])(?:\.[0-9]{{1,2}}){{1,3}}|[0-9]{{1,2}}\.[a-zđ]|[IVXL]+|[ivx]+|[A-ZĐ]|[a-zđ]|[0-9]{{1,3}}(?:[.,][0-9]{{1,3}}){{0,4}})"
    rf"(?P<end>{_TRAILING})",
    re.IGNORECASE,
)
_BEFORE_TEXT: Final = re.compile(
    rf"(?P<lead>{_LEADS})"
    r"(?:"
    r"\((?P<inside>[IVXLivx]+|[A-ZĐa-zđ]|[0-9]{1,2})\)\s*"
    r"|(?P<dotted>(?:[0-9]{1,2}|[IVXL]+|[A-Z])(?:\.[0-9]{1,2}){1,4})\s*[.):–-]?\s+"
    r"|(?P<dotless>[0-9]{1,2}(?:\.[0-9]{1,2}){1,4})\s*[.):–-]\s*"
    r"|(?P<label>[IVXL]+|[A-ZĐ]|[a-zđ]|[ivx]+|[0-9]{1,2})\s*(?P<end>[.):/]|\s[–-]\s)\s*"
    r")(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_BULLETED: Final = re.compile(r"\s*(?P<mark>[-–—•*+●▪■○·✓→])\s*(?P<rest>\S.*)", re.DOTALL)
_DATE_LIKE: Final = re.compile(
    r"(?:(?P<d>\d{1,2})[/-](?P<m>\d{1,2})[/-](?:19|20)\d\d|(?:19|20)\d\d-(?P<m2>\d\d)-(?P<d2>\d\d))"
    r"(?:[ T]00:00(?::00)?)?"
)


@dataclass(frozen=True, slots=True)
class Number:
    """``label`` as it is to be shown ("I", "1.1", "a"; "" for a dash), its ``style``, its ``parts`` as figures.

    ``may_be_roman``: one letter that is a Roman figure as well (I, V, X, L, C, D): the row before decides.
    """

    label: str
    style: str
    parts: tuple[int, ...] = ()
    rest: str = ""
    is_mended: bool = False

    @property
    def last(self) -> int:
        return self.parts[-1] if self.parts else 0


def read_number(text: str, *, alone: bool = False) -> Number | None:
    """The number at the beginning of ``text``; ``alone``: the cell holds nothing else. None when there is none."""
    stripped = text.strip()
    if alone:
        return _read_alone(stripped)
    bullet = _BULLETED.fullmatch(stripped)
    if bullet:
        style = PLUS if bullet["mark"] in "+○·" else BULLET
        return Number("", style, (), bullet["rest"].strip())
    match = _BEFORE_TEXT.fullmatch(stripped)
    if match is None:
        return None
    label = match["inside"] or match["dotted"] or match["dotless"] or match["label"]
    if match["label"] and not match["lead"] and match["end"].strip() in ("/", ""):
        is_letter = not label.isdecimal()
        if is_letter and not (label.isupper() and _roman(label)):
            return None
    number = _number_of(label, bool(match["inside"]) or (match["end"] or "").strip() == ")")
    return None if number is None else Number(number.label, number.style, number.parts, match["rest"].strip())


def _read_alone(text: str) -> Number | None:
    if text in ("-", "–", "—", "•", "*", "●", "▪", "■"):
        return Number("", BULLET)
    if text in ("+", "○", "·"):
        return Number("", PLUS)
    date = _DATE_LIKE.fullmatch(text)
    if date:
        day, month = int(date["d"] or date["d2"]), int(date["m"] or date["m2"])
        return Number(f"{day}.{month}", DOTTED, (day, month), is_mended=True)
    match = _ALONE.fullmatch(text)
    if match is None:
        return None
    return _number_of(match["label"].replace(",", "."), ")" in match["end"])


def _number_of(label: str, is_bracketed: bool) -> Number | None:
    if "." in label:
        first, *others = label.split(".")
        if not first.isdecimal() or not others[-1].isdecimal():
            return _mixed(label)
        parts = tuple(int(part) for part in label.split("."))
        if len(parts) == 2 and parts[1] == 0:
            return Number(str(parts[0]), DIGIT, parts[:1])
        return Number(label, DOTTED, parts)
    if label.isdecimal():
        return Number(str(int(label)), DIGIT_BRACKET if is_bracketed else DIGIT, (int(label),))
    if label.isupper():
        value = _roman(label)
        if value is not None:
            return Number(label, ROMAN, (value,))
        return Number(label, UPPER, (_UPPER.index(label) + 1,)) if label in _UPPER else None
    if label.islower():
        if len(label) == 1:
            return Number(label, LOWER, (_LOWER.index(label) + 1,)) if label in _LOWER else None
        value = _roman(label.upper())
        return None if value is None else Number(label, LOWER, (value,))
    return None


def _mixed(label: str) -> Number | None:
    """ "I.1", "A.2", "1.a": parts of several kinds."""
    parts = []
    for part in label.split("."):
        number = _number_of(part.upper() if len(part) > 1 else part, False)
        if number is None or not number.parts:
            return None
        parts.append(number.last)
    return Number(label, DOTTED, tuple(parts))


def as_letter(number: Number) -> Number:
    """The Roman "I", "V", "X", "L" as the letter it may be as well."""
    return Number(number.label, UPPER, (_UPPER.index(number.label) + 1,), number.rest)


def follows(before: Number, after: Number) -> bool:
    """Whether ``after`` is the next number of the same kind."""
    return (
        before.style == after.style
        and bool(after.parts)
        and before.parts[:-1] == after.parts[:-1]
        and after.last == before.last + 1
    )


def skips_only_d(before: Number, after: Number) -> bool:
    """Whether "e" follows "d": many lists of letters leave đ out."""
    return (
        before.style == after.style
        and before.label.lower() == "d"
        and after.label.lower() == "e"
        and after.style in (LOWER, UPPER)
    )


def _roman(label: str) -> int | None:
    """The value of a Roman figure up to 89, written the usual way; None for anything else."""
    if not label or any(letter not in _ROMAN_VALUES for letter in label):
        return None
    figures = [_ROMAN_VALUES[letter] for letter in label]
    value = sum(-one if one < after else one for one, after in zip(figures, [*figures[1:], 0], strict=True))
    return value if 0 < value < 90 and roman(value) == label else None


def roman(value: int) -> str:
    """1 -> "I", 14 -> "XIV"; for values below 90."""
    written = ""
    for one, letters in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while value >= one:
            written += letters
            value -= one
    return written
