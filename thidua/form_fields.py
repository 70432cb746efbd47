"""Fields that forms are built of: what is typed is cleaned, held to its column, refused in plain words."""

from datetime import date, datetime
from typing import Any

from wtforms import Field, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from thidua.rules.vietnamese import clean_line, clean_text

LONGEST_TEXT = 20_000
DATE_FORMS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")


def line(label: str, limit: int, *, required: str = "", **settings: Any) -> StringField:
    """One line of text; ``required`` is the sentence shown when it is empty."""
    return StringField(label, [*_presence(required), _at_most(label, limit)], filters=[_clean_line], **settings)


def text(label: str, limit: int = LONGEST_TEXT, *, required: str = "", **settings: Any) -> TextAreaField:
    """Text of several lines."""
    return TextAreaField(label, [*_presence(required), _at_most(label, limit)], filters=[_clean_text], **settings)


def choice(label: str, choices: dict[str, str], *, refused: str, **settings: Any) -> SelectField:
    """One of a few known values; ``refused`` is the sentence for any other."""

    def known(_form: object, field: Field) -> None:
        if field.data not in choices:
            raise ValidationError(refused)

    return SelectField(
        label, [known], choices=[SelectChoice(*one) for one in choices.items()], validate_choice=False, **settings
    )


class DayField(StringField):
    """A date typed as 20/10/2020 (or chosen by a browser as 2020-10-20); ``data`` is a date or None."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = clean_line(valuelist[0]) if valuelist else ""
        self.raw_data = [typed]
        self.data = read_day(typed)
        if typed and self.data is None:
            raise ValueError(f"“{typed}” không phải là ngày. Xin ghi ngày/tháng/năm, ví dụ 20/10/2020.")

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:%d/%m/%Y}" if self.data else ""


class WholeField(StringField):
    """A whole number, perhaps none; ``data`` is an int or None."""

    def __init__(self, label: str, *, least: int, most: int, required: str = "", **settings: Any) -> None:
        super().__init__(label, _presence(required), **settings)
        self._least, self._most = least, most

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = clean_line(valuelist[0]) if valuelist else ""
        self.raw_data, self.data = [typed], None
        if not typed:
            return
        if (
            not typed.isascii()
            or not typed.isdecimal()
            or len(typed) > 12
            or not self._least <= int(typed) <= self._most
        ):
            raise ValueError(f"{self.label.text}: xin ghi một số từ {self._least} đến {self._most}.")
        self.data = int(typed)

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else str("" if self.data is None else self.data)


def read_day(typed: str) -> date | None:
    """The date somebody typed; None when it is none."""
    for form in DATE_FORMS:
        try:
            day = datetime.strptime(typed, form).date()  # noqa: DTZ007  # a calendar day has no clock
        except ValueError:
            continue
        return day if 1900 <= day.year <= 2200 else None
    return None


def lines_of(typed: str) -> list[str]:
    """The items of a text area with one item a line; a dash or a dot before an item is dropped."""
    items = (clean_line(one.strip().lstrip("-•+")) for one in typed.split("\n"))
    return [item for item in items if item]


def _presence(required: str) -> list[Any]:
    return [DataRequired(required)] if required else [Optional()]


def _at_most(label: str, limit: int) -> Length:
    return Length(max=limit, message=f"{label}: dài quá {limit} chữ. Xin viết ngắn lại.")


def _clean_line(value: str | None) -> str:
    return clean_line(value or "")


def _clean_text(value: str | None) -> str:
    return clean_text(value or "")
