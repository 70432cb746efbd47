"""What the pages around the meeting share: header, tabs, operation ids, refusals shown in a form."""

import uuid
from collections.abc import Sequence
from typing import Any, TypeVar

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from werkzeug.exceptions import NotFound

from thidua.checklist_sessions.finding import Found
from thidua.checklist_sessions.parts import meeting_audience
from thidua.checklist_sessions.score_page import room_of
from thidua.checklist_sessions.tabs import tabs_of
from thidua.extensions import db
from thidua.models import AgendaStep, Attendance, Exchange
from thidua.models.finders import operation
from thidua.rules.errors import InvalidEntry, Refusal, Refused

Row = TypeVar("Row", Attendance, AgendaStep, Exchange)


def show_page(name: str, found: Found, tab: str, *, status: int = 200, **values: Any) -> ResponseReturnValue:
    """One page of a checklist session."""
    audience = meeting_audience(found.standing.part)
    room = room_of(found, audience)
    html = render_template(f"checklist_sessions/{name}.html", room=room, tabs=tabs_of(found, tab),
                           audience=audience, may=found.may, **values)
    return html, status


def new_operation() -> str:
    """A fresh operation id for a form that is about to be shown."""
    return str(uuid.uuid4())


def posted_operation() -> str:
    """The posted operation id; a tap without one gets its own. Raises ``InvalidEntry`` for a broken one."""
    posted = request.form.get("op_id", "").strip()
    if not posted:
        return new_operation()
    try:
        return str(uuid.UUID(posted))
    except ValueError:
        raise InvalidEntry("Trang này đã cũ. Xin mở lại trang rồi thử lần nữa.") from None


def is_repeated(found: Found, op_id: str, kind: str) -> bool:
    """Whether this operation was done before. Raises ``Refused`` when its id belongs to something else."""
    entry = operation(db.session(), op_id)
    if entry is None:
        return False
    mine = (found.checklist_session.id, found.person.id, kind)
    if (entry.checklist_session_id, entry.actor_id, entry.kind) != mine:
        raise Refused("Mã thao tác này đã dùng cho việc khác. Xin mở lại trang rồi thử lần nữa.")
    return True


def row_or_404(rows: Sequence[Row], row_id: int) -> Row:
    """The row of this session with this id."""
    for row in rows:
        if row.id == row_id:
            return row
    raise NotFound


def blame(form: FlaskForm, refusal: Refusal) -> int:
    """Put a refusal at the field it names, or above the form, and give the status to answer with."""
    db.session.rollback()
    if refusal.field and refusal.field in form:
        form[refusal.field].errors = [*form[refusal.field].errors, refusal.message]
    else:
        form.form_errors.append(refusal.message)
    return refusal.status
