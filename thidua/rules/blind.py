"""The blind first round: nobody is led by another's value before giving an own one.

Awaited are the members of the team other than the head who are not marked absent. A criterion is hidden until each of
them has proposed for it, or the head of team reveals it. The rule looks at the present only: whoever takes the own
proposal back, or comes in late, is awaited again, unless the criterion was revealed.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from thidua.rules import lifecycle


@dataclass(frozen=True, slots=True)
class BlindRound:
    """What is known of the round beside the proposals: whether it ``holds``, whom it awaits, what is revealed."""

    holds: bool = False
    awaited: frozenset[int] = frozenset()
    revealed: frozenset[int] = frozenset()

    def hides(self, criterion_id: int, proposed: Collection[int]) -> bool:
        """Whether the proposals of these people for this criterion are still hidden from everybody else."""
        return self.holds and criterion_id not in self.revealed and not self.awaited <= set(proposed)


OPEN_BOOK = BlindRound()


def blind_round(is_set: bool, state: str, awaited: Iterable[int], revealed: Iterable[int]) -> BlindRound:
    """The round of a half-day: it holds while points are taken; afterwards nobody can be led any more."""
    if not is_set or state != lifecycle.OPEN:
        return OPEN_BOOK
    return BlindRound(True, frozenset(awaited), frozenset(revealed))
