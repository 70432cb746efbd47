"""What is posted with an answer: which one, a note, and the version the person saw."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField
from wtforms.widgets import HiddenInput

from thidua import form_fields as fields
from thidua.models.recommendation_review import REVIEW_ANSWERS

LONGEST_NOTE = 1000


class ReviewForm(FlaskForm):
    """One answer; the button pressed carries ``answer``."""

    op_id = HiddenField()
    base_version = IntegerField(widget=HiddenInput(), default=0)
    answer = fields.choice(
        "Trả lời", REVIEW_ANSWERS, refused="Xin bấm một trong ba nút: đã thực hiện, thực hiện một phần, chưa thực hiện."
    )
    note = fields.text("Ghi chú", LONGEST_NOTE)
