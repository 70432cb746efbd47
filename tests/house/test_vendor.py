"""What comes from others is pinned byte for byte, licensed, and covers every Vietnamese letter."""

import hashlib
import json
import re
import unicodedata
from itertools import product
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
ENTRIES = json.loads((STATIC / "vendor" / "vendor.json").read_text("utf-8"))
FACES = ["tinos-regular.ttf", "tinos-bold.ttf", "tinos-italic.ttf", "tinos-bold-italic.ttf"]
NOT_LISTED = {"vendor/vendor.json"}

TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
TONED = [unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product("aăâeêioôơuưy", TONES)]
ALPHABET = "".join(TONED) + "bcdđghklmnpqrstvx"
VIETNAMESE = ALPHABET + ALPHABET.upper()


def test_the_alphabet_of_this_test_is_complete() -> None:
    assert len(set(VIETNAMESE)) == 178
    assert len({letter for letter in VIETNAMESE if not letter.isascii()}) == 134


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_a_vendored_file_has_the_listed_hash_and_a_licence(entry: dict[str, str]) -> None:
    content = (STATIC / entry["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert len((STATIC / entry["licence_file"]).read_text("utf-8")) > 300
    assert entry["version"] in entry["source"]


def test_every_file_beside_the_list_is_on_it() -> None:
    listed = {entry["file"] for entry in ENTRIES} | {entry["licence_file"] for entry in ENTRIES} | NOT_LISTED
    present = {
        path.relative_to(STATIC).as_posix()
        for folder in ("vendor", "fonts")
        for path in (STATIC / folder).rglob("*")
        if path.is_file()
    }
    assert present == listed


def test_a_vendored_file_of_the_browser_carries_its_version_in_its_name() -> None:
    for entry in ENTRIES:
        if entry["file"].startswith("vendor/"):
            assert f"-{entry['version']}." in entry["file"]


def test_every_vendored_thing_is_in_the_third_party_notices() -> None:
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text("utf-8")
    for entry in ENTRIES:
        assert f"static/{entry['file']}" in notices
        assert entry["licence"] in notices


def test_every_installed_package_is_in_the_third_party_notices() -> None:
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text("utf-8")
    locked = re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    assert [package for package in locked if f"| {package} | " not in notices] == []


@pytest.mark.parametrize("face", FACES)
def test_a_printed_face_draws_every_vietnamese_letter(face: str) -> None:
    font = TTFont(STATIC / "fonts" / face)
    glyph_of = font.getBestCmap()
    assert [letter for letter in VIETNAMESE if ord(letter) not in glyph_of] == []
    empty = [letter for letter in VIETNAMESE if font["glyf"][glyph_of[ord(letter)]].numberOfContours == 0]
    assert empty == []


@pytest.mark.parametrize("face", FACES)
def test_a_printed_face_has_the_signs_of_official_text_and_stays_small(face: str) -> None:
    path = STATIC / "fonts" / face
    glyph_of = TTFont(path).getBestCmap()
    assert [sign for sign in "0123456789₫%–—“”‘’…•°²½×≤≥/()+-.,:;§\u00a0" if ord(sign) not in glyph_of] == []
    assert path.stat().st_size < 40_000


def test_the_screen_font_draws_every_vietnamese_letter() -> None:
    drawn: set[int] = set()
    for entry in ENTRIES:
        if entry["file"].endswith(".woff2"):
            drawn |= set(TTFont(STATIC / entry["file"]).getBestCmap())
    assert [letter for letter in VIETNAMESE if ord(letter) not in drawn] == []


def test_the_browser_libraries_define_their_globals() -> None:
    assert (STATIC / "vendor" / "htmx-2.0.11.min.js").read_text("utf-8").startswith("var htmx=")
    assert (STATIC / "vendor" / "idiomorph-0.8.0.min.js").read_text("utf-8").startswith("var Idiomorph=")
