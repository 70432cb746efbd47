"""The head of team ends the blind first round of one criterion, or of all where proposals are hidden."""

from flask import Response
from flask.typing import ResponseReturnValue

from thidua.checklist_sessions.frames import change_html
from thidua.checklist_sessions.queries import standings_of
from thidua.checklist_sessions.routes import checklist_sessions
from thidua.checklist_sessions.scores import leaf_or_404
from thidua.checklist_sessions.view import hidden_criteria
from thidua.committing import commit_change
from thidua.extensions import db
from thidua.identity import now
from thidua.models import ChecklistSession
from thidua.models.finders import blind_round_of, operation, session_sheet
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.finding import Found, find_for_change
from thidua.session_pages.operations import is_repeated, posted_operation


@checklist_sessions.post("/<int:checklist_session_id>/criteria/<int:criterion_id>/revealing")
def reveal_one(checklist_session_id: int, criterion_id: int) -> ResponseReturnValue:
    """The proposals for this criterion (field ``op_id``)."""
    found = _find(checklist_session_id)
    return _reveal(found, [leaf_or_404(session_sheet(db.session(), found.checklist_session), criterion_id).id])


@checklist_sessions.post("/<int:checklist_session_id>/revealing")
def reveal_all(checklist_session_id: int) -> ResponseReturnValue:
    """All proposals hidden now (field ``op_id``); criteria nobody has scored yet stay in the blind round."""
    found = _find(checklist_session_id)
    blind = blind_round_of(db.session(), found.checklist_session)
    return _reveal(found, sorted(hidden_criteria(standings_of(db.session(), checklist_session_id), blind)))


def _find(checklist_session_id: int) -> Found:
    found = find_for_change(checklist_session_id, ChecklistSession.criterion_rounds)
    found.allow("reveal_proposals")
    return found


def _reveal(found: Found, criterion_ids: list[int]) -> ResponseReturnValue:
    checklist_session, op_id = found.checklist_session, posted_operation()
    if is_repeated(found, op_id, "round.revealed"):
        entry = operation(db.session(), op_id)
        assert entry is not None
    else:
        entry = checklist_session.reveal_proposals(criterion_ids, by=found.person, at=now(), op_id=op_id)
        commit_change(entry)
    html = change_html(checklist_session.id, entry.kind, entry.content, audience_of(found.standing.part))
    return Response(html, headers={"X-Op-Id": op_id, "X-Revision": str(entry.revision)})
