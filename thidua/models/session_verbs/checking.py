"""The check by two people: the secretary reads back what was settled, a member confirms it."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from thidua.models.actor import Actor
from thidua.models.criterion_round import CriterionRound
from thidua.models.journal import JournalEntry
from thidua.models.score import Score
from thidua.models.session_verbs.scoring import Scoring
from thidua.rules import lifecycle, two_person
from thidua.rules.errors import Conflict, Refused
from thidua.rules.sheet import Criterion


class Checking(Scoring):
    """Needs ``criterion_rounds`` loaded, and ``scores`` of the criterion. ``version`` is of the agreed score heard."""

    if TYPE_CHECKING:
        two_person_check: Mapped[bool]
        criterion_rounds: Mapped[list[CriterionRound]]

    def read_back(self, criterion: Criterion, *, version: int, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """The secretary has read the agreed score aloud."""
        self._settled(criterion, version)
        one = self._round(criterion)
        two_person.require_can_read_back(
            two_person.check_state(version, one.read_back_version or 0, is_confirmed=one.confirmed_at is not None)
        )
        one.read_back_version, one.read_back_at = version, at
        one.read_back_by_id, one.read_back_by_name = by.id, by.name
        one.confirmed_by_id, one.confirmed_by_name, one.confirmed_at = None, "", None
        return self._record(
            "check.read_back", {"criterion_id": criterion.id, "version": version}, by=by, at=at, op_id=op_id
        )

    def confirm_score(self, criterion: Criterion, *, version: int, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """A member who neither settled nor read it confirms what was read back."""
        agreed, one = self._settled(criterion, version), self._round(criterion)
        two_person.require_can_confirm(
            two_person.check_state(version, one.read_back_version or 0, is_confirmed=one.confirmed_at is not None),
            confirmer_id=by.id,
            settled_by_id=agreed.by_id,
            read_by_id=one.read_back_by_id,
        )
        one.confirmed_by_id, one.confirmed_by_name, one.confirmed_at = by.id, by.name, at
        return self._record(
            "check.confirmed", {"criterion_id": criterion.id, "version": version}, by=by, at=at, op_id=op_id
        )

    def _settled(self, criterion: Criterion, version: int) -> Score:
        lifecycle.require_can_check(self.state)
        if not self.two_person_check:
            raise Refused("Kế hoạch này không yêu cầu đọc lại và xác nhận điểm.")
        agreed = self.score_of(criterion.id, "agreed")
        if agreed is None:
            raise Refused(f"Tiêu chí {criterion.number} chưa có điểm thống nhất nên chưa đọc lại được.")
        if agreed.version != version:
            raise Conflict(
                f"Tiêu chí {criterion.number}: điểm thống nhất vừa thay đổi. Xin đọc lại điểm mới.", theirs=agreed
            )
        return agreed

    def _round(self, criterion: Criterion) -> CriterionRound:
        known = next((one for one in self.criterion_rounds if one.criterion_id == criterion.id), None)
        if known is None:
            known = CriterionRound(criterion_id=criterion.id, read_back_version=0)
            self.criterion_rounds.append(known)
        return known
