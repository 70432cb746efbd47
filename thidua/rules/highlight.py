"""The words found, marked in the original text. Plain segments: the template escapes and marks."""

import re
from typing import NamedTuple

from thidua.rules.search_extras import Extra, find_extras
from thidua.rules.search_query import Atom, Choices, Query, Term
from thidua.rules.vietnamese import Word, clean_line, nfc, words_of

Segments = list[tuple[str, bool]]
"""Pieces of text in order, True where found."""

_MOST_MARKS = 200
"""A snippet looks at no more."""
_BREAK = re.compile(r"\s+")


class _Mark(NamedTuple):
    start: int
    end: int
    term: int


class _Text(NamedTuple):
    """The words of a text, their two spellings, and its dates, phones and numbers."""

    words: list[Word]
    canonical: list[str]
    folded: list[str]
    extras: list[Extra]

    @classmethod
    def read(cls, text: str) -> "_Text":
        words = words_of(text)
        canonical, folded = [word.canonical for word in words], [word.folded for word in words]
        return cls(words, canonical, folded, find_extras(text))


def highlight(original_text: str, query: Query) -> Segments:
    """The whole text (in NFC) with what was asked for marked.

    Where a word stands with just the accents typed only those are marked, else every folding of it.
    """
    text = nfc(original_text)
    return _segments(text, _marks(text, query), 0, len(text))


def snippet(original_text: str, query: Query, width: int = 220) -> Segments:
    """About `width` letters, on one line, around the place where most of the query stands together.

    Cut between words; "…" where something is left out.
    """
    text = clean_line(original_text)
    marks = _marks(text, query)
    if len(text) <= width:
        return _segments(text, marks, 0, len(text))
    start, end = _window(text, marks, width)
    shown = _segments(text, marks, start, end)
    before: Segments = [("… ", False)] if start else []
    after: Segments = [(" …", False)] if end < len(text) else []
    return _joined([*before, *shown, *after])


def _window(text: str, marks: list[_Mark], width: int) -> tuple[int, int]:
    first, last = _densest(marks[:_MOST_MARKS], width)
    room = max(0, width - (last - first)) // 2
    start = max(0, min(first - room, len(text) - width))
    end = min(len(text), start + width)
    if start:
        border = _BREAK.search(text, start - 1, max(start, first))
        start = border.end() if border else start
    if end < len(text):
        border = next(reversed(list(_BREAK.finditer(text, max(start + 1, last), end + 1))), None)
        end = border.start() if border else end
    return start, end


def _densest(marks: list[_Mark], width: int) -> tuple[int, int]:
    """The stretch with most different terms, then most marks, then the earliest."""
    best, best_worth = (0, 0), (0, 0)
    for number, first in enumerate(marks):
        within = [mark for mark in marks[number:] if mark.end - first.start <= width]
        worth = (len({mark.term for mark in within}), len(within))
        if worth > best_worth:
            best, best_worth = (first.start, max(mark.end for mark in within)), worth
    return best


def _marks(text: str, query: Query) -> list[_Mark]:
    read = _Text.read(text)
    return sorted(
        _Mark(start, end, number) for number, term in enumerate(query.terms) for start, end in _found(term, read)
    )


def _found(term: Term, text: _Text) -> list[tuple[int, int]]:
    """Places of the most exact reading of a term that is there at all."""
    return _places(term.exact, text) or _places(term.folded, text) or _places(term.begun, text)


def _places(choices: Choices, text: _Text) -> list[tuple[int, int]]:
    """Where phrases, tokens and abbreviations stand; scattered words only if none of those does."""
    together = [place for choice in choices if len(choice) == 1 for place in _places_of(choice[0], text)]
    return together or [
        place
        for choice in choices
        if all(_places_of(atom, text) for atom in choice)
        for atom in choice
        for place in _places_of(atom, text)
    ]


def _places_of(atom: Atom, text: _Text) -> list[tuple[int, int]]:
    if atom.field == "xt":
        return [
            (extra.start, extra.end)
            for extra in text.extras
            if any(_is(atom.words[0], token, atom.prefix) for token in extra.tokens)
        ]
    there = text.canonical if atom.field == "ex" else text.folded
    size = len(atom.words)
    *before, last = atom.words
    return [
        (text.words[place].start, text.words[place + size - 1].end)
        for place in range(len(there) - size + 1)
        if _is(last, there[place + size - 1], atom.prefix) and there[place : place + size - 1] == before
    ]


def _is(asked: str, there: str, prefix: bool) -> bool:
    return there.startswith(asked) if prefix else there == asked


def _segments(text: str, marks: list[_Mark], start: int, end: int) -> Segments:
    segments: Segments = []
    position = start
    for mark in marks:
        if mark.start >= end or mark.end <= position:
            continue
        begin = max(position, mark.start)
        segments += [(text[position:begin], False), (text[begin : min(mark.end, end)], True)]
        position = min(mark.end, end)
    return _joined([*segments, (text[position:end], False)])


def _joined(segments: Segments) -> Segments:
    """No empty segments, and one mark over found words that follow each other."""
    joined: Segments = []
    for text, found in segments:
        if not text:
            continue
        if found and len(joined) > 1 and joined[-1] == (" ", False) and joined[-2][1]:
            joined.pop()
            text = f"{joined.pop()[0]} {text}"
        elif joined and joined[-1][1] == found:
            text = joined.pop()[0] + text
        joined.append((text, found))
    return joined
