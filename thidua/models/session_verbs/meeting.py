"""What is written down in the room besides scores: remarks here; who is there, how the agenda goes, what is said
and what is shown in the files beside this one."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Mapped

from thidua.models.actor import Actor
from thidua.models.journal import JournalEntry
from thidua.models.meeting import REMARK_KINDS, Remark
from thidua.models.session_verbs.agenda import Agenda
from thidua.models.session_verbs.attendance import Attending
from thidua.models.session_verbs.exchanges import Exchanging
from thidua.models.session_verbs.recording import require_choice, require_text
from thidua.models.session_verbs.showing import Showing
from thidua.rules import lifecycle
from thidua.rules.errors import Conflict, Refused


class Meeting(Agenda, Attending, Exchanging, Showing):
    """A verb needs the list loaded that it changes."""

    if TYPE_CHECKING:
        remarks: Mapped[list[Remark]]

    def add_remark(
        self,
        kind: str,
        text: str,
        *,
        criterion_id: int | None = None,
        owner: str = "",
        due_on: date | None = None,
        by: Actor,
        at: datetime,
        op_id: str,
    ) -> JournalEntry:
        """A remark, a recommendation, an exemplar, or the unit's opinion."""
        lifecycle.require_can_remark(self.state)
        require_choice(kind, REMARK_KINDS, "kind", "Xin chọn loại ghi nhận.")
        require_text(text, "text", "Xin ghi nội dung.")
        self.remarks.append(
            Remark(
                kind=kind,
                text=text,
                criterion_id=criterion_id,
                owner=owner,
                due_on=due_on,
                by_id=by.id,
                by_name=by.name,
                at=at,
                version=self.revision + 1,
            )
        )
        return self._record(
            "remark.added", remark_payload(kind, text, criterion_id, owner, due_on), by=by, at=at, op_id=op_id
        )

    def change_remark(
        self,
        remark: Remark,
        text: str,
        *,
        owner: str = "",
        due_on: date | None = None,
        base_version: int,
        by: Actor,
        at: datetime,
        op_id: str,
    ) -> JournalEntry:
        """Correct a remark; the earlier wording stays in the journal."""
        lifecycle.require_can_remark(self.state)
        require_text(text, "text", "Xin ghi nội dung.")
        if remark.withdrawn_at:
            raise Refused("Ghi nhận này đã được rút nên không sửa được nữa. Xin ghi thành một ghi nhận mới.")
        if remark.version > base_version:
            raise Conflict(
                "Ghi nhận này vừa được người khác sửa. Nội dung mới hiện bên dưới, xin xem lại.", theirs=remark
            )
        remark.text, remark.owner, remark.due_on = text, owner, due_on
        remark.changed_at, remark.version = at, self.revision + 1
        payload = remark_payload(remark.kind, text, remark.criterion_id, owner, due_on) | {"remark_id": remark.id}
        return self._record("remark.changed", payload, by=by, at=at, op_id=op_id)

    def withdraw_remark(self, remark: Remark, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Take a remark back; it stays in the journal."""
        lifecycle.require_can_remark(self.state)
        if remark.withdrawn_at:
            raise Refused("Ghi nhận này đã được rút trước đó.")
        remark.withdrawn_at = at
        return self._record(
            "remark.withdrawn", {"remark_id": remark.id, "text": remark.text}, by=by, at=at, op_id=op_id
        )


def remark_payload(kind: str, text: str, criterion_id: int | None, owner: str, due_on: date | None) -> dict[str, Any]:
    """What the journal keeps of a remark."""
    return {
        "kind": kind,
        "text": text,
        "criterion_id": criterion_id,
        "owner": owner,
        "due_on": due_on.isoformat() if due_on else None,
    }
