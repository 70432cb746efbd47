"""What is typed into the register: a document written elsewhere, a note beside a number."""

import re

from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import ValidationError

from thidua.form_fields import DayField, WholeField, choice, line
from thidua.rules.numbering import DOCUMENT_KINDS

MOST_AT_ONCE = 300
_SYMBOL = re.compile(r"[^\W_][\w.&-]*", re.UNICODE)


class ElsewhereForm(FlaskForm):
    """A document written without this program, or several that had their numbers before it came."""

    kind = choice("Loại văn bản", DOCUMENT_KINDS, refused="Xin chọn loại văn bản.")
    symbol = line("Ký hiệu sau loại", 40, required="Xin ghi ký hiệu, ví dụ HTS.")
    title = line("Trích yếu", 400, required="Xin ghi trích yếu nội dung văn bản.")
    issued_on = DayField("Ngày văn bản")
    count = WholeField("Ghi bao nhiêu số liền nhau", least=1, most=MOST_AT_ONCE)
    note = line("Ghi chú", 400)
    seen = HiddenField()

    def validate_symbol(self, field: HiddenField) -> None:
        """As it stands in a number: letters of any case, digits, a dash or a dot between them."""
        if not _SYMBOL.fullmatch(field.data or ""):
            raise ValidationError("Ký hiệu chỉ gồm chữ, số, dấu chấm và gạch nối, ví dụ HTS hoặc VP-HTS.")

    def validate_issued_on(self, field: DayField) -> None:
        """What is wrong with a typed date was said before."""
        if field.data is None and not field.errors and not field.process_errors:
            raise ValidationError("Xin ghi ngày của văn bản, ví dụ 20/10/2020.")


class NoteForm(FlaskForm):
    """Words beside a number: to whom, cancelled, replaced by which."""

    note = line("Ghi chú", 400)
