"""The end of a blind first round before everybody has proposed: the head of team reveals."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from thidua.models.actor import Actor
from thidua.models.criterion_round import CriterionRound
from thidua.models.journal import JournalEntry
from thidua.models.session_verbs.recording import Recording
from thidua.rules import lifecycle
from thidua.rules.errors import Refused


class Revealing(Recording):
    """Needs ``criterion_rounds`` loaded."""

    if TYPE_CHECKING:
        blind_first_round: Mapped[bool]
        criterion_rounds: Mapped[list[CriterionRound]]

    def reveal_proposals(self, criterion_ids: Sequence[int], *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Everybody of the team sees the proposals for these criteria from now on."""
        lifecycle.require_is_open(self.state)
        if not self.blind_first_round:
            raise Refused("Buổi kiểm tra này không chấm kín, đề xuất vẫn hiện với cả đoàn.")
        rounds = {one.criterion_id: one for one in self.criterion_rounds}
        hidden = [one for one in criterion_ids if one not in rounds or rounds[one].revealed_at is None]
        if not hidden:
            raise Refused("Không còn đề xuất nào đang kín.")
        for criterion_id in hidden:
            if criterion_id not in rounds:
                rounds[criterion_id] = CriterionRound(criterion_id=criterion_id)
                self.criterion_rounds.append(rounds[criterion_id])
            rounds[criterion_id].revealed_at = at
        return self._record("round.revealed", {"criteria": hidden}, by=by, at=at, op_id=op_id)
