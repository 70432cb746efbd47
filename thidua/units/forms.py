"""What the office types about a unit."""

from flask_wtf import FlaskForm

from thidua import form_fields as fields
from thidua.models.unit import EDITABLE, UNIT_KINDS


class UnitForm(FlaskForm):
    """A unit as the office knows it; lengths are those of the columns."""

    name = fields.line("Tên đơn vị", 200, required="Xin ghi tên đơn vị.")
    kind = fields.choice("Loại đơn vị", UNIT_KINDS, refused="Xin chọn loại đơn vị.")
    kind_label = fields.line("Cách gọi loại đơn vị", 80)
    area = fields.line("Địa bàn", 120)
    leader_name = fields.line("Người đứng đầu", 120)
    leader_office = fields.line("Chức vụ người đứng đầu", 120)
    phone = fields.line("Điện thoại", 60)
    address = fields.line("Địa chỉ", 300)
    note = fields.text("Ghi chú", 2000)

    @property
    def values(self) -> dict[str, str]:
        """What ``Unit.change`` takes."""
        return {name: self[name].data for name in EDITABLE}
