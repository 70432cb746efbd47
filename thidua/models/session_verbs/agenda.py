"""The steps of the half-day: what is planned, what really happened, and what was pressed by mistake."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.orm import Mapped

from thidua.models.actor import Actor
from thidua.models.journal import JournalEntry
from thidua.models.meeting import AgendaStep
from thidua.models.session_verbs.recording import Recording, require_text
from thidua.rules import lifecycle
from thidua.rules.errors import InvalidEntry, Refused
from thidua.rules.timetable import LONGEST_STEP, read_clock

AT_ONCE: Final = timedelta(seconds=30)
"""A tap that arrives within this time counts from its arrival."""


class Agenda(Recording):
    """Each verb needs ``agenda_steps`` loaded.

    ``tapped_at``: when the button was pressed on a device that had no network then; the step's time is that moment,
    though not before what is written down already and not after ``at``.
    """

    if TYPE_CHECKING:
        opened_at: Mapped[datetime | None]
        starts_at: Mapped[str]
        agenda_steps: Mapped[list[AgendaStep]]

    def plan_times(
        self, starts_at: str, minutes: Mapping[int, int], *, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """Set the planned hour ("8 giờ 30"; empty: the usual one) and the minutes of steps, by their position."""
        lifecycle.require_can_record(self.state)
        starts_at = read_clock(starts_at) if starts_at else ""
        for position, length in minutes.items():
            if not 0 <= length <= LONGEST_STEP:
                raise InvalidEntry(f"Bước {position}: xin ghi số phút từ 0 đến {LONGEST_STEP}.", f"minutes-{position}")
        self.starts_at = starts_at
        for step in self.agenda_steps:
            step.planned_minutes = minutes.get(step.position, step.planned_minutes)
        payload = {
            "starts_at": starts_at,
            "minutes": {str(step.position): step.planned_minutes for step in self.agenda_steps},
        }
        return self._record("step.planned", payload, by=by, at=at, op_id=op_id)

    def start_step(
        self, step: AgendaStep, *, tapped_at: datetime | None = None, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """A step begins, or goes on after it had ended; the one still running ends at the same moment."""
        lifecycle.require_is_open(self.state)
        if step.state == "running":
            raise Refused(f"Bước {step.position} đang diễn ra.")
        moment = self._moment(tapped_at, at)
        for other in self.agenda_steps:
            if other.state == "running":
                other.ended_at = moment
        step.started_at, step.ended_at, step.skipped_reason = step.started_at or moment, None, ""
        return self._record_step("step.started", step, moment, by=by, at=at, op_id=op_id)

    def finish_step(
        self, step: AgendaStep, *, tapped_at: datetime | None = None, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """A running step ends."""
        lifecycle.require_is_open(self.state)
        if step.state != "running":
            raise Refused(f"Bước {step.position} chưa bắt đầu nên chưa thể kết thúc.")
        moment = self._moment(tapped_at, at)
        step.ended_at = moment
        return self._record_step("step.finished", step, moment, by=by, at=at, op_id=op_id)

    def skip_step(self, step: AgendaStep, *, reason: str, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """A step does not take place; the reason is written down."""
        lifecycle.require_is_open(self.state)
        require_text(reason, "reason", "Xin ghi lý do bỏ qua bước này.")
        step.skipped_reason, step.started_at, step.ended_at = reason, None, None
        return self._record_step("step.skipped", step, by=by, at=at, op_id=op_id)

    def reset_step(self, step: AgendaStep, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """A start or a skipping was a mistake: the step waits again, and the one that it ended goes on."""
        lifecycle.require_is_open(self.state)
        if step.state == "waiting":
            raise Refused(f"Bước {step.position} chưa bắt đầu, không có gì để trả lại.")
        if step.state == "running":
            for other in self.agenda_steps:
                if other.ended_at is not None and other.ended_at == step.started_at:
                    other.ended_at = None
                    break
        step.skipped_reason, step.started_at, step.ended_at = "", None, None
        return self._record_step("step.reset", step, by=by, at=at, op_id=op_id)

    def _moment(self, tapped_at: datetime | None, at: datetime) -> datetime:
        if tapped_at is None or at - tapped_at < AT_ONCE:
            return at
        known = (self.opened_at, *(moment for step in self.agenda_steps for moment in (step.started_at, step.ended_at)))
        return min(at, max([tapped_at, *(moment for moment in known if moment)]))

    def _record_step(
        self, kind: str, step: AgendaStep, moment: datetime | None = None, *, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        payload: dict[str, Any] = {"position": step.position, "title": step.title}
        if moment is not None and moment != at:
            payload["moment"] = moment.isoformat()
        if step.skipped_reason:
            payload["reason"] = step.skipped_reason
        return self._record(kind, payload, by=by, at=at, op_id=op_id)
