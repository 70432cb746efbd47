"""The agenda: its steps with their real times, and the hours planned for them."""

from datetime import UTC, datetime, timedelta

from flask import flash, request
from flask.typing import ResponseReturnValue

from thidua.checklist_sessions.agenda_forms import times_form
from thidua.checklist_sessions.meeting_forms import OmissionForm
from thidua.checklist_sessions.meeting_page import blame, part_or_meeting, row_or_404, show_page, to_meeting
from thidua.checklist_sessions.parts import step_part
from thidua.checklist_sessions.routes import checklist_sessions
from thidua.committing import commit_change
from thidua.extensions import db
from thidua.identity import now
from thidua.models import AgendaStep, ChecklistSession
from thidua.rules.agenda import ready_reasons
from thidua.rules.errors import Refusal
from thidua.session_pages.finding import Found, find, find_for_change
from thidua.session_pages.operations import is_repeated, new_operation, posted_operation
from thidua.session_pages.schedule import schedule_of, server_milliseconds

LONGEST_WAIT = timedelta(hours=12)
"""A tap that waited longer on its device counts from its arrival."""


@checklist_sessions.get("/<int:checklist_session_id>/clock")
def clock(checklist_session_id: int) -> ResponseReturnValue:
    """The server's clock in milliseconds, for timers whose device was asleep or had its own clock set."""
    find(checklist_session_id)
    return str(server_milliseconds()), 200, {"Content-Type": "text/plain", "Cache-Control": "no-store"}


@checklist_sessions.post("/<int:checklist_session_id>/steps/<int:step_id>/start")
def start_step(checklist_session_id: int, step_id: int) -> ResponseReturnValue:
    """A step begins now; the one under way ends at the same moment."""
    found, step = _step_for_change(checklist_session_id, step_id)
    op_id = posted_operation()
    if step.state != "running" and not is_repeated(found, op_id, "step.started", position=step.position):
        commit_change(
            found.checklist_session.start_step(step, tapped_at=_tapped_at(), by=found.person, at=now(), op_id=op_id)
        )
    return part_or_meeting(found, step_part, "#agenda")


@checklist_sessions.post("/<int:checklist_session_id>/steps/<int:step_id>/end")
def finish_step(checklist_session_id: int, step_id: int) -> ResponseReturnValue:
    """The step under way ends now."""
    found, step = _step_for_change(checklist_session_id, step_id)
    op_id = posted_operation()
    if step.state != "done" and not is_repeated(found, op_id, "step.finished", position=step.position):
        commit_change(
            found.checklist_session.finish_step(step, tapped_at=_tapped_at(), by=found.person, at=now(), op_id=op_id)
        )
    return part_or_meeting(found, step_part, "#agenda")


@checklist_sessions.post("/<int:checklist_session_id>/steps/<int:step_id>/reset")
def reset_step(checklist_session_id: int, step_id: int) -> ResponseReturnValue:
    """It was pressed by mistake: the step waits again."""
    found, step = _step_for_change(checklist_session_id, step_id)
    op_id = posted_operation()
    if step.state != "waiting" and not is_repeated(found, op_id, "step.reset", position=step.position):
        commit_change(found.checklist_session.reset_step(step, by=found.person, at=now(), op_id=op_id))
    return part_or_meeting(found, step_part, f"#step-{step_id}")


@checklist_sessions.get("/<int:checklist_session_id>/steps/<int:step_id>/omission")
def omission(checklist_session_id: int, step_id: int) -> ResponseReturnValue:
    """The page where the reason for leaving out a step is written."""
    found = find(checklist_session_id, ChecklistSession.agenda_steps)
    found.allow("record_meeting")
    return _omission_page(found, step_id, OmissionForm(op_id=new_operation()))


@checklist_sessions.post("/<int:checklist_session_id>/steps/<int:step_id>/omission")
def skip_step(checklist_session_id: int, step_id: int) -> ResponseReturnValue:
    """A step does not take place, with the reason."""
    found, step = _step_for_change(checklist_session_id, step_id)
    form = OmissionForm()
    try:
        if form.validate() and not is_repeated(
            found, op_id := posted_operation(), "step.skipped", position=step.position, reason=form.reason.data
        ):
            commit_change(
                found.checklist_session.skip_step(step, reason=form.reason.data, by=found.person, at=now(), op_id=op_id)
            )
        status = 422
    except Refusal as refusal:
        status = blame(form, refusal)
    if form.errors:
        db.session.rollback()
        return _omission_page(find(checklist_session_id, ChecklistSession.agenda_steps), step_id, form, status)
    return part_or_meeting(found, step_part, f"#step-{step_id}")


@checklist_sessions.get("/<int:checklist_session_id>/meeting/times")
def planned_times(checklist_session_id: int) -> ResponseReturnValue:
    """The page where the planned hours are set."""
    found = find(checklist_session_id, ChecklistSession.agenda_steps)
    found.allow("record_meeting")
    return _times_page(found, times_form(found.checklist_session, op_id=new_operation()))


@checklist_sessions.post("/<int:checklist_session_id>/meeting/times")
def plan_times(checklist_session_id: int) -> ResponseReturnValue:
    """When the half-day is to begin, and how many minutes each step is to take."""
    found = find_for_change(checklist_session_id, ChecklistSession.agenda_steps)
    found.allow("record_meeting")
    form = times_form(found.checklist_session)
    try:
        if form.validate() and not is_repeated(found, op_id := posted_operation(), "step.planned"):
            commit_change(
                found.checklist_session.plan_times(
                    form.starts_at.data, form.minutes, by=found.person, at=now(), op_id=op_id
                )
            )
        status = 422
    except Refusal as refusal:
        status = blame(form, refusal)
    if form.errors:
        db.session.rollback()
        return _times_page(find(checklist_session_id, ChecklistSession.agenda_steps), form, status)
    flash("Đã lưu giờ dự kiến.", "success")
    return to_meeting(found, "#agenda")


def _step_for_change(checklist_session_id: int, step_id: int) -> tuple[Found, AgendaStep]:
    found = find_for_change(checklist_session_id, ChecklistSession.agenda_steps)
    found.allow("record_meeting")
    return found, _step(found, step_id)


def _step(found: Found, step_id: int) -> AgendaStep:
    return row_or_404(found.checklist_session.agenda_steps, step_id)


def _tapped_at() -> datetime | None:
    """The moment of the tap on the server's clock, if the device said one that can be."""
    told = request.form.get("tapped_at", "")
    if not told.isascii() or not told.isdecimal():
        return None
    moment = datetime.fromtimestamp(int(told[:13]) / 1000, UTC)
    return moment if now() - LONGEST_WAIT < moment < now() else None


def _omission_page(found: Found, step_id: int, form: OmissionForm, status: int = 200) -> ResponseReturnValue:
    step = _step(found, step_id)
    return show_page(
        "omission", found, "meeting", step=step, form=form, reasons=ready_reasons(step.title), status=status
    )


def _times_page(found: Found, form: object, status: int = 200) -> ResponseReturnValue:
    schedule = schedule_of(db.session(), found.checklist_session.id)
    return show_page("times", found, "meeting", form=form, schedule=schedule, status=status)
