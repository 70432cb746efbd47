"""What is typed at the door of the room."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectChoice, StringField
from wtforms.validators import ValidationError

from thidua.models.joining import RoomPerson
from thidua.rules.errors import InvalidEntry
from thidua.rules.room_numbers import read_number


class EnterForm(FlaskForm):
    """Who one is, and the number on the slip. After validation ``number.data`` is six digits."""

    person = RadioField("Đồng chí là ai?", validate_choice=False)
    number = StringField("Số vào phòng")
    next = HiddenField()

    def offer(self, people: list[RoomPerson]) -> "EnterForm":
        """The names to choose from."""
        self.person.choices = [SelectChoice(str(one.account_id), one.name) for one in people]
        return self

    def validate_person(self, field: RadioField) -> None:
        """One of the names."""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError("Xin chọn tên của đồng chí.")

    def validate_number(self, field: StringField) -> None:
        """Six digits, however they were typed."""
        try:
            field.data = read_number(field.data or "")
        except InvalidEntry as refusal:
            raise ValidationError(refusal.message) from refusal
