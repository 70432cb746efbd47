"""The blind first round: nobody is led by another's value before giving an own one.

Awaited are the members of the team other than the head who are not marked absent. A criterion is hidden until each of
them has proposed for it, or the head of team reveals it. The rule looks at the present only: whoever takes the own
proposal back, or comes in late, is awaited again, unless the criterion was revealed.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Hidden:
    """The round together with who has proposed for which criterion: what it hides now."""

    blind: BlindRound = OPEN_BOOK
    proposed: Mapping[int, Collection[int]] = field(default_factory=dict)

    def hides(self, criterion_id: int | None) -> bool:
        """Whether proposals for this criterion, standing or taken back, are hidden from everybody else."""
        return criterion_id is not None and self.blind.hides(criterion_id, self.proposed.get(criterion_id, ()))

    def hides_entry(self, kind: str, content: Mapping[str, Any], *, is_mine: bool) -> bool:
        """Whether a journal entry says a value that its reader, who ``is_mine`` or not made it, must not know yet."""
        return not is_mine and kind.endswith(".proposed") and self.hides(content.get("criterion_id"))


def blind_round(is_set: bool, state: str, awaited: Iterable[int], revealed: Iterable[int]) -> BlindRound:
    """The round of a half-day: it holds while points are taken; afterwards nobody can be led any more."""
    if not is_set or state != lifecycle.OPEN:
        return OPEN_BOOK
    return BlindRound(True, frozenset(awaited), frozenset(revealed))
