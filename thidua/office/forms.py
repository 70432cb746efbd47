"""What the office sets for all its papers."""

import re
from urllib.parse import urlsplit

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, ValidationError

from thidua import form_fields as fields
from thidua.form_fields import lines_of
from thidua.office.typed import pair_of

PARTS = (
    ("Tên cơ quan", ("parent", "issuer", "short_name", "symbol", "place")),
    ("Cách ghi người", ("prints_ranks", "abbreviations")),
    ("Nơi nhận và số bản", ("recipients", "copies")),
    ("Người ký", ("sign_note", "signing_body", "signing_office", "signing_person")),
    ("Kiểm tra văn bản", ("verify_address",)),
)
HINTS = {
    "parent": "In chữ hoa, không đậm, ở dòng trên tên cơ quan; để trống nếu không có.",
    "issuer": "Mỗi dòng in thành một dòng, chữ hoa đậm.",
    "short_name": "Ai nói trong thông báo khi kế hoạch không ghi, ví dụ “Hội”, “Thường trực Hội”.",
    "symbol": "Ghi sau số và loại văn bản, ví dụ HTS trong “15/BB-HTS”.",
    "place": "Ghi trước ngày tháng của thông báo, giấy mời, kế hoạch.",
    "prints_ranks": "Có: “Thiếu tướng Võ Sở”. Không (theo Nghị định 30): “Đồng chí Võ Sở”.",
    "abbreviations": "Để tìm kiếm hiểu cả hai cách viết. Mỗi dòng một chữ, ghi “chữ tắt = chữ đầy đủ”.",
    "recipients": "Mỗi dòng một nơi. {unit} là tên đơn vị được kiểm tra.",
    "copies": "Số bản gốc hai bên cùng giữ; để trống là 2.",
    "sign_note": "In nghiêng dưới chức vụ; để trống nếu không cần.",
    "signing_body": "Dòng trên chức vụ người ký thông báo, ví dụ “TM. THƯỜNG TRỰC HỘI”.",
    "verify_address": "Địa chỉ in trong mã QR ở chân trang, ví dụ http://192.168.1.10:5000. "
    "Để trống thì lấy địa chỉ đang dùng.",
}
WIDTHS = {"symbol": "short", "copies": "short", "place": "medium", "short_name": "medium"}
MOST_LINES = 30
_SYMBOL = re.compile(r"[^\W\d_][\w.&-]*(?:/[\w.&-]+)*")


class OfficeForm(FlaskForm):
    """Everything at once; the sample beside it follows what is typed."""

    parent = fields.line("Cơ quan cấp trên", 200)
    issuer = fields.text("Tên cơ quan ban hành", 400, required="Xin ghi tên cơ quan ban hành văn bản.")
    short_name = fields.line("Tên gọi ngắn", 60)
    symbol = fields.line("Ký hiệu cơ quan", 40, required="Xin ghi ký hiệu cơ quan, ví dụ HTS.")
    place = fields.line("Địa danh", 80)
    prints_ranks = BooleanField("In cấp bậc trước họ tên")
    abbreviations = fields.text("Chữ viết tắt", 4000)
    recipients = fields.text("Nơi nhận", 2000)
    copies = fields.WholeField("Số bản", least=1, most=20)
    sign_note = fields.line("Ghi chú dưới chức vụ", 80)
    signing_body = fields.line("Ký thay mặt", 120)
    signing_office = fields.line("Chức vụ người ký thông báo", 120)
    signing_person = fields.line("Họ tên người ký thông báo", 120)
    verify_address = fields.line("Địa chỉ kiểm tra văn bản", 200)
    base_version = HiddenField()

    def validate_issuer(self, field: fields.Field) -> None:
        if len(lines_of(field.data)) > 4:
            raise ValidationError("Tên cơ quan ban hành: nhiều nhất 4 dòng.")

    def validate_symbol(self, field: fields.Field) -> None:
        if not _SYMBOL.fullmatch(field.data):
            raise ValidationError("Ký hiệu chỉ gồm chữ, số, dấu chấm, gạch nối, ví dụ HTS hoặc HTS-TW.")

    def validate_recipients(self, field: fields.Field) -> None:
        lines = lines_of(field.data)
        if len(lines) > MOST_LINES:
            raise ValidationError(f"Nơi nhận: nhiều nhất {MOST_LINES} dòng.")
        wrong = next((line for line in lines if re.search(r"\{(?!unit\})|(?<!\{unit)\}", line)), "")
        if wrong:
            raise ValidationError(f"Nơi nhận: trong ngoặc nhọn chỉ ghi {{unit}}. Xin xem lại dòng “{wrong[:80]}”.")

    def validate_abbreviations(self, field: fields.Field) -> None:
        wrong = next((line for line in lines_of(field.data) if pair_of(line) is None), "")
        if wrong:
            raise ValidationError(f"Chữ viết tắt: xin ghi “chữ tắt = chữ đầy đủ”. Xin xem lại dòng “{wrong[:80]}”.")

    def validate_verify_address(self, field: fields.Field) -> None:
        if field.data and not is_web_address(field.data):
            raise ValidationError("Địa chỉ phải bắt đầu bằng http:// hoặc https://, không có dấu ? hay #.")


def is_web_address(text: str) -> bool:
    """ "http://192.168.1.10:5000/thidua"; no user, no question, no fragment."""
    try:
        parts = urlsplit(text)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        return False
    is_plain = not (parts.query or parts.fragment or parts.username or " " in text or "?" in text or "#" in text)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and is_plain and port_is_right
