"""The checklist session (buổi kiểm tra): its state and every verb that changes it.

Each verb checks the rules, changes the state and appends one journal entry. It receives who acts (``by``),
when (``at``) and the client's operation id (``op_id``); it raises a ``Refusal`` and then has changed nothing.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship

from thidua.models.actor import Actor
from thidua.models.base import Base
from thidua.models.journal import GENESIS, JournalEntry, payload_text
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
from thidua.models.plan import Plan, PlanUnit
from thidua.models.score import NOBODY, Score, plain_value
from thidua.models.unit import Unit
from thidua.rules import lifecycle
from thidua.rules.entries import Entry
from thidua.rules.errors import Conflict, InvalidEntry, Refused
from thidua.rules.sheet import Criterion


class ChecklistSession(Base):
    """One unit's half-day. ``revision`` counts its changes; ``head_hash`` is the hash of the last journal entry."""

    __tablename__ = "checklist_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    plan_unit_id: Mapped[int] = mapped_column(ForeignKey("plan_unit.id"), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    checklist_id: Mapped[int] = mapped_column(ForeignKey("checklist.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default=lifecycle.PLANNED, index=True)
    revision: Mapped[int] = mapped_column(default=0)
    head_hash: Mapped[str] = mapped_column(String(64), default=GENESIS)
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    criterion_on_screen_id: Mapped[int | None]

    plan: Mapped[Plan] = relationship(lazy="raise")
    plan_unit: Mapped[PlanUnit] = relationship(lazy="raise")
    unit: Mapped[Unit] = relationship(lazy="raise")
    scores: Mapped[list[Score]] = relationship(lazy="raise", order_by="Score.id")
    attendances: Mapped[list[Attendance]] = relationship(
        lazy="raise", order_by="(Attendance.position, Attendance.id)", cascade="all, delete-orphan"
    )
    agenda_steps: Mapped[list[AgendaStep]] = relationship(
        lazy="raise", order_by="AgendaStep.position", cascade="all, delete-orphan"
    )
    remarks: Mapped[list[Remark]] = relationship(lazy="raise", order_by="Remark.id")
    exchanges: Mapped[list[Exchange]] = relationship(lazy="raise", order_by="Exchange.id")
    journal: WriteOnlyMapped[JournalEntry] = relationship(order_by="JournalEntry.revision")

    # -- opening and closing ------------------------------------------------------------------------------------

    def open(self, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """The head of team opens the half-day."""
        lifecycle.require_can_open(self.state)
        self.state, self.opened_at = lifecycle.OPEN, at
        return self._record("opened", {}, by=by, at=at, op_id=op_id)

    def close(self, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Scoring ends; the conclusion begins."""
        lifecycle.require_can_close(self.state)
        self.state, self.closed_at = lifecycle.CLOSED, at
        return self._record("closed", {}, by=by, at=at, op_id=op_id)

    def reopen(self, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Back to scoring, as long as no minutes are frozen."""
        lifecycle.require_can_reopen(self.state)
        self.state, self.closed_at = lifecycle.OPEN, None
        return self._record("reopened", {}, by=by, at=at, op_id=op_id)

    # -- scores -------------------------------------------------------------------------------------------------

    def score_self(
        self, criterion: Criterion, entry: Entry, *, reason: str, base_version: int, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """The unit's own score (tự chấm); ``reason`` names the evidence."""
        lifecycle.require_can_self_score(self.state)
        return self._score(
            "self",
            NOBODY,
            criterion,
            entry,
            reason=reason,
            base_version=base_version,
            label="",
            by=by,
            at=at,
            op_id=op_id,
        )

    def propose(
        self,
        criterion: Criterion,
        entry: Entry,
        *,
        reason: str,
        base_version: int,
        label: str,
        by: Actor,
        at: datetime,
        op_id: str,
    ) -> JournalEntry:
        """A team member's own proposal; ``label`` is the short name on the chip ("TV 2")."""
        lifecycle.require_can_propose(self.state)
        return self._score(
            "proposed",
            by.id,
            criterion,
            entry,
            reason=reason,
            base_version=base_version,
            label=label,
            by=by,
            at=at,
            op_id=op_id,
        )

    def settle(
        self, criterion: Criterion, entry: Entry, *, reason: str, base_version: int, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """The head of team settles the agreed score (thống nhất)."""
        lifecycle.require_can_settle(self.state)
        return self._score(
            "agreed",
            NOBODY,
            criterion,
            entry,
            reason=reason,
            base_version=base_version,
            label="Trưởng đoàn",
            by=by,
            at=at,
            op_id=op_id,
        )

    def conflict_on(self, criterion: Criterion, perspective: str, *, by: Actor) -> Conflict:
        """The refusal of a score that was based on an older one; it carries the standing score."""
        standing = self.score_of(criterion.id, perspective, holder_of(perspective, by))
        name = standing.by_name if standing else "Có người"
        return Conflict(
            f"Tiêu chí {criterion.number}: {name} vừa ghi điểm khác trong lúc đồng chí nhập. "
            "Cả hai điểm hiện bên dưới, xin chọn một.",
            theirs=standing,
        )

    def note_conflict(
        self, criterion: Criterion, perspective: str, entry: Entry, *, reason: str, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """Keep in the journal the value that came too late; the standing score does not change."""
        return self._record(
            f"conflict.{perspective}", score_payload(criterion.id, entry, reason), by=by, at=at, op_id=op_id
        )

    def score_of(self, criterion_id: int, perspective: str, holder: int = NOBODY) -> Score | None:
        """The standing score among the loaded ones."""
        wanted = (criterion_id, perspective, holder)
        return next((s for s in self.scores if (s.criterion_id, s.perspective, s.holder) == wanted), None)

    def _score(
        self,
        perspective: str,
        holder: int,
        criterion: Criterion,
        entry: Entry,
        *,
        reason: str,
        base_version: int,
        label: str,
        by: Actor,
        at: datetime,
        op_id: str,
    ) -> JournalEntry:
        standing = self.score_of(criterion.id, perspective, holder)
        if standing and standing.version > base_version:
            raise self.conflict_on(criterion, perspective, by=by)
        before = standing.value if standing else None
        score = standing or Score(criterion_id=criterion.id, perspective=perspective, holder=holder)
        score.points, score.level, score.count = entry.points, entry.level, entry.count
        score.not_applicable, score.text, score.reason = entry.not_applicable, entry.text, reason
        score.previous = payload_text(before) if before is not None else None
        score.version, score.by_id, score.by_name, score.by_label, score.at = (
            self.revision + 1,
            by.id,
            by.name,
            label,
            at,
        )
        if standing is None:
            self.scores.append(score)
        return self._record(
            f"score.{perspective}", score_payload(criterion.id, entry, reason), by=by, at=at, op_id=op_id
        )

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

    # -- after the meeting: called by the conclusion's and the minutes' verbs ---------------------------------------

    def record_conclusion(
        self, kind: str, payload: dict[str, Any], *, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """Journal a change of the conclusion."""
        lifecycle.require_can_conclude(self.state)
        return self._record(kind, payload, by=by, at=at, op_id=op_id)

    def require_can_freeze(self) -> None:
        """Raise ``Refused`` unless scoring is closed and nothing is frozen yet."""
        lifecycle.require_can_freeze(self.state)

    def record_freezing(self, payload: dict[str, Any], *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """The minutes are frozen: nothing of the half-day changes any more."""
        lifecycle.require_can_freeze(self.state)
        self.state = lifecycle.FROZEN
        return self._record("minutes.frozen", payload, by=by, at=at, op_id=op_id)

    def record_signature(
        self, payload: dict[str, Any], *, last: bool, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """A signature on the frozen minutes; the ``last`` one ends the checklist session."""
        lifecycle.require_can_sign(self.state)
        if last:
            self.state = lifecycle.SIGNED
        return self._record("minutes.signed", payload, by=by, at=at, op_id=op_id)

    def _record(self, kind: str, payload: dict[str, Any], *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        self.revision += 1
        entry = JournalEntry(
            checklist_session_id=self.id,
            revision=self.revision,
            op_id=op_id,
            actor_id=by.id,
            actor_name=by.name,
            kind=kind,
            payload=payload_text(payload),
            at=at,
            prev_hash=self.head_hash,
        )
        entry.seal()
        self.head_hash = entry.hash
        self.journal.add(entry)
        return entry


def holder_of(perspective: str, by: Actor) -> int:
    """Whose row a score goes to: a proposal is its proposer's, the others belong to nobody."""
    return by.id if perspective == "proposed" else NOBODY


def score_payload(criterion_id: int, entry: Entry, reason: str) -> dict[str, Any]:
    """What the journal keeps of a score, and what a repeated operation is compared with."""
    return {"criterion_id": criterion_id, **plain_value(entry, reason)}


def remark_payload(kind: str, text: str, criterion_id: int | None, owner: str, due_on: date | None) -> dict[str, Any]:
    """What the journal keeps of a remark."""
    return {
        "kind": kind,
        "text": text,
        "criterion_id": criterion_id,
        "owner": owner,
        "due_on": due_on.isoformat() if due_on else None,
    }


def require_text(text: str, field: str, sentence: str) -> None:
    """Refuse an empty text, naming the field."""
    if not text.strip():
        raise InvalidEntry(sentence, field=field)


def require_choice(value: str, choices: dict[str, str], field: str, sentence: str) -> None:
    """Refuse a value that is not offered, naming the field."""
    if value not in choices:
        raise InvalidEntry(sentence, field=field)
