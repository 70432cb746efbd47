"""What is typed on the card of a signature."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField

from thidua import form_fields as fields
from thidua.rules.pins import clean_pin
from thidua.rules.vietnamese import nfc


def pin_field(label: str) -> StringField:
    """Six digits; css hides them, as a password field would make browsers offer to keep them as the password."""
    return StringField(label, filters=[lambda value: clean_pin(value or "")])


class SignForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """A PIN; the first time the password, too, and the PIN twice; for a PIN somebody else has seen, the new one."""

    password = PasswordField("Mật khẩu đăng nhập của đồng chí", filters=[lambda value: nfc(value or "")])
    pin = pin_field("Mã PIN")
    new_pin = pin_field("Mã PIN mới của riêng đồng chí")
    pin_again = pin_field("Ghi lại mã PIN lần nữa")
    key_id = HiddenField()
    op_id = HiddenField()


class RefuseForm(FlaskForm):  # type: ignore[misc]
    """Not signing, and why."""

    reason = fields.text("Lý do không ký", 2000, required="Xin ghi lý do không ký.")
    op_id = HiddenField()
