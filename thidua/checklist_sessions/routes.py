"""Routes of the scoring screens and the live stream; the other pages of a session register themselves below."""

from functools import partial

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from thidua.checklist_sessions.board import board_page
from thidua.checklist_sessions.projector import projector_page
from thidua.checklist_sessions.rendering import render_part
from thidua.checklist_sessions.score_page import score_page
from thidua.checklist_sessions.scores import leaf_or_404, post_score
from thidua.committing import commit_change
from thidua.extensions import db
from thidua.identity import now
from thidua.live import HANDSHAKE, Somebody, changes_response, stream_response
from thidua.models.finders import session_sheet
from thidua.session_pages.audiences import PROJECTOR, audience_of
from thidua.session_pages.finding import Found, find, find_for_change, may_still_watch
from thidua.session_pages.operations import is_repeated, posted_operation
from thidua.session_pages.presence import somebody

checklist_sessions = Blueprint("checklist_sessions", __name__, url_prefix="/checklist-sessions")

checklist_sessions.post("/<int:checklist_session_id>/criteria/<int:criterion_id>/scores")(post_score)


@checklist_sessions.get("/<int:checklist_session_id>")
def score(checklist_session_id: int) -> ResponseReturnValue:
    """The scoring screen."""
    found = find(checklist_session_id)
    return render_template(
        "checklist_sessions/score.html", **score_page(found, request.args.get("criterion", type=int))
    )


@checklist_sessions.get("/<int:checklist_session_id>/board")
def board(checklist_session_id: int) -> ResponseReturnValue:
    """The head of team's board."""
    found = find(checklist_session_id)
    found.allow("see_board")
    sort, show = request.args.get("sort", ""), request.args.get("show", "")
    return render_template("checklist_sessions/board.html", **board_page(found, sort, show))


@checklist_sessions.get("/<int:checklist_session_id>/projector")
def projector(checklist_session_id: int) -> ResponseReturnValue:
    """The projector's page."""
    found = find(checklist_session_id)
    found.allow("see_projector")
    return projector_page(found)


@checklist_sessions.post("/<int:checklist_session_id>/criteria/<int:criterion_id>/showing")
def show_criterion(checklist_session_id: int, criterion_id: int) -> ResponseReturnValue:
    """Put a criterion on the projector (field ``op_id``)."""
    found = find_for_change(checklist_session_id)
    found.allow("show_criterion")
    criterion = leaf_or_404(session_sheet(db.session(), found.checklist_session), criterion_id)
    op_id, before = posted_operation(), found.checklist_session.criterion_on_screen_id
    if not is_repeated(found, op_id, "criterion.shown", criterion_id=criterion_id):
        commit_change(found.checklist_session.show_criterion(criterion, by=found.person, at=now(), op_id=op_id))
    buttons = [render_part("_showing", room_id=checklist_session_id, criterion_id=criterion_id, is_shown=True)]
    if before and before != criterion_id:
        buttons.append(render_part("_showing", room_id=checklist_session_id, criterion_id=before, is_shown=False))
    return "\n".join(buttons)


@checklist_sessions.get("/<int:checklist_session_id>/stream")
def stream(checklist_session_id: int) -> ResponseReturnValue:
    """The live stream of changes (``text/event-stream``), from revision ``last`` on."""
    found = find(checklist_session_id)
    audience = _screen_audience(found)
    db.session.rollback()
    return stream_response(
        current_app.extensions["live_hub"],
        checklist_session_id,
        audience,
        request.args.get("last"),
        request.headers.get(HANDSHAKE),
        still_allowed=partial(may_still_watch, checklist_session_id, found.person),
        who=_reader(found),
    )


@checklist_sessions.get("/<int:checklist_session_id>/changes")
def changes(checklist_session_id: int) -> ResponseReturnValue:
    """The same changes for a screen without a stream: 204 when there are none."""
    found = find(checklist_session_id)
    return changes_response(
        current_app.extensions["live_hub"],
        checklist_session_id,
        _screen_audience(found),
        request.args.get("last"),
        who=_reader(found),
        presence=request.args.get("presence", ""),
    )


def _reader(found: Found) -> Somebody | None:
    """Who is here by this screen; the wall is nobody."""
    return None if request.args.get("screen") == "projector" else somebody(found)


def _screen_audience(found: Found) -> str:
    return PROJECTOR if request.args.get("screen") == "projector" else audience_of(found.standing.part)


from thidua.checklist_sessions import (  # noqa: E402, F401
    agenda,
    attendance,
    checking,
    common_values,
    exchanges,
    history,
    index,
    meeting,
    opening,
    presence,
    remarks,
    revealing,
    score_history,
    total,
)
