"""What happens in the room besides scoring: attendance, agenda, remarks, exchanges."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from thidua.models.base import Base

SIDES = {"team": "Đoàn kiểm tra", "unit": "Đơn vị được kiểm tra", "guest": "Khách mời"}
PRESENCE = {"expected": "Chưa điểm danh", "present": "Có mặt", "absent": "Vắng mặt"}
REMARK_KINDS = {
    "report": "Tóm tắt báo cáo của đơn vị",
    "document": "Hồ sơ, văn bản đã xem",
    "visit": "Tham quan thực tế",
    "strength": "Ưu điểm",
    "shortcoming": "Hạn chế",
    "cause": "Nguyên nhân",
    "difficulty": "Khó khăn của đơn vị",
    "proposal": "Đề xuất của đơn vị",
    "recommendation": "Kiến nghị",
    "exemplar": "Điển hình, cách làm hay",
    "opinion": "Ý kiến của đơn vị",
}
UNIT_REMARKS = frozenset({"difficulty", "proposal", "opinion"})  # what the inspected unit itself may enter
EXCHANGE_KINDS = {"question": "Hỏi", "answer": "Trả lời", "rebuttal": "Phản biện", "explanation": "Giải trình"}


class Attendance(Base):
    """A person expected, present or absent (with the reason) on one of the sides of the table."""

    __tablename__ = "attendance"

    id: Mapped[int] = mapped_column(primary_key=True)
    checklist_session_id: Mapped[int] = mapped_column(ForeignKey("checklist_session.id"), index=True)
    side: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    rank: Mapped[str] = mapped_column(String(60), default="")
    office: Mapped[str] = mapped_column(String(160), default="")
    part: Mapped[str] = mapped_column(String(60), default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    position: Mapped[int] = mapped_column(default=0)
    presence: Mapped[str] = mapped_column(String(10), default="expected")
    absent_reason: Mapped[str] = mapped_column(String(300), default="")

    @property
    def is_of_the_plan(self) -> bool:
        """Whether this is one of the team that the plan sends."""
        return self.side == "team" and self.account_id is not None

    @property
    def words(self) -> dict[str, str]:
        """What is written down of a person."""
        return {name: getattr(self, name) for name in ("side", "name", "rank", "office", "part")}


class AgendaStep(Base):
    """A step of the half-day (Kế hoạch 72/HTS, mục III.2) with its real start and end."""

    __tablename__ = "agenda_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    checklist_session_id: Mapped[int] = mapped_column(ForeignKey("checklist_session.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text, default="")
    actor: Mapped[str] = mapped_column(String(20), default="team")
    optional: Mapped[bool] = mapped_column(default=False)
    planned_minutes: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    skipped_reason: Mapped[str] = mapped_column(String(300), default="")

    @property
    def state(self) -> str:
        """waiting, running, done or skipped."""
        if self.skipped_reason:
            return "skipped"
        if self.ended_at:
            return "done"
        return "running" if self.started_at else "waiting"


class Remark(Base):
    """A remark of one kind, perhaps on one criterion; a recommendation has an owner and a deadline."""

    __tablename__ = "remark"

    id: Mapped[int] = mapped_column(primary_key=True)
    checklist_session_id: Mapped[int] = mapped_column(ForeignKey("checklist_session.id"), index=True)
    criterion_id: Mapped[int | None] = mapped_column(ForeignKey("criterion.id"))
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(200), default="")
    due_on: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)


class Exchange(Base):
    """Something said: who asked, answered, explained or rebutted, and to which criterion it belongs.

    ``answers_id``: the exchange it goes on from, when whoever wrote it down said so.
    """

    __tablename__ = "exchange"

    id: Mapped[int] = mapped_column(primary_key=True)
    checklist_session_id: Mapped[int] = mapped_column(ForeignKey("checklist_session.id"), index=True)
    criterion_id: Mapped[int | None] = mapped_column(ForeignKey("criterion.id"))
    kind: Mapped[str] = mapped_column(String(20))
    speaker: Mapped[str] = mapped_column(String(160))
    attendance_id: Mapped[int | None] = mapped_column(ForeignKey("attendance.id"))
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("exchange.id"))
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
