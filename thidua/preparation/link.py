"""The unit's personal link: made by the centre, printed with its QR code, opened with one press.

Its secret has 117 bits, so nobody guesses it; tries are slowed down all the same. It opens a login for this half-day
only, which may prepare and score itself but nothing that needs a password, until its day is over.
"""

import secrets
from datetime import date, datetime, timedelta

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from thidua.committing import commit_change
from thidua.doors.qr import qr_svg
from thidua.extensions import db
from thidua.identity import current_person, now
from thidua.login_cookie import carry, replace_login
from thidua.models import ChecklistSession, LoginSession, PlanUnit, Preparation
from thidua.models.preparation_link import end_unit_logins, limited_account, needs_account, unit_account
from thidua.models.session_verbs.preparing import require_link_open
from thidua.passwords import ALPHABET, hash_of
from thidua.preparation.page import show_page
from thidua.preparation.queries import preparation_for_change, preparation_of
from thidua.rules import lifecycle
from thidua.rules.devices import device_words
from thidua.rules.room_numbers import end_of
from thidua.rules.vietnamese import clean_line
from thidua.session_pages.finding import find, find_as, find_for_change, find_for_change_as
from thidua.session_pages.operations import is_repeated, new_operation, posted_operation
from thidua.session_pages.outside import is_reachable, outside_address
from thidua.throttle import Throttle

GROUPS, GROUP = 6, 4
LASTS = timedelta(days=14)
MADE = "Đã làm đường dẫn riêng của đơn vị. In thông báo để gửi cùng mã QR."
RENEWED = "Đã làm đường dẫn mới. Đường dẫn cũ không dùng được nữa; máy vào bằng đường dẫn cũ phải vào lại."


def address_of(preparation: Preparation | None) -> str:
    """The whole address for a notice and its QR code; "" when the unit has no link."""
    if preparation is None or not preparation.link_code:
        return ""
    return outside_address(url_for("preparation.door", link_code=preparation.link_code))


def show(checklist_session_id: int) -> ResponseReturnValue:
    """The link with its QR code, and the buttons to make it or another one."""
    found = find(checklist_session_id)
    found.allow("set_preparation")
    address = address_of(preparation_of(checklist_session_id))
    is_open = found.checklist_session.state == lifecycle.PLANNED
    return show_page(
        found,
        name="link",
        address=address,
        qr=qr_svg(address) if address and is_open else "",
        is_open=is_open,
        is_reachable=is_reachable(address) if address else True,
        account=unit_account(db.session(), found.checklist_session.unit_id),
    )


def make(checklist_session_id: int) -> ResponseReturnValue:
    """A link; another one makes the first worthless. A unit without any account gets one that only the link opens."""
    found = find(checklist_session_id)
    found.allow("set_preparation")
    require_link_open(found.checklist_session.state)
    is_new = needs_account(db.session(), found.checklist_session.unit_id)
    db.session.rollback()
    password_hash = hash_of(secrets.token_urlsafe(32)) if is_new else ""  # slow: before anything is locked

    found = find_for_change(checklist_session_id, ChecklistSession.unit)
    found.allow("set_preparation")
    op_id, room = posted_operation(), found.checklist_session
    if not is_repeated(found, op_id, "preparation.linked"):
        preparation = preparation_for_change(found)
        is_again = preparation.link_code is not None
        if is_new and needs_account(db.session(), room.unit_id):
            db.session.add(limited_account(db.session(), room.unit, password_hash, at=now()))
        end_unit_logins(db.session(), room, at=now())
        commit_change(room.make_preparation_link(preparation, new_code(), by=found.person, at=now(), op_id=op_id))
        flash(RENEWED if is_again else MADE, "success")
    return redirect(f"/checklist-sessions/{checklist_session_id}/preparation/link", 303)


def door(link_code: str) -> ResponseReturnValue:
    """Whose link it is, and one button; who is in already goes straight on."""
    room, wait = _room_of(link_code)
    if wait:
        return _unknown(429, wait)
    if room is None:
        return _unknown(404)
    person = current_person()
    if person is not None and find_as(person, room.id).may("prepare"):
        return redirect(_inside(room.id))
    return _door(room, link_code)


def come_in(link_code: str) -> ResponseReturnValue:
    """A login for this half-day only, with the unit's account."""
    room, wait = _room_of(link_code)
    if wait:
        return _unknown(429, wait)
    if room is None:
        return _unknown(404)
    account = unit_account(db.session(), room.unit_id)
    if account is None or room.state != lifecycle.PLANNED:
        return _door(room, link_code, 409)
    actor, room_id, lasts = account.actor, room.id, _until(room.plan_unit.on_date) - now()
    found = find_for_change_as(actor, room_id)
    preparation = preparation_of(room_id)
    if preparation is None or preparation.link_code != link_code:  # made anew this very moment
        db.session.rollback()
        return _unknown(404)
    device = request.user_agent.string
    entry = found.checklist_session.record_preparing_entry(
        device_words(device), by=actor, at=now(), op_id=new_operation()
    )
    opened, token = LoginSession.open(actor.id, at=now(), lasts=lasts, address=request.remote_addr or "", device=device)
    opened.checklist_session_id = room_id
    is_same_person = replace_login(opened)
    commit_change(entry)
    carry(token, is_same_person=is_same_person)
    return redirect(_inside(room_id), 303)


def new_code() -> str:
    """Six groups of four: 117 bits with an alphabet of thirty."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def _room_of(link_code: str) -> tuple[ChecklistSession | None, int]:
    """The half-day of this link, or the seconds to wait; only tries that miss are counted."""
    throttle: Throttle = current_app.extensions["link_throttle"]
    pair = ("link", request.remote_addr or "")
    seconds = throttle.begin(pair, at=now())
    if seconds:
        return None, seconds
    room = db.session.scalar(
        select(ChecklistSession)
        .join(Preparation, Preparation.checklist_session_id == ChecklistSession.id)
        .where(Preparation.link_code == clean_line(link_code)[:60])
        .options(
            joinedload(ChecklistSession.unit), joinedload(ChecklistSession.plan), joinedload(ChecklistSession.plan_unit)
        )
    )
    if room is not None:
        throttle.forgive(pair)
    return room, 0


def _door(room: ChecklistSession, link_code: str, status: int = 200) -> ResponseReturnValue:
    closed = ""
    if room.state != lifecycle.PLANNED:
        closed = (
            "Buổi kiểm tra đã bắt đầu nên đường dẫn này không dùng nữa. Trong phòng họp, xin vào bằng số trên phiếu."
        )
    elif unit_account(db.session(), room.unit_id) is None:
        closed = "Tài khoản của đơn vị đang bị khóa. Xin gọi cho cán bộ phụ trách của Hội."
    plan_unit: PlanUnit = room.plan_unit
    return render_template(
        "preparation/door.html",
        link_code=link_code,
        unit_name=room.unit.name,
        plan_label=room.plan.label,
        plan_unit=plan_unit,
        closed=closed,
    ), status


def _unknown(status: int, wait: int = 0) -> ResponseReturnValue:
    headers = {"Retry-After": str(wait)} if wait else {}
    return render_template("preparation/unknown.html", wait=wait), status, headers


def _inside(checklist_session_id: int) -> str:
    return f"/checklist-sessions/{checklist_session_id}/preparation"


def _until(on_date: date | None) -> datetime:
    """Two weeks, at most until the half-day's own day is over."""
    latest = now() + LASTS
    if on_date is None or end_of(on_date) <= now():
        return latest
    return min(latest, end_of(on_date))
