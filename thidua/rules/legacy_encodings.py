"""Text in the fonts of the time before Unicode: recognised by its words, turned into letters when people agree.

Without its font such text shows as "Hµ Néi" (TCVN3, also called ABC) or "Haø Noäi" (VNI). It must be looked at before
``clean_text``, which drops the soft hyphen that is ư in TCVN3.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from thidua.rules.legacy_tables import FROM_SYMBOLS, TCVN3, VNI
from thidua.rules.syllables import is_syllable
from thidua.rules.vietnamese import nfc

ENCODINGS = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}
"""Encoding -> its name on screen."""

LONGEST_EXAMPLE = 120
FEWEST_WORDS, FEWEST_WITH_FONT = 3, 1
SMALLEST_SHARE = 0.2  # of the words with other than plain letters
MOSTLY = 0.8  # capitals among the letters of a heading

_WORD = re.compile("[A-Za-z\u00a1-\u024f\u0300-\u036f\u1e00-\u1eff\uf0a1-\uf0ff]+")
_ONLY_UNICODE = re.compile("[\u0100-\u024f\u0300-\u036f\u1e00-\u1eff]")
_VNI_ANY_CASE = VNI | {code[0] + code[1].lower(): letter for code, letter in VNI.items() if len(code) > 1}
_TABLES = {"tcvn3": TCVN3, "vni": _VNI_ANY_CASE}
_CODES = {encoding: re.compile("|".join(sorted(table, key=len, reverse=True))) for encoding, table in _TABLES.items()}


@dataclass(frozen=True, slots=True)
class Suspicion:
    """``encoding``: "tcvn3", "vni", or "" where nothing is wrong. ``share`` of the accented words that speak for it.

    The example is the text that shows it best, as it is and as it would become.
    """

    encoding: str = ""
    share: float = 0.0
    example_before: str = ""
    example_after: str = ""


def detect(texts: Iterable[str], fonts: Iterable[str] = ()) -> Suspicion:
    """Whether the texts of a file are in one of the old encodings; names of its fonts make fewer words enough.

    A word speaks for an encoding when it cannot be Vietnamese as it stands and could be once converted. So proper
    Vietnamese, composed or not, never does, whatever its font is called.
    """
    texts = list(texts)
    named = {encoding_of_font(font) for font in fonts}
    best = Suspicion()
    for encoding in ENCODINGS:
        found = _suspicion(texts, encoding, FEWEST_WITH_FONT if encoding in named else FEWEST_WORDS)
        if found.share > best.share:
            best = found
    return best


def convert(text: str, encoding: str, *, font: str = "") -> str:
    """The text in Unicode (NFC). ``font``: the name of its font where known; those of capitals give capitals.

    A text that holds letters which only Unicode has, or that reads worse converted without a font that tells, stays as
    it is: files are often half converted already.
    """
    if encoding not in ENCODINGS or _ONLY_UNICODE.search(text):
        return text
    converted = _converted(text, encoding)
    if encoding_of_font(font) != encoding and _is_worse(text, converted):
        return text
    return converted.upper() if encoding == "tcvn3" and is_font_of_capitals(font) else converted


def encoding_of_font(font: str) -> str:
    """ "tcvn3" for ".VnTime" and ".VnArialH", "vni" for "VNI-Times", "" for a font of today."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return "tcvn3"
    return "vni" if name.startswith(("vni-", "vni ")) else ""


def is_font_of_capitals(font: str) -> bool:
    """Whether a font draws the codes of small letters as capitals: ".VnTimeH"."""
    return encoding_of_font(font) == "tcvn3" and font.strip().endswith("H")


def _suspicion(texts: list[str], encoding: str, fewest: int) -> Suspicion:
    accented, speaking, most, example = 0, 0, 0, ""
    for text in texts:
        words = [word for word in _WORD.findall(nfc(text)) if not word.isascii()]
        here = sum(_speaks_for(word, encoding) for word in words)
        accented, speaking = accented + len(words), speaking + here
        if here > most:
            most, example = here, text
    if speaking < fewest or speaking < SMALLEST_SHARE * accented:
        return Suspicion()
    example = example.strip()[:LONGEST_EXAMPLE]
    return Suspicion(encoding, speaking / accented, example, convert(example, encoding))


def _speaks_for(word: str, encoding: str) -> bool:
    if _ONLY_UNICODE.search(word) or not re.search("[A-Za-z]", word) or is_syllable(word):
        return False
    return is_syllable(_letters(word, encoding))


def _is_worse(text: str, converted: str) -> bool:
    before = sum(is_syllable(word) for word in _WORD.findall(nfc(text)))
    return sum(is_syllable(word) for word in _WORD.findall(converted)) < before


def _letters(text: str, encoding: str) -> str:
    table = _TABLES[encoding]
    return _CODES[encoding].sub(lambda match: table[match[0]], text.translate(FROM_SYMBOLS))


def _converted(text: str, encoding: str) -> str:
    if encoding == "vni":
        return _letters(text, encoding)
    plain = [letter for letter in text if letter.isascii() and letter.isalpha()]
    is_heading = len(plain) > 3 and sum(letter.isupper() for letter in plain) >= MOSTLY * len(plain)
    return _WORD.sub(lambda match: _tcvn3_word(match[0], is_heading=is_heading), text)


def _tcvn3_word(word: str, *, is_heading: bool) -> str:
    """Letters with a tone have no capitals of their own: the plain letters beside them tell."""
    written = _letters(word, "tcvn3")
    plain = [letter for letter in word if letter.isascii()]
    is_upper = all(letter.isupper() for letter in plain) and (len(plain) > 1 or is_heading)
    return written.upper() if is_upper else written
