"""What the office types about a plan."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField

from thidua import form_fields as fields
from thidua.models import Plan
from thidua.models.plan import SETTINGS
from thidua.models.plan_text import stored_facts
from thidua.plans.typed_facts import facts_from, typed_of
from thidua.rules.numbering import document_number
from thidua.rules.office import Office
from thidua.rules.plan_facts import PlanFacts

PARTS = (
    ("Số và ngày", ("number", "symbol", "number_line", "issued_on", "year", "place")),
    ("Cơ quan ban hành", ("parent", "issuer", "issuer_meant", "subject")),
    ("Phần mở đầu", ("context", "aim", "issuer_body", "addressed")),
    ("I. Mục đích, yêu cầu", ("purposes",)),
    ("II. Nội dung kiểm tra", ("contents", "focus_label")),
    ("III. Chuẩn bị và thực hành kiểm tra", ("duties", "steps")),
    ("IV. Thành phần, thời gian", ("unit_side", "team_made_of", "team_min", "team_max", "working_time", "time_note")),
    ("V. Đơn vị được kiểm tra", ()),  # the choice of units stands here
    ("Cách chấm điểm trong phòng họp", ("blind_first_round", "two_person_check")),
    ("Liên hệ, nơi nhận", ("contacts", "closing", "recipients")),
    ("Người ký", ("signer_authority", "signer_office", "signer_mark", "signer_rank", "signer_name")),
)
HINTS = {
    "number": "Để trống khi chưa lấy số.",
    "number_line": "Để trống thì máy ghi theo Nghị định 30, ví dụ “Số: 15/KH-HTS”.",
    "issued_on": "Ngày/tháng/năm, ví dụ 08/9/2020.",
    "parent": "Dòng trên tên cơ quan; để trống nếu không có.",
    "issuer": "Mỗi dòng in thành một dòng.",
    "issuer_meant": "Chỉ ghi khi tên in trên văn bản có lỗi; biên bản dùng tên này.",
    "subject": "Ghi sau chữ KẾ HOẠCH.",
    "purposes": "Mỗi dòng một mục.",
    "contents": "Mỗi dòng một nội dung. Trọng tâm ghi ngay dưới nội dung, mỗi dòng bắt đầu bằng gạch “-”.",
    "duties": "Mỗi dòng một việc, ghi “Ai: làm gì”.",
    "steps": "Mỗi dòng một bước, bắt đầu bằng “Đơn vị:”, “Đoàn:” hoặc “Trưởng đoàn:”.",
    "unit_side": "Mỗi dòng một thành phần.",
    "team_made_of": "Mỗi dòng một thành phần.",
    "blind_first_round": "Đề xuất của người khác chỉ hiện khi mọi thành viên có mặt đã chấm xong tiêu chí đó, "
    "hoặc khi Trưởng đoàn mở. Áp dụng cho các buổi chưa bắt đầu.",
    "two_person_check": "Thư ký đọc lại từng điểm đã thống nhất, một thành viên khác xác nhận. "
    "Áp dụng cho các buổi chưa bắt đầu.",
    "contacts": "Mỗi dòng một người: họ tên; chức vụ; điện thoại. Nhiều chức vụ, số máy: cách bằng dấu phẩy.",
    "recipients": "Mỗi dòng một nơi nhận.",
    "signer_mark": "In giữa chức vụ và họ tên, ví dụ “Đã ký”.",
}
SHORT = {
    "number": "short",
    "symbol": "short",
    "issued_on": "short",
    "year": "short",
    "team_min": "short",
    "team_max": "short",
    "number_line": "medium",
    "place": "medium",
}


class PlanForm(FlaskForm):
    """The whole text of a plan; its units are chosen beside it (``units_choice``)."""

    number = fields.WholeField("Số kế hoạch", least=1, most=99_999)
    symbol = fields.line("Ký hiệu cơ quan", 40, required="Xin ghi ký hiệu cơ quan, ví dụ HTS.")
    number_line = fields.line("Dòng số in trên văn bản", 80)
    issued_on = fields.DayField("Ngày ban hành")
    year = fields.WholeField("Năm kiểm tra", least=1950, most=2200, required="Xin ghi năm kiểm tra.")
    place = fields.line("Nơi ban hành", 80)
    parent = fields.line("Cơ quan cấp trên", 200)
    issuer = fields.text("Cơ quan ban hành", 400)
    issuer_meant = fields.text("Tên cơ quan in trong biên bản", 400)
    subject = fields.line("Trích yếu", 400, required="Xin ghi trích yếu nội dung kế hoạch.")
    context = fields.text("Tình hình")
    aim = fields.text("Mục tiêu")
    issuer_body = fields.line("Cơ quan thông báo kế hoạch", 200)
    addressed = fields.line("Thông báo đến", 400)
    purposes = fields.text("Mục đích, yêu cầu")
    contents = fields.text("Nội dung và trọng tâm")
    focus_label = fields.line("Lời dẫn trước các trọng tâm", 120)
    duties = fields.text("Chuẩn bị nội dung")
    steps = fields.text("Các bước của buổi kiểm tra")
    unit_side = fields.text("Thành phần của đơn vị")
    team_made_of = fields.text("Thành phần của đoàn kiểm tra")
    team_min = fields.WholeField("Đoàn ít nhất (người)", least=1, most=50)
    team_max = fields.WholeField("Đoàn nhiều nhất (người)", least=1, most=50)
    working_time = fields.line("Thời gian làm việc với mỗi đơn vị", 200)
    time_note = fields.text("Ghi thêm về thời gian", 1000)
    contacts = fields.text("Người liên hệ")
    closing = fields.text("Lời kết", 2000)
    recipients = fields.text("Nơi nhận")
    signer_authority = fields.line("Thẩm quyền ký", 120)
    signer_office = fields.line("Chức vụ người ký", 120)
    signer_mark = fields.line("Dấu hiệu ký", 60)
    signer_rank = fields.line("Cấp bậc", 60)
    signer_name = fields.line("Họ tên người ký", 120)
    blind_first_round = BooleanField("Vòng đầu chấm kín")
    two_person_check = BooleanField("Hai người cùng kiểm điểm")

    @property
    def facts(self) -> PlanFacts:
        """The text, for ``Plan.content``."""
        return facts_from(self.data)

    def number_line_for(self, plan: Plan) -> str:
        """The printed number: as typed, or made anew when only the number was changed."""
        typed: str = self.number_line.data
        is_stale = typed == plan.number_line and (self.number.data, self.symbol.data) != (plan.number, plan.symbol)
        if typed and not is_stale:
            return typed
        return f"Số: {document_number(self.number.data, 'KH', self.symbol.data)}" if self.number.data else ""


def values_of(plan: Plan) -> dict[str, Any]:
    """What the form shows of a plan that is there."""
    columns = {
        name: getattr(plan, name)
        for name in ("number", "symbol", "number_line", "issued_on", "year", "subject", *SETTINGS)
    }
    return typed_of(stored_facts(plan.content)) | columns


def values_for_new(latest: Plan | None, today: date, office: Office) -> dict[str, Any]:
    """What the form of a new plan begins with: the text of the latest plan, without its number, dates and misprints.

    Of the first plan the office's settings are known already.
    """
    text = typed_of(stored_facts(latest.content if latest else {}))
    text |= {"issuer": text["issuer_meant"] or text["issuer"], "issuer_meant": ""}
    if latest is None:
        text |= {"team_min": 4, "team_max": 5, "place": office.place, "parent": office.parent}
        text |= {"issuer": "\n".join(office.issuer)}
    return text | {
        "symbol": latest.symbol if latest else office.symbol,
        "year": today.year,
        "time_note": "",
        "signer_mark": "",
        "subject": latest.subject if latest else "",
        **{name: getattr(latest, name) if latest else False for name in SETTINGS},
    }
