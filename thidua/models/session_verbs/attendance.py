"""Who is there: both sides of the table and the guests."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Mapped

from thidua.models.actor import Actor
from thidua.models.journal import JournalEntry
from thidua.models.meeting import PRESENCE, SIDES, Attendance, Exchange
from thidua.models.session_verbs.recording import Recording, require_choice, require_text
from thidua.rules import lifecycle
from thidua.rules.errors import Refused

_SIDE = "Xin chọn: đoàn kiểm tra, đơn vị hoặc khách mời."
_NAME = "Xin ghi họ tên người dự."


class Attending(Recording):
    """Each verb needs ``attendances`` loaded; ``correct_`` and ``remove_attendance`` also ``exchanges``."""

    if TYPE_CHECKING:
        attendances: Mapped[list[Attendance]]
        exchanges: Mapped[list[Exchange]]

    def add_attendance(
        self,
        side: str,
        name: str,
        *,
        rank: str = "",
        office: str = "",
        part: str = "",
        account_id: int | None = None,
        by: Actor,
        at: datetime,
        op_id: str,
    ) -> JournalEntry:
        """Somebody not on the list came: a guest, or one more person of a side. Present at once.

        ``account_id``: it is the person behind this account. Who is on the list already is not added again.
        """
        lifecycle.require_can_record(self.state)
        require_choice(side, SIDES, "side", _SIDE)
        require_text(name, "name", _NAME)
        wanted = (side, name, rank, office)
        if any((one.side, one.name, one.rank, one.office) == wanted for one in self.attendances):
            raise Refused(f"{name} đã có trong danh sách, không cần thêm nữa.", "name")
        self.attendances.append(
            Attendance(
                side=side,
                name=name,
                rank=rank,
                office=office,
                part=part,
                account_id=account_id,
                position=max((one.position for one in self.attendances), default=0) + 1,
                presence="present",
                absent_reason="",
            )
        )
        payload: dict[str, Any] = {"side": side, "name": name, "rank": rank, "office": office, "part": part}
        if account_id is not None:
            payload["account_id"] = account_id
        return self._record("attendance.added", payload, by=by, at=at, op_id=op_id)

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

    def mark_all_present(self, side: str, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Everybody of this side not yet marked is present; who was marked absent stays absent."""
        lifecycle.require_can_record(self.state)
        require_choice(side, SIDES, "side", _SIDE)
        unmarked = [one for one in self.attendances if one.side == side and one.presence == "expected"]
        if not unmarked:
            raise Refused("Mọi người trong danh sách này đã được điểm danh.")
        for one in unmarked:
            one.presence = "present"
        payload = {
            "side": side,
            "attendance_ids": [one.id for one in unmarked],
            "names": [one.name for one in unmarked],
        }
        return self._record("attendance.all_present", payload, by=by, at=at, op_id=op_id)

    def correct_attendance(
        self,
        attendance: Attendance,
        *,
        side: str,
        name: str,
        rank: str = "",
        office: str = "",
        part: str = "",
        by: Actor,
        at: datetime,
        op_id: str,
    ) -> JournalEntry:
        """Name, rank, office or side were mistaken. What this person said bears the right name, too."""
        lifecycle.require_can_record(self.state)
        require_choice(side, SIDES, "side", _SIDE)
        require_text(name, "name", _NAME)
        if attendance.is_of_the_plan and side != attendance.side:
            raise Refused("Thành viên đoàn kiểm tra theo kế hoạch không chuyển sang bên khác được.", "side")
        before = attendance.words
        attendance.side, attendance.name = side, name
        attendance.rank, attendance.office, attendance.part = rank, office, part
        for exchange in self.exchanges:
            if exchange.attendance_id == attendance.id:
                exchange.speaker = name
        payload = {"attendance_id": attendance.id, "before": before, **attendance.words}
        return self._record("attendance.corrected", payload, by=by, at=at, op_id=op_id)

    def remove_attendance(self, attendance: Attendance, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Somebody was put on the list by mistake. The team of the plan stays, and who has spoken."""
        lifecycle.require_can_record(self.state)
        if attendance.is_of_the_plan:
            raise Refused("Thành viên đoàn kiểm tra theo kế hoạch không xóa được. Nếu không đến, xin ghi vắng mặt.")
        if any(exchange.attendance_id == attendance.id for exchange in self.exchanges):
            raise Refused(f"{attendance.name} đã có phát biểu được ghi nên không xóa được. Xin sửa tên cho đúng.")
        payload = {"attendance_id": attendance.id, **attendance.words}
        self.attendances.remove(attendance)
        return self._record("attendance.removed", payload, by=by, at=at, op_id=op_id)

    def record_expected(self, payload: dict[str, Any], *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Journal that the list of expected people followed a change of the plan."""
        lifecycle.require_can_record(self.state)
        return self._record("attendance.expected", payload, by=by, at=at, op_id=op_id)
