"""The form of one row of a sheet being imported, and what the row holds in it."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectChoice
from wtforms.validators import Optional

from thidua import form_fields as fields
from thidua.rules.points import format_points
from thidua.rules.sheet import Criterion
from thidua.rules.sheet_reading.correcting import KINDS, LONGEST_TEXT, POLARITIES
from thidua.rules.sheet_reading.drafts import LONGEST_NUMBER
from thidua.rules.sheet_reading.values import ReadRow

DEPTHS = [SelectChoice("1", "Cấp 1: mục lớn"), SelectChoice("2", "Cấp 2"), SelectChoice("3", "Cấp 3")]


class RowForm(FlaskForm):
    """Everything of a row that reading may have got wrong. Points are text: "8,5" and "8.5"."""

    number = fields.line("Số thứ tự", LONGEST_NUMBER, required="Xin ghi số thứ tự, ví dụ 1.2.")
    text = fields.text("Nội dung", LONGEST_TEXT, required="Xin ghi nội dung, hoặc bỏ hàng này.")
    depth = RadioField("Cấp", [Optional()], choices=DEPTHS)
    kind = fields.choice("Cách chấm", KINDS, refused="Xin chọn một cách chấm trong danh sách.")
    polarity = fields.choice("Loại điểm", POLARITIES, refused="Xin chọn điểm thường, điểm thưởng hay điểm trừ.")
    maximum = fields.line("Điểm tối đa", 20)
    per = fields.line("Điểm mỗi lần", 20)
    levels = fields.text("Các mức")
    cap = fields.line("Mức trần", 20)
    guidance = fields.text("Hướng dẫn chấm")
    is_taken = BooleanField("Lấy hàng này vào bảng điểm")


HINTS = {
    "maximum": "Với điểm trừ: số điểm bị trừ nhiều nhất. Để trống nếu không giới hạn.",
    "per": "Chỉ khi đếm số lần. Trừ thì ghi dấu trừ, ví dụ -0,5.",
    "levels": "Chỉ khi chọn một mức. Mỗi dòng một mức, điểm sau dấu hai chấm, ví dụ: Tốt: 5",
    "cap": "Chỉ cho cả mục: cộng các tiêu chí nhưng không quá số này.",
}
NAMES = ("number", "text", "depth", "kind", "polarity", "maximum", "per", "levels", "cap", "guidance")


def values_of(row: ReadRow, *, is_section: bool) -> dict[str, object]:
    """What the form shows of a row."""
    one = row.criterion
    return {
        "number": one.number,
        "text": one.text,
        "depth": str(row.depth),
        "kind": "section" if is_section else one.kind,
        "polarity": one.polarity,
        "maximum": _maximum(one),
        "per": "" if one.points_per_count is None else format_points(one.points_per_count),
        "levels": "\n".join(f"{level.text}: {format_points(level.points)}" for level in one.levels),
        "cap": "" if one.cap is None else format_points(one.cap),
        "guidance": one.guidance,
        "is_taken": row.is_taken,
    }


def typed_of(form: RowForm, before: dict[str, object]) -> dict[str, str]:
    """The fields that were changed, as typed."""
    typed = {name: str(form[name].data or "") for name in NAMES}
    typed["is_taken"] = "1" if form.is_taken.data else "0"
    shown = {name: str(value or "") for name, value in before.items() if name != "is_taken"}
    shown["is_taken"] = "1" if before["is_taken"] else "0"
    return {name: value for name, value in typed.items() if value != shown[name]}


def _maximum(one: Criterion) -> str:
    if one.polarity == "penalty":
        return format_points(-one.minimum) if one.minimum else ""
    return "" if one.maximum is None else format_points(one.maximum)
