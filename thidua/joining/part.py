"""The live part of the room's page: the people with their numbers and devices. For head and secretary only."""

from datetime import UTC, datetime
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.joining.queries import rows_of
from thidua.models import ChecklistSession
from thidua.rules import lifecycle

NOTHING = "<!---->"


def people_part(session: Session, checklist_session_id: int, audience: str) -> str:
    """What a change of kind "room.…" touches: the list, and the notice of locked numbers on every page of the two."""
    if audience != "head":
        return NOTHING
    return _render(people_view(session, checklist_session_id), "_people", "_alert")


def people_html(session: Session, checklist_session_id: int) -> str:
    """The list alone, for whoever may see the room."""
    return _render(people_view(session, checklist_session_id), "_people")


def people_view(session: Session, checklist_session_id: int) -> dict[str, Any]:
    """What the two partials need."""
    room = session.scalars(select(ChecklistSession).where(ChecklistSession.id == checklist_session_id)).one()
    rows = rows_of(session, room, datetime.now(UTC))
    return {
        "id": checklist_session_id,
        "is_open": room.join_code is not None and room.state != lifecycle.SIGNED,
        "rows": rows,
        "devices": sum(len(row.devices) for row in rows),
        "spent": [row.person for row in rows if row.is_spent],
    }


def _render(view: dict[str, Any], *names: str) -> str:
    environment = current_app.jinja_env
    return "\n".join(environment.get_template(f"joining/{name}.html").render(view) for name in names)
