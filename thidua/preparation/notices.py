"""The invitation and the notice of the schedule: as a page, a PDF, a Word file; all of a plan as one PDF."""

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from thidua import form_fields as fields
from thidua.extensions import db
from thidua.identity import require_person
from thidua.models import Plan
from thidua.permissions import allow
from thidua.preparation.noticed import (
    PaperForm,
    asked_of,
    issued_on,
    noticed_plan,
    noticed_session,
    numbered,
    require_right,
)
from thidua.preparation.papers import as_docx, as_one_pdf, as_pdf
from thidua.rules.documents import Document
from thidua.rules.errors import Refused
from thidua.rules.invitation import KIND_LABELS, compose_invitation
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.finding import Found, find
from thidua.session_pages.header import room_of

REFUSED_KIND = "Xin chọn giấy mời hoặc thông báo lịch."
FILE_NAMES = {"GM": "giay-moi", "TB": "thong-bao-lich"}
NO_HALF_DAY = (
    "Kế hoạch này chưa có buổi kiểm tra nào, nên chưa có giấy mời. Xin tạo các buổi kiểm tra ở trang lịch trước."
)


class NoticeForm(PaperForm):
    """Which of the two papers, its number and its day."""

    kind = fields.choice("Loại văn bản", dict(KIND_LABELS), refused=REFUSED_KIND, default="GM")


def notice(checklist_session_id: int) -> ResponseReturnValue:
    """The paper as it would be printed, and the form above it (``?kind=GM|TB&number=&issued_on=``)."""
    found, form = _asked(checklist_session_id)
    is_right = form.validate()
    room = room_of(found, audience_of(found.standing.part), "preparation")
    page = render_template(
        "preparation/notice.html",
        room=room,
        tabs=room["links"],
        form=form,
        document=_document(found, form) if is_right else None,
        asked=asked_of(form) if is_right else {},
        may=found.may,
    )
    return page, 200 if is_right else 422


def notice_pdf(checklist_session_id: int) -> Response:
    """On paper (Nghị định 30/2020/NĐ-CP)."""
    found, form = _asked(checklist_session_id)
    require_right(form)
    return as_pdf(_document(found, form), f"{FILE_NAMES[form.kind.data]}-{checklist_session_id}")


def notice_docx(checklist_session_id: int) -> Response:
    """To be changed in Word before it is signed."""
    found, form = _asked(checklist_session_id)
    require_right(form)
    return as_docx(_document(found, form), f"{FILE_NAMES[form.kind.data]}-{checklist_session_id}")


def notices_pdf(plan_id: int) -> Response:
    """The papers of all units of the plan, numbered one after another from ``?number=``."""
    allow("print_reminders", require_person())
    plan = db.session.get(Plan, plan_id) or abort(404)
    form = NoticeForm(request.args)
    require_right(form)
    noticed = numbered(noticed_plan(plan_id), form.number.data, issued_on(form))
    if not noticed:
        raise Refused(NO_HALF_DAY)
    kind = form.kind.data
    documents = [compose_invitation(one.facts, kind) for one in noticed]
    return as_one_pdf(documents, f"{FILE_NAMES[kind]}-ke-hoach-{plan_id}", f"{KIND_LABELS[kind]}, {plan.label}")


def _asked(checklist_session_id: int) -> tuple[Found, NoticeForm]:
    found = find(checklist_session_id)
    found.allow("see_notice")
    return found, NoticeForm(request.args) if request.args else NoticeForm(formdata=None)


def _document(found: Found, form: NoticeForm) -> Document:
    one = numbered([noticed_session(found.checklist_session.id)], form.number.data, issued_on(form))[0]
    return compose_invitation(one.facts, form.kind.data)
