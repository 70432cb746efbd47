"""Ranking of units: equal points share a place and the next one is skipped (1, 2, 2, 4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from thidua.rules.points import Points

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Ranked(Generic[Key]):
    """`shared` says that others stand at the same place."""

    place: int
    key: Key
    points: Points
    shared: bool


def rank(results: Iterable[tuple[Key, Points]]) -> tuple[Ranked[Key], ...]:
    """Highest points first; among equals the given order stays (units come in the plan's order)."""
    ordered = sorted(results, key=lambda one: -one[1])
    all_points = [points for _, points in ordered]
    return tuple(
        Ranked(all_points.index(points) + 1, key, points, all_points.count(points) > 1) for key, points in ordered
    )
