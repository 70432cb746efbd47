"""Sending it, sending returned criteria anew, confirming the schedule: what the centre acts upon, each journaled."""

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from thidua.committing import commit_change
from thidua.extensions import db
from thidua.identity import now
from thidua.models import ChecklistSession, Evidence, PlanUnit, Score
from thidua.models.evidence import PURPOSES
from thidua.models.preparation_verbs import require_draft
from thidua.preparation.page import show_page
from thidua.preparation.queries import preparation_for_change
from thidua.preparation.saving import refused, saved
from thidua.preparation.view import prepared_view
from thidua.rules.errors import InvalidEntry, Refusal
from thidua.session_pages.finding import Found, find, find_for_change
from thidua.session_pages.operations import is_repeated, posted_operation

NOT_CONFIRMED = "Còn phần chưa đủ. Nếu vẫn gửi, xin đánh dấu vào ô đồng ý rồi bấm gửi."


def review(checklist_session_id: int) -> ResponseReturnValue:
    """What is sent, what is missing, and the button."""
    found = find(checklist_session_id)
    found.allow("prepare")
    return show_page(found, name="sending")


def submit(checklist_session_id: int) -> ResponseReturnValue:
    """The unit sends its preparation; with something missing only when it says so (``accept_missing``)."""
    found = find_for_change(checklist_session_id, ChecklistSession.attendances)
    found.allow("prepare")
    op_id = posted_operation()
    if not is_repeated(found, op_id, "preparation.submitted"):
        preparation = preparation_for_change(found)
        try:
            require_draft(preparation, found.checklist_session.state)
            _require_accepted(found)
            _load_own_scores(found.checklist_session)
            entry = found.checklist_session.submit_preparation(
                preparation, _files(checklist_session_id), by=found.person, at=now(), op_id=op_id
            )
        except Refusal as refusal:
            db.session.rollback()
            return show_page(find(checklist_session_id), name="sending", refusal=refusal, status=refusal.status)
        commit_change(entry)
        flash("Đã gửi hồ sơ chuẩn bị. Từ bây giờ hồ sơ được khóa; Đoàn kiểm tra đã xem được.", "success")
    return redirect(f"/checklist-sessions/{checklist_session_id}/preparation", 303)


def answer(checklist_session_id: int) -> ResponseReturnValue:
    """Send returned criteria anew: ``criterion_id``, one or several; none means all that wait."""
    found = find_for_change(checklist_session_id)
    found.allow("prepare")
    op_id, preparation = posted_operation(), preparation_for_change(found)
    asked = set(request.form.getlist("criterion_id", type=int))
    waiting = [one.criterion_id for one in preparation.returns if one.answered_at is None]
    if not is_repeated(found, op_id, "preparation.answered"):
        _load_own_scores(found.checklist_session)
        entry = found.checklist_session.answer_returns(
            preparation, [one for one in waiting if one in asked or not asked], by=found.person, at=now(), op_id=op_id
        )
        commit_change(entry)
        flash("Đã gửi lại cho Đoàn kiểm tra.", "success")
    return redirect(f"/checklist-sessions/{checklist_session_id}/preparation", 303)


def confirm_schedule(checklist_session_id: int) -> ResponseReturnValue:
    """Date, hour and place suit the unit. It may do so after sending, too."""
    found = find_for_change(checklist_session_id)
    found.allow("prepare")
    op_id, preparation = posted_operation(), preparation_for_change(found)
    try:
        _require_dated(found)
        is_done = is_repeated(found, op_id, "preparation.schedule_confirmed") or preparation.schedule_confirmed_at
        if not is_done:
            commit_change(found.checklist_session.confirm_schedule(preparation, by=found.person, at=now(), op_id=op_id))
    except Refusal as refusal:
        return refused(checklist_session_id, refusal, "schedule")
    return saved(found, "schedule")


def _require_accepted(found: Found) -> None:
    if request.form.get("accept_missing") != "y" and prepared_view(found).missing:
        raise InvalidEntry(NOT_CONFIRMED, field="accept_missing")


def _require_dated(found: Found) -> None:
    if db.session.scalar(select(PlanUnit.on_date).where(PlanUnit.id == found.checklist_session.plan_unit_id)) is None:
        raise InvalidEntry("Ngày kiểm tra chưa định nên chưa xác nhận được. Xin chờ thông báo lịch của Đoàn.")


def _load_own_scores(room: ChecklistSession) -> None:
    own = select(Score).where(Score.checklist_session_id == room.id, Score.perspective == "self").order_by(Score.id)
    set_committed_value(room, "scores", list(db.session.scalars(own)))


def _files(checklist_session_id: int) -> list[tuple[str, str]]:
    """(purpose, digest) of the unit's files that stand; those of criteria have no purpose."""
    rows = db.session.execute(
        select(Evidence.purpose, Evidence.digest).where(
            Evidence.checklist_session_id == checklist_session_id,
            Evidence.side == "unit",
            Evidence.withdrawn_at.is_(None),
        )
    )
    return [(purpose if purpose in PURPOSES else "", digest) for purpose, digest in rows]
