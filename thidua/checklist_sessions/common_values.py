"""The head of team takes at once what everybody has proposed alike, and takes it back with one press."""

import uuid

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from thidua.checklist_sessions.meeting_page import with_token
from thidua.checklist_sessions.queries import standings_of, team_of
from thidua.checklist_sessions.routes import checklist_sessions
from thidua.checklist_sessions.taken import entries_of, last_taken, taken_part
from thidua.checklist_sessions.view import common_entries
from thidua.committing import commit_changes
from thidua.extensions import db
from thidua.identity import now
from thidua.models import ChecklistSession, JournalEntry, Score
from thidua.models.finders import blind_round_of, session_sheet
from thidua.models.score import NOBODY
from thidua.rules.errors import InvalidEntry, Refused
from thidua.session_pages.finding import Found, find_for_change
from thidua.session_pages.operations import is_repeated, posted_operation


@checklist_sessions.post("/<int:checklist_session_id>/common-values")
def take_common_values(checklist_session_id: int) -> ResponseReturnValue:
    """Settle every criterion where all have proposed the same and nothing is agreed yet (field ``op_id``)."""
    found = _find(checklist_session_id)
    op_id = posted_operation()
    if not is_repeated(found, op_id, "score.agreed", batch=op_id):
        commit_changes(_take(found, op_id))
    return _answer(found)


@checklist_sessions.post("/<int:checklist_session_id>/common-values/undoing")
def undo_common_values(checklist_session_id: int) -> ResponseReturnValue:
    """Take a whole batch back, except what was changed since (fields ``batch``, ``op_id``)."""
    found = _find(checklist_session_id)
    op_id, batch = posted_operation(), request.form.get("batch", "")
    if not is_repeated(found, op_id, "score.agreed", undoes=batch):
        commit_changes(_undo(found, batch, op_id))
    return _answer(found)


def _find(checklist_session_id: int) -> Found:
    found = find_for_change(checklist_session_id, ChecklistSession.scores)
    found.allow("settle")
    return found


def _take(found: Found, op_id: str) -> list[JournalEntry]:
    checklist_session, session = found.checklist_session, db.session()
    sheet = session_sheet(session, checklist_session)
    common = common_entries(
        sheet,
        standings_of(session, checklist_session.id),
        team_of(session, checklist_session.plan_unit_id),
        blind_round_of(session, checklist_session),
    )
    taken = [
        checklist_session.take_common_value(
            criterion, entry, batch=op_id, by=found.person, at=now(), op_id=_own_id(op_id, place)
        )
        for place, (criterion, entry) in enumerate(common)
    ]
    if not taken:
        raise Refused("Không còn tiêu chí nào mà cả đoàn chấm giống nhau và chưa thống nhất, nên chưa lấy điểm nào.")
    return taken


def _undo(found: Found, batch: str, op_id: str) -> list[JournalEntry]:
    checklist_session = found.checklist_session
    sheet = session_sheet(db.session(), checklist_session)
    entries = entries_of(db.session(), checklist_session.id, batch)
    if not entries:
        raise InvalidEntry("Không tìm thấy lần lấy điểm chung này. Xin mở lại trang.", field="batch")
    standing = [
        score
        for entry in entries
        if (score := checklist_session.score_of(entry.content["criterion_id"], "agreed", NOBODY))
        and score.version == entry.revision
    ]
    if not standing:
        raise Refused("Các điểm này đã được đổi hoặc bỏ sau khi lấy, nên không còn gì để hoàn tác.")
    return [
        checklist_session.clear_score(
            sheet.leaf(score.criterion_id),
            "agreed",
            base_version=score.version,
            marks={"undoes": batch},
            by=found.person,
            at=now(),
            op_id=_own_id(op_id, place),
        )
        for place, score in enumerate(standing)
    ]


def _own_id(op_id: str, place: int) -> str:
    """An operation id for each entry of one press: the first has the press's own, which names a repetition."""
    return op_id if place == 0 else str(uuid.uuid5(uuid.UUID(op_id), str(place)))


def _answer(found: Found) -> ResponseReturnValue:
    """The strip for the outbox, the rest comes by the stream; for a plain form the board again."""
    checklist_session = found.checklist_session
    room, state, revision = checklist_session.id, checklist_session.state, checklist_session.revision
    if request.headers.get("X-Requested-With") != "outbox":
        flash("Đã ghi.", "success")
        return redirect(f"/checklist-sessions/{room}/board", 303)
    db.session.rollback()
    sheet = session_sheet(db.session(), checklist_session)
    scores = db.session.scalars(select(Score).where(Score.checklist_session_id == room)).all()
    part = taken_part(room, state, last_taken(db.session(), sheet, room, scores))
    return str(with_token(part)), 200, {"X-Revision": str(revision)}
