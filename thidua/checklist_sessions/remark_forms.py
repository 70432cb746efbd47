"""What is typed as a remark; the choices depend on the session and on who types."""

from collections.abc import Callable

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, IntegerField, RadioField, SelectField
from wtforms.validators import ValidationError
from wtforms.widgets import HiddenInput

from thidua import form_fields as fields
from thidua.rules.sheet import Sheet

LONGEST_REMARK = 4000
LONGEST_OPTION = 70


def offered(sentence: str) -> Callable[[object, Field], None]:
    """A validator: the value is one of the choices, else this sentence."""

    def offered(_form: object, field: Field) -> None:
        if field.data not in [value for value, _ in field.choices]:
            raise ValidationError(sentence)

    return offered


class RemarkForm(FlaskForm):
    """A remark: its kind, its text, perhaps a criterion; a recommendation has an owner and a deadline."""

    op_id = HiddenField()
    kind = RadioField("Loại", [offered("Xin chọn loại ghi nhận.")], validate_choice=False)
    text = fields.text("Nội dung", LONGEST_REMARK, required="Xin ghi nội dung.")
    owner = fields.line("Ai thực hiện", 200)
    due_on = fields.DayField("Hạn thực hiện")
    criterion_id = SelectField(
        "Về tiêu chí", [offered("Tiêu chí này không có trong bảng điểm.")], coerce=int, default=0, validate_choice=False
    )

    @property
    def duty(self) -> dict[str, object]:
        """Owner and deadline, which only a recommendation has."""
        if self.kind.data != "recommendation":
            return {"owner": "", "due_on": None}
        return {"owner": self.owner.data, "due_on": self.due_on.data}


class ChangedRemarkForm(FlaskForm):
    """The new wording of a remark; ``base_version`` is the version the person saw."""

    op_id = HiddenField()
    base_version = IntegerField(widget=HiddenInput(), default=0)
    text = fields.text("Nội dung", LONGEST_REMARK, required="Xin ghi nội dung.")
    owner = fields.line("Ai thực hiện", 200)
    due_on = fields.DayField("Hạn thực hiện")


def criterion_choices(sheet: Sheet) -> list[tuple[int, str]]:
    """The criteria to pick from, none first."""
    return [
        (0, "Không gắn với tiêu chí nào"),
        *((leaf.id, _shortened(f"{leaf.number}. {leaf.text}")) for leaf in sheet.leaves),
    ]


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_OPTION else text[:LONGEST_OPTION].rsplit(" ", 1)[0] + "…"
