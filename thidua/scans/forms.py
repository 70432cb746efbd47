"""What is sent about a paper signed with ink: its scans, then who signed it and when."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField
from wtforms.validators import ValidationError

from thidua.form_fields import DayField, line
from thidua.models import Paper
from thidua.rules.signing import SEAL, SigningPart


class ScanForm(FlaskForm):
    """One or several files; what is wrong with them is told by the route, which reads them."""

    op_id = HiddenField()
    note = line("Ghi chú", 300)


class RegistrationForm(FlaskForm):
    """Filled with a name and an office for each place of the paper by ``registration_form``."""

    op_id = HiddenField()
    signed_on = DayField("Ngày ký trên giấy")
    accept = BooleanField("Tôi đã xem từng trang của bản giấy: đúng là văn bản này, đủ trang và đủ chữ ký.")

    def validate_signed_on(self, field: DayField) -> None:
        """What is wrong with a typed date was said before."""
        if field.data is None and not field.errors and not field.process_errors:
            raise ValidationError("Xin ghi ngày ký, ví dụ 20/10/2020.")


def registration_form(paper: Paper, **settings: Any) -> RegistrationForm:
    """With the fields of this paper: ``name_<part>``, ``office_<part>``, and ``sealed`` where it has a seal."""
    fields: dict[str, Any] = {}
    for place in waiting_places(paper):
        fields[f"name_{place.part}"] = line("Họ tên người đã ký", 120, default=place.person)
        fields[f"office_{place.part}"] = line("Chức vụ", 160, default=place.office)
    if any(place.part == SEAL for place in paper.signing_parts):
        fields["sealed"] = BooleanField("Bản giấy đã đóng dấu của Hội.")
    made: RegistrationForm = type("PaperRegistrationForm", (RegistrationForm,), fields)(**settings)
    return made


def waiting_places(paper: Paper) -> list[SigningPart]:
    """The places where people sign, in order; not the seal."""
    return [place for place in paper.signing_parts if place.part != SEAL]
