"""The agenda as every page of a session shows it: planned clocks, real times, and what the timer counts."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from thidua.models import AgendaStep, ChecklistSession, PlanUnit
from thidua.rules import lifecycle
from thidua.rules.timetable import Countdown, Slot, agenda_day, countdown, delay, delay_words, planned_slots


@dataclass(frozen=True, slots=True)
class Line:
    """A step; ``slot`` is None when nobody planned any minutes, ``delay`` tells how far from it the step began."""

    step: AgendaStep
    slot: Slot | None
    delay: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """The half-day's agenda. ``following`` is the step to begin next."""

    state: str
    starts_at: str
    half: str
    lines: tuple[Line, ...]
    running: Line | None
    following: AgendaStep | None

    @property
    def countdown(self) -> Countdown | None:
        """What the timer counts; None while no step is under way, and once the half-day is closed."""
        if self.state != lifecycle.OPEN or self.running is None or self.running.step.started_at is None:
            return None
        return countdown(self.running.step.started_at, self.running.step.planned_minutes)

    @property
    def timer(self) -> dict[str, int]:
        """The moments of the step under way in milliseconds, as attributes of a timer; empty without one."""
        counted = self.countdown
        if counted is None or self.running is None:
            return {}
        slot = self.running.slot
        planned = slot.ends if slot and delay(counted.began, slot.ends) is not None else None
        moments = {"began": counted.began, "warns": counted.warns, "ends": counted.ends, "planned": planned}
        return {f"data-{name}": milliseconds(moment) for name, moment in moments.items() if moment is not None}


def milliseconds(moment: datetime) -> int:
    """A moment as scripts count it."""
    return round(moment.timestamp() * 1000)


def server_milliseconds() -> int:
    """The server's clock at this very moment, for the screens' timers."""
    return milliseconds(datetime.now(UTC))


def schedule_of(session: Session, checklist_session_id: int) -> Schedule:
    """The agenda of a checklist session, in one query."""
    rows = session.execute(_SCHEDULE, {"id": checklist_session_id}).all()
    first: Any = rows[0]
    steps = [row[0] for row in rows if row[0] is not None]
    return arranged(steps, first.state, first.starts_at, first.half, agenda_day(first.on_date, first.opened_at))


def arranged(steps: list[AgendaStep], state: str, starts_at: str, half: str, day: Any) -> Schedule:
    """The steps with their planned clocks on this day."""
    slots = planned_slots(day, starts_at, half, [step.planned_minutes for step in steps])
    lines = tuple(_line(step, slots[place] if slots else None) for place, step in enumerate(steps))
    running = next((line for line in lines if line.step.state == "running"), None)
    return Schedule(state, starts_at, half, lines, running, _following(steps, running))


def _line(step: AgendaStep, slot: Slot | None) -> Line:
    began = step.started_at if slot else None
    return Line(step, slot, delay_words(delay(began, slot.begins)) if began and slot else "")


def _following(steps: list[AgendaStep], running: Line | None) -> AgendaStep | None:
    """The next step that waits after the one under way, else the first that waits."""
    waiting = [step for step in steps if step.state == "waiting"]
    later = [step for step in waiting if running and step.position > running.step.position]
    return next(iter(later or waiting), None)


_SCHEDULE = (
    select(
        AgendaStep,
        ChecklistSession.state,
        ChecklistSession.starts_at,
        ChecklistSession.opened_at,
        PlanUnit.on_date,
        PlanUnit.half,
    )
    .select_from(ChecklistSession)
    .join(PlanUnit, PlanUnit.id == ChecklistSession.plan_unit_id)
    .outerjoin(AgendaStep, AgendaStep.checklist_session_id == ChecklistSession.id)
    .where(ChecklistSession.id == bindparam("id"))
    .order_by(AgendaStep.position)
)
