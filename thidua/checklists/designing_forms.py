"""What is typed about a draft: a new sheet, and one criterion of it."""

import json
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, SelectField, SelectMultipleField, StringField
from wtforms.validators import ValidationError

from thidua import form_fields as fields
from thidua.models import Criterion
from thidua.models.checklist_verbs import CRITERION_FIELDS
from thidua.models.unit import UNIT_KINDS
from thidua.rules.criterion_shape import KINDS, POLARITIES, STEPS
from thidua.rules.errors import InvalidEntry
from thidua.rules.points import format_points, parse_points
from thidua.rules.sheet_words import NOT_APPLICABLE

STEP_CHOICES = {str(step): words for step, words in STEPS.items()}


class PointsField(StringField):
    """Points as people type them ("8,5"), perhaps none; ``data`` is hundredths or None."""

    def __init__(self, label: str, *, allow_negative: bool = False, required: str = "", **settings: Any) -> None:
        super().__init__(label, [], **settings)
        self._allow_negative, self._required = allow_negative, required

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.raw_data, self.data = [typed], None
        try:
            self.data = parse_points(typed, allow_negative=self._allow_negative) if typed else None
        except InvalidEntry as wrong:
            raise ValueError(f"{self.label.text}: {wrong.message}") from wrong

    def pre_validate(self, _form: object) -> None:
        if self._required and not (self.raw_data and self.raw_data[0]):
            raise ValidationError(self._required)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else format_points(self.data)


def one_of(label: str, choices: dict[str, str], refused: str) -> RadioField:
    """Radio buttons; ``refused`` is the sentence for anything else."""

    def known(_form: object, field: RadioField) -> None:
        if field.data not in choices:
            raise ValidationError(refused)

    return RadioField(label, [known], choices=[SelectChoice(*one) for one in choices.items()], validate_choice=False)


class NewChecklistForm(FlaskForm):
    """A sheet that does not exist yet."""

    name = fields.line("Tên bảng điểm", 300, required="Xin ghi tên bảng điểm.")
    declared_max = PointsField("Tổng điểm", required="Xin ghi tổng điểm, ví dụ 100.")
    not_applicable = one_of("Nội dung “không xét”", NOT_APPLICABLE, "Xin chọn cách tính nội dung “không xét”.")
    step = one_of("Nấc điểm thường dùng", STEP_CHOICES, "Xin chọn nấc điểm.")
    copied_from = SelectField("Bắt đầu từ", validate_choice=False)

    def validate_copied_from(self, field: SelectField) -> None:
        if field.data not in [choice.value for choice in field.choices]:
            raise ValidationError("Xin chọn trong danh sách.")


class CriterionForm(FlaskForm):
    """One row of a draft. The table of levels is typed beside it (``designing_rows``)."""

    own_number = BooleanField("Tự gõ số thứ tự cho nhóm này")
    number = fields.line("Số thứ tự", 20)
    text = fields.text("Nội dung", 2000, required="Xin ghi nội dung.")
    kind = one_of("Loại", KINDS, "Xin chọn loại.")
    polarity = one_of("Tính là", POLARITIES, "Xin chọn điểm thường, điểm thưởng hoặc điểm trừ.")
    maximum = PointsField("Điểm tối đa")
    minimum = PointsField("Điểm ít nhất", allow_negative=True)
    deduction = PointsField("Trừ nhiều nhất")
    step = one_of("Nấc điểm", STEP_CHOICES, "Xin chọn nấc điểm: 1; 0,5 hoặc 0,25.")
    points_per_count = PointsField("Điểm mỗi lần", allow_negative=True)
    cap = PointsField("Điểm trần (không vượt quá)")
    only_highest = BooleanField("Chỉ tính nội dung cao nhất")
    either_or = BooleanField("Hoặc … hoặc: chỉ chấm một trong các nội dung con")
    starts_full = BooleanField("Trừ dần: bắt đầu từ điểm tối đa, các nội dung con trừ đi")
    critical = BooleanField("Nội dung bắt buộc (0 điểm thì bị khống chế xếp loại)")
    applies_to = SelectMultipleField(
        "Áp dụng cho loại đơn vị", choices=[SelectChoice(*one) for one in UNIT_KINDS.items()], validate_choice=False
    )
    applies_free = fields.line("Loại đơn vị khác", 300)
    guidance = fields.text("Hướng dẫn chấm")
    refs = fields.text("Văn bản dẫn chiếu", 2000)
    base = HiddenField()

    def validate_own_number(self, field: BooleanField) -> None:
        if field.data and not self.number.data:
            raise ValidationError("Xin ghi số thứ tự, hoặc để máy đánh số.")

    @property
    def typed_number(self) -> str | None:
        """The number somebody chose himself; None leaves it to the machine."""
        return str(self.number.data) if self.own_number.data else None

    def values(self, levels: list[dict[str, Any]]) -> dict[str, Any]:
        """``CRITERION_FIELDS``; what does not belong to the kind is emptied."""
        kind, penalty, section = self.kind.data, self.polarity.data == "penalty", self.kind.data == "section"
        counted = kind == "count"
        each = self.points_per_count.data if counted else None
        maximum, minimum = self.maximum.data, self.minimum.data or 0
        if penalty and not section:
            maximum, minimum = 0, -(self.deduction.data or 0)
            each = None if each is None else -abs(each)
        if penalty and section:
            minimum = -(self.deduction.data or 0)
        if kind == "levels":
            minimum = 0
            if maximum is None and self.polarity.data != "penalty":
                maximum = max((level["points"] for level in levels), default=None)
        if kind == "note":
            maximum, minimum = None, 0
        free = [part.strip() for part in self.applies_free.data.split(",") if part.strip()]
        return {
            "text": self.text.data,
            "guidance": self.guidance.data,
            "kind": kind,
            "polarity": self.polarity.data,
            "maximum": maximum,
            "minimum": minimum,
            "step": int(self.step.data or 50),
            "points_per_count": each,
            "critical": bool(self.critical.data) and not section and kind != "note",
            "cap": self.cap.data if kind != "note" else None,
            "only_highest": section and bool(self.only_highest.data),
            "either_or": section and bool(self.either_or.data),
            "starts_full": section and bool(self.starts_full.data),
            "levels": levels if kind == "levels" else [],
            "refs": fields.lines_of(self.refs.data),
            "applies_to": [kind for kind in UNIT_KINDS if kind in self.applies_to.data] + free,
        }


def typed_of(row: Criterion, *, own_number: bool) -> dict[str, Any]:
    """What the form shows of a row."""
    values = {name: getattr(row, name) for name in CRITERION_FIELDS}
    penalty = row.polarity == "penalty"
    return values | {
        "own_number": own_number,
        "number": row.number,
        "step": str(row.step if row.step in STEPS else 50),
        "deduction": -row.minimum if penalty and row.minimum < 0 else None,
        "minimum": None if penalty or not row.minimum else row.minimum,
        "maximum": None if penalty and row.kind != "section" else row.maximum,
        "points_per_count": abs(row.points_per_count) if penalty and row.points_per_count else row.points_per_count,
        "applies_to": [kind for kind in row.applies_to if kind in UNIT_KINDS],
        "applies_free": ", ".join(kind for kind in row.applies_to if kind not in UNIT_KINDS),
        "refs": "\n".join(row.refs),
        "base": base_of(row),
    }


def base_of(row: Criterion) -> str:
    """The row as it was when the form was opened, to find out later what somebody else changed."""
    return json.dumps({name: getattr(row, name) for name in ("number", *CRITERION_FIELDS)}, ensure_ascii=False)


def read_base(typed: str | None) -> dict[str, Any]:
    """What came back of it; {} when it is none."""
    try:
        base = json.loads(typed or "")
        json.dumps(base, ensure_ascii=False).encode()  # half a letter cannot be shown
    except (ValueError, RecursionError):
        return {}
    return base if isinstance(base, dict) else {}
