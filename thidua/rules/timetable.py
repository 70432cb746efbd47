"""Planned and real times of a half-day: the planned clock of each step, delays in words, when the timer warns.

Kế hoạch 72/HTS, mục IV.2: half a day for each unit. Minutes of the agenda count from the planned start.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from thidua.rules.errors import InvalidEntry
from thidua.rules.words import VIETNAM, clock, day_of

USUAL_START: Final = {"morning": "08:00", "afternoon": "14:00"}
WARNING: Final = timedelta(minutes=5)
"""So long before its planned end a step is told to come to its end."""
ON_TIME: Final = 5
"""Fewer minutes than these are no delay."""
LONGEST_STEP: Final = 480
UNSCHEDULED: Final = date(2000, 1, 1)
"""The day of the planned clocks of a half-day that has no date yet."""

_TYPED: Final = re.compile(r"(\d{1,2})\s*(?:(?:giờ|gio|h|g|:|\.)\s*(\d{1,2})?\s*(?:phút|phut|p)?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Slot:
    """When a step begins and ends as planned; both are the same moment for a step without planned minutes."""

    begins: datetime
    ends: datetime

    @property
    def words(self) -> str:
        """ "8 giờ – 8 giờ 40", only the beginning when nothing is planned."""
        return clock(self.begins) if self.begins == self.ends else f"{clock(self.begins)} – {clock(self.ends)}"


@dataclass(frozen=True, slots=True)
class Countdown:
    """The moments a timer needs of the step under way; ``warns`` and ``ends`` are None without planned minutes."""

    began: datetime
    warns: datetime | None
    ends: datetime | None


def read_clock(typed: str) -> str:
    """The hour somebody typed ("8 giờ 30", "8h30", "8:30", "8") as "08:30". Raises ``InvalidEntry``."""
    match = _TYPED.fullmatch(typed.strip())
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (24, 0)
    if hour > 23 or minute > 59:
        raise InvalidEntry("Giờ bắt đầu: xin ghi như 8 giờ 30 hoặc 8:30.", "starts_at")
    return f"{hour:02d}:{minute:02d}"


def planned_slots(day: date, starts_at: str, half: str, minutes: Sequence[int]) -> tuple[Slot, ...]:
    """One slot for each step, one after another; none when nobody planned any minutes.

    ``starts_at`` "HH:MM", empty for the usual hour of the half-day.
    """
    if not any(minutes):
        return ()
    begins = _at(day, starts_at or USUAL_START[half])
    slots = []
    for length in minutes:
        slots.append(Slot(begins, begins + timedelta(minutes=length)))
        begins = slots[-1].ends
    return tuple(slots)


def agenda_day(on_date: date | None, opened_at: datetime | None) -> date:
    """The day of the planned clocks: the day the half-day really began, before that the day planned for it."""
    return day_of(opened_at) if opened_at else on_date or UNSCHEDULED


def delay(real: datetime, planned: datetime) -> int | None:
    """Minutes after the planned moment (negative: before it); None when they are not on the same day."""
    if day_of(real) != day_of(planned):
        return None
    return int((real - planned).total_seconds() / 60)


def delay_words(minutes: int | None) -> str:
    """ "chậm 10 phút so với dự kiến", "sớm 1 giờ 20 phút so với dự kiến"; "đúng giờ dự kiến"; "" when not known."""
    if minutes is None:
        return ""
    if abs(minutes) < ON_TIME:
        return "đúng giờ dự kiến"
    return f"{'chậm' if minutes > 0 else 'sớm'} {duration_words(abs(minutes))} so với dự kiến"


def duration_words(minutes: int) -> str:
    """ "40 phút", "1 giờ 20 phút", "2 giờ"."""
    hours, rest = divmod(minutes, 60)
    return " ".join(
        part for part in (f"{hours} giờ" if hours else "", f"{rest} phút" if rest or not hours else "") if part
    )


def countdown(began: datetime, minutes: int) -> Countdown:
    """When the timer of a step begun at this moment turns amber, and when its time is over.

    A step of less than ten minutes is not warned of in its first half.
    """
    if not minutes:
        return Countdown(began, None, None)
    length = timedelta(minutes=minutes)
    return Countdown(began, began + length - min(WARNING, length / 2), began + length)


def _at(day: date, starts_at: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(starts_at), VIETNAM)
