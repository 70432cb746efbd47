"""What the room reads on the wall: the criterion under discussion, and whether the total is told yet."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from thidua.models.actor import Actor
from thidua.models.journal import JournalEntry
from thidua.models.session_verbs.recording import Recording
from thidua.rules import lifecycle
from thidua.rules.errors import Refused
from thidua.rules.sheet import Criterion


class Showing(Recording):
    """The verbs of the projector."""

    if TYPE_CHECKING:
        criterion_on_screen_id: Mapped[int | None]
        total_hidden: Mapped[bool]

    @property
    def keeps_total_back(self) -> bool:
        """Whether the room and the unit may not see total and grade yet; frozen minutes tell them in any case."""
        return self.total_hidden and self.state in lifecycle.BEFORE_MINUTES

    def show_criterion(self, criterion: Criterion, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """The head of team puts a criterion on the projector."""
        lifecycle.require_is_open(self.state)
        self.criterion_on_screen_id = criterion.id
        return self._record("criterion.shown", {"criterion_id": criterion.id}, by=by, at=at, op_id=op_id)

    def hide_total(self, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Total and grade stay with the team until they are announced."""
        lifecycle.require_can_hold_total_back(self.state)
        if self.total_hidden:
            raise Refused("Tổng điểm đang ẩn rồi.")
        self.total_hidden = True
        return self._record("total.hidden", {}, by=by, at=at, op_id=op_id)

    def announce_total(self, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """The total is told: on the projector and to the unit."""
        lifecycle.require_can_hold_total_back(self.state)
        if not self.total_hidden:
            raise Refused("Tổng điểm đã công bố rồi.")
        self.total_hidden = False
        return self._record("total.announced", {}, by=by, at=at, op_id=op_id)
