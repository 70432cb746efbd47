"""The conclusion (kết luận): what the head of team makes of the half-day."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from thidua.models.actor import Actor
from thidua.models.base import Base
from thidua.models.checklist_session import ChecklistSession
from thidua.models.journal import JournalEntry
from thidua.rules.entries import Entry
from thidua.rules.errors import Conflict, InvalidEntry
from thidua.rules.grading import Grade, grade, manual_gates, override
from thidua.rules.scoring import Totals
from thidua.rules.sheet import Sheet


class Conclusion(Base):
    """One per checklist session. ``text`` stays empty until somebody edits the drafted conclusion.

    ``declared_gates`` are the places, in the sheet's list, of the gates that only the head of team can declare.
    ``signers``: who signs instead of the usual person, {part: {"name", "office", "formula", "group", "account"}}, as
    ``rules.signing.chosen_parts`` reads it.
    ``reading_page`` is the page being read aloud (from 1), ``read_through_at`` when the reading was finished.
    """

    __tablename__ = "conclusion"

    id: Mapped[int] = mapped_column(primary_key=True)
    checklist_session_id: Mapped[int] = mapped_column(ForeignKey("checklist_session.id"), unique=True)
    text: Mapped[str] = mapped_column(Text, default="")
    text_by: Mapped[str] = mapped_column(String(120), default="")
    text_at: Mapped[datetime | None]
    grade_override: Mapped[str] = mapped_column(String(80), default="")
    override_reason: Mapped[str] = mapped_column(Text, default="")
    declared_gates: Mapped[list[int]] = mapped_column(JSON, default=list)
    signers: Mapped[dict[str, dict[str, Any]]] = mapped_column(JSON, default=dict)
    signing_means: Mapped[str] = mapped_column(String(12), default="electronic")
    reading_page: Mapped[int | None]
    read_through_at: Mapped[datetime | None]
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

    def declare_gates(
        self, declared: Collection[int], *, sheet: Sheet, base_version: int, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """Exactly these manual gates of the sheet apply (discipline, say); none: the points alone decide."""
        self._require_fresh(base_version)
        manual = manual_gates(sheet)
        if not set(declared) <= manual.keys():
            raise InvalidEntry("Khống chế vừa chọn không có trong bảng điểm. Xin chọn lại.", field="gates")
        places = sorted(set(declared))
        payload = {"gates": places, "texts": [manual[place].text for place in places]}
        entry = self.checklist_session.record_conclusion("gates.declared", payload, by=by, at=at, op_id=op_id)
        self.declared_gates, self.version = places, entry.revision
        return entry

    def choose_signers(
        self, signers: dict[str, dict[str, Any]], means: str, *, base_version: int, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """Who signs the minutes instead of the usual people, and whether electronically or on paper."""
        self._require_fresh(base_version)
        payload = {"signers": signers, "means": means}
        entry = self.checklist_session.record_conclusion("signers.chosen", payload, by=by, at=at, op_id=op_id)
        self.signers, self.signing_means, self.version = signers, means, entry.revision
        return entry

    def rated(self, sheet: Sheet, agreed: Mapping[int, Entry], totals: Totals) -> Grade:
        """The rating by the rules with the declared gates, or the head of team's own with its reason."""
        given = grade(sheet, agreed, totals, declared_gates=self.declared_gates)
        return override(given, self.grade_override, self.override_reason) if self.grade_override else given

    def _require_fresh(self, base_version: int) -> None:
        if self.version > base_version:
            raise Conflict(
                "Kết luận vừa được người khác sửa. Nội dung đồng chí nhập vẫn còn trên màn hình; "
                "xin xem bản mới bên cạnh rồi lưu lại.",
                theirs=self,
            )
