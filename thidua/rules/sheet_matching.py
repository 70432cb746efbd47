"""Which criteria of two score sheets are the same one: by number and text, by text, by likeness, by what stands below.

Every step is symmetric (seen from the other sheet the same pairs are found) and depends on nothing but the two sheets.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from unicodedata import normalize

from thidua.rules.sheet import Criterion, Sheet

LIKE = 0.6  # of the words, from which on two texts are taken for the same one, reworded
LIKE_IN_PLACE = 0.4  # the same where the number has stayed, too

MOST_PAIRS = 250_000  # of lonely criteria; in larger sheets only what has the same number is compared word by word

Words = tuple[str, ...]
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Place:
    """A criterion where it stands: ``position`` in running order, ``parent`` and ``root`` as such positions.

    ``path`` is the numbers from the top ("II.1.a"); the parent of a top section is ``NOWHERE``.
    """

    position: int
    parent: int
    root: int
    path: str
    words: Words
    criterion: Criterion


@dataclass(frozen=True, slots=True)
class Matching:
    """All places of both sheets, and the pairs of positions old -> new that belong together."""

    old: tuple[Place, ...]
    new: tuple[Place, ...]
    pairs: Mapping[int, int]


def match(old: Sheet, new: Sheet, known: Mapping[int, int] | None = None) -> Matching:
    """Pair the criteria of two sheets. ``known``: ids old -> new that are known to be copies of each other."""
    pairing = _Pairing(places_of(old), places_of(new))
    pairing.take_known(known or {})
    pairing.take_unique(lambda one: (one.path, one.words), lambda one: (one.path, one.words))
    pairing.take_unique(lambda one: one.words, lambda one: one.words)
    pairing.take_unique(lambda one: (pairing.partner(one.parent), one.words), lambda one: (one.parent, one.words))
    pairing.take_alike()
    pairing.take_sections_of_the_same_children()
    return Matching(pairing.old, pairing.new, pairing.pairs)


def places_of(sheet: Sheet) -> tuple[Place, ...]:
    """Every criterion in running order."""
    places: list[Place] = []

    def walk(criteria: Iterable[Criterion], parent: int, root: int, before: str) -> None:
        for criterion in criteria:
            position, path = len(places), f"{before}{criterion.number}"
            top = position if root == NOWHERE else root
            places.append(Place(position, parent, top, path, words_of(criterion.text), criterion))
            walk(criterion.children, position, top, f"{path}.")

    walk(sheet.roots, NOWHERE, NOWHERE, "")
    return tuple(places)


def words_of(text: str) -> Words:
    """The words that are compared: capitals, spaces and ways of writing an accent make no difference."""
    return tuple(normalize("NFC", text).casefold().split())


def likeness(one: Words, other: Words) -> float:
    """0 to 1, the same whichever of the two comes first (``difflib`` alone does not promise that)."""
    first, second = sorted((one, other))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def longest_run(order: list[int]) -> frozenset[int]:
    """The values of one longest rising run within a list of different numbers: what has kept its order."""
    best: list[list[int]] = []
    for value in order:
        runs = [run for run in best if run[-1] < value]
        best.append([*(max(runs, key=len) if runs else ()), value])
    return frozenset(max(best, key=len) if best else ())


class _Pairing:
    """Pairs found so far; each step only looks at what is still alone."""

    def __init__(self, old: tuple[Place, ...], new: tuple[Place, ...]) -> None:
        self.old, self.new = old, new
        self.pairs: dict[int, int] = {}
        self.taken: set[int] = set()

    def partner(self, position: int) -> int | None:
        """The new place of an old one; the place above the top sections is its own partner."""
        return NOWHERE if position == NOWHERE else self.pairs.get(position)

    def take_known(self, known: Mapping[int, int]) -> None:
        places = {one.criterion.id: one for one in self.new}
        for one in self.old:
            other = places.get(known.get(one.criterion.id, -1))
            if other and other.position not in self.taken:
                self._take(one, other)

    def take_unique(self, key_of_old: Callable[[Place], Hashable], key_of_new: Callable[[Place], Hashable]) -> None:
        """Pair what has a key that nothing else on its side has."""
        rivals = _unique(self._lonely_new(), key_of_new)
        for key, one in _unique(self._lonely_old(), key_of_old).items():
            if key in rivals:
                self._take(one, rivals[key])

    def take_alike(self) -> None:
        """The likest first; of equals what stands in the same section, then what has moved least."""
        candidates = sorted(self._candidates(), key=lambda one: one[0])
        for _rank, one, other in candidates:
            if one.position not in self.pairs and other.position not in self.taken:
                self._take(one, other)

    def take_sections_of_the_same_children(self) -> None:
        """A section of quite another name is the same one when most of what stands below it is; the deepest first."""
        for one in reversed(list(self._lonely_old())):
            for other in [two for two in self._lonely_new() if two.criterion.is_section]:
                if one.criterion.is_section and self._share_children(one, other):
                    self._take(one, other)
                    break

    def _candidates(self) -> Iterator[tuple[tuple[float, bool, int, int], Place, Place]]:
        mine = list(self._lonely_old())
        others = [(other, Counter(other.words)) for other in self._lonely_new()]
        is_large = len(mine) * len(others) > MOST_PAIRS
        for one in mine:
            counted = Counter(one.words)
            for other, its_words in others:
                is_in_place = one.path == other.path
                if one.criterion.is_section != other.criterion.is_section or (is_large and not is_in_place):
                    continue
                least = LIKE_IN_PLACE if is_in_place else LIKE
                if _most_likeness(counted, its_words) < least:
                    continue
                like = likeness(one.words, other.words)
                if like >= least:
                    elsewhere = self.partner(one.parent) != other.parent
                    distance = abs(one.position - other.position)
                    yield (-like, elsewhere, distance, one.position + other.position), one, other

    def _share_children(self, one: Place, other: Place) -> bool:
        mine = [place.position for place in self.old if place.parent == one.position]
        theirs = {place.position for place in self.new if place.parent == other.position}
        shared = sum(self.pairs.get(position) in theirs for position in mine)
        return shared * 2 > max(len(mine), len(theirs))

    def _lonely_old(self) -> Iterator[Place]:
        return (one for one in self.old if one.position not in self.pairs)

    def _lonely_new(self) -> Iterator[Place]:
        return (one for one in self.new if one.position not in self.taken)

    def _take(self, one: Place, other: Place) -> None:
        self.pairs[one.position] = other.position
        self.taken.add(other.position)


def _unique(places: Iterable[Place], key_of: Callable[[Place], Hashable]) -> dict[Hashable, Place]:
    found: dict[Hashable, list[Place]] = {}
    for place in places:
        found.setdefault(key_of(place), []).append(place)
    return {key: same[0] for key, same in found.items() if len(same) == 1}


def _most_likeness(one: "Counter[str]", other: "Counter[str]") -> float:
    """What ``likeness`` cannot exceed, found much faster."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0
