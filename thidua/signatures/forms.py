"""What is typed about one's own key, pictures of signatures, and keys the administrator keeps."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, PasswordField, SelectChoice, SelectField, TextAreaField

from thidua import form_fields as fields
from thidua.issuing.forms import pin_field
from thidua.rules.vietnamese import nfc


class NewKeyForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """A PIN of one's own, before the first signature or instead of a forgotten one."""

    pin = pin_field("Mã PIN")
    pin_again = pin_field("Ghi lại mã PIN lần nữa")
    password = PasswordField("Mật khẩu đăng nhập của đồng chí", filters=[lambda value: nfc(value or "")])
    next = HiddenField()


class PinForm(FlaskForm):  # type: ignore[misc]
    """Another PIN, by who knows the present one."""

    present = pin_field("Mã PIN đang dùng")
    pin = pin_field("Mã PIN mới")
    pin_again = pin_field("Ghi lại mã PIN mới lần nữa")
    next = HiddenField()


class MarkForm(FlaskForm):  # type: ignore[misc]
    """A picture of the handwriting: drawn on the pad (a data address of a PNG), or a file."""

    drawing = HiddenField()
    picture = FileField("Ảnh chụp chữ ký trên giấy trắng")
    next = HiddenField()


class RawSignatureForm(FlaskForm):  # type: ignore[misc]
    """The signature that a service elsewhere made: as a file, or as base64 or hexadecimal text."""

    signature = TextAreaField("Chữ ký nhận được (dán vào đây)")
    file = FileField("Hoặc tệp chữ ký nhận được")


class RevocationForm(FlaskForm):  # type: ignore[misc]
    """Why a key is not to be used any more."""

    reason = fields.line("Lý do thu hồi", 300, required="Xin ghi lý do thu hồi.")


class OrganisationKeyForm(FlaskForm):  # type: ignore[misc]
    """The key that draws the seal."""

    pin = pin_field("Mã PIN của con dấu")
    pin_again = pin_field("Ghi lại mã PIN lần nữa")
    password = PasswordField("Mật khẩu đăng nhập của đồng chí", filters=[lambda value: nfc(value or "")])


class OutsideKeyForm(FlaskForm):  # type: ignore[misc]
    """A certificate from elsewhere: its key on a token in the serving machine, or with a service."""

    account_id = SelectField("Của ai", validate_choice=False)
    means = SelectField(
        "Khóa ở đâu",
        choices=[
            SelectChoice("remote", "Dịch vụ ký số bên ngoài, hoặc USB cắm ở máy của người ký"),
            SelectChoice("token", "Thẻ hoặc USB ký số cắm ở máy chủ"),
        ],
        validate_choice=False,
    )
    certificate = FileField("Tệp chứng thư (.cer, .crt, .pem)")
    token_label = fields.line("Tên thẻ (token label)", 60)
    key_label = fields.line("Tên khóa trên thẻ (key label)", 60)
