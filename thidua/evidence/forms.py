"""What is typed beside the files."""

from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import HiddenField, SelectField

from thidua import form_fields as fields
from thidua.rules.sheet import Sheet

LONGEST_CAPTION = 300
WHOLE_SESSION = 0


class EvidenceForm(FlaskForm):
    """One or more files with one caption; what is wrong with a file is told by the route, which reads it."""

    op_id = HiddenField()
    files = MultipleFileField("Ảnh hoặc tệp")
    criterion_id = SelectField("Về tiêu chí", coerce=int, default=WHOLE_SESSION, validate_choice=False)
    caption = fields.line("Chú thích", LONGEST_CAPTION)


class CaptionForm(FlaskForm):
    """Other words under a picture; ``base_caption`` are those it had when the page was shown."""

    op_id = HiddenField()
    base_caption = HiddenField()
    caption = fields.line("Chú thích", LONGEST_CAPTION)


def criterion_choices(sheet: Sheet) -> list[tuple[int, str]]:
    """The whole half-day, then every criterion."""
    return [
        (WHOLE_SESSION, "Cả buổi kiểm tra"),
        *((leaf.id, f"{leaf.number}. {leaf.text[:80]}") for leaf in sheet.leaves),
    ]
