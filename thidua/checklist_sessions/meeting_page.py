"""What the pages around the meeting share: their frame, and refusals shown in a form."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from thidua.acknowledging import is_outbox
from thidua.checklist_sessions.parts import meeting_audience
from thidua.extensions import db
from thidua.hx import is_fragment_wanted
from thidua.models import AgendaStep, Attendance, Exchange
from thidua.rules.errors import Refusal
from thidua.session_pages.finding import Found
from thidua.session_pages.header import room_of
from thidua.session_pages.operations import new_operation

Row = TypeVar("Row", Attendance, AgendaStep, Exchange)
TOKEN_PLACE = "<!--csrf-->"


def show_page(name: str, found: Found, tab: str, *, status: int = 200, **values: Any) -> ResponseReturnValue:
    """One page of a checklist session."""
    audience = meeting_audience(found.standing.part)
    room = room_of(found, audience, tab)
    html = render_template(
        f"checklist_sessions/{name}.html", room=room, tabs=room["links"], audience=audience, may=found.may, **values
    )
    return html, status


def with_token(part: str) -> Markup:
    """A live part on a page: its forms get the csrf token that the stream cannot carry, to work without scripts."""
    return Markup(part.replace(TOKEN_PLACE, token_field()))  # rendered by our own template


def token_field() -> Markup:
    """The csrf token as a hidden field."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def part_or_meeting(
    found: Found, part: Callable[[Session, int, str], str], place: str, *, say: str = ""
) -> ResponseReturnValue:
    """The changed part for htmx and the outbox; for a plain form the meeting page, which then says ``say``."""
    db.session.rollback()
    if not is_fragment_wanted() and not is_outbox():
        if say:
            flash(say, "success")
        return to_meeting(found, place)
    checklist_session_id, revision = found.checklist_session.id, found.checklist_session.revision
    html = part(db.session(), checklist_session_id, meeting_audience(found.standing.part))
    return html, 200, {"X-Revision": str(revision), "X-Next": _meeting(found, place)}


def to_meeting(found: Found, place: str) -> Response:
    """Back to the meeting page, at this place."""
    return redirect(_meeting(found, place), 303)


def _meeting(found: Found, place: str) -> str:
    return f"/checklist-sessions/{found.checklist_session.id}/meeting{place}"


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
