"""Attendance of both sides and of the guests, by tapping names."""

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from thidua.checklist_sessions.attendance_part import attendance_part
from thidua.checklist_sessions.meeting import meeting_page
from thidua.checklist_sessions.meeting_forms import AbsenceForm, CorrectionForm, PersonForm
from thidua.checklist_sessions.meeting_page import blame, part_or_meeting, row_or_404, show_page
from thidua.checklist_sessions.routes import checklist_sessions
from thidua.committing import commit_change
from thidua.extensions import db
from thidua.identity import now
from thidua.models import Account, Attendance, ChecklistSession
from thidua.rules.errors import Refusal
from thidua.session_pages.finding import Found, find, find_for_change
from thidua.session_pages.operations import is_repeated, new_operation, posted_operation


@checklist_sessions.post("/<int:checklist_session_id>/attendance")
def add_attendance(checklist_session_id: int) -> ResponseReturnValue:
    """One more person came."""
    found = _found_for_change(checklist_session_id)
    form = PersonForm()
    if not form.validate():
        db.session.rollback()
        return meeting_page(find(checklist_session_id), form, status=422)
    try:
        op_id = posted_operation()
        if not is_repeated(found, op_id, "attendance.added", side=form.side.data, name=form.name.data):
            account_id = _own_account(found.checklist_session.unit_id, form.account_id.data)
            commit_change(
                found.checklist_session.add_attendance(
                    form.side.data or "",
                    form.name.data,
                    **form.values,
                    account_id=account_id if form.side.data == "unit" else None,
                    by=found.person,
                    at=now(),
                    op_id=op_id,
                )
            )
    except Refusal as refusal:
        status = blame(form, refusal)
        return meeting_page(find(checklist_session_id), form, status=status)
    return part_or_meeting(found, attendance_part, "#add-person", say=f"Đã thêm {form.name.data}.")


@checklist_sessions.post("/<int:checklist_session_id>/attendance/all")
def mark_all_present(checklist_session_id: int) -> ResponseReturnValue:
    """Everybody of one side (field ``side``) who is not marked yet is present."""
    found = _found_for_change(checklist_session_id)
    side, op_id = request.form.get("side", ""), posted_operation()
    is_waiting = any(one.side == side and one.presence == "expected" for one in found.checklist_session.attendances)
    if not is_repeated(found, op_id, "attendance.all_present", side=side) and (is_waiting or not side):
        commit_change(found.checklist_session.mark_all_present(side, by=found.person, at=now(), op_id=op_id))
    return part_or_meeting(found, attendance_part, f"#side-{side}")


@checklist_sessions.post("/<int:checklist_session_id>/attendance/<int:attendance_id>")
def mark_attendance(checklist_session_id: int, attendance_id: int) -> ResponseReturnValue:
    """One tap: present, absent, or not marked after all. The same tap again changes nothing."""
    found = _found_for_change(checklist_session_id)
    person = _person(found, attendance_id)
    presence, op_id = request.form.get("presence", ""), posted_operation()
    if presence != person.presence and not is_repeated(found, op_id, "attendance.marked", attendance_id=attendance_id):
        commit_change(found.checklist_session.mark_attendance(person, presence, by=found.person, at=now(), op_id=op_id))
    return part_or_meeting(found, attendance_part, f"#attendance-{attendance_id}")


@checklist_sessions.get("/<int:checklist_session_id>/attendance/<int:attendance_id>")
def absence(checklist_session_id: int, attendance_id: int) -> ResponseReturnValue:
    """The page where the reason of an absence is written."""
    found = _found(checklist_session_id)
    person = _person(found, attendance_id)
    form = AbsenceForm(op_id=new_operation(), reason=person.absent_reason)
    return show_page("absence", found, "meeting", one=person, form=form)


@checklist_sessions.post("/<int:checklist_session_id>/attendance/<int:attendance_id>/absence")
def record_absence(checklist_session_id: int, attendance_id: int) -> ResponseReturnValue:
    """Absent, with the reason."""
    found = _found_for_change(checklist_session_id)
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
        found = _found(checklist_session_id)
        return show_page("absence", found, "meeting", one=_person(found, attendance_id), form=form, status=status)
    return part_or_meeting(found, attendance_part, f"#attendance-{attendance_id}")


@checklist_sessions.get("/<int:checklist_session_id>/attendance/<int:attendance_id>/correction")
def correction(checklist_session_id: int, attendance_id: int) -> ResponseReturnValue:
    """The page where a name is put right, or taken off the list."""
    found = _found(checklist_session_id)
    person = _person(found, attendance_id)
    return _correction_page(found, person, CorrectionForm(op_id=new_operation(), **person.words))


@checklist_sessions.post("/<int:checklist_session_id>/attendance/<int:attendance_id>/correction")
def correct_attendance(checklist_session_id: int, attendance_id: int) -> ResponseReturnValue:
    """Name, rank, office or side were mistaken."""
    found = _found_for_change(checklist_session_id)
    person, form = _person(found, attendance_id), CorrectionForm()
    try:
        if form.validate() and not is_repeated(
            found, op_id := posted_operation(), "attendance.corrected", attendance_id=person.id, name=form.name.data
        ):
            commit_change(
                found.checklist_session.correct_attendance(
                    person,
                    side=form.side.data or "",
                    name=form.name.data,
                    **form.values,
                    by=found.person,
                    at=now(),
                    op_id=op_id,
                )
            )
        status = 422
    except Refusal as refusal:
        status = blame(form, refusal)
    if form.errors:
        db.session.rollback()
        found = _found(checklist_session_id)
        return _correction_page(found, _person(found, attendance_id), form, status)
    return part_or_meeting(found, attendance_part, f"#attendance-{attendance_id}", say="Đã sửa.")


@checklist_sessions.post("/<int:checklist_session_id>/attendance/<int:attendance_id>/removal")
def remove_attendance(checklist_session_id: int, attendance_id: int) -> ResponseReturnValue:
    """Somebody was put on the list by mistake."""
    found = _found_for_change(checklist_session_id)
    op_id = posted_operation()
    if not is_repeated(found, op_id, "attendance.removed", attendance_id=attendance_id):
        person = _person(found, attendance_id)
        commit_change(found.checklist_session.remove_attendance(person, by=found.person, at=now(), op_id=op_id))
    return part_or_meeting(found, attendance_part, "#attendance", say="Đã xóa khỏi danh sách.")


def _found(checklist_session_id: int) -> Found:
    found = find(checklist_session_id, ChecklistSession.attendances)
    found.allow("record_meeting")
    return found


def _found_for_change(checklist_session_id: int) -> Found:
    found = find_for_change(checklist_session_id, ChecklistSession.attendances, ChecklistSession.exchanges)
    found.allow("record_meeting")
    return found


def _person(found: Found, attendance_id: int) -> Attendance:
    return row_or_404(found.checklist_session.attendances, attendance_id)


def _own_account(unit_id: int, told: str | None) -> int | None:
    """The account that was offered with one tap, if it really is one of this unit."""
    if not told or not told.isascii() or not told.isdecimal():
        return None
    return db.session.scalar(
        select(Account.id).where(Account.id == int(told[:9]), Account.unit_id == unit_id, Account.role == "unit")
    )


def _correction_page(found: Found, person: Attendance, form: CorrectionForm, status: int = 200) -> ResponseReturnValue:
    return show_page(
        "correction", found, "meeting", one=person, form=form, removal_op_id=new_operation(), status=status
    )
