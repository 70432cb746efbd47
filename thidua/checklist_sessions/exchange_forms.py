"""What is typed as an exchange: who said it is tapped among the people present, or typed."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectField
from wtforms.widgets import HiddenInput

from thidua import form_fields as fields
from thidua.checklist_sessions.remark_forms import LONGEST_REMARK, criterion_choices, offered
from thidua.extensions import db
from thidua.models import Attendance, Exchange
from thidua.models.finders import session_sheet
from thidua.models.meeting import EXCHANGE_KINDS, SIDES
from thidua.session_pages.finding import Found
from thidua.session_pages.operations import new_operation

SPEAKS_FOR = {"question": "team", "answer": "unit", "rebuttal": "unit", "explanation": "unit"}
FOLLOWING = {"question": "answer", "answer": "question", "rebuttal": "explanation", "explanation": "question"}


class ExchangeForm(FlaskForm):
    """Something said. ``answers_id`` is the exchange it goes on from, 0 for none."""

    op_id = HiddenField()
    answers_id = IntegerField(widget=HiddenInput(), default=0)
    kind = RadioField(
        "Loại",
        [offered("Xin chọn: hỏi, trả lời, giải trình hoặc phản biện.")],
        validate_choice=False,
        choices=list(EXCHANGE_KINDS.items()),
        default="question",
    )
    attendance_id = RadioField(
        "Người phát biểu",
        [offered("Xin chọn người phát biểu trong danh sách.")],
        coerce=int,
        default=0,
        validate_choice=False,
    )
    speaker = fields.line("Hoặc ghi tên người khác", 160)
    text = fields.text("Nội dung phát biểu", LONGEST_REMARK, required="Xin ghi nội dung phát biểu.")
    criterion_id = SelectField(
        "Về tiêu chí", [offered("Tiêu chí này không có trong bảng điểm.")], coerce=int, default=0, validate_choice=False
    )


class ChangedExchangeForm(FlaskForm):
    """The right words of what was said; ``before`` are those the person saw."""

    op_id = HiddenField()
    before = HiddenField()
    text = fields.text("Nội dung phát biểu", LONGEST_REMARK, required="Xin ghi nội dung phát biểu.")


def exchange_form(found: Found, **given: None) -> ExchangeForm:
    """The form with the people and the criteria of this session. Needs ``attendances`` loaded."""
    form = ExchangeForm(**given)
    form.op_id.data = form.op_id.data or new_operation()
    form.attendance_id.choices = [(0, "Chưa chọn"), *((one.id, one.name) for one in speakers(found))]
    form.criterion_id.choices = criterion_choices(session_sheet(db.session(), found.checklist_session))
    return form


def speakers(found: Found) -> list[Attendance]:
    """Those marked present first; nobody who is absent."""
    here = [one for one in found.checklist_session.attendances if one.presence != "absent"]
    return sorted(here, key=lambda one: one.presence != "present")


def speakers_by_side(found: Found) -> list[tuple[str, str, list[Attendance]]]:
    """(side, its name, its speakers), the sides without anybody left out."""
    people = speakers(found)
    sides = [(side, label, [one for one in people if one.side == side]) for side, label in SIDES.items()]
    return [each for each in sides if each[2]]


def last_speakers(found: Found) -> dict[str, int]:
    """Side -> who of it spoke last, as far as still on the list. Needs ``exchanges`` loaded."""
    people = {one.id: one for one in speakers(found)}
    last: dict[str, int] = {}
    for exchange in reversed(found.checklist_session.exchanges):
        person = people.get(exchange.attendance_id or 0)
        if person and exchange.withdrawn_at is None:
            last.setdefault(person.side, person.id)
    return last


def answered(found: Found, form: ExchangeForm) -> Exchange | None:
    """The standing exchange that this one goes on from. Needs ``exchanges`` loaded."""
    wanted = form.answers_id.data
    exchanges = found.checklist_session.exchanges
    return next((one for one in exchanges if one.id == wanted and one.withdrawn_at is None), None)
