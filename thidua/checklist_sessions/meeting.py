"""Attendance of both sides and the agenda with its real times."""

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from thidua.checklist_sessions.meeting_forms import AbsenceForm, OmissionForm, PersonForm
from thidua.checklist_sessions.meeting_page import blame, row_or_404, show_page
from thidua.checklist_sessions.parts import agenda_part, attendance_part, meeting_audience
from thidua.checklist_sessions.routes import checklist_sessions
from thidua.committing import commit_change
from thidua.extensions import db
from thidua.hx import is_fragment_wanted
from thidua.identity import now
from thidua.models import AgendaStep, Attendance, ChecklistSession
from thidua.rules.errors import Refusal
from thidua.session_pages.finding import Found, find, find_for_change
from thidua.session_pages.operations import is_repeated, new_operation, posted_operation
from thidua.session_pages.reviews import panel_part, reviews_of

PARTS = {"attendance": attendance_part, "agenda": agenda_part}


@checklist_sessions.get("/<int:checklist_session_id>/meeting")
def meeting(checklist_session_id: int) -> ResponseReturnValue:
    """Who is here, and where the half-day stands."""
    return _meeting_page(find(checklist_session_id), PersonForm(op_id=new_operation()))


@checklist_sessions.post("/<int:checklist_session_id>/attendance")
def add_attendance(checklist_session_id: int) -> ResponseReturnValue:
    """One more person came."""
    found = find_for_change(checklist_session_id, ChecklistSession.attendances)
    found.allow("record_meeting")
    form = PersonForm()
    if not form.validate():
        db.session.rollback()
        return _meeting_page(find(checklist_session_id), form, status=422)
    try:
        op_id = posted_operation()
        if not is_repeated(found, op_id, "attendance.added", side=form.side.data, name=form.name.data):
            commit_change(
                found.checklist_session.add_attendance(
                    form.side.data or "", form.name.data, **form.values, by=found.person, at=now(), op_id=op_id
                )
            )
    except Refusal as refusal:
        status = blame(form, refusal)
        return _meeting_page(find(checklist_session_id), form, status=status)
    flash(f"Đã thêm {form.name.data}.", "success")
    return _to_meeting(found, "#add-person")


@checklist_sessions.post("/<int:checklist_session_id>/attendance/<int:attendance_id>")
def mark_attendance(checklist_session_id: int, attendance_id: int) -> ResponseReturnValue:
    """One tap: present or absent. The same tap again changes nothing."""
    found = find_for_change(checklist_session_id, ChecklistSession.attendances)
    found.allow("record_meeting")
    person = _person(found, attendance_id)
    presence, op_id = request.form.get("presence", ""), posted_operation()
    if presence != person.presence and not is_repeated(found, op_id, "attendance.marked", attendance_id=attendance_id):
        commit_change(found.checklist_session.mark_attendance(person, presence, by=found.person, at=now(), op_id=op_id))
    return _part_or_page(found, "attendance")


@checklist_sessions.get("/<int:checklist_session_id>/attendance/<int:attendance_id>")
def absence(checklist_session_id: int, attendance_id: int) -> ResponseReturnValue:
    """The page where the reason of an absence is written."""
    found = find(checklist_session_id, ChecklistSession.attendances)
    found.allow("record_meeting")
    person = _person(found, attendance_id)
    form = AbsenceForm(op_id=new_operation(), reason=person.absent_reason)
    return show_page("absence", found, "meeting", one=person, form=form)


@checklist_sessions.post("/<int:checklist_session_id>/attendance/<int:attendance_id>/absence")
def record_absence(checklist_session_id: int, attendance_id: int) -> ResponseReturnValue:
    """Absent, with the reason."""
    found = find_for_change(checklist_session_id, ChecklistSession.attendances)
    found.allow("record_meeting")
    person, form = _person(found, attendance_id), AbsenceForm()
    try:
        if form.validate() and not is_repeated(
            found, op_id := posted_operation(), "attendance.marked", attendance_id=person.id, reason=form.reason.data
        ):
            commit_change(
                found.checklist_session.mark_attendance(
                    person, "absent", reason=form.reason.data, by=found.person, at=now(), op_id=op_id
                )
            )
        status = 422
    except Refusal as refusal:
        status = blame(form, refusal)
    if form.errors:
        db.session.rollback()
        found = find(checklist_session_id, ChecklistSession.attendances)
        person = _person(found, attendance_id)
        return show_page("absence", found, "meeting", one=person, form=form, status=status)
    return _to_meeting(found, f"#attendance-{attendance_id}")


@checklist_sessions.post("/<int:checklist_session_id>/steps/<int:step_id>/start")
def start_step(checklist_session_id: int, step_id: int) -> ResponseReturnValue:
    """A step begins now; the one under way ends at the same moment."""
    found = find_for_change(checklist_session_id, ChecklistSession.agenda_steps)
    found.allow("record_meeting")
    step, op_id = _step(found, step_id), posted_operation()
    if step.state != "running" and not is_repeated(found, op_id, "step.started", position=step.position):
        commit_change(found.checklist_session.start_step(step, by=found.person, at=now(), op_id=op_id))
    return _part_or_page(found, "agenda")


@checklist_sessions.post("/<int:checklist_session_id>/steps/<int:step_id>/end")
def finish_step(checklist_session_id: int, step_id: int) -> ResponseReturnValue:
    """The step under way ends now."""
    found = find_for_change(checklist_session_id, ChecklistSession.agenda_steps)
    found.allow("record_meeting")
    step, op_id = _step(found, step_id), posted_operation()
    if step.state != "done" and not is_repeated(found, op_id, "step.finished", position=step.position):
        commit_change(found.checklist_session.finish_step(step, by=found.person, at=now(), op_id=op_id))
    return _part_or_page(found, "agenda")


@checklist_sessions.get("/<int:checklist_session_id>/steps/<int:step_id>/omission")
def omission(checklist_session_id: int, step_id: int) -> ResponseReturnValue:
    """The page where the reason for leaving out a step is written."""
    found = find(checklist_session_id, ChecklistSession.agenda_steps)
    found.allow("record_meeting")
    form = OmissionForm(op_id=new_operation())
    return show_page("omission", found, "meeting", step=_step(found, step_id), form=form)


@checklist_sessions.post("/<int:checklist_session_id>/steps/<int:step_id>/omission")
def skip_step(checklist_session_id: int, step_id: int) -> ResponseReturnValue:
    """A step does not take place, with the reason."""
    found = find_for_change(checklist_session_id, ChecklistSession.agenda_steps)
    found.allow("record_meeting")
    step, form = _step(found, step_id), OmissionForm()
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
        found = find(checklist_session_id, ChecklistSession.agenda_steps)
        return show_page("omission", found, "meeting", step=_step(found, step_id), form=form, status=status)
    return _to_meeting(found, f"#step-{step_id}")


def _meeting_page(found: Found, form: PersonForm, *, status: int = 200) -> ResponseReturnValue:
    where = (db.session(), found.checklist_session.id, meeting_audience(found.standing.part))
    return show_page(
        "meeting",
        found,
        "meeting",
        status=status,
        form=form,
        op_id=new_operation(),
        reviews_panel=panel_part(
            found.checklist_session, reviews_of(db.session(), found.checklist_session), where[2]
        ),
        attendance=attendance_part(*where),
        agenda=agenda_part(*where),
    )


def _part_or_page(found: Found, name: str) -> ResponseReturnValue:
    """The changed part for htmx, the page for a plain form."""
    db.session.rollback()
    if not is_fragment_wanted():
        return _to_meeting(found, f"#{name}")
    checklist_session_id, revision = found.checklist_session.id, found.checklist_session.revision
    html = PARTS[name](db.session(), checklist_session_id, meeting_audience(found.standing.part))
    return html, 200, {"X-Revision": str(revision)}


def _to_meeting(found: Found, place: str) -> Response:
    return redirect(f"/checklist-sessions/{found.checklist_session.id}/meeting{place}", 303)


def _person(found: Found, attendance_id: int) -> Attendance:
    return row_or_404(found.checklist_session.attendances, attendance_id)


def _step(found: Found, step_id: int) -> AgendaStep:
    return row_or_404(found.checklist_session.agenda_steps, step_id)
