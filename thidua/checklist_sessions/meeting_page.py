"""What the pages around the meeting share: their frame, and refusals shown in a form."""

from collections.abc import Sequence
from typing import Any, TypeVar

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from werkzeug.exceptions import NotFound

from thidua.checklist_sessions.parts import meeting_audience
from thidua.extensions import db
from thidua.models import AgendaStep, Attendance, Exchange
from thidua.rules.errors import Refusal
from thidua.session_pages.finding import Found
from thidua.session_pages.header import room_of
from thidua.session_pages.operations import new_operation

Row = TypeVar("Row", Attendance, AgendaStep, Exchange)


def show_page(name: str, found: Found, tab: str, *, status: int = 200, **values: Any) -> ResponseReturnValue:
    """One page of a checklist session."""
    audience = meeting_audience(found.standing.part)
    room = room_of(found, audience, tab)
    html = render_template(
        f"checklist_sessions/{name}.html", room=room, tabs=room["links"], audience=audience, may=found.may, **values
    )
    return html, status


def row_or_404(rows: Sequence[Row], row_id: int) -> Row:
    """The row of this session with this id."""
    for row in rows:
        if row.id == row_id:
            return row
    raise NotFound


def blame(form: FlaskForm, refusal: Refusal) -> int:
    """Put a refusal at the field it names, or above the form, and give the status to answer with.

    The form gets a fresh operation id: sent again it is a new operation.
    """
    db.session.rollback()
    form.op_id.data = new_operation()
    if refusal.field and refusal.field in form:
        form[refusal.field].errors = [*form[refusal.field].errors, refusal.message]
    else:
        form.form_errors.append(refusal.message)
    return refusal.status
