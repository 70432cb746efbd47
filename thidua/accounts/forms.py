"""What is typed about accounts and passwords."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from thidua.rules.accounts import username_key
from thidua.rules.vietnamese import nfc

LONGEST_TYPED = 200


def _password(label: str, required: str) -> PasswordField:
    too_long = Length(max=LONGEST_TYPED, message="Mật khẩu dài quá 200 ký tự.")
    return PasswordField(label, [InputRequired(required), too_long], filters=[lambda value: nfc(value or "")])


class LoginForm(FlaskForm):
    """Who one is, and the way back to where one was."""

    username = StringField("Tên đăng nhập", [InputRequired("Xin ghi tên đăng nhập."),
                                             Length(max=60, message="Tên đăng nhập dài quá 60 ký tự.")],
                           filters=[lambda value: username_key(value or "")])
    password = _password("Mật khẩu", "Xin ghi mật khẩu.")
    next = HiddenField()


class PasswordForm(FlaskForm):
    """A new password, by somebody who knows the present one."""

    present = _password("Mật khẩu hiện tại", "Xin ghi mật khẩu hiện tại.")
    password = _password("Mật khẩu mới", "Xin ghi mật khẩu mới.")
    repeated = _password("Ghi lại mật khẩu mới", "Xin ghi lại mật khẩu mới lần nữa.")
    next = HiddenField()
