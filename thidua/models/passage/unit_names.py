"""A unit named in a question: "quỹ khen thưởng Bắc Giang" asks for the fund in that unit's inspections."""

from collections.abc import Sequence
from dataclasses import dataclass

from thidua.models.unit import Unit
from thidua.rules.vietnamese import Word, clean_line, words_of


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """The unit meant, and what else was typed."""

    unit: Unit
    rest: str


def unit_named_in(typed: str, units: Sequence[Unit]) -> NamedUnit | None:
    """The unit whose name or area is written out in full among other words; the longest wins."""
    text = clean_line(typed)
    words = words_of(text)
    best: tuple[int, NamedUnit] | None = None
    for unit in units:
        for name in _names(unit):
            start = _place(name, words)
            if start is None or len(name) == len(words) or (best and best[0] >= len(name)):
                continue
            before, after = text[: words[start].start], text[words[start + len(name) - 1].end :]
            best = len(name), NamedUnit(unit, clean_line(f"{before} {after}"))
    return best[1] if best else None


def _names(unit: Unit) -> list[list[Word]]:
    """The whole name, each shorter ending of it down to the area, and the area."""
    name, area = words_of(clean_line(unit.name)), words_of(clean_line(unit.area))
    shortest = len(area) if area and _same(area, name[-len(area) :]) else len(name)
    endings = [name[start:] for start in range(len(name) - shortest + 1)]
    return [one for one in (*endings, area) if one]


def _place(name: list[Word], words: list[Word]) -> int | None:
    places = range(len(words) - len(name) + 1)
    return next((start for start in places if _same(words[start : start + len(name)], name)), None)


def _same(typed: list[Word], meant: list[Word]) -> bool:
    """Equal, or typed without accents."""
    return len(typed) == len(meant) and all(
        word.canonical == other.canonical or word.canonical == word.folded == other.folded
        for word, other in zip(typed, meant, strict=True)
    )
