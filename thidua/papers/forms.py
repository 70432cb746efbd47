"""What is typed into the drafts of addenda and notices, and what is confirmed when they are frozen."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, HiddenField, RadioField, SelectChoice
from wtforms.validators import ValidationError

from thidua import form_fields as fields
from thidua.models.paper import ELECTRONIC, ON_PAPER
from thidua.rules.paper_content import MOST_CORRECTIONS, Correction, NoticeSigner, corrections_to_plain
from thidua.rules.signing import FORMULAS

SIGNING_MEANS = {
    ELECTRONIC: "Ký trong chương trình (có số ngay khi chốt)",
    ON_PAPER: "In ra ký tay (vào sổ lấy số sau khi ký)",
}


class CorrectionForm(Form):  # type: ignore[misc]  # wtforms has no types
    """One place of the minutes: what stood there, and what holds now."""

    place = fields.line("Tại", 300)
    said = fields.text("Đã ghi", 5000)
    now = fields.text("Nay sửa là", 5000)
    block = HiddenField()


class AddendumForm(FlaskForm):  # type: ignore[misc]
    """An addendum: why, and what. Rows left empty are no corrections."""

    reason = fields.text("Lý do lập biên bản bổ sung", 4000)
    place = fields.line("Nơi lập biên bản bổ sung", 300)
    corrections = FieldList(FormField(CorrectionForm), max_entries=MOST_CORRECTIONS)
    op_id = HiddenField()
    base_version = HiddenField()

    @property
    def content(self) -> dict[str, Any]:
        """As stored with the draft."""
        rows = [Correction(**{name: row[name] or "" for name in Correction.__slots__}) for row in self.corrections.data]
        return {
            "reason": self.reason.data or "",
            "place": self.place.data or "",
            "corrections": corrections_to_plain(rows),
        }


class NoticeForm(FlaskForm):  # type: ignore[misc]
    """Who signs a notice of conclusion, and until when the unit reports; its paragraphs are reworded one by one."""

    body = fields.line("Thẩm quyền ký", 160)
    formula = fields.choice("Cách ký", dict(FORMULAS), refused="Xin chọn cách ký có trong danh sách.")
    office = fields.line("Chức vụ người ký", 160)
    person = fields.line("Họ tên người ký", 120)
    report_by = fields.DayField("Đơn vị báo cáo kết quả thực hiện chậm nhất ngày")
    op_id = HiddenField()
    base_version = HiddenField()

    @property
    def content(self) -> dict[str, Any]:
        """As stored with the draft."""
        typed = {name: self[name].data or "" for name in NoticeSigner.__slots__}
        return typed | {"report_by": self.report_by.data.isoformat() if self.report_by.data else ""}


class WordsForm(FlaskForm):  # type: ignore[misc]
    """A person's wording of one block. ``seen`` names the composed text that was before the eyes."""

    text = fields.text("Nội dung", 20_000)
    seen = HiddenField()
    op_id = HiddenField()
    base_version = HiddenField()


class IssueForm(FlaskForm):  # type: ignore[misc]
    """Freezing: ``seen`` names the document that was before the eyes."""

    means = RadioField("Cách ký", choices=[SelectChoice(*one) for one in SIGNING_MEANS.items()], validate_choice=False)
    seen = HiddenField()
    op_id = HiddenField()

    def validate_means(self, field: RadioField) -> None:
        if field.data not in SIGNING_MEANS:
            raise ValidationError("Xin chọn cách ký.")
