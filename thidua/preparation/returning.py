"""Returning criteria to the unit, withdrawing a return, and what became of those before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms.validators import ValidationError

from thidua import form_fields as fields
from thidua.committing import commit_change
from thidua.extensions import db
from thidua.identity import now
from thidua.models import JournalEntry, PlanUnit, Preparation, PreparationReturn
from thidua.models.finders import session_sheet
from thidua.models.session_verbs.returning import BEGUN, NOT_SENT
from thidua.preparation.queries import folder_for_change, preparation_of
from thidua.preparation.view import ScoreLine, prepared_view
from thidua.rules.errors import InvalidEntry, Refusal
from thidua.rules.lifecycle import PLANNED
from thidua.rules.vietnamese import clean_text
from thidua.rules.words import date_screen, day_of
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.finding import Found, find, find_for_change
from thidua.session_pages.header import room_of
from thidua.session_pages.operations import is_repeated, new_operation, posted_operation

USUAL_DAYS = 3
LONGEST_REMARK = 2000


class ReturnForm(FlaskForm):
    """The day by which everything returned at once is to be sent again; remarks are read by criterion."""

    due_on = fields.DayField("Gửi lại trước hết ngày")

    def validate_due_on(self, field: fields.DayField) -> None:
        if field.data is None and not field.process_errors:
            raise ValidationError("Xin ghi ngày đơn vị gửi lại, ví dụ 18/10/2020.")


@dataclass(frozen=True, slots=True)
class Past:
    """A return as it went: ``state`` in words."""

    number: str
    remark: str
    due_on: date | None
    by: str
    at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Typed:
    """Remarks that were typed and not taken, and what is wrong with some of them, by criterion id."""

    remarks: dict[int, str]
    errors: dict[int, str]


def returns(checklist_session_id: int) -> ResponseReturnValue:
    """The form; ``?criterion=`` opens that one."""
    found = find(checklist_session_id)
    found.allow("return_preparation")
    chosen = request.args.get("criterion", 0, type=int)
    return _page(found, ReturnForm(formdata=None, data={"due_on": _usual_day(found)}), chosen=chosen)


def return_criteria(checklist_session_id: int) -> ResponseReturnValue:
    """Return every criterion with a remark (fields: remark-<criterion id>, due_on, criterion, op_id)."""
    found = find_for_change(checklist_session_id)
    found.allow("return_preparation")
    form, chosen = ReturnForm(), request.form.get("criterion", 0, type=int)
    remarks = _remarks(found, chosen)
    too_long = {key: _too_long() for key, remark in remarks.items() if len(remark) > LONGEST_REMARK}
    try:
        if not form.validate() or too_long:
            return _again(checklist_session_id, form, chosen, Typed(remarks, too_long), 422)
        _require_before_half_day(found, form.due_on.data)
        op_id, room = posted_operation(), found.checklist_session
        items = [{"criterion_id": key, "remark": remark} for key, remark in remarks.items()]
        said = {"items": items, "due_on": form.due_on.data.isoformat()}
        if not is_repeated(found, op_id, "preparation.returned", **said):
            entry = room.return_criteria(
                folder_for_change(room), remarks, due_on=form.due_on.data, by=found.person, at=now(), op_id=op_id
            )
            commit_change(entry)
            flash(f"Đã trả lại {len(remarks)} tiêu chí. Đơn vị thấy ở đầu trang Chuẩn bị.", "success")
    except Refusal as refusal:
        typed = Typed(remarks, _blamed(form, refusal))
        return _again(checklist_session_id, form, chosen, typed, refusal.status)
    return redirect(f"/checklist-sessions/{checklist_session_id}/preparation/returns", 303)


def withdraw_return(checklist_session_id: int, return_id: int) -> ResponseReturnValue:
    """Not asked for after all; the journal keeps it."""
    found = find_for_change(checklist_session_id)
    found.allow("return_preparation")
    op_id, room = posted_operation(), found.checklist_session
    if not is_repeated(found, op_id, "preparation.return_withdrawn", return_id=return_id):
        folder = folder_for_change(room)
        one = next((each for each in folder.returns if each.id == return_id), None) or abort(404)
        commit_change(room.withdraw_return(folder, one, by=found.person, at=now(), op_id=op_id))
        flash("Đã rút việc trả lại. Nhật ký vẫn giữ.", "success")
    return redirect(f"/checklist-sessions/{checklist_session_id}/preparation/returns", 303)


def past_returns(found: Found, preparation: Preparation | None) -> list[Past]:
    """Every return there was, those withdrawn too, the latest first. Needs ``returns`` loaded."""
    if preparation is None:
        return []
    numbers = {leaf.id: leaf.number for leaf in session_sheet(db.session(), found.checklist_session).leaves}
    told = [_standing(one, numbers) for one in preparation.returns]
    told += _withdrawn(found.checklist_session.id, numbers)
    return sorted(told, key=lambda one: one.at, reverse=True)


def _page(
    found: Found, form: ReturnForm, *, chosen: int = 0, typed: Typed | None = None, status: int = 200
) -> ResponseReturnValue:
    preparation, view = preparation_of(found.checklist_session.id), prepared_view(found)
    room = room_of(found, audience_of(found.standing.part), "preparation")
    waiting = {one.criterion_id: one for one in preparation.returns if one.answered_at is None} if preparation else {}
    page = render_template(
        "preparation/returns.html",
        room=room,
        tabs=room["links"],
        form=form,
        view=view,
        open_lines=_chosen_first([one for one in view.scores if one.id not in waiting], chosen),
        waiting=[(one, waiting[one.id]) for one in view.scores if one.id in waiting],
        past=past_returns(found, preparation),
        chosen=chosen,
        typed=typed or Typed({}, {}),
        reason=_why_not(found, preparation),
        most=LONGEST_REMARK,
        new_operation=new_operation,
    )
    return page, status


def _chosen_first(lines: list[ScoreLine], chosen: int) -> list[ScoreLine]:
    return sorted(lines, key=lambda one: one.id != chosen)


def _again(checklist_session_id: int, form: ReturnForm, chosen: int, typed: Typed, status: int) -> ResponseReturnValue:
    db.session.rollback()
    return _page(find(checklist_session_id), form, chosen=chosen, typed=typed, status=status)


def _blamed(form: Any, refusal: Refusal) -> dict[int, str]:
    """Put a refusal where it belongs: at the day, at a criterion, or above the form."""
    field = refusal.field or ""
    if field.startswith("remark-"):
        return {int(field.removeprefix("remark-")): refusal.message}
    if isinstance(refusal, InvalidEntry) and field in form:
        form[field].errors = [refusal.message]
    else:
        form.form_errors.append(refusal.message)
    return {}


def _remarks(found: Found, chosen: int) -> dict[int, str]:
    """What was typed, by criterion of this half-day; the chosen one is meant even when nothing was typed."""
    leaves = session_sheet(db.session(), found.checklist_session).leaves
    typed = {leaf.id: clean_text(request.form.get(f"remark-{leaf.id}", "")).strip() for leaf in leaves}
    return {key: remark for key, remark in typed.items() if remark or (key == chosen and not any(typed.values()))}


def _too_long() -> str:
    return f"Lời nhắc dài quá {LONGEST_REMARK} chữ. Xin viết ngắn lại."


def _why_not(found: Found, preparation: Preparation | None) -> str:
    """Why nothing can be returned now; "" when it can."""
    if found.checklist_session.state != PLANNED:
        return BEGUN
    return "" if preparation and preparation.submitted_at else NOT_SENT


def _usual_day(found: Found) -> date:
    """Three days from today, if the half-day leaves them; never before today."""
    today, on_date = day_of(now()), _half_day(found)
    soon = today + timedelta(days=USUAL_DAYS)
    return max(min(soon, on_date - timedelta(days=1)), today) if on_date else soon


def _half_day(found: Found) -> date | None:
    return db.session.scalar(select(PlanUnit.on_date).where(PlanUnit.id == found.checklist_session.plan_unit_id))


def _require_before_half_day(found: Found, due_on: date) -> None:
    on_date = _half_day(found)
    if found.checklist_session.state == PLANNED and on_date and due_on > on_date:
        raise InvalidEntry(f"Ngày gửi lại phải không sau ngày kiểm tra ({date_screen(on_date)}).", "due_on")


def _standing(one: PreparationReturn, numbers: dict[int, str]) -> Past:
    state = "Đã gửi lại" if one.answered_at else "Đang chờ đơn vị gửi lại"
    return Past(numbers.get(one.criterion_id, "?"), one.remark, one.due_on, one.by_name, one.at, state)


def _withdrawn(checklist_session_id: int, numbers: dict[int, str]) -> Iterable[Past]:
    entries = db.session.scalars(
        select(JournalEntry)
        .where(
            JournalEntry.checklist_session_id == checklist_session_id,
            JournalEntry.kind == "preparation.return_withdrawn",
        )
        .order_by(JournalEntry.revision)
    )
    for entry in entries:
        content = entry.content
        number = numbers.get(content["criterion_id"], "?")
        yield Past(number, content["remark"], None, entry.actor_name, entry.at, "Đã rút")
