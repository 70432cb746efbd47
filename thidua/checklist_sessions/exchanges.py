"""Exchanges: what was asked, answered, explained and rebutted, and by whom."""

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from thidua.checklist_sessions.meeting_page import blame, row_or_404, show_page
from thidua.checklist_sessions.parts import exchanges_part, meeting_audience
from thidua.checklist_sessions.remark_forms import ExchangeForm, criterion_choices
from thidua.checklist_sessions.routes import checklist_sessions
from thidua.committing import commit_change
from thidua.extensions import db
from thidua.identity import now
from thidua.models import Attendance, ChecklistSession, Exchange
from thidua.models.finders import sheet_of
from thidua.models.meeting import EXCHANGE_KINDS, SIDES
from thidua.rules.errors import NotAllowed, Refusal
from thidua.session_pages.finding import Found, find, find_for_change
from thidua.session_pages.operations import is_repeated, new_operation, posted_operation

FOLLOWING = {"question": "answer", "answer": "question", "rebuttal": "explanation", "explanation": "question"}


@checklist_sessions.get("/<int:checklist_session_id>/exchanges")
def exchanges(checklist_session_id: int) -> ResponseReturnValue:
    """What was said, and the form for the next words (``?kind=`` and ``?criterion=`` chosen)."""
    found = find(checklist_session_id, ChecklistSession.attendances)
    form = _form(found, formdata=None)
    if request.args.get("kind") in EXCHANGE_KINDS:
        form.kind.data = request.args["kind"]
    form.criterion_id.data = request.args.get("criterion", 0, type=int)
    return _page(found, form)


@checklist_sessions.post("/<int:checklist_session_id>/exchanges")
def add_exchange(checklist_session_id: int) -> ResponseReturnValue:
    """Somebody said something."""
    found = find_for_change(checklist_session_id, ChecklistSession.attendances, ChecklistSession.exchanges)
    found.allow("record_exchanges")
    form = _form(found)
    try:
        if form.validate() and not is_repeated(
            found, op_id := posted_operation(), "exchange.added", kind=form.kind.data, text=form.text.data
        ):
            picked = _picked(found, form)
            commit_change(
                found.checklist_session.add_exchange(
                    form.kind.data,
                    picked.name if picked else form.speaker.data,
                    form.text.data,
                    criterion_id=form.criterion_id.data or None,
                    attendance_id=picked.id if picked else None,
                    by=found.person,
                    at=now(),
                    op_id=op_id,
                )
            )
        status = 422
    except Refusal as refusal:
        status = blame(form, refusal)
    if form.errors:
        db.session.rollback()
        return _page(find(checklist_session_id, ChecklistSession.attendances), form, status=status)
    flash(f"Đã ghi: {EXCHANGE_KINDS[form.kind.data]}.", "success")
    following = f"?kind={FOLLOWING[form.kind.data]}&criterion={form.criterion_id.data or 0}"
    return redirect(_here(found) + following, 303)


@checklist_sessions.get("/<int:checklist_session_id>/exchanges/<int:exchange_id>")
def exchange(checklist_session_id: int, exchange_id: int) -> ResponseReturnValue:
    """One exchange; who may, takes it back here."""
    found = find(checklist_session_id, ChecklistSession.exchanges)
    found.allow("see_proposals")
    one = _exchange(found, exchange_id)
    state = found.checklist_session.state
    return show_page(
        "exchange",
        found,
        "remarks",
        one=one,
        kind_label=EXCHANGE_KINDS[one.kind],
        withdrawable=may_withdraw(found, one) and not one.withdrawn_at and state == "open",
        op_id=new_operation(),
    )


@checklist_sessions.post("/<int:checklist_session_id>/exchanges/<int:exchange_id>/withdrawal")
def withdraw_exchange(checklist_session_id: int, exchange_id: int) -> ResponseReturnValue:
    """Take an exchange back."""
    found = find_for_change(checklist_session_id, ChecklistSession.exchanges)
    found.allow("record_exchanges")
    one = _exchange(found, exchange_id)
    if not may_withdraw(found, one):
        raise NotAllowed("Chỉ người đã ghi, Thư ký và Trưởng đoàn được rút trao đổi này.")
    op_id = posted_operation()
    if not is_repeated(found, op_id, "exchange.withdrawn", exchange_id=exchange_id):
        commit_change(found.checklist_session.withdraw_exchange(one, by=found.person, at=now(), op_id=op_id))
        flash("Đã rút trao đổi. Nội dung còn trong nhật ký.", "success")
    return redirect(_here(found), 303)


def may_withdraw(found: Found, one: Exchange) -> bool:
    """One's own, and for head of team and secretary any."""
    return one.by_id == found.person.id or found.may("withdraw_any")


def _form(found: Found, **given: None) -> ExchangeForm:
    form = ExchangeForm(**given)
    form.op_id.data = form.op_id.data or new_operation()
    form.attendance_id.choices = [
        (0, "Chọn trong danh sách…"),
        *((one.id, f"{one.name} ({SIDES[one.side]})") for one in _speakers(found)),
    ]
    sheet = sheet_of(db.session(), found.checklist_session.checklist_id)
    form.criterion_id.choices = criterion_choices(sheet)
    return form


def _speakers(found: Found) -> list[Attendance]:
    """Those marked present first; nobody who is absent."""
    here = [one for one in found.checklist_session.attendances if one.presence != "absent"]
    return sorted(here, key=lambda one: one.presence != "present")


def _picked(found: Found, form: ExchangeForm) -> Attendance | None:
    """The person picked from the list; a typed name goes before it."""
    if form.speaker.data:
        return None
    wanted = form.attendance_id.data
    return next((one for one in found.checklist_session.attendances if one.id == wanted), None)


def _page(found: Found, form: ExchangeForm, *, status: int = 200) -> ResponseReturnValue:
    checklist_session = found.checklist_session
    part = exchanges_part(db.session(), checklist_session.id, meeting_audience(found.standing.part))
    return show_page(
        "exchanges",
        found,
        "remarks",
        status=status,
        form=form,
        exchanges=part,
        writable=found.may("record_exchanges") and checklist_session.state == "open",
    )


def _exchange(found: Found, exchange_id: int) -> Exchange:
    return row_or_404(found.checklist_session.exchanges, exchange_id)


def _here(found: Found) -> str:
    return f"/checklist-sessions/{found.checklist_session.id}/exchanges"
