"""``POST …/presence``: a screen says that it is there and which criterion it shows. Nothing is stored."""

from flask import current_app, request
from flask.typing import ResponseReturnValue

from thidua.checklist_sessions.routes import checklist_sessions
from thidua.extensions import db
from thidua.live import NOWHERE, Hub
from thidua.models.finders import session_sheet
from thidua.session_pages.finding import Found, find
from thidua.session_pages.presence import somebody


@checklist_sessions.post("/<int:checklist_session_id>/presence")
def presence(checklist_session_id: int) -> ResponseReturnValue:
    """Field ``criterion``: the id of the one shown, empty for none; without the field: still there, same place."""
    found = find(checklist_session_id)
    hub: Hub = current_app.extensions["live_hub"]
    if hub.presence:
        hub.presence.tell(checklist_session_id, somebody(found), _place(found))
    return "", 204


def _place(found: Found) -> tuple[str, int] | None:
    said = request.form.get("criterion")
    if said is None:
        return None
    sheet = session_sheet(db.session(), found.checklist_session)
    criterion = next((leaf for leaf in sheet.leaves if str(leaf.id) == said), None)
    return (criterion.number, criterion.id) if criterion else NOWHERE
