"""Writing a plan: its text and its units in one form; nothing typed is lost."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from thidua.committing import commit_changes
from thidua.extensions import begin_writing, db
from thidua.identity import now, require_person
from thidua.models import Plan
from thidua.models.finders import planned_sessions
from thidua.models.office_settings import office_of
from thidua.models.plan import SETTINGS
from thidua.models.plan_text import content_of
from thidua.models.planning import all_follow_settings
from thidua.permissions import allow
from thidua.plans import queries
from thidua.plans.forms import HINTS, PARTS, SHORT, PlanForm, values_for_new, values_of
from thidua.plans.units_choice import UnitsChoice
from thidua.rules.words import day_of


def create() -> ResponseReturnValue:
    """A new plan; it begins with the text of the latest one."""
    allow("edit_plans", require_person())
    form = PlanForm(data=_begun() if request.method == "GET" else None)
    choice = _choice(None)
    if not _is_to_be_saved(form):
        return _form(form, choice, None)
    if not _is_right(form, choice, None):
        return _form(form, choice, None), 422
    begin_writing()
    plan = Plan(created_at=now(), plan_units=[], teams=[], documents=[])
    plan.add_team("Đoàn kiểm tra")
    _write(plan, form)
    plan.choose_units(choice.chosen)
    db.session.add(plan)
    db.session.commit()
    flash(f"Đã tạo {plan.label}. Việc tiếp theo: chọn thành viên đoàn và xếp lịch.", "success")
    return redirect(url_for("plans.show", plan_id=plan.id), 303)


def edit(plan_id: int) -> ResponseReturnValue:
    """Correct a plan."""
    plan = queries.plan_page(plan_id)
    allow("edit_plans", require_person())
    form = PlanForm(data=values_of(plan))
    choice = _choice(plan)
    if not _is_to_be_saved(form):
        return _form(form, choice, plan)
    if not _is_right(form, choice, plan):
        return _form(form, choice, plan), 422
    plan = queries.plan_for_change(plan_id)
    choice = _choice(plan)
    if choice.error:
        db.session.rollback()
        return _form(form, choice, queries.plan_page(plan_id)), 422
    _write(plan, form)
    plan.choose_units(choice.chosen)
    db.session.flush()
    planned = planned_sessions(db.session(), plan_id=plan_id)
    commit_changes(all_follow_settings(plan, planned, by=require_person(), at=now(), op_id=uuid.uuid4()))
    flash(f"Đã lưu {plan.label}.", "success")
    return redirect(url_for("plans.show", plan_id=plan.id), 303)


def units_choice(plan_id: int | None) -> ResponseReturnValue:
    """The list of chosen units after a button was pressed; nothing is saved yet."""
    plan = queries.plan_page(plan_id) if plan_id else None
    allow("edit_plans", require_person())
    return render_template("plans/_units_choice.html", choice=_choice(plan), plan=plan)


def _begun() -> dict[str, Any]:
    return values_for_new(queries.latest_plan(), day_of(now()), office_of(db.session()))


def _is_to_be_saved(form: PlanForm) -> bool:
    return form.is_submitted() and "units_move" not in request.form


def _choice(plan: Plan | None) -> UnitsChoice:
    sessions = queries.sessions_of(plan.id) if plan else {}
    if request.method == "POST":
        return UnitsChoice.posted(request.form, queries.all_units(), sessions).checked
    return UnitsChoice.of_plan(plan, queries.all_units(), sessions)


def _is_right(form: PlanForm, choice: UnitsChoice, plan: Plan | None) -> bool:
    if not form.validate() or choice.error:
        return False
    fewest, most = form.team_min.data or 0, form.team_max.data or 50
    if fewest > most:
        form.team_max.errors = ["Số người nhiều nhất của đoàn nhỏ hơn số ít nhất. Xin xem lại hai số này."]
        return False
    same = form.number.data and queries.same_number(
        form.number.data, form.symbol.data, form.year.data, plan.id if plan else None
    )
    if same:
        form.number.errors = [f"{same.label} năm {same.year} đã có. Xin ghi số khác, hoặc mở kế hoạch đó để sửa."]
        return False
    return True


def _write(plan: Plan, form: PlanForm) -> None:
    line = form.number_line_for(plan)
    for name in ("number", "symbol", "issued_on", "year", "subject", *SETTINGS):
        setattr(plan, name, form[name].data)
    plan.number_line, plan.content = line, content_of(form.facts)


def _form(form: PlanForm, choice: UnitsChoice, plan: Plan | None) -> str:
    return render_template(
        "plans/edit.html", form=form, choice=choice, plan=plan, parts=PARTS, hints=HINTS, widths=SHORT
    )
