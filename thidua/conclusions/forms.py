"""Forms of the conclusion: the head's words, another rating, freezing, signing."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from thidua.rules.vietnamese import clean_text

LONGEST = 20_000


class ConclusionForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """The head of team's conclusion; empty goes back to the drafted one."""

    text = TextAreaField(
        "Kết luận của Trưởng đoàn",
        filters=[lambda value: clean_text(value or "")],
        validators=[Length(max=LONGEST, message="Kết luận dài quá 20.000 chữ. Xin rút ngắn lại.")],
    )
    op_id = HiddenField()
    base_version = HiddenField()


class GradeForm(FlaskForm):  # type: ignore[misc]
    """Another rating than the computed one, with its reason."""

    label = SelectField("Xếp loại", validate_choice=False)
    reason = TextAreaField(
        "Lý do xếp loại khác kết quả tính",
        filters=[lambda value: clean_text(value or "")],
        validators=[Length(max=2000, message="Lý do dài quá 2.000 chữ. Xin viết ngắn lại.")],
    )
    op_id = HiddenField()
    base_version = HiddenField()


class GatesForm(FlaskForm):  # type: ignore[misc]
    """The gates that only the head of team can declare; ``choices`` are those of the sheet."""

    gates = SelectMultipleField(
        "Khống chế do Trưởng đoàn áp dụng",
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
    )
    op_id = HiddenField()
    base_version = HiddenField()


class FreezeForm(FlaskForm):  # type: ignore[misc]
    """Freezing the minutes; what is still missing must be accepted knowingly."""

    accept_missing = BooleanField("Tôi đã xem danh sách trên và vẫn chốt biên bản")
    op_id = HiddenField()
