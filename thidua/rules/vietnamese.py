"""Vietnamese text: cleaning, folding, comparing, sorting.

Text is kept in NFC. A *canonical* word keeps its letters (ă â đ ê ô ơ ư) but carries its tone as a last
letter, as in Telex: "thưởng" -> "thươngr". So it does not matter where the tone was placed (hòa, hoà).
A *folded* word has no marks at all: "thưởng" -> "thuong", "Đắk" -> "dak".
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

LONGEST_WORD = 64
"""Words are cut here in keys and queries alike; PostgreSQL refuses lexemes over 2 kB."""

TONES = {"\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0301": "s", "\u0323": "j"}
"""Combining tone mark -> its letter, in dictionary order: huyền hỏi ngã sắc nặng (ngang has none)."""

_SHAPED = frozenset("ăâêôơư")
_BARRED_D = str.maketrans("ðɖĐÐƉ", "đđđđđ")
_PLAIN_D = str.maketrans("đðɖĐÐƉ", "dddDDD")
_LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(" +")
_LETTERS_OR_DIGITS = re.compile("[^\\W\\d_](?:[^\\W\\d_]|[\u0300-\u036f])*|\\d+")
_I_FOR_Y = re.compile("([bcdđghklmnprstvx]|qu)y")
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: chr(ord("A") + rank) for rank, letter in enumerate(_ALPHABET)}
_TONE_RANK = {letter: str(rank) for rank, letter in enumerate(TONES.values(), start=1)}


def nfc(text: str) -> str:
    """The one composed form in which text is stored, compared, hashed and printed."""
    return unicodedata.normalize("NFC", text)


class _Cleaner(dict[int, str]):
    """What each character becomes, worked out once: odd spaces plain, invisible characters nothing."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        kept = character
        if character == "\t" or category == "Zs":
            kept = " "
        elif character != "\n" and category in ("Cc", "Cf", "Cs"):
            kept = ""
        self[code] = kept
        return kept


_CLEANER = _Cleaner()


def clean_text(text: str) -> str:
    """What we keep of a text typed or pasted by somebody: NFC, plain spaces, no invisible characters.

    Line breaks stay (as ``\\n``); control, zero-width and direction-override characters and lone
    surrogates go; runs of spaces become one; blank ends of lines and of the text go.
    """
    visible = nfc(_LINE_BREAKS.sub("\n", text).translate(_CLEANER))
    return "\n".join(_SPACES.sub(" ", line).strip() for line in visible.split("\n")).strip("\n")


def clean_line(text: str) -> str:
    """The same on one line, for names, titles and numbers of documents."""
    return " ".join(clean_text(text).split())


def fold(text: str) -> str:
    """Lower case without any mark, đ as d: "Đắk Lắk" -> "dak lak". Spaces and punctuation stay."""
    lowered = nfc(text).translate(_PLAIN_D).lower()
    if lowered.isascii():
        return lowered
    return "".join(c for c in unicodedata.normalize("NFD", lowered) if unicodedata.category(c) != "Mn")


class Word(NamedTuple):
    """A run of letters, or of digits, and its place in the text it was read from."""

    start: int
    end: int
    canonical: str
    folded: str


def words_of(text: str) -> list[Word]:
    """The words of a text already in NFC, in order; a number next to letters is a word of its own.

    So "covid-19", "covid 19" and "Covid19" are the same two words, and "08" is "8".
    """
    found: list[Word] = []
    for match in _LETTERS_OR_DIGITS.finditer(text):
        canonical, folded = _keys_of_word(match.group())
        if folded:  # a few Arabic and Greek signs are letters that consist of a mark only
            found.append(Word(match.start(), match.end(), canonical, folded))
    return found


def canonical_word(word: str) -> str:
    """ "Thưởng" -> "thươngr", "kỹ" and "kĩ" -> "kix", "quý" and "qúi" -> "quis" but "thuý" -> "thuys"."""
    return _keys_of_word(nfc(word))[0]


def folded_word(word: str) -> str:
    """ "Thưởng" -> "thuong", "kỹ" -> "ki": the canonical word without marks and tone."""
    return _keys_of_word(nfc(word))[1]


def split_tone(word: str) -> tuple[str, str]:
    """Lower-case letters without tone, and the tone letters taken off: "Bắc" -> ("băc", "s")."""
    lowered = unicodedata.normalize("NFKC", word).lower().translate(_BARRED_D)
    if lowered.isascii():
        return lowered, ""
    letters: list[str] = []
    tones: list[str] = []
    for character in unicodedata.normalize("NFD", lowered):
        if character in TONES:
            tones.append(TONES[character])
        elif unicodedata.combining(character):
            shaped = nfc(letters[-1] + character) if letters else ""
            if shaped in _SHAPED:
                letters[-1] = shaped
        else:
            letters.append(character)
    return "".join(letters), "".join(tones)


def collate_key(text: str) -> str:
    """Key of the Vietnamese dictionary order, to be compared as plain bytes (PostgreSQL: COLLATE "C").

    As in printed dictionaries, syllable by syllable: first the letters a ă â b c d đ e ê …, then the
    tone ngang huyền hỏi ngã sắc nặng; numbers by value and before letters; punctuation and case decide
    only between equals.
    """
    return f"{_order_of(text)}\n{nfc(text)}"


def given_name_key(full_name: str) -> str:
    """People are listed by given name (the last word), then family name, then middle names."""
    *before, given = full_name.split() or [""]
    return f"{_order_of(given)}\t{_order_of(' '.join(before))}\n{nfc(full_name)}"


def matches_search(haystack: str, needle: str) -> bool:
    """Whether each typed word begins a word of `haystack`; for lists filtered while one types.

    A word typed with accents must have them right ("bắc" is not "bác"), one typed without matches any.
    A tone not yet typed ("thươ" on the way to "thưởng") is not a wrong tone.
    """
    present = [_Typed.read(word) for word in _LETTERS_OR_DIGITS.findall(nfc(haystack))]
    typed = [_Typed.read(word) for word in _LETTERS_OR_DIGITS.findall(nfc(needle))]
    return all(any(word.begins(other) for other in present) for word in typed)


class _Typed(NamedTuple):
    letters: str
    tone: str
    canonical: str
    folded: str

    @classmethod
    def read(cls, word: str) -> "_Typed":
        return cls(*split_tone(word), *_keys_of_word(word))

    def begins(self, other: "_Typed") -> bool:
        if self.canonical == self.folded:
            return other.folded.startswith(self.folded) or fold(other.letters).startswith(self.letters)
        if self.canonical == other.canonical:
            return True
        unfinished = not self.tone and len(self.letters) < len(other.letters)
        return other.letters.startswith(self.letters) and (unfinished or self.tone == other.tone)


@lru_cache(maxsize=65536)
def _keys_of_word(word: str) -> tuple[str, str]:
    """Canonical and folded form; Vietnamese has some 7 000 syllables, so the cache does most of the work."""
    if word.isdecimal():
        figures = _plain_figures(word)[:LONGEST_WORD]
        return figures, figures
    letters, tones = split_tone(word)
    letters = "".join(c for c in letters if c.isalnum())[:LONGEST_WORD]
    if _I_FOR_Y.fullmatch(letters):
        letters = letters[:-1] + "i"
    return letters + tones[:LONGEST_WORD], fold(letters)


def _plain_figures(figures: str) -> str:
    """ASCII digits without leading zeros. Not int(): that refuses more than 4 300 digits."""
    return "".join(str(unicodedata.decimal(c)) for c in figures).lstrip("0") or "0"


def _order_of(text: str) -> str:
    ranked: list[str] = []
    for word in _LETTERS_OR_DIGITS.findall(nfc(text)):
        if word.isdecimal():
            figures = _plain_figures(word)
            ranked.append(f"{min(len(figures), 999):03d}{figures}")
        else:
            letters, tones = split_tone(word)
            ranks = "".join(_LETTER_RANK.get(c, c) for c in letters)
            ranked.append(f"{ranks}!{''.join(_TONE_RANK[tone] for tone in tones) or '0'}")
    return " ".join(ranked)
