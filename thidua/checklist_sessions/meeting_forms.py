"""What is typed about people and the agenda."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField

from thidua import form_fields as fields
from thidua.models.meeting import SIDES


class PersonForm(FlaskForm):
    """Somebody who came and is not on the list; lengths are those of the columns."""

    op_id = HiddenField()
    side = RadioField("Thuộc bên nào", choices=list(SIDES.items()), default="guest", validate_choice=False)
    name = fields.line("Họ và tên", 120, required="Xin ghi họ tên người dự.")
    rank = fields.line("Cấp bậc, danh xưng", 60)
    office = fields.line("Chức vụ, đơn vị", 160)
    part = fields.line("Vai trò trong buổi kiểm tra", 60)
    account_id = HiddenField()

    @property
    def values(self) -> dict[str, str]:
        """What ``ChecklistSession.add_attendance`` takes besides side and name."""
        return {name: self[name].data for name in ("rank", "office", "part")}


class CorrectionForm(FlaskForm):
    """The right words of somebody on the list."""

    op_id = HiddenField()
    side = RadioField("Thuộc bên nào", choices=list(SIDES.items()), validate_choice=False)
    name = fields.line("Họ và tên", 120, required="Xin ghi họ tên người dự.")
    rank = fields.line("Cấp bậc, danh xưng", 60)
    office = fields.line("Chức vụ, đơn vị", 160)
    part = fields.line("Vai trò trong buổi kiểm tra", 60)

    @property
    def values(self) -> dict[str, str]:
        """What ``ChecklistSession.correct_attendance`` takes besides side and name."""
        return {name: self[name].data for name in ("rank", "office", "part")}


class AbsenceForm(FlaskForm):
    """Why somebody is absent."""

    op_id = HiddenField()
    reason = fields.line("Lý do vắng mặt", 300, required="Xin ghi lý do vắng mặt.")


class OmissionForm(FlaskForm):
    """Why a step of the agenda does not take place."""

    op_id = HiddenField()
    reason = fields.line("Lý do bỏ qua", 300, required="Xin ghi lý do bỏ qua bước này.")
