"""Questions and what they led to: which answer belongs to which question. Pure functions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

OPENING: Final = frozenset({"question", "rebuttal"})
"""Kinds of exchanges that begin a turn; the others go on with one."""

Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class Spoken(Generic[Said]):
    """One exchange, in the order it was written down; ``said`` is what the caller gets back."""

    id: int
    kind: str
    criterion_id: int | None
    answers_id: int | None
    said: Said


def in_turns(spoken: Iterable[Spoken[Said]]) -> list[list[Said]]:
    """The turns in the order they began, each with the question first and then what answers it.

    An answer belongs to the exchange it names; without a name, to the latest turn on the same criterion, else to the
    latest turn.
    """
    turns: list[list[Spoken[Said]]] = []
    of: dict[int, list[Spoken[Said]]] = {}
    for one in spoken:
        turn = of.get(one.answers_id or 0)
        if turn is None and one.kind not in OPENING:
            alike = [each for each in turns if one.criterion_id and each[0].criterion_id == one.criterion_id]
            turn = next(reversed(alike or turns), None)
        if turn is None:
            turn = []
            turns.append(turn)
        turn.append(one)
        of[one.id] = turn
    return [[one.said for one in turn] for turn in turns]
