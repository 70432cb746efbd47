"""What is written down in the room besides scores: who is there, how the agenda goes, what is said and seen."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Mapped

from thidua.models.actor import Actor
from thidua.models.journal import JournalEntry
from thidua.models.meeting import (
    EXCHANGE_KINDS,
    PRESENCE,
    REMARK_KINDS,
    SIDES,
    AgendaStep,
    Attendance,
    Exchange,
    Remark,
)
from thidua.models.session_verbs.recording import Recording, require_choice, require_text
from thidua.rules import lifecycle
from thidua.rules.errors import Conflict, Refused
from thidua.rules.sheet import Criterion


class Meeting(Recording):
    """A verb needs the list loaded that it changes."""

    if TYPE_CHECKING:
        criterion_on_screen_id: Mapped[int | None]
        attendances: Mapped[list[Attendance]]
        agenda_steps: Mapped[list[AgendaStep]]
        remarks: Mapped[list[Remark]]
        exchanges: Mapped[list[Exchange]]

    # -- attendance and agenda ----------------------------------------------------------------------------------

    def add_attendance(
        self,
        side: str,
        name: str,
        *,
        rank: str = "",
        office: str = "",
        part: str = "",
        by: Actor,
        at: datetime,
        op_id: str,
    ) -> JournalEntry:
        """Somebody not on the list came: a guest, or one more person of a side. Present at once."""
        lifecycle.require_can_record(self.state)
        require_choice(side, SIDES, "side", "Xin chọn: đoàn kiểm tra, đơn vị hoặc khách mời.")
        require_text(name, "name", "Xin ghi họ tên người dự.")
        self.attendances.append(
            Attendance(
                side=side,
                name=name,
                rank=rank,
                office=office,
                part=part,
                position=len(self.attendances) + 1,
                presence="present",
                absent_reason="",
            )
        )
        return self._record(
            "attendance.added",
            {"side": side, "name": name, "rank": rank, "office": office, "part": part},
            by=by,
            at=at,
            op_id=op_id,
        )

    def mark_attendance(
        self, attendance: Attendance, presence: str, *, reason: str = "", by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """Present, absent (with the reason) or expected again."""
        lifecycle.require_can_record(self.state)
        require_choice(presence, PRESENCE, "presence", "Xin chọn có mặt hoặc vắng mặt.")
        attendance.presence = presence
        attendance.absent_reason = reason if presence == "absent" else ""
        return self._record(
            "attendance.marked",
            {
                "attendance_id": attendance.id,
                "name": attendance.name,
                "presence": presence,
                "reason": attendance.absent_reason,
            },
            by=by,
            at=at,
            op_id=op_id,
        )

    def start_step(self, step: AgendaStep, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """A step of the agenda begins; the one still running ends at the same moment."""
        lifecycle.require_is_open(self.state)
        if step.state == "running":
            raise Refused(f"Bước {step.position} đang diễn ra.")
        for other in self.agenda_steps:
            if other.state == "running":
                other.ended_at = at
        step.started_at, step.ended_at, step.skipped_reason = step.started_at or at, None, ""
        return self._record("step.started", {"position": step.position, "title": step.title}, by=by, at=at, op_id=op_id)

    def finish_step(self, step: AgendaStep, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """A running step ends."""
        lifecycle.require_is_open(self.state)
        if step.state != "running":
            raise Refused(f"Bước {step.position} chưa bắt đầu nên chưa thể kết thúc.")
        step.ended_at = at
        return self._record(
            "step.finished", {"position": step.position, "title": step.title}, by=by, at=at, op_id=op_id
        )

    def skip_step(self, step: AgendaStep, *, reason: str, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """A step does not take place; the reason is written down."""
        lifecycle.require_is_open(self.state)
        require_text(reason, "reason", "Xin ghi lý do bỏ qua bước này.")
        step.skipped_reason, step.started_at, step.ended_at = reason, None, None
        return self._record(
            "step.skipped",
            {"position": step.position, "title": step.title, "reason": reason},
            by=by,
            at=at,
            op_id=op_id,
        )

    # -- remarks and exchanges ----------------------------------------------------------------------------------

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

    def add_exchange(
        self,
        kind: str,
        speaker: str,
        text: str,
        *,
        criterion_id: int | None = None,
        attendance_id: int | None = None,
        by: Actor,
        at: datetime,
        op_id: str,
    ) -> JournalEntry:
        """A question, an answer, an explanation or a rebuttal, with its speaker."""
        lifecycle.require_is_open(self.state)
        require_choice(kind, EXCHANGE_KINDS, "kind", "Xin chọn: hỏi, trả lời, giải trình hoặc phản biện.")
        require_text(speaker, "speaker", "Xin chọn hoặc ghi tên người phát biểu.")
        require_text(text, "text", "Xin ghi nội dung phát biểu.")
        self.exchanges.append(
            Exchange(
                kind=kind,
                speaker=speaker,
                text=text,
                criterion_id=criterion_id,
                attendance_id=attendance_id,
                by_id=by.id,
                by_name=by.name,
                at=at,
            )
        )
        payload: dict[str, Any] = {"kind": kind, "speaker": speaker, "text": text, "criterion_id": criterion_id}
        return self._record("exchange.added", payload, by=by, at=at, op_id=op_id)

    def withdraw_exchange(self, exchange: Exchange, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Take an exchange back; it stays in the journal."""
        lifecycle.require_is_open(self.state)
        if exchange.withdrawn_at:
            raise Refused("Trao đổi này đã được rút trước đó.")
        exchange.withdrawn_at = at
        return self._record(
            "exchange.withdrawn", {"exchange_id": exchange.id, "text": exchange.text}, by=by, at=at, op_id=op_id
        )

    def show_criterion(self, criterion: Criterion, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """The head of team puts a criterion on the projector."""
        lifecycle.require_is_open(self.state)
        self.criterion_on_screen_id = criterion.id
        return self._record("criterion.shown", {"criterion_id": criterion.id}, by=by, at=at, op_id=op_id)

    def record_expected(self, payload: dict[str, Any], *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Journal that the list of expected people followed a change of the plan."""
        lifecycle.require_can_record(self.state)
        return self._record("attendance.expected", payload, by=by, at=at, op_id=op_id)


def remark_payload(kind: str, text: str, criterion_id: int | None, owner: str, due_on: date | None) -> dict[str, Any]:
    """What the journal keeps of a remark."""
    return {
        "kind": kind,
        "text": text,
        "criterion_id": criterion_id,
        "owner": owner,
        "due_on": due_on.isoformat() if due_on else None,
    }
