"""The timetable of a plan: date, morning or afternoon, place and team of every unit, in one form."""

import uuid
from dataclasses import dataclass

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from thidua import form_fields as fields
from thidua.committing import commit_changes
from thidua.extensions import db
from thidua.identity import now, require_person
from thidua.models import ChecklistSession, Plan, PlanUnit
from thidua.models.finders import planned_sessions
from thidua.models.plan import HALVES
from thidua.models.planning import all_follow_plan
from thidua.permissions import allow, may
from thidua.plans import queries
from thidua.plans.page import render_plan, warnings_of
from thidua.rules import lifecycle


class HalfDayForm(FlaskForm):
    """One row of the timetable."""

    class Meta:
        csrf = False  # the whole form carries the token once

    on_date = fields.DayField("Ngày")
    half = fields.choice("Buổi", HALVES, refused="Xin chọn buổi sáng hoặc buổi chiều.")
    place = fields.line("Địa điểm", 300)
    team = fields.WholeField("Đoàn", least=0, most=2_000_000_000)


@dataclass(frozen=True, slots=True)
class HalfDay:
    """A unit of the plan, its row of the form, and its checklist session if there is one."""

    plan_unit: PlanUnit
    form: HalfDayForm
    checklist_session: ChecklistSession | None

    @property
    def is_fixed(self) -> bool:
        """The half-day has begun: its date, place and team are history."""
        return self.checklist_session is not None and self.checklist_session.state != lifecycle.PLANNED

    @property
    def state_label(self) -> str:
        return lifecycle.LABELS[self.checklist_session.state] if self.checklist_session else ""


def schedule(plan_id: int) -> ResponseReturnValue:
    """The timetable, as a form for the office and as a table for everybody else."""
    plan = queries.plan_page(plan_id)
    allow("see_plans", require_person())
    return _page(plan, _half_days(plan))


def save_schedule(plan_id: int) -> ResponseReturnValue:
    """Keep all rows at once; half-days not yet begun expect the people of their new team."""
    plan = queries.plan_for_change(plan_id)
    person = require_person()
    allow("edit_plans", person)
    half_days = _half_days(plan)
    right = [_is_right(plan, one) for one in half_days if not one.is_fixed]  # every row, so that every error is shown
    if not all(right):
        db.session.rollback()
        return _page(queries.plan_page(plan_id), half_days), 422
    for one in half_days:
        if not one.is_fixed:
            _keep(one.plan_unit, one.form)
    db.session.flush()
    planned = planned_sessions(db.session(), plan_id=plan_id)
    commit_changes(all_follow_plan(planned, by=person, at=now(), op_id=uuid.uuid4()))
    flash("Đã lưu lịch kiểm tra.", "success")
    return redirect(url_for("plans.schedule", plan_id=plan_id), 303)


def _page(plan: Plan, half_days: list[HalfDay]) -> str:
    return render_plan(
        "plans/schedule.html",
        plan,
        half_days=half_days,
        halves=HALVES,
        warnings=warnings_of(plan),
        checklists=queries.published_checklists(),
        may_create=may("create_checklist_sessions", require_person()),
        errors=[error for one in half_days for messages in one.form.errors.values() for error in messages],
        waiting=sum(one.checklist_session is None for one in half_days),
    )


def _half_days(plan: Plan) -> list[HalfDay]:
    sessions = queries.sessions_of(plan.id)
    return [
        HalfDay(one, HalfDayForm(prefix=f"u{one.id}-", data=_shown(one)), sessions.get(one.id))
        for one in plan.plan_units
    ]


def _shown(one: PlanUnit) -> dict[str, object]:
    return {"on_date": one.on_date, "half": one.half, "place": one.place, "team": one.team_id}


def _is_right(plan: Plan, one: HalfDay) -> bool:
    form = one.form
    if not form.validate():
        return False
    if form.team.data and form.team.data not in {team.id for team in plan.teams}:
        form.team.errors = ["Đoàn này không còn trong kế hoạch. Xin chọn đoàn khác."]
        return False
    return True


def _keep(plan_unit: PlanUnit, form: HalfDayForm) -> None:
    plan_unit.on_date, plan_unit.half, plan_unit.place = form.on_date.data, form.half.data, form.place.data
    plan_unit.team_id = form.team.data or None
