"""Opening, closing and reopening the half-day: the head of team's three acts."""

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from thidua.checklist_sessions.meeting_page import show_page
from thidua.checklist_sessions.queries import standings_of
from thidua.checklist_sessions.routes import checklist_sessions
from thidua.checklist_sessions.view import agreed_in
from thidua.committing import commit_change
from thidua.extensions import db
from thidua.identity import now
from thidua.models import AgendaStep, Attendance, Conclusion
from thidua.models.finders import session_sheet
from thidua.rules.lifecycle import require_can_close
from thidua.rules.sheet import Criterion
from thidua.rules.unscored import missing_leaves
from thidua.session_pages.finding import Found, find, find_for_change
from thidua.session_pages.operations import is_repeated, new_operation, posted_operation


@checklist_sessions.post("/<int:checklist_session_id>/opening")
def open_session(checklist_session_id: int) -> ResponseReturnValue:
    """The half-day begins."""
    found = find_for_change(checklist_session_id)
    found.allow("open_session")
    op_id = posted_operation()
    if not is_repeated(found, op_id, "opened"):
        commit_change(found.checklist_session.open(by=found.person, at=now(), op_id=op_id))
        flash("Buổi kiểm tra đã bắt đầu. Xin điểm danh và bắt đầu bước đầu tiên của chương trình.", "success")
    return redirect(f"/checklist-sessions/{checklist_session_id}/meeting", 303)


@checklist_sessions.get("/<int:checklist_session_id>/closure")
def closure(checklist_session_id: int) -> ResponseReturnValue:
    """What is still open before scoring is closed; nothing of it forbids closing."""
    found = find(checklist_session_id)
    found.allow("close_session")
    require_can_close(found.checklist_session.state)
    waiting, running, is_unit_here = _unfinished(found)
    return show_page(
        "closure",
        found,
        "score",
        op_id=new_operation(),
        missing=missing_criteria(found),
        waiting=waiting,
        running=running,
        is_unit_here=is_unit_here,
    )


@checklist_sessions.post("/<int:checklist_session_id>/closure")
def close_session(checklist_session_id: int) -> ResponseReturnValue:
    """Scoring ends; the conclusion begins."""
    found = find_for_change(checklist_session_id)
    found.allow("close_session")
    op_id = posted_operation()
    if not is_repeated(found, op_id, "closed"):
        commit_change(found.checklist_session.close(by=found.person, at=now(), op_id=op_id))
        flash("Đã khóa điểm. Xin ghi kết luận.", "success")
    conclusion_id = db.session.scalar(
        select(Conclusion.id).where(Conclusion.checklist_session_id == checklist_session_id)
    )
    return redirect(f"/conclusions/{conclusion_id}", 303)


@checklist_sessions.post("/<int:checklist_session_id>/reopening")
def reopen_session(checklist_session_id: int) -> ResponseReturnValue:
    """Back to scoring, until the minutes are frozen."""
    found = find_for_change(checklist_session_id)
    found.allow("reopen_session")
    op_id = posted_operation()
    if not is_repeated(found, op_id, "reopened"):
        commit_change(found.checklist_session.reopen(by=found.person, at=now(), op_id=op_id))
        flash("Đã mở lại buổi kiểm tra để chấm tiếp.", "success")
    return redirect(f"/checklist-sessions/{checklist_session_id}/meeting", 303)


def missing_criteria(found: Found) -> list[Criterion]:
    """The criteria that carry points and still need an agreed score, in order."""
    sheet = session_sheet(db.session(), found.checklist_session)
    return list(missing_leaves(sheet, agreed_in(standings_of(db.session(), found.checklist_session.id))))


def _unfinished(found: Found) -> tuple[int, str | None, bool]:
    """How many people are not marked, the title of the step under way, and whether anybody of the unit is here."""
    here = found.checklist_session.id
    people = db.session.execute(
        select(Attendance.side, Attendance.presence).where(Attendance.checklist_session_id == here)
    ).all()
    running = db.session.scalar(
        select(AgendaStep.title).where(
            AgendaStep.checklist_session_id == here, AgendaStep.started_at.is_not(None), AgendaStep.ended_at.is_(None)
        )
    )
    waiting = sum(presence == "expected" for _side, presence in people)
    return waiting, running, ("unit", "present") in {tuple(one) for one in people}
