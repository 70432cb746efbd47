"""The meeting page: who is here, where the half-day stands, what is on the wall."""

from flask.typing import ResponseReturnValue

from thidua.checklist_sessions.attendance_part import attendance_part
from thidua.checklist_sessions.meeting_forms import PersonForm
from thidua.checklist_sessions.meeting_page import show_page, with_token
from thidua.checklist_sessions.parts import agenda_part, meeting_audience
from thidua.checklist_sessions.routes import checklist_sessions
from thidua.checklist_sessions.total import total_part
from thidua.extensions import db
from thidua.session_pages.finding import Found, find
from thidua.session_pages.operations import new_operation
from thidua.session_pages.reviews import link_part, reviews_of


@checklist_sessions.get("/<int:checklist_session_id>/meeting")
def meeting(checklist_session_id: int) -> ResponseReturnValue:
    """Who is here, and where the half-day stands."""
    return meeting_page(find(checklist_session_id), PersonForm(op_id=new_operation()))


def meeting_page(found: Found, form: PersonForm, *, status: int = 200) -> ResponseReturnValue:
    """The page; ``form`` is that of one more person, with what was typed."""
    where = (db.session(), found.checklist_session.id, meeting_audience(found.standing.part))
    return show_page(
        "meeting",
        found,
        "meeting",
        status=status,
        form=form,
        op_id=new_operation(),
        reviews_link=link_part(found.checklist_session, reviews_of(db.session(), found.checklist_session)),
        attendance=with_token(attendance_part(*where)),
        agenda=with_token(agenda_part(*where)),
        total_switch=with_token(total_part(*where)),
    )
