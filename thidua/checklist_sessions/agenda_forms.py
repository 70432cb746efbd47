"""The planned hours of one half-day: one field for the start, one for each of its steps."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from thidua import form_fields as fields
from thidua.models import ChecklistSession
from thidua.rules.errors import InvalidEntry
from thidua.rules.timetable import LONGEST_STEP, read_clock


class TimesForm(FlaskForm):
    """Made by ``times_form``, which adds a field of minutes for each step."""

    op_id = HiddenField()
    starts_at = fields.line("Giờ bắt đầu", 20)

    def validate_starts_at(self, field: Field) -> None:
        """An hour as people write it."""
        try:
            field.data = field.data and read_clock(field.data)
        except InvalidEntry as refused:
            raise ValidationError(refused.message) from None

    @property
    def minutes(self) -> dict[int, int]:
        """Position of a step -> its planned minutes; a field left empty plans none."""
        return {
            int(name.removeprefix("minutes_")): self[name].data or 0
            for name in self.data
            if name.startswith("minutes_")
        }

    @property
    def lengths(self) -> list[Field]:
        """The fields of minutes, in the order of the steps."""
        return [field for field in self if field.name.startswith("minutes_")]


def times_form(checklist_session: ChecklistSession, **given: Any) -> TimesForm:
    """The form for this half-day's steps; shown for the first time it holds what is planned now."""
    steps = checklist_session.agenda_steps
    lengths = {
        f"minutes_{step.position}": fields.WholeField(f"{step.position}. {step.title}", least=0, most=LONGEST_STEP)
        for step in steps
    }
    made: TimesForm = type("TimesForm", (TimesForm,), lengths)(
        **given,
        starts_at=checklist_session.starts_at,
        **{f"minutes_{step.position}": step.planned_minutes or None for step in steps},
    )
    return made
