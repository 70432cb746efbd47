"""The readiness board of a plan: how far each unit is, what needs attention first, and by when things are due."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms.validators import ValidationError

from thidua import form_fields as fields
from thidua.committing import commit_change, commit_changes
from thidua.extensions import begin_writing, db
from thidua.identity import now, require_person
from thidua.models import Actor, ChecklistSession, JournalEntry, Plan, PlanUnit, TeamMember
from thidua.models.finders import planned_sessions
from thidua.models.plan import HALVES
from thidua.models.readiness import UnitReadiness, readiness_of_plan
from thidua.permissions import HEAD, OFFICE, SECRETARY, allow, may
from thidua.preparation.queries import folder_for_change
from thidua.rules.errors import InvalidEntry
from thidua.rules.invitation import KIND_LABELS
from thidua.rules.lifecycle import PLANNED
from thidua.rules.readiness import MOST_DAYS, PART_LABELS, STATUS_LABELS, USUAL_DAYS, attention, counts, days_words
from thidua.rules.words import date_screen, day_of
from thidua.session_pages.finding import find_for_change
from thidua.session_pages.operations import is_repeated, new_operation, posted_operation

AFTER_HALF_DAY = "Hạn gửi phải không sau ngày kiểm tra ({})."
FILTERS = {"late": "Trễ", "returned": "Bị trả lại", "missing": "Thiếu", "ready": "Đủ"}
ICONS = {"ready": "check", "missing": "minus", "returned": "undo", "late": "clock"}
TONES = {"ready": "ok", "missing": "warn", "returned": "warn", "late": "bad", "over": "quiet", "none": "quiet"}


class DueForm(FlaskForm):
    """The last day for one unit."""

    due_on = fields.DayField("Hạn gửi")

    def validate_due_on(self, field: fields.DayField) -> None:
        if field.data is None and not field.process_errors:
            raise ValidationError("Xin ghi ngày hạn gửi, ví dụ 15/10/2020.")


class DueForAllForm(FlaskForm):
    """So many days before each half-day, or one day for all."""

    days = fields.WholeField("Số ngày trước buổi kiểm tra", least=0, most=MOST_DAYS)
    one_day = fields.DayField("Hoặc cùng một ngày cho mọi đơn vị")

    def validate(self, extra_validators: Any = None) -> bool:
        """One of the two is needed, and a day for all must be to come."""
        is_right = bool(super().validate(extra_validators))
        today, day = day_of(now()), self.one_day.data
        if is_right and self.days.data is None and day is None:
            self.days.errors = ["Xin ghi số ngày trước buổi kiểm tra, hoặc một ngày chung."]
        elif is_right and day is not None and day < today:
            self.one_day.errors = [f"Hạn gửi phải từ hôm nay ({date_screen(today)}) trở đi."]
        else:
            return is_right
        return False


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the board; ``may_open``: this person may see the half-day, ``may_set``: set its due day."""

    unit: UnitReadiness
    may_open: bool
    may_set: bool
    due_typed: str
    due_error: str = ""

    @property
    def when(self) -> str:
        """ "Sáng 20/10/2020", or that there is no date yet."""
        if self.unit.on_date is None:
            return "Chưa xếp lịch"
        return f"{HALVES.get(self.unit.half, '')} {date_screen(self.unit.on_date)}"

    @property
    def days(self) -> str:
        """How many days are left, where something is still to be sent."""
        readiness = self.unit.readiness
        return days_words(readiness.days_left) if readiness.is_reminded else ""


def board(plan_id: int) -> ResponseReturnValue:
    """Every unit, what needs attention first; ``?show=late|returned|missing|ready`` keeps some."""
    person = require_person()
    plan = db.session.get(Plan, plan_id) or abort(404)
    allow("see_readiness", person)
    return _board(plan, person)


def set_due_of_all(plan_id: int) -> ResponseReturnValue:
    """One rule for all half-days not yet begun (fields: days, or one_day); those it cannot be right for stay."""
    person = require_person()
    plan = db.session.get(Plan, plan_id) or abort(404)
    allow("edit_plans", person)
    form = DueForAllForm()
    if not form.validate():
        return _board(plan, person, form=form, status=422)
    day = form.one_day.data
    planned = planned_sessions_for_change(plan_id)
    entries = list(_due_set(planned, day, form.days.data or 0, person))
    left_out = _left_out(planned, day, form.days.data or 0)
    commit_changes(entries)
    flash(f"Đã đặt hạn gửi cho {len(planned) - left_out} đơn vị.", "success")
    if left_out:
        words = "chưa có ngày kiểm tra, hoặc ngày tính ra không hợp; hạn của các đơn vị ấy giữ nguyên"
        flash(f"{left_out} đơn vị {words}. Có thể đặt riêng ở từng đơn vị.", "warning")
    return redirect(url_for("preparation.readiness", plan_id=plan_id), 303)


def set_due(checklist_session_id: int) -> ResponseReturnValue:
    """The due day of one unit (fields: due_on, op_id)."""
    found = find_for_change(checklist_session_id)
    found.allow("set_preparation")
    room, person, form = found.checklist_session, found.person, DueForm()
    error = "" if form.validate() else str(next(iter(form.errors.values()))[0])
    if not error:
        due_on, op_id = form.due_on.data, posted_operation()
        said = {"due_on": due_on.isoformat()}
        try:
            _require_before_half_day(room, due_on)
            folder = folder_for_change(room)
            if not is_repeated(found, op_id, "preparation.due_set", **said) and folder.due_on != due_on:
                commit_change(room.set_preparation_due(folder, due_on, by=person, at=now(), op_id=op_id))
                flash(f"Đã đặt hạn gửi của {found.unit_name}: {date_screen(due_on)}.", "success")
        except InvalidEntry as refusal:
            error = refusal.message
    plan_id = room.plan_id
    db.session.rollback()
    if error:
        plan = db.session.get_one(Plan, plan_id)
        typed = request.form.get("due_on", "")
        return _board(plan, person, mistaken=(checklist_session_id, typed, error), status=422)
    return redirect(f"/plans/{plan_id}/readiness#unit-{checklist_session_id}", 303)


def _require_before_half_day(room: ChecklistSession, due_on: date) -> None:
    on_date = db.session.scalar(select(PlanUnit.on_date).where(PlanUnit.id == room.plan_unit_id))
    if room.state == PLANNED and on_date and due_on > on_date:
        raise InvalidEntry(AFTER_HALF_DAY.format(date_screen(on_date)), "due_on")


def planned_sessions_for_change(plan_id: int) -> list[ChecklistSession]:
    """The half-days not yet begun, locked, inside a writing transaction."""
    begin_writing()
    return planned_sessions(db.session(), plan_id=plan_id)


def _due_set(planned: list[ChecklistSession], day: date | None, days: int, person: Actor) -> Iterator[JournalEntry]:
    for room in planned:
        due_on = _due_for(room, day, days)
        if due_on is None:
            continue
        folder = folder_for_change(room)
        if folder.due_on != due_on:
            yield room.set_preparation_due(folder, due_on, by=person, at=now(), op_id=str(uuid.uuid4()))


def _left_out(planned: list[ChecklistSession], day: date | None, days: int) -> int:
    return sum(_due_for(room, day, days) is None for room in planned)


def _due_for(room: ChecklistSession, day: date | None, days: int) -> date | None:
    """The day for this half-day; None when it has no date, that day is over, or comes after the half-day."""
    on_date = room.plan_unit.on_date
    if day is not None:
        return None if on_date and day > on_date else day
    due_on = on_date - timedelta(days=days) if on_date else None
    return due_on if due_on and due_on >= day_of(now()) else None


def _board(
    plan: Plan,
    person: Actor,
    *,
    form: DueForAllForm | None = None,
    mistaken: tuple[int, str, str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    today, show = day_of(now()), request.args.get("show", "")
    units = readiness_of_plan(db.session(), plan.id, today)
    ordered = sorted(units, key=lambda one: attention(one.readiness, one.position))
    teams = _my_teams(person)
    lines = [
        _line(one, person, teams, mistaken) for one in ordered if show not in FILTERS or one.readiness.status == show
    ]
    page = render_template(
        "preparation/readiness.html",
        plan=plan,
        today=today,
        lines=lines,
        total=len(units),
        counts=counts(one.readiness for one in units),
        filters=FILTERS,
        show=show if show in FILTERS else "",
        parts=PART_LABELS,
        statuses=STATUS_LABELS,
        icons=ICONS,
        tones=TONES,
        usual_days=USUAL_DAYS,
        notice_kinds=KIND_LABELS,
        due_form=form or DueForAllForm(formdata=None, data={"days": USUAL_DAYS}),
        new_operation=new_operation,
        may_set_all=may("edit_plans", person),
        may_print=may("print_reminders", person),
        is_begun=any(one.checklist_session_id for one in units),
    )
    return page, status


def _line(one: UnitReadiness, person: Actor, teams: dict[int, str], mistaken: tuple[int, str, str] | None) -> Line:
    role = teams.get(one.team_id or 0, "")
    is_office = person.role in OFFICE
    may_set = (is_office or role in (HEAD, SECRETARY)) and one.session_state == PLANNED
    due = one.readiness.due_on
    typed, error = (f"{due:%d/%m/%Y}" if due else ""), ""
    if mistaken and mistaken[0] == one.checklist_session_id:
        _, typed, error = mistaken
    return Line(one, bool(one.checklist_session_id) and (is_office or bool(role)), may_set, typed, error)


def _my_teams(person: Actor) -> dict[int, str]:
    """This person's part by team."""
    rows = db.session.execute(select(TeamMember.team_id, TeamMember.role).where(TeamMember.account_id == person.id))
    return {row[0]: row[1] for row in rows}
