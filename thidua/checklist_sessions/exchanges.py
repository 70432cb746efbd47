"""Exchanges: what was asked, answered, explained and rebutted, and by whom."""

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from thidua.checklist_sessions.exchange_forms import (
    FOLLOWING,
    SPEAKS_FOR,
    ChangedExchangeForm,
    ExchangeForm,
    answered,
    exchange_form,
    last_speakers,
    speakers_by_side,
)
from thidua.checklist_sessions.meeting_page import blame, row_or_404, show_page
from thidua.checklist_sessions.parts import exchanges_part, meeting_audience
from thidua.checklist_sessions.routes import checklist_sessions
from thidua.committing import commit_change
from thidua.extensions import db
from thidua.identity import now
from thidua.models import Attendance, ChecklistSession, Exchange
from thidua.models.meeting import EXCHANGE_KINDS
from thidua.rules.errors import NotAllowed, Refusal, Refused
from thidua.session_pages.finding import Found, find, find_for_change
from thidua.session_pages.operations import is_repeated, new_operation, posted_operation


@checklist_sessions.get("/<int:checklist_session_id>/exchanges")
def exchanges(checklist_session_id: int) -> ResponseReturnValue:
    """What was said, and the form for the next words: ``?kind=``, ``?criterion=`` chosen, ``?to=`` what it answers.

    Without a criterion it is the one on the projector; the speaker is who spoke last on the side that now speaks.
    """
    found = find(checklist_session_id, ChecklistSession.attendances, ChecklistSession.exchanges)
    form = exchange_form(found, formdata=None)
    if request.args.get("kind") in EXCHANGE_KINDS:
        form.kind.data = request.args["kind"]
    on_screen = found.checklist_session.criterion_on_screen_id or 0
    form.criterion_id.data = request.args.get("criterion", on_screen, type=int)
    form.answers_id.data = request.args.get("to", 0, type=int)
    question = answered(found, form)
    if question:
        form.criterion_id.data = question.criterion_id or 0
    form.attendance_id.data = last_speakers(found).get(SPEAKS_FOR[form.kind.data], 0)
    return _page(found, form)


@checklist_sessions.post("/<int:checklist_session_id>/exchanges")
def add_exchange(checklist_session_id: int) -> ResponseReturnValue:
    """Somebody said something."""
    found = find_for_change(checklist_session_id, ChecklistSession.attendances, ChecklistSession.exchanges)
    found.allow("record_exchanges")
    form = exchange_form(found)
    try:
        if form.validate() and not is_repeated(
            found, op_id := posted_operation(), "exchange.added", kind=form.kind.data, text=form.text.data
        ):
            picked, question = _picked(found, form), answered(found, form)
            if form.answers_id.data and question is None:
                raise Refused("Câu được trả lời vừa được rút. Xin ghi thành một trao đổi riêng.")
            commit_change(
                found.checklist_session.add_exchange(
                    form.kind.data,
                    picked.name if picked else form.speaker.data,
                    form.text.data,
                    criterion_id=form.criterion_id.data or None,
                    attendance_id=picked.id if picked else None,
                    answers_id=question.id if question else None,
                    by=found.person,
                    at=now(),
                    op_id=op_id,
                )
            )
        status = 422
    except Refusal as refusal:
        status = blame(form, refusal)
        form.answers_id.data = 0
    if form.errors:
        db.session.rollback()
        found = find(checklist_session_id, ChecklistSession.attendances, ChecklistSession.exchanges)
        return _page(found, form, status=status)
    flash(f"Đã ghi: {EXCHANGE_KINDS[form.kind.data]}.", "success")
    following = f"?kind={FOLLOWING[form.kind.data]}&criterion={form.criterion_id.data or 0}"
    return redirect(_here(found) + following, 303)


@checklist_sessions.get("/<int:checklist_session_id>/exchanges/<int:exchange_id>")
def exchange(checklist_session_id: int, exchange_id: int) -> ResponseReturnValue:
    """One exchange; who may, corrects it or takes it back here."""
    found = find(checklist_session_id, ChecklistSession.exchanges)
    found.allow("see_proposals")
    one = _exchange(found, exchange_id)
    form = ChangedExchangeForm(formdata=None, op_id=new_operation(), before=one.text, text=one.text)
    return _one_page(found, one, form)


@checklist_sessions.post("/<int:checklist_session_id>/exchanges/<int:exchange_id>")
def change_exchange(checklist_session_id: int, exchange_id: int) -> ResponseReturnValue:
    """Correct the words one wrote down oneself."""
    found = find_for_change(checklist_session_id, ChecklistSession.exchanges)
    found.allow("record_exchanges")
    one, form = _exchange(found, exchange_id), ChangedExchangeForm()
    if one.by_id != found.person.id:
        raise NotAllowed("Chỉ người đã ghi được sửa trao đổi này. Thư ký và Trưởng đoàn rút được.")
    try:
        if form.validate() and not is_repeated(
            found, op_id := posted_operation(), "exchange.changed", exchange_id=one.id, text=form.text.data
        ):
            before = (form.before.data or "").replace("\r\n", "\n")
            commit_change(
                found.checklist_session.change_exchange(
                    one, form.text.data, before=before, by=found.person, at=now(), op_id=op_id
                )
            )
        status = 422
    except Refusal as refusal:
        status = blame(form, refusal)
    if form.errors:
        db.session.rollback()
        found = find(checklist_session_id, ChecklistSession.exchanges)
        one = _exchange(found, exchange_id)
        form.before.data = one.text
        return _one_page(found, one, form, status=status)
    flash("Đã sửa trao đổi. Lời cũ còn trong nhật ký.", "success")
    return redirect(f"{_here(found)}#exchange-{exchange_id}", 303)


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
        question=answered(found, form),
        sides=speakers_by_side(found),
        last=last_speakers(found),
        on_screen=checklist_session.criterion_on_screen_id or 0,
        exchanges=part,
        writable=found.may("record_exchanges") and checklist_session.state == "open",
    )


def _one_page(found: Found, one: Exchange, form: ChangedExchangeForm, *, status: int = 200) -> ResponseReturnValue:
    is_standing = not one.withdrawn_at and found.checklist_session.state == "open"
    return show_page(
        "exchange",
        found,
        "remarks",
        status=status,
        one=one,
        form=form,
        kind_label=EXCHANGE_KINDS[one.kind],
        changeable=is_standing and one.by_id == found.person.id and found.may("record_exchanges"),
        withdrawable=is_standing and may_withdraw(found, one),
        op_id=new_operation(),
    )


def _exchange(found: Found, exchange_id: int) -> Exchange:
    return row_or_404(found.checklist_session.exchanges, exchange_id)


def _here(found: Found) -> str:
    return f"/checklist-sessions/{found.checklist_session.id}/exchanges"
