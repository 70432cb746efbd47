"""What the unit types: texts, rows of its lists, proofs. Each is read twice: now, and as it stood (``before-…``)."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, IntegerField, StringField
from wtforms.validators import ValidationError

from thidua import form_fields as fields
from thidua.models.preparation import PERSON_KINDS
from thidua.rules.errors import InvalidEntry
from thidua.rules.figures import figure_of, format_figure, kept_figure, read_figure

BEFORE = "before-"


class FigureField(StringField):
    """A figure as Vietnamese people write it; ``data`` is what a row keeps: "1234.5", "" for none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.raw_data = [valuelist[0] if valuelist else ""]
        try:
            self.data = kept_figure(read_figure(str(self.raw_data[0])))
        except InvalidEntry as wrong:
            self.data = ""
            raise ValueError(f"{self.label.text}: {wrong.message}") from None

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else format_figure(figure_of(self.data or ""))


class TextsForm(FlaskForm):
    """The two longer texts; only what was posted is written."""

    op_id = HiddenField()
    report_summary = fields.text("Báo cáo tóm tắt")
    visit_place = fields.text("Nơi tham quan", 2000)


class FigureForm(FlaskForm):
    """A row of the appendix."""

    op_id = HiddenField()
    label = fields.line("Chỉ tiêu", 300, required="Xin ghi tên chỉ tiêu.")
    measure = fields.line("Đơn vị tính", 60)
    last_year = FigureField("Năm trước")
    this_year = FigureField("Năm nay")
    note = fields.line("Ghi chú", 500)


class DocumentForm(FlaskForm):
    """One of the unit's own decisions or regulations."""

    op_id = HiddenField()
    number = fields.line("Số, ký hiệu", 80)
    issued_on = fields.DayField("Ngày ban hành")
    title = fields.line("Trích yếu", 500, required="Xin ghi trích yếu: văn bản về việc gì.")


class PersonForm(FlaskForm):
    """Somebody who attends, or is exemplary."""

    op_id = HiddenField()
    kind = HiddenField()
    name = fields.line("Họ tên", 120, required="Xin ghi họ tên, hoặc tên tập thể.")
    office = fields.line("Chức vụ, đơn vị", 160)
    note = fields.text("Thành tích, việc làm tiêu biểu", 2000)

    def validate_kind(self, field: Field) -> None:
        """One of the two lists."""
        if field.data not in PERSON_KINDS:
            raise ValidationError("Không rõ thêm vào danh sách nào. Xin mở lại trang.")


class ProofForm(FlaskForm):
    """A document of the unit, or a note, that proves a self-score."""

    op_id = HiddenField()
    criterion_id = IntegerField("Tiêu chí")
    document_id = fields.WholeField("Văn bản", least=0, most=2_000_000_000)
    note = fields.line("Ghi chú", 500)


class FilesForm(FlaskForm):
    """What is said beside posted files."""

    op_id = HiddenField()
    document_id = fields.WholeField("Văn bản", least=0, most=2_000_000_000)


def posted(form: FlaskForm, *names: str) -> dict[str, Any]:
    """The values of the fields that were really sent."""
    return {name: form[name].data for name in names if form[name].name in request.form}


def before(kind: type[FlaskForm], *names: str) -> dict[str, Any]:
    """What stood in these fields when the page was shown, as far as it was sent along."""
    return posted(kind(prefix=BEFORE, meta={"csrf": False}), *names)


def first_error(form: FlaskForm) -> InvalidEntry:
    """The first thing that is wrong, as a refusal."""
    name, messages = next(iter(form.errors.items()))
    return InvalidEntry(str(messages[0]), field=name)
