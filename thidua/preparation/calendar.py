"""The half-day and its due day as a calendar file, and the timetable of a whole plan as one."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from flask import Response, abort, url_for
from sqlalchemy import func, select

from thidua.doors.calendar import CalendarEvent, render_calendar
from thidua.extensions import db
from thidua.identity import now, require_person
from thidua.models import AgendaStep, ChecklistSession, Plan, Preparation
from thidua.permissions import allow, may
from thidua.preparation.noticed import Noticed, noticed_plan, noticed_session
from thidua.rules.lifecycle import PLANNED
from thidua.rules.notice_facts import NoticeFacts, contact_line
from thidua.rules.timetable import USUAL_START
from thidua.rules.words import VIETNAM, date_screen
from thidua.session_pages.finding import find
from thidua.session_pages.outside import outside_address

USUAL_LENGTH = timedelta(hours=3, minutes=30)


def session_calendar(checklist_session_id: int) -> Response:
    """One half-day and the day its preparation is due; an empty calendar while there is no date."""
    found = find(checklist_session_id)
    found.allow("see_notice")
    one = noticed_session(checklist_session_id)
    return _file([one], f"Kiểm tra thi đua: {one.facts.unit}", f"lich-kiem-tra-{checklist_session_id}", with_due=True)


def plan_calendar(plan_id: int) -> Response:
    """All dated half-days of the plan; due days only for the office and the teams."""
    person = require_person()
    allow("see_plans", person)
    plan = db.session.get(Plan, plan_id) or abort(404)
    with_due = may("see_readiness", person)
    return _file(noticed_plan(plan_id), f"Lịch kiểm tra, {plan.label}", f"lich-ke-hoach-{plan_id}", with_due=with_due)


def _file(noticed: list[Noticed], name: str, file_name: str, *, with_due: bool) -> Response:
    lengths = _lengths([one.checklist_session.id for one in noticed])
    changes = _changes([one.checklist_session.id for one in noticed])
    events = [event for one in noticed for event in _events(one, lengths, changes, with_due=with_due)]
    content = render_calendar(events, name=name, at=now())
    db.session.rollback()
    headers = {"Content-Disposition": f'attachment; filename="{file_name}.ics"', "Cache-Control": "no-store"}
    return Response(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _events(
    one: Noticed, lengths: dict[int, int], changes: dict[int, int], *, with_due: bool
) -> Iterator[CalendarEvent]:
    room, facts = one.checklist_session, one.facts
    if facts.on_date is None:
        return
    starts_at = room.starts_at or USUAL_START[facts.half]
    begins = datetime.combine(facts.on_date, time.fromisoformat(starts_at), VIETNAM)
    length = timedelta(minutes=lengths.get(room.id, 0)) or USUAL_LENGTH
    common: dict[str, Any] = {
        "sequence": changes.get(room.id, 0),
        "organiser": facts.body,
        "contact": "; ".join(map(contact_line, facts.contacts)),
        "address": outside_address(url_for("preparation.show", checklist_session_id=room.id)),
    }
    name = _stable_name(room)
    yield CalendarEvent(
        f"half-day-{name}",
        f"Kiểm tra thi đua: {facts.unit}",
        begins,
        begins + length,
        location=facts.venue or facts.unit,
        description=_description(facts),
        reminder=f"Ngày mai: kiểm tra thi đua, {facts.unit}",
        **common,
    )
    if with_due and facts.due_on and room.state == PLANNED:
        yield CalendarEvent(
            f"due-{name}",
            f"Hạn gửi hồ sơ chuẩn bị: {facts.unit}",
            facts.due_on,
            facts.due_on,
            description=f"Báo cáo, phụ lục số liệu, tự chấm điểm, văn bản, người dự. Buổi kiểm tra: "
            f"{date_screen(facts.on_date)}.",
            reminder=f"Ngày mai hết hạn gửi hồ sơ chuẩn bị: {facts.unit}",
            **common,
        )


def _stable_name(room: ChecklistSession) -> str:
    """What stays the same however often the half-day is moved, and differs from every other instance's."""
    return f"{room.plan.created_at:%Y%m%d%H%M%S}-{room.plan_id}-{room.id}@thidua"


def _description(facts: NoticeFacts) -> str:
    leaders = "; ".join(f"{one.part}: {one.name}" for one in facts.team if one.part != "Thành viên")
    basis = f"Theo {facts.plan_reference}." if facts.plan_reference else ""
    team = f"{facts.team_name}. {leaders}" if facts.team else ""
    return "\n".join(line for line in (facts.subject, basis, team) if line)


def _lengths(ids: list[int]) -> dict[int, int]:
    """Planned minutes by half-day."""
    minutes = (
        select(AgendaStep.checklist_session_id, func.sum(AgendaStep.planned_minutes))
        .where(AgendaStep.checklist_session_id.in_(ids))
        .group_by(AgendaStep.checklist_session_id)
    )
    return {room: int(total or 0) for room, total in db.session.execute(minutes)}


def _changes(ids: list[int]) -> dict[int, int]:
    """How often half-day and preparation were changed: the sequence of the event."""
    rows = db.session.execute(
        select(ChecklistSession.id, ChecklistSession.revision + func.coalesce(Preparation.revision, 0))
        .outerjoin(Preparation, Preparation.checklist_session_id == ChecklistSession.id)
        .where(ChecklistSession.id.in_(ids))
    )
    return {row[0]: row[1] for row in rows}
