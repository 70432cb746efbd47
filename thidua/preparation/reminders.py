"""The reminder to a unit that is late, or misses something: as a page and a PDF; those of a plan as one PDF."""

from datetime import date

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from wtforms.validators import ValidationError

from thidua import form_fields as fields
from thidua.extensions import db
from thidua.identity import now, require_person
from thidua.models import Plan
from thidua.models.readiness import UnitReadiness, readiness_of_plan, readiness_of_sessions
from thidua.permissions import allow
from thidua.preparation.noticed import (
    Noticed,
    PaperForm,
    asked_of,
    issued_on,
    noticed_plan,
    noticed_session,
    numbered,
    require_right,
)
from thidua.preparation.papers import as_one_pdf, as_pdf
from thidua.rules.documents import Document
from thidua.rules.errors import Refused
from thidua.rules.reminder import answer_by, compose_reminder
from thidua.rules.words import date_screen, day_of
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.finding import Found, find
from thidua.session_pages.header import room_of

NOTHING = "Đơn vị này không thiếu gì, nên không có gì để nhắc."
NOBODY = "Không có đơn vị nào cần nhắc."
WHOM = {"late": "Chỉ đơn vị trễ hạn", "all": "Mọi đơn vị còn thiếu hoặc bị trả lại"}


class ReminderForm(PaperForm):
    """Number and day of the paper, and by when the unit is asked."""

    answer_on = fields.DayField("Đề nghị gửi trước hết ngày")
    whom = fields.choice("Nhắc", WHOM, refused="Xin chọn nhắc những đơn vị nào.", default="late")

    def validate_answer_on(self, field: fields.DayField) -> None:
        if field.data and field.data < day_of(now()):
            raise ValidationError(f"Ngày đề nghị gửi phải từ hôm nay ({date_screen(day_of(now()))}) trở đi.")


def reminder(checklist_session_id: int) -> ResponseReturnValue:
    """The paper as it would be printed; that nothing is missing when nothing is."""
    found, form, stands = _asked(checklist_session_id)
    is_right = form.validate()
    is_needed = stands.readiness.is_reminded
    room = room_of(found, audience_of(found.standing.part), "preparation")
    page = render_template(
        "preparation/reminder.html",
        room=room,
        tabs=room["links"],
        form=form,
        stands=stands,
        proposed=answer_by(stands.readiness, stands.on_date, _today()) if is_needed else None,
        document=_document(found, form, stands) if is_right and is_needed else None,
        asked=asked_of(form) if is_right else {},
    )
    return page, 200 if is_right else 422


def reminder_pdf(checklist_session_id: int) -> Response:
    """On paper; 409 when nothing is missing."""
    found, form, stands = _asked(checklist_session_id)
    require_right(form)
    if not stands.readiness.is_reminded:
        raise Refused(NOTHING)
    return as_pdf(_document(found, form, stands), f"nhac-viec-{checklist_session_id}")


def reminders_pdf(plan_id: int) -> Response:
    """Those of all units that are late (``?whom=all``: that miss anything), numbered one after another."""
    allow("print_reminders", require_person())
    plan = db.session.get(Plan, plan_id) or abort(404)
    form = _form()
    require_right(form)
    stands = {one.checklist_session_id: one for one in readiness_of_plan(db.session(), plan_id, _today())}
    chosen = [
        one for one in noticed_plan(plan_id) if _is_meant(stands[one.checklist_session.id], form.whom.data or "late")
    ]
    if not chosen:
        raise Refused(NOBODY)
    documents = [
        _compose(one, stands[one.checklist_session.id], form.answer_on.data)
        for one in numbered(chosen, form.number.data, issued_on(form))
    ]
    return as_one_pdf(documents, f"nhac-viec-ke-hoach-{plan_id}", f"Nhắc việc chuẩn bị, {plan.label}")


def _asked(checklist_session_id: int) -> tuple[Found, ReminderForm, UnitReadiness]:
    allow("print_reminders", require_person())
    found = find(checklist_session_id)
    found.allow("see_preparation")
    return found, _form(), readiness_of_sessions(db.session(), [checklist_session_id], _today())[checklist_session_id]


def _form() -> ReminderForm:
    return ReminderForm(request.args) if request.args else ReminderForm(formdata=None)


def _document(found: Found, form: ReminderForm, stands: UnitReadiness) -> Document:
    one = numbered([noticed_session(found.checklist_session.id)], form.number.data, issued_on(form))[0]
    return _compose(one, stands, form.answer_on.data)


def _compose(one: Noticed, stands: UnitReadiness, answer_on: date | None) -> Document:
    return compose_reminder(one.facts, stands.readiness, today=_today(), answer_on=answer_on)


def _is_meant(stands: UnitReadiness, whom: str) -> bool:
    return stands.readiness.status == "late" or (whom == "all" and stands.readiness.is_reminded)


def _today() -> date:
    return day_of(now())
