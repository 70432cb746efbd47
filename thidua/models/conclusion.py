"""The conclusion (kết luận): what the head of team makes of the half-day."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from thidua.models.actor import Actor
from thidua.models.base import Base
from thidua.models.checklist_session import ChecklistSession
from thidua.models.journal import JournalEntry
from thidua.rules.errors import Conflict, InvalidEntry


class Conclusion(Base):
    """One per checklist session. ``text`` stays empty until somebody edits the drafted conclusion."""

    __tablename__ = "conclusion"

    id: Mapped[int] = mapped_column(primary_key=True)
    checklist_session_id: Mapped[int] = mapped_column(ForeignKey("checklist_session.id"), unique=True)
    text: Mapped[str] = mapped_column(Text, default="")
    text_by: Mapped[str] = mapped_column(String(120), default="")
    text_at: Mapped[datetime | None]
    grade_override: Mapped[str] = mapped_column(String(80), default="")
    override_reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=0)

    checklist_session: Mapped[ChecklistSession] = relationship(lazy="raise")

    def write(self, text: str, *, base_version: int, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Put the head of team's words in place of the draft; an empty text goes back to the draft."""
        self._require_fresh(base_version)
        entry = self.checklist_session.record_conclusion(
            "conclusion.written", {"text": text}, by=by, at=at, op_id=op_id
        )
        self.text, self.text_by, self.text_at, self.version = text, by.name, at, entry.revision
        return entry

    def override_grade(
        self,
        label: str,
        reason: str,
        *,
        labels: tuple[str, ...],
        base_version: int,
        by: Actor,
        at: datetime,
        op_id: str,
    ) -> JournalEntry:
        """Another rating than the computed one, with a written reason; an empty label goes back to the computed one."""
        self._require_fresh(base_version)
        if label and label not in labels:
            raise InvalidEntry("Xin chọn một mức xếp loại có trong bảng điểm.", field="label")
        if label and not reason.strip():
            raise InvalidEntry("Xin ghi lý do khi xếp loại khác với kết quả tính.", field="reason")
        payload = {"label": label, "reason": reason if label else ""}
        entry = self.checklist_session.record_conclusion("grade.overridden", payload, by=by, at=at, op_id=op_id)
        self.grade_override, self.override_reason, self.version = label, payload["reason"], entry.revision
        return entry

    def _require_fresh(self, base_version: int) -> None:
        if self.version > base_version:
            raise Conflict(
                "Kết luận vừa được người khác sửa. Nội dung đồng chí nhập vẫn còn trên màn hình; "
                "xin xem bản mới bên cạnh rồi lưu lại.",
                theirs=self,
            )
