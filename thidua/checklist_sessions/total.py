"""The total, kept back until it is announced.

While it is kept back the projector and the unit get no total, no sum of a section and no grade: not on a page, not in
a frame of the stream, not from the API. The agreed points of each criterion stay in sight, as the team settles them in
front of everybody. Frozen minutes tell the total in any case.
"""

from collections.abc import Callable
from datetime import datetime

from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.checklist_sessions.meeting_page import part_or_meeting
from thidua.checklist_sessions.queries import standings_of
from thidua.checklist_sessions.rendering import render_part
from thidua.checklist_sessions.routes import checklist_sessions
from thidua.checklist_sessions.view import agreed_in, unit_totals
from thidua.committing import commit_change
from thidua.identity import now
from thidua.models import Actor, ChecklistSession, JournalEntry
from thidua.models.finders import session_sheet
from thidua.rules.lifecycle import BEFORE_MINUTES
from thidua.rules.scoring import compute_totals
from thidua.session_pages.finding import find_for_change
from thidua.session_pages.live_parts import register_part
from thidua.session_pages.operations import is_repeated, posted_operation

Verb = Callable[..., JournalEntry]
NOTHING = "<!---->"


def total_part(session: Session, checklist_session_id: int, audience: str) -> str:
    """Head of team and secretary: the buttons; the unit: its line of totals; the others see no difference."""
    checklist_session = session.scalars(
        select(ChecklistSession).where(ChecklistSession.id == checklist_session_id)
    ).one()
    if audience == "head":
        return render_part(
            "_total_switch",
            id=checklist_session_id,
            is_kept_back=checklist_session.keeps_total_back,
            may_change=checklist_session.state in BEFORE_MINUTES,
        )
    if audience != "unit":
        return NOTHING
    sheet = session_sheet(session, checklist_session)
    totals = compute_totals(sheet, agreed_in(standings_of(session, checklist_session_id)))
    return render_part("_totals", totals=unit_totals(totals, is_kept_back=checklist_session.keeps_total_back))


@checklist_sessions.post("/<int:checklist_session_id>/total/hiding")
def hide_total(checklist_session_id: int) -> ResponseReturnValue:
    """Keep total and grade off the wall and from the unit."""
    return _switch(checklist_session_id, "total.hidden", ChecklistSession.hide_total, wanted=True)


@checklist_sessions.post("/<int:checklist_session_id>/total/announcement")
def announce_total(checklist_session_id: int) -> ResponseReturnValue:
    """Tell the total."""
    return _switch(checklist_session_id, "total.announced", ChecklistSession.announce_total, wanted=False)


def _switch(checklist_session_id: int, kind: str, verb: Verb, *, wanted: bool) -> ResponseReturnValue:
    found = find_for_change(checklist_session_id)
    found.allow("announce_total")
    op_id, by, at = posted_operation(), found.person, now()
    if found.checklist_session.total_hidden is not wanted and not is_repeated(found, op_id, kind):
        commit_change(_done(found.checklist_session, verb, by, at, op_id))
    return part_or_meeting(found, total_part, "#total-switch")


def _done(checklist_session: ChecklistSession, verb: Verb, by: Actor, at: datetime, op_id: str) -> JournalEntry:
    return verb(checklist_session, by=by, at=at, op_id=op_id)


register_part("total", total_part)
