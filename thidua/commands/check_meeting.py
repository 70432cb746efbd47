"""``flask check``, the meeting: exchanges, attendance, agenda and what is on the wall stand as the journal says."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from thidua.commands.check_sessions import Told, journal_of
from thidua.models import AgendaStep, Attendance, ChecklistSession, Exchange
from thidua.models.plan import SETTINGS

Times = dict[str, Any]  # what stands of a step: started_at, ended_at, skipped_reason


def meeting_damages(session: Session) -> Iterator[str]:
    """A sentence for each damage."""
    loaded = (
        selectinload(ChecklistSession.exchanges),
        selectinload(ChecklistSession.attendances),
        selectinload(ChecklistSession.agenda_steps),
    )
    for room in session.scalars(select(ChecklistSession).options(*loaded).order_by(ChecklistSession.id)):
        told = journal_of(session, room.id)
        for damage in (
            *_exchanges(room.exchanges, told),
            *_attendances(room.attendances, told),
            *_steps(room.agenda_steps, told),
            *_settings(room, told),
        ):
            yield f"Buổi kiểm tra {room.id}: {damage}."


def _exchanges(exchanges: list[Exchange], told: Told) -> Iterator[str]:
    """Exchanges are numbered in the order in which the journal has them."""
    added = [(entry, content) for entry, content in told if entry.kind == "exchange.added"]
    if len(exchanges) != len(added):
        yield f"có {len(exchanges)} trao đổi, nhật ký ghi {len(added)}"
        return
    texts = {
        content.get("exchange_id"): content.get("text") for entry, content in told if entry.kind == "exchange.changed"
    }
    withdrawn = {content.get("exchange_id") for entry, content in told if entry.kind == "exchange.withdrawn"}
    for one, (entry, content) in zip(exchanges, added, strict=True):
        names = [
            later.get("name")
            for correction, later in told
            if correction.kind == "attendance.corrected"
            and correction.revision > entry.revision
            and later.get("attendance_id") == one.attendance_id
        ]
        expected = (
            *(content.get(name) for name in ("kind", "criterion_id", "answers_id")),
            texts.get(one.id, content.get("text")),
            (names or [content.get("speaker")])[-1],
            entry.actor_id,
            one.id in withdrawn,
        )
        standing = (one.kind, one.criterion_id, one.answers_id, one.text, one.speaker, one.by_id)
        if (*standing, one.withdrawn_at is not None) != expected:
            yield f"trao đổi {one.id} không khớp với nhật ký"


def _attendances(people: list[Attendance], told: Told) -> Iterator[str]:
    """Somebody is marked as the journal last says; who was never marked is expected, or was added as present."""
    marked: dict[int, tuple[str, str]] = {}
    added: set[tuple[str, str]] = set()
    first: dict[int, dict[str, str]] = {}  # the words of somebody before they were corrected
    for entry, content in told:
        if entry.kind == "attendance.marked":
            marked[content.get("attendance_id", 0)] = (content.get("presence", ""), content.get("reason", ""))
        elif entry.kind == "attendance.all_present":
            marked |= dict.fromkeys(content.get("attendance_ids", ()), ("present", ""))
        elif entry.kind == "attendance.added":
            added.add((content.get("side", ""), content.get("name", "")))
        elif entry.kind == "attendance.corrected":
            first.setdefault(content.get("attendance_id", 0), content.get("before", {}))
    for one in people:
        words = first.get(one.id, one.words)
        was_added = (words.get("side", ""), words.get("name", "")) in added
        expected = marked.get(one.id, ("present" if was_added else "expected", ""))
        if (one.presence, one.absent_reason) != expected:
            yield f"điểm danh của {one.name} không khớp với nhật ký"


def _steps(steps: list[AgendaStep], told: Told) -> Iterator[str]:
    """The real times of every step, gone through once more as they were pressed."""
    times: dict[int, Times] = {step.position: _waiting() for step in steps}
    minutes: dict[str, int] = {}
    for entry, content in told:
        if entry.kind == "step.planned":
            minutes = content.get("minutes", {})
        elif entry.kind.startswith("step.") and content.get("position") in times:
            said = content.get("moment")
            _press(times, entry.kind, content, datetime.fromisoformat(said) if said else entry.at)
    for step in steps:
        standing = {name: getattr(step, name) for name in times[step.position]}
        planned = minutes.get(str(step.position), step.planned_minutes)
        if (standing, step.planned_minutes) != (times[step.position], planned):
            yield f"bước {step.position} của chương trình không khớp với nhật ký"


def _press(times: dict[int, Times], kind: str, content: dict[str, Any], moment: datetime) -> None:
    step = times[content["position"]]
    is_running = step["started_at"] and not step["ended_at"]
    if kind == "step.started":
        for other in times.values():
            if other["started_at"] and not other["ended_at"]:
                other["ended_at"] = moment
        step |= {"started_at": step["started_at"] or moment, "ended_at": None, "skipped_reason": ""}
    elif kind == "step.finished":
        step["ended_at"] = moment
    elif kind == "step.skipped":
        step |= _waiting() | {"skipped_reason": content.get("reason", "")}
    elif kind == "step.reset":
        ended = [one for one in times.values() if is_running and one["ended_at"] == step["started_at"]]
        for other in ended[:1]:
            other["ended_at"] = None
        step |= _waiting()


def _waiting() -> Times:
    return {"started_at": None, "ended_at": None, "skipped_reason": ""}


def _settings(room: ChecklistSession, told: Told) -> Iterator[str]:
    """How points are found, what is on the wall, and whether the room was opened."""
    shown, is_open, settings = None, False, {name: bool(getattr(room, name)) for name in SETTINGS}
    standing = dict(settings)
    for entry, content in told:
        if entry.kind == "criterion.shown":
            shown = content.get("criterion_id")
        elif entry.kind == "room.opened":
            is_open = True
        elif entry.kind == "settings.followed":
            settings |= content
    if room.criterion_on_screen_id != shown:
        yield "tiêu chí trên màn chiếu không khớp với nhật ký"
    if (room.join_code is not None) != is_open:
        yield "địa chỉ phòng họp không khớp với nhật ký"
    if standing != settings:
        yield "cách chấm (chấm kín, hai người kiểm điểm) không khớp với nhật ký"
