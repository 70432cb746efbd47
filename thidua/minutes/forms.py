"""What is typed into the minutes: a paragraph, an objection, what came of it."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.validators import ValidationError
from wtforms.widgets import HiddenInput

from thidua import form_fields as fields
from thidua.rules.vietnamese import clean_text

LONGEST_OBJECTION = 4_000


class TextForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """The wording of one paragraph. ``seen`` names the composed text that stood beside it."""

    text = TextAreaField("Nội dung in trong biên bản", filters=[lambda value: clean_text(value or "")])
    op_id = HiddenField()
    base_version = IntegerField(widget=HiddenInput(), default=0)
    seen = HiddenField()


class ObjectionForm(FlaskForm):  # type: ignore[misc]
    """Somebody's objection; ``block_id`` is the paragraph it is about, "" for the whole."""

    op_id = HiddenField()
    speaker = fields.line("Người có ý kiến", 160, required="Xin ghi người có ý kiến.")
    block_id = SelectField("Về đoạn", default="", validate_choice=False)
    text = fields.text("Nội dung ý kiến", LONGEST_OBJECTION, required="Xin ghi nội dung ý kiến.")

    def validate_block_id(self, field: SelectField) -> None:
        """One of the paragraphs there are."""
        if field.data not in {choice.value for choice in field.choices}:
            field.data = ""
            raise ValidationError("Đoạn này không còn trong biên bản. Xin chọn lại.")


class OutcomeForm(FlaskForm):  # type: ignore[misc]
    """What came of an objection."""

    op_id = HiddenField()
    base_version = IntegerField(widget=HiddenInput(), default=0)
    outcome = HiddenField()
    answer = fields.text("Trả lời (nếu có)", LONGEST_OBJECTION)
