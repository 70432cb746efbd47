"""How points are found in the room: as the plan wants it, and the blind first round ended by the head of team."""

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
        two_person_check: Mapped[bool]
        criterion_rounds: Mapped[list[CriterionRound]]

    def follow_settings(self, settings: dict[str, bool], *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Before the opening: how points are found here, as the plan now says (``plan.SETTINGS``)."""
        lifecycle.require_can_open(self.state)
        self.blind_first_round, self.two_person_check = settings["blind_first_round"], settings["two_person_check"]
        return self._record("settings.followed", dict(settings), by=by, at=at, op_id=op_id)

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
