"""The pieces of a typed query: quoted phrases, dates and numbers, joined words, bare words."""

import re
from dataclasses import dataclass

from thidua.rules.search_extras import find_extras, number_tokens
from thidua.rules.vietnamese import Word, words_of

LONGEST_PHRASE = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands together in the typed text; places of `words` are places in `typed`."""

    typed: str
    words: tuple[Word, ...]
    tokens: tuple[str, ...] = ()
    """Of a date, phone or document number, as `search_extras` gives them; else none."""
    excluded: bool = False
    quoted: bool = False
    spaced: bool = False
    """A document number typed with spaces: its words may also just be words."""


def read_pieces(text: str) -> list[Piece]:
    """The pieces of a cleaned line, in order; punctuation that means nothing is gone."""
    pieces: list[Piece] = []
    position = 0
    for quoted in _QUOTED.finditer(text):
        pieces += _unquoted(text[position : quoted.start()])
        pieces += _quoted(quoted[1].strip(), _is_excluded(text, quoted.start()))
        position = quoted.end()
    return _with_spaced_numbers(pieces + _unquoted(text[position:]))


_QUOTED = re.compile('["“”„«»]([^"“”„«»]+)["“”„«»]')
_LETTERS = "(?:[^\\W_][\u0300-\u036f]*)+"
_JOINED = re.compile(rf"{_LETTERS}(?:(?:[-–/'’&@+_]|(?<=\d)[.,:](?=\d)){_LETTERS})*")
_DAY_AND_MONTH = re.compile(r"\d{1,2}/\d{1,2}")
_TYPE_CODES = frozenset(("bb", "bc", "cd", "ct", "cv", "dt", "gm", "hd", "kh", "nd", "nq", "qc", "qd", "qyd"))
_TYPE_CODES |= {"tb", "tl", "tt", "ttr"}
_WITHOUT_VOWEL = re.compile("[^aeiouy]+")


def _quoted(typed: str, excluded: bool) -> list[Piece]:
    words = tuple(words_of(typed)[:LONGEST_PHRASE])
    if not words:
        return []
    extras = find_extras(typed)
    if extras and (extras[0].start, extras[0].end) == (0, len(typed)):
        return [Piece(typed, words, extras[0].tokens, excluded)]
    return [Piece(typed, words, excluded=excluded, quoted=True)]


def _unquoted(text: str) -> list[Piece]:
    pieces: list[Piece] = []
    position = 0
    for extra in find_extras(text):
        pieces += _joined(text, position, extra.start)
        typed = text[extra.start : extra.end]
        words = tuple(words_of(typed)[:LONGEST_PHRASE])
        pieces.append(Piece(typed, words, extra.tokens, _is_excluded(text, extra.start)))
        position = extra.end
    return pieces + _joined(text, position, len(text))


def _joined(text: str, start: int, end: int) -> list[Piece]:
    pieces: list[Piece] = []
    for joined in _JOINED.finditer(text, start, end):
        typed = joined.group()
        words = tuple(words_of(typed)[:LONGEST_PHRASE])
        if words:
            pieces.append(Piece(typed, words, _day_and_month(typed), _is_excluded(text, joined.start())))
    return pieces


def _is_excluded(text: str, start: int) -> bool:
    """A hyphen right before it, itself at the start of a word; not the dash in "thi đua – khen thưởng"."""
    return start > 0 and text[start - 1] == "-" and (start == 1 or text[start - 2] == " ")


def _day_and_month(typed: str) -> tuple[str, ...]:
    """ "19/5" may be a day; it may also be a score, so its words are looked for as well."""
    extras = find_extras(f"ngày {typed}") if _DAY_AND_MONTH.fullmatch(typed) else []
    return extras[0].tokens if extras else ()


def _with_spaced_numbers(pieces: list[Piece]) -> list[Piece]:
    """ "217 qc hts" is the document number 217/QC-HTS."""
    joined: list[Piece] = []
    position = 0
    while position < len(pieces):
        used = _spaced_number_length(pieces[position : position + 3])
        parts = pieces[position : position + used]
        joined.append(_spaced_number(parts) if used else pieces[position])
        position += used or 1
    return joined


def _spaced_number(parts: list[Piece]) -> Piece:
    typed = " ".join(piece.typed for piece in parts)
    words = tuple(words_of(typed)[:LONGEST_PHRASE])
    tokens = number_tokens(words[0].folded, "", [word.folded for word in words[1:]])
    return Piece(typed, words, tokens, parts[0].excluded, spaced=True)


def _spaced_number_length(pieces: list[Piece]) -> int:
    """How many pieces are number, type and perhaps issuer; 0 when they are not."""
    if len(pieces) < 2 or not _is_bare(pieces[1]) or not _is_figure(pieces[0]):
        return 0
    code, issuer = pieces[1], pieces[2] if len(pieces) == 3 else None
    if code.words[0].folded not in _TYPE_CODES:
        return 0
    return 3 if issuer and len(code.words) == 1 and _is_bare(issuer) and _is_code(issuer) else 2


def _is_bare(piece: Piece) -> bool:
    return not (piece.quoted or piece.tokens or piece.excluded)


def _is_figure(piece: Piece) -> bool:
    return piece.typed.isdecimal() and len(piece.typed) <= 6 and not piece.quoted


def _is_code(piece: Piece) -> bool:
    """An issuer's initials, as against a syllable: in capitals or without a vowel."""
    letters = piece.words[0].folded
    if len(piece.words) > 1 or letters.isdecimal():
        return False
    return piece.typed.isupper() or _WITHOUT_VOWEL.fullmatch(letters) is not None
