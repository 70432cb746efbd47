"""The unit's page: what is asked and by when, and one card for each thing to lay ready."""

from flask import render_template
from flask.typing import ResponseReturnValue

from thidua.preparation.queries import preparation_of
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.finding import find
from thidua.session_pages.header import room_of


def show(checklist_session_id: int) -> ResponseReturnValue:
    """The preparation: to fill in for the unit, to read for team and office."""
    found = find(checklist_session_id)
    found.allow("see_preparation")
    room = room_of(found, audience_of(found.standing.part), "preparation")
    return render_template(
        "preparation/page.html", room=room, tabs=room["links"], prepared=preparation_of(checklist_session_id)
    )
