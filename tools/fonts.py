"""Maintainers only: cut the four Tinos faces of printed documents down to what Vietnamese text needs.

    python tools/fonts.py             make them anew and refuse a byte that differs
    python tools/fonts.py --accept    after changing the letters or the source: write down the new hashes

Whole faces are 510-580 kB each. Without hinting (printers do not use it), without OpenType layout (ReportLab
does not use it) and with the letters below they are about 26 kB. Needs fontTools and npm.
"""

import io
import sys
import unicodedata
from itertools import product

from fontTools import subset, ttLib
from vendor import STATIC, fetch, place, read_list, write_list

TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
VOWELS = "aăâeêioôơuưy"


def main(arguments: list[str]) -> int:
    accept = "--accept" in arguments
    entries = read_list()
    for entry in entries:
        if entry.get("made_by") == "tools/fonts.py":
            place(entry, cut(fetch(entry["source"], entry, accept)), accept)
            licence = fetch(entry["licence_source"], entry, accept)
            (STATIC / entry["licence_file"]).write_bytes(licence)
    write_list(entries)
    return 0


def cut(whole: bytes) -> bytes:
    options = subset.Options(
        hinting=False,
        layout_features=[],
        name_IDs=["*"],
        name_languages=["*"],
        notdef_outline=True,
        recalc_timestamp=False,
        drop_tables=["DSIG", "GDEF", "GPOS", "GSUB", "LTSH", "VDMX", "hdmx", "gasp", "meta", "MVAR", "STAT"],
    )
    font = ttLib.TTFont(io.BytesIO(whole), recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=letters())
    subsetter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def letters() -> set[int]:
    """Code points to keep: ASCII, Latin-1, Vietnamese (composed, and its marks), punctuation, ₫."""
    keep = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100))
    keep |= {ord(letter) for letter in vietnamese_letters()}
    keep |= set(range(0x1EA0, 0x1EFA))
    keep |= {0x0300, 0x0301, 0x0302, 0x0303, 0x0306, 0x0309, 0x031B, 0x0323}
    keep |= {ord(letter) for letter in "ČčĔĕĬĭŎŏŬŭŇňƀɃ"}  # names of the Ê Đê, Gia Rai, Mnông, Xtiêng
    keep |= {ord(sign) for sign in "–—‒‑‘’‚“”„†‡•…‰′″‹›⁄₫€№™−≈≠≤≥×÷½¼¾←→↑↓√∞"}
    keep |= {0x2009, 0x202F, 0x2003, 0x2002}
    return keep


def vietnamese_letters() -> list[str]:
    """The 89 small letters with their tones, precomposed, and their capitals; 134 of them beyond ASCII."""
    toned = [unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product(VOWELS, TONES)]
    small = sorted({*toned, *"bcdđghklmnpqrstvx"})
    return small + [letter.upper() for letter in small]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
