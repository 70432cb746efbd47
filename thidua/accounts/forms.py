"""What is typed about accounts and passwords."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from thidua import form_fields as fields
from thidua.models.account import EDITABLE, ROLES
from thidua.rules.accounts import require_username, username_key
from thidua.rules.errors import InvalidEntry
from thidua.rules.vietnamese import nfc

LONGEST_TYPED = 200


def _password(label: str, required: str) -> PasswordField:
    too_long = Length(max=LONGEST_TYPED, message="Mật khẩu dài quá 200 ký tự.")
    return PasswordField(label, [InputRequired(required), too_long], filters=[lambda value: nfc(value or "")])


class LoginForm(FlaskForm):
    """Who one is, and the way back to where one was."""

    username = StringField(
        "Tên đăng nhập",
        [InputRequired("Xin ghi tên đăng nhập."), Length(max=60, message="Tên đăng nhập dài quá 60 ký tự.")],
        filters=[lambda value: username_key(value or "")],
    )
    password = _password("Mật khẩu", "Xin ghi mật khẩu.")
    next = HiddenField()


class PasswordForm(FlaskForm):
    """A new password, by somebody who knows the present one."""

    present = _password("Mật khẩu hiện tại", "Xin ghi mật khẩu hiện tại.")
    password = _password("Mật khẩu mới", "Xin ghi mật khẩu mới.")
    repeated = _password("Ghi lại mật khẩu mới", "Xin ghi lại mật khẩu mới lần nữa.")
    next = HiddenField()


class AccountForm(FlaskForm):
    """A person as the office knows him or her; the username stays as it was given (no field when editing)."""

    username = StringField(
        "Tên đăng nhập", [InputRequired("Xin đặt tên đăng nhập.")], filters=[lambda value: username_key(value or "")]
    )
    name = fields.line("Họ và tên", 120, required="Xin ghi họ và tên.")
    rank = fields.line("Cấp bậc", 60)
    office = fields.line("Chức vụ", 160)
    phone = fields.line("Điện thoại", 60)
    role = fields.choice("Vai trò", ROLES, refused="Xin chọn vai trò.", default="inspector")
    unit_id = SelectField("Đơn vị", validate_choice=False)

    def validate_username(self, field: StringField) -> None:
        """The rule's sentence beside the field."""
        try:
            require_username(field.data)
        except InvalidEntry as refusal:
            raise ValidationError(refusal.message) from refusal

    @property
    def values(self) -> dict[str, Any]:
        """What ``Account.change`` takes; a unit that is not offered is none."""
        offered = {value for value, _label in self.unit_id.choices if value}
        unit_id = int(self.unit_id.data) if self.unit_id.data in offered else None
        return {name: self[name].data for name in EDITABLE if name != "unit_id"} | {"unit_id": unit_id}
