"""The typeface of every paper: Tinos (metrics of Times New Roman), cut down to Latin and Vietnamese."""

import re
from functools import cache
from pathlib import Path
from threading import Lock
from unicodedata import category, normalize

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONTS = Path(__file__).parents[3] / "static" / "fonts"
FACES = {
    "regular": "tinos-regular.ttf",
    "bold": "tinos-bold.ttf",
    "italic": "tinos-italic.ttf",
    "bold-italic": "tinos-bold-italic.ttf",
}
_registering = Lock()

# What people do paste and the typeface lacks, said with what it has.
_SAID_OTHERWISE = str.maketrans(
    {
        "☐": "[ ]", "□": "[ ]", "☑": "[x]", "☒": "[x]", "✓": "[x]", "✔": "[x]",
        "■": "-", "▪": "-", "●": "•", "◦": "-", "➢": "-", "➤": "-", "\uf0b7": "-",
        "\u2010": "-", "\u2011": "-",
    }
)  # fmt: skip
_EXOTIC_SPACE = re.compile(r"[\u2000-\u200a\u202f\u205f\u3000]")


def printable(text: str) -> str:
    """The text as it can be printed: NFC; invisible and direction marks dropped; any other letter that
    the typeface lacks becomes a visible "?", never a black box and never nothing."""
    text = _EXOTIC_SPACE.sub(" ", normalize("NFC", text)).translate(_SAID_OTHERWISE)
    return "".join(_printed(letter) for letter in text)


def _printed(letter: str) -> str:
    if letter in "\n\t":
        return letter
    if ord(letter) in _covered():
        return "" if letter == "\u00ad" else letter
    if category(letter) in {"Cc", "Cf"} or "\ufe00" <= letter <= "\ufe0f" or letter == "\u200d":
        return ""
    return "?"


def text_width(text: str, face: str, size: float) -> float:
    """Points."""
    return float(pdfmetrics.stringWidth(text, registered(face), size))


def registered(face: str) -> str:
    """ReportLab's name of a face of FACES, for measuring and for drawing outside the template."""
    name = f"thidua-{face}"
    with _registering:
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(FONTS / FACES[face])))
    return name


@cache
def _covered() -> frozenset[int]:
    return frozenset(TTFont("thidua-coverage", str(FONTS / FACES["regular"])).face.charToGlyph)
