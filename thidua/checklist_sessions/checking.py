"""The check by two people: the page for reading aloud, "Đã đọc lại" and "Xác nhận"."""

from collections.abc import Callable

from flask import redirect, request
from flask.typing import ResponseReturnValue

from thidua.checklist_sessions.checks import check_parts
from thidua.checklist_sessions.frames import change_html
from thidua.checklist_sessions.meeting_page import show_page, with_token
from thidua.checklist_sessions.queries import load_scores_of_criterion, session_scores
from thidua.checklist_sessions.routes import checklist_sessions
from thidua.checklist_sessions.scores import leaf_or_404, posted_version
from thidua.checklist_sessions.view import leaves_below
from thidua.committing import commit_change
from thidua.extensions import db
from thidua.identity import now
from thidua.models import ChecklistSession, JournalEntry
from thidua.models.finders import operation, session_sheet
from thidua.rules.errors import Conflict, Refused
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.finding import find, find_for_change
from thidua.session_pages.operations import is_repeated, posted_operation


@checklist_sessions.get("/<int:checklist_session_id>/reading")
def reading(checklist_session_id: int) -> ResponseReturnValue:
    """All settled scores in order, one large number at a time."""
    found = find(checklist_session_id)
    found.allow("see_board")
    checklist_session = found.checklist_session
    sheet = session_sheet(db.session(), checklist_session)
    scores = session_scores(db.session(), checklist_session_id)
    parts = check_parts(db.session(), checklist_session, sheet, scores)
    settled = [
        (root, leaf, agreed, with_token(parts[leaf.id]))
        for root in sheet.roots
        for leaf in leaves_below(root)
        for agreed in scores.get(leaf.id, [])
        if agreed.perspective == "agreed" and leaf.id in parts
    ]
    wanted = "unread" if found.may("read_back") else "read" if found.may("confirm_score") else ""
    return show_page(
        "reading", found, "board", is_wanted=checklist_session.two_person_check, settled=settled, wanted=wanted
    )


@checklist_sessions.post("/<int:checklist_session_id>/criteria/<int:criterion_id>/reading-back")
def read_back(checklist_session_id: int, criterion_id: int) -> ResponseReturnValue:
    """The secretary has read an agreed score aloud (fields ``version`` of that score, ``op_id``)."""
    return _check(checklist_session_id, criterion_id, "read_back", "check.read_back", ChecklistSession.read_back)


@checklist_sessions.post("/<int:checklist_session_id>/criteria/<int:criterion_id>/confirmation")
def confirm_score(checklist_session_id: int, criterion_id: int) -> ResponseReturnValue:
    """A member confirms what was read (fields ``version``, ``op_id``)."""
    return _check(
        checklist_session_id, criterion_id, "confirm_score", "check.confirmed", ChecklistSession.confirm_score
    )


def _check(
    checklist_session_id: int, criterion_id: int, action: str, kind: str, verb: Callable[..., JournalEntry]
) -> ResponseReturnValue:
    found = find_for_change(checklist_session_id, ChecklistSession.criterion_rounds)
    found.allow(action)
    criterion = leaf_or_404(session_sheet(db.session(), found.checklist_session), criterion_id)
    op_id, version = posted_operation(), posted_version(request.form.get("version", ""))
    if not is_repeated(found, op_id, kind, criterion_id=criterion_id, version=version):
        load_scores_of_criterion(db.session(), found.checklist_session, criterion_id)
        try:
            entry = verb(found.checklist_session, criterion, version=version, by=found.person, at=now(), op_id=op_id)
        except Conflict as conflict:
            raise Refused(conflict.message) from None
        commit_change(entry)
    db.session.rollback()
    if request.headers.get("X-Requested-With") != "outbox":
        return redirect(f"/checklist-sessions/{checklist_session_id}/reading", 303)
    done = operation(db.session(), op_id)
    assert done is not None
    html = change_html(checklist_session_id, kind, done.content, audience_of(found.standing.part))
    return html, 200, {"X-Revision": str(done.revision)}
