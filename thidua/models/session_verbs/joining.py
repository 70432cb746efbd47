"""Who enters the room with a number: opening the room, numbers, coming in, being sent out. No number is journaled."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Mapped

from thidua.models.actor import Actor
from thidua.models.journal import JournalEntry
from thidua.models.session_verbs.recording import Recording
from thidua.rules import lifecycle
from thidua.rules.errors import Refused


class Joining(Recording):
    """Numbers and logins are rows of their own; ``models.joining`` changes them together with the journal."""

    if TYPE_CHECKING:
        join_code: Mapped[str | None]

    def open_room(self, code: str, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """The room gets its address; a new one makes the old poster worthless."""
        lifecycle.require_can_enter(self.state)
        payload = {"again": self.join_code is not None}
        self.join_code = code
        return self._record("room.opened", payload, by=by, at=at, op_id=op_id)

    def require_room(self) -> str:
        """The code in the room's address. Raises ``Refused`` when the room is not open or no longer."""
        lifecycle.require_can_enter(self.state)
        if not self.join_code:
            raise Refused("Phòng họp chưa mở. Xin bấm “Mở phòng họp” trước.")
        return self.join_code

    def record_numbers(
        self, people: Sequence[tuple[int, str]], *, day: date, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """These people (account id, name) got new numbers, good on this day."""
        self.require_room()
        listed = [{"account_id": account_id, "name": name} for account_id, name in people]
        return self._record("room.numbered", {"people": listed, "day": day.isoformat()}, by=by, at=at, op_id=op_id)

    def record_entering(self, device: str, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Somebody came in on this device."""
        self.require_room()
        return self._record("room.joined", {"device": device}, by=by, at=at, op_id=op_id)

    def record_lock(self, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """``by``'s number was tried wrongly too often, by whomever: it opens nothing more."""
        return self._record("room.locked", {"account_id": by.id, "name": by.name}, by=by, at=at, op_id=op_id)

    def record_expulsion(
        self, devices: Sequence[dict[str, Any]], *, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """These devices ({"name", "device"}) were sent out."""
        return self._record("room.expelled", {"devices": list(devices)}, by=by, at=at, op_id=op_id)
