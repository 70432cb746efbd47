"""Creating the checklist sessions of a plan: one action, harmless when repeated."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from thidua.extensions import db
from thidua.identity import require_person
from thidua.models.planning import create_checklist_sessions
from thidua.permissions import allow
from thidua.plans import queries


def create_sessions(plan_id: int) -> ResponseReturnValue:
    """One checklist session for every unit that has none, scored with a published checklist."""
    plan = queries.plan_for_change(plan_id)
    allow("create_checklist_sessions", require_person())
    back = redirect(url_for("plans.schedule", plan_id=plan_id), 303)
    published = {checklist.id for checklist in queries.published_checklists()}
    checklist_id = request.form.get("checklist_id", type=int) or (min(published) if len(published) == 1 else None)
    existing = queries.sessions_of(plan_id)
    if all(one.id in existing for one in plan.plan_units):
        db.session.rollback()
        flash("Mọi đơn vị của kế hoạch đã có buổi kiểm tra. Không có gì thay đổi.", "info")
        return back
    if checklist_id not in published:
        db.session.rollback()
        flash("Xin chọn một bảng điểm đang dùng, rồi bấm lại “Tạo các buổi kiểm tra”.", "error")
        return back
    made = create_checklist_sessions(plan, checklist_id, existing=existing)
    db.session.add_all(made)
    db.session.commit()
    flash(f"Đã tạo {len(made)} buổi kiểm tra.", "success")
    return back
