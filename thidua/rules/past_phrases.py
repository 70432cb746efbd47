"""Sentences of signed minutes, offered to whoever words the next ones: by kind of paragraph, likest, most used first.

Only what can stand anywhere is offered: nothing with a number, a person or the unit it was written for.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log2

from thidua.rules.documents import Document, Listing, Paragraph
from thidua.rules.vietnamese import fold, words_of

KINDS = frozenset(
    {
        "report",
        "visit",
        "documents-seen",
        "strengths",
        "shortcomings",
        "causes",
        "exemplars",
        "difficulties",
        "proposals",
        "recommendations",
        "unit-opinion",
        "conclusion",
    }
)
"""The paragraphs that have phrases, by the beginning of their id."""

SHORTEST, LONGEST = 15, 300
_PLACE = re.compile(r"(?:-more)?-\d+$")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_DUTY = re.compile(r"; (?:giao |hoàn thành chậm nhất )")
_PERSON = re.compile(r"\b(?:đồng chí|ông|bà|anh|chị)\s+[A-ZĐÀ-Ỹ]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of signed minutes. `key` is the same for sentences that differ in marks or capitals only."""

    kind: str
    text: str
    key: str
    words: frozenset[str]
    year: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`times`: in how many minutes it stood; `year`: lastly."""

    text: str
    times: int
    year: int


def kind_of(block_id: str) -> str:
    """The kind of a paragraph: "conclusion-2" is of kind "conclusion"; "" when it has no phrases."""
    kind = _PLACE.sub("", block_id)
    return kind if kind in KINDS else ""


def phrases_of(document: Document, *, unit: str, year: int) -> Iterator[Phrase]:
    """What signed minutes of this unit give to others."""
    for block in document.blocks:
        kind = kind_of(block.id)
        texts = block.items if isinstance(block, Listing) else (block.text,) if isinstance(block, Paragraph) else ()
        for text in texts if kind else ():
            for sentence in _SENTENCE.split(_DUTY.split(text)[0]):
                words = sentence.strip(" ;.")
                if _is_general(words, unit):
                    yield Phrase(kind, words, fold(words), _keys(words), year)


def suggest(phrases: Iterable[Phrase], kind: str, typed: str, *, limit: int = 6) -> tuple[Suggestion, ...]:
    """Phrases of this kind that the text has not yet: the likest to what is typed, then the most used, the latest."""
    wanted, present = _keys(typed), fold(typed)
    by_key: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        if phrase.kind == kind and phrase.key not in present:
            by_key.setdefault(phrase.key, []).append(phrase)
    ranked = sorted(by_key.values(), key=lambda same: _rank(same, wanted), reverse=True)
    return tuple(Suggestion(_latest(same).text, len(same), _latest(same).year) for same in ranked[:limit])


def _rank(same: list[Phrase], wanted: frozenset[str]) -> tuple[float, int, str]:
    words = same[0].words
    shared = len(words & wanted) / min(len(words), len(wanted)) if words and wanted else 0.0
    return 4 * shared + log2(1 + len(same)), _latest(same).year, same[0].key


def _latest(same: list[Phrase]) -> Phrase:
    return max(same, key=lambda phrase: phrase.year)


def _is_general(words: str, unit: str) -> bool:
    return (
        SHORTEST <= len(words) <= LONGEST
        and not any(letter.isdigit() for letter in words)
        and not _PERSON.search(words)
        and fold(unit) not in fold(words)
    )


def _keys(text: str) -> frozenset[str]:
    return frozenset(word.folded for word in words_of(text) if len(word.folded) > 1)
