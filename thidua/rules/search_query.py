"""What was typed into the search box, as a query any of our databases can answer.

Read, in this order: "quoted phrases"; dates, phones and document numbers; joined words (covid-19) as
phrases; ``-word`` as an exclusion; abbreviations, both ways; bare words, of which the last may be
unfinished. Any string whatever is a valid query, perhaps an empty one.

The answer comes in tiers, each to be asked only when those before gave too little:

    exact   a word typed with accents must carry just these; one typed without matches any
    folded  accents do not matter
    prefix  the last word is only begun
    most    all words but one (three words or more)
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple

from thidua.rules.abbreviations import DEFAULT_ABBREVIATIONS, Abbreviations
from thidua.rules.search_pieces import Piece, read_pieces
from thidua.rules.vietnamese import Word, clean_line, fold, words_of

LONGEST_QUERY = 500
MOST_TERMS = 12

Field = Literal["ex", "fo", "xt"]


class Atom(NamedTuple):
    """Words that must follow each other in one field: ex canonical, fo folded (title too), xt tokens."""

    field: Field
    words: tuple[str, ...]
    prefix: bool = False
    """Whether the last word is only begun."""


Choices = tuple[tuple[Atom, ...], ...]
"""Any of these, each being all of its atoms."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked for, in each of its readings."""

    typed: str
    exact: Choices
    folded: Choices
    begun: Choices = ()


@dataclass(frozen=True, slots=True)
class Query:
    """All `terms` are wanted, none of the `excluded`."""

    typed: str
    terms: tuple[Term, ...]
    excluded: tuple[Term, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing to look for: nothing was typed, or only punctuation or exclusions."""
        return not self.terms


def parse_query(typed: str, abbreviations: Abbreviations = DEFAULT_ABBREVIATIONS) -> Query:
    """Read whatever was typed. Never raises; what is beyond 500 letters or 12 terms is left out."""
    text = clean_line(typed[: 4 * LONGEST_QUERY])[:LONGEST_QUERY]
    pieces = read_pieces(text)
    glossary = _glossary(abbreviations)
    terms: list[Term] = []
    excluded: list[Term] = []
    position = used = 0
    while position < len(pieces) and len(terms) + len(excluded) < MOST_TERMS:
        term, used = _term_at(pieces, position, glossary)
        (excluded if pieces[position].excluded else terms).append(term)
        position += used
    if used == 1 and position == len(pieces) and not pieces[-1].excluded and not pieces[-1].quoted:
        terms[-1] = _last_word_begun(terms[-1], pieces[-1])
    return Query(text, tuple(terms), tuple(excluded))


# --- terms: what a piece, or several, may stand for in the index ------------------------------------


class _Abbreviation(NamedTuple):
    short: tuple[Word, ...]
    full: tuple[Word, ...]


@lru_cache(maxsize=8)
def _glossary(abbreviations: Abbreviations) -> list[_Abbreviation]:
    """Longest full form first, so that "thi đua khen thưởng" is not read as "thi đua" and the rest."""
    pairs = (_Abbreviation(*(tuple(words_of(clean_line(form))) for form in pair)) for pair in abbreviations)
    return sorted((pair for pair in pairs if pair.short and pair.full), key=lambda pair: -len(pair.full))


def _term_at(pieces: list[Piece], position: int, glossary: list[_Abbreviation]) -> tuple[Term, int]:
    """The term that begins at this piece, and how many pieces it takes."""
    piece = pieces[position]
    if piece.tokens:
        return _extra_term(piece), 1
    for abbreviation in glossary:
        used = _full_form_length(pieces[position:], abbreviation.full)
        if used:
            same = [other.short for other in glossary if _same(other.full, abbreviation.full)]
            return _with_others(_words_term(pieces[position : position + used]), same), used
    term = _words_term([piece])
    return _with_others(term, [pair.full for pair in glossary if _same(piece.words, pair.short)]), 1


def _full_form_length(pieces: list[Piece], full: tuple[Word, ...]) -> int:
    """How many pieces write out just this full form, 0 if they do not."""
    words: list[Word] = []
    for used, piece in enumerate(pieces, start=1):
        if piece.tokens or (used > 1 and any(p.quoted or p.excluded for p in (pieces[0], piece))):
            return 0
        words += piece.words
        if len(words) >= len(full):
            return used if _same(tuple(words), full) else 0
        if not _same(tuple(words), full[: len(words)]):
            return 0
    return 0


def _same(typed: tuple[Word, ...], meant: tuple[Word, ...]) -> bool:
    """Equal, or typed without accents."""
    return len(typed) == len(meant) and all(
        word.canonical == other.canonical or (not _is_accented(word) and word.folded == other.folded)
        for word, other in zip(typed, meant, strict=True)
    )


def _words_term(pieces: list[Piece]) -> Term:
    """One piece as a phrase; several (a full form typed as bare words) as a phrase or all of them."""
    every = [word for piece in pieces for word in piece.words]
    exact: list[tuple[Atom, ...]] = [(_exact_atom(every),)]
    folded: list[tuple[Atom, ...]] = [(_folded_atom(every),)]
    if len(pieces) > 1:
        exact.append(tuple(_exact_atom(list(piece.words)) for piece in pieces))
        folded.append(tuple(_folded_atom(list(piece.words)) for piece in pieces))
    return Term(" ".join(piece.typed for piece in pieces), tuple(exact), tuple(folded))


def _with_others(term: Term, others: list[tuple[Word, ...]]) -> Term:
    exact = tuple((Atom("ex", tuple(word.canonical for word in other)),) for other in others)
    folded = tuple((_folded_atom(list(other)),) for other in others)
    return replace(term, exact=term.exact + exact, folded=term.folded + folded)


def _extra_term(piece: Piece) -> Term:
    """A date, phone or document number: its token, or what it may be besides."""
    token, others = piece.tokens[0], piece.tokens[1:]
    asked = [token]
    choices: list[tuple[Atom, ...]] = []
    loose: list[tuple[Atom, ...]] = []
    if token[0] == "n":
        asked.append(f"s{token[1:]}")
        choices.append((_folded_atom(list(piece.words)),))
        loose += [(Atom("xt", (f"n{other[1:]}",)),) for other in others]
    elif token[0] == "y":
        choices.append((Atom("fo", (token[1:],)),))
    elif token[0] == "g":
        choices.append((_folded_atom([word for word in piece.words if word.folded.isdecimal()]),))
    if piece.spaced:
        loose.append(tuple(_folded_atom([word]) for word in piece.words))
    exact = (*((Atom("xt", (one,)),) for one in asked), *choices)
    return Term(piece.typed, exact, exact + tuple(loose))


def _last_word_begun(term: Term, piece: Piece) -> Term:
    """The last piece read as unfinished: "quy" may become "quyết", "0961" a phone, "72/KH" a number."""
    *before, last = (word.folded for word in piece.words)
    written = fold(piece.typed[piece.words[-1].start : piece.words[-1].end])
    begun: list[tuple[Atom, ...]] = []
    if len(last) > 1 and (not piece.tokens or piece.tokens[0][0] == "n"):
        begun = [(Atom("fo", (*before, ending), True),) for ending in dict.fromkeys((last, written))]
    if piece.tokens and piece.tokens[0][0] == "n":
        begun.append((Atom("xt", (piece.tokens[0],), True),))
    elif len(written) > 3 and written.isdecimal() and written[0] == "0":
        begun.append((Atom("xt", (f"p{written}",), True),))
    return replace(term, begun=term.folded + tuple(begun)) if begun else term


def _is_accented(word: Word) -> bool:
    return word.canonical != word.folded


def _exact_atom(words: list[Word]) -> Atom:
    if any(_is_accented(word) for word in words):
        return Atom("ex", tuple(word.canonical for word in words))
    return _folded_atom(words)


def _folded_atom(words: list[Word]) -> Atom:
    return Atom("fo", tuple(word.folded for word in words))
