"""The door of the room: a name, a number, and one is in. No account is needed on the device.

A person without a number, with yesterday's and with a wrong one hears the same sentence after the same work: the door
tells nobody who has a number. Tries are counted in the database before the number is looked at, so that many at once
and many addresses gain nothing; an address is slowed down apart, far later, since a whole room may share one.
"""

import re

from flask import current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue

from thidua.committing import commit_change
from thidua.extensions import begin_writing, db
from thidua.identity import current_person, now
from thidua.joining.forms import EnterForm
from thidua.joining.queries import has_number_today, number_days, pin_for_change, session_of_code
from thidua.login_cookie import carry, replace_login
from thidua.models import Account, ChecklistSession, LoginSession, RoomPin
from thidua.models.joining import RoomPerson, room_people
from thidua.passwords import password_matches
from thidua.rules import lifecycle
from thidua.rules.devices import device_words
from thidua.rules.room_numbers import code_key, end_of
from thidua.rules.words import date_screen, day_of
from thidua.session_pages.finding import Found, find_as, find_for_change_as
from thidua.session_pages.operations import new_operation
from thidua.throttle import Throttle

WRONG = "Số chưa đúng, hoặc không dùng cho hôm nay. Xin xem lại tên và số trên phiếu."
SPENT = "Số này đã nhập sai quá nhiều lần nên không dùng được nữa. Xin Thư ký hoặc Trưởng đoàn làm số mới."
WRONG_FROM_ONE_ADDRESS = 30


def join(join_code: str) -> ResponseReturnValue:
    """The door; who is in already goes straight on, or lets the next person have the device."""
    checklist_session = session_of_code(code_key(join_code))
    if checklist_session is None:
        return _closed(404)
    person, address = current_person(), _inside(checklist_session.id, request.args.get("next", ""))
    is_in = person is not None and find_as(person, checklist_session.id).may("see_session")
    if person and is_in and (person.only_session_id is None or "next" in request.args):
        return redirect(address)
    form = EnterForm(next=request.args.get("next", ""), person=request.args.get("person", ""))
    return _door(checklist_session, form, goes_on_to=address if is_in else "")


def enter(join_code: str) -> ResponseReturnValue:
    """Check the number and open a login that is good for this room and this day."""
    checklist_session = session_of_code(code_key(join_code))
    if checklist_session is None:
        return _closed(404)
    form = EnterForm().offer(room_people(db.session(), checklist_session))
    if _reason_closed(checklist_session) or not form.validate():
        return _door(checklist_session, form, status=422)
    account_id = int(form.person.data)
    throttle: Throttle = current_app.extensions["room_throttle"]
    pair = (f"room {checklist_session.id}", request.remote_addr or "")
    seconds = throttle.begin(pair, at=now())
    if seconds:
        return _wait(checklist_session, form, seconds)
    seconds, pin = _begin_try(checklist_session.id, account_id)
    if seconds:
        return _wait(checklist_session, form, seconds)
    if pin is None:
        return _refuse(checklist_session, form, SPENT)
    pin_hash = pin.pin_hash if pin.is_good(at=now()) else None
    if not password_matches(pin_hash, form.number.data) or not _let_in(checklist_session, account_id, pin_hash):
        _lock_when_spent(checklist_session.id, account_id)
        return _refuse(checklist_session, form, WRONG)
    throttle.forgive(pair)
    return redirect(_inside(checklist_session.id, form.next.data or ""), 303)


def _begin_try(checklist_session_id: int, account_id: int) -> tuple[int, RoomPin | None]:
    """Count the try: seconds to wait, or the number to compare with (None: spent)."""
    begin_writing()
    pin = pin_for_change(checklist_session_id, account_id)
    if pin is None:
        pin = RoomPin(
            checklist_session_id=checklist_session_id,
            account_id=account_id,
            pin_hash="",
            made_at=now(),
            expires_at=end_of(day_of(now())),
        )
        db.session.add(pin)
    if pin.is_spent:
        db.session.rollback()
        return 0, None
    seconds = pin.begin_try(at=now())
    db.session.commit()
    return seconds, pin


def _let_in(checklist_session: ChecklistSession, account_id: int, pin_hash: str | None) -> bool:
    """The login and the journal in one transaction. False when the number was made anew in the meantime."""
    found, pin = _for_change(checklist_session.id, account_id)
    if pin is None or pin.pin_hash != pin_hash or not found.may("see_session"):
        db.session.rollback()
        return False
    pin.succeed()
    device = request.user_agent.string
    opened, token = LoginSession.open(
        account_id, at=now(), lasts=pin.expires_at - now(), address=request.remote_addr or "", device=device
    )
    opened.checklist_session_id = checklist_session.id
    is_same_person = replace_login(opened)
    entry = found.checklist_session.record_entering(
        device_words(device), by=found.person, at=now(), op_id=new_operation()
    )
    commit_change(entry)
    carry(token, is_same_person=is_same_person, join_code=checklist_session.join_code or "")
    return True


def _lock_when_spent(checklist_session_id: int, account_id: int) -> None:
    """The last wrong try is told to the head of team: somebody may be guessing, somebody is locked out."""
    found, pin = _for_change(checklist_session_id, account_id)
    if pin is None or not pin.is_spent:
        db.session.rollback()
        return
    commit_change(found.checklist_session.record_lock(by=found.person, at=now(), op_id=new_operation()))


def _for_change(checklist_session_id: int, account_id: int) -> tuple[Found, RoomPin | None]:
    actor = db.session.get_one(Account, account_id).actor
    return find_for_change_as(actor, checklist_session_id), pin_for_change(checklist_session_id, account_id)


# -- answers ----------------------------------------------------------------------------------------------------------


def _reason_closed(checklist_session: ChecklistSession) -> str:
    """Why nobody enters now; empty when the door is open."""
    if checklist_session.state == lifecycle.SIGNED:
        return "Biên bản đã ký đủ nên phòng họp đã đóng. Muốn xem lại, xin đăng nhập bằng mật khẩu."
    if has_number_today(checklist_session.id, now()):
        return ""
    days = [date_screen(day) for day in number_days(checklist_session.id) if day > day_of(now())]
    if days:
        return f"Số vào phòng chỉ dùng trong ngày {days[0]}. Hôm đó xin mở lại địa chỉ này."
    return "Hôm nay chưa có số vào phòng. Xin Thư ký hoặc Trưởng đoàn làm số mới ở trang Phòng họp."


def _door(
    checklist_session: ChecklistSession, form: EnterForm, *, goes_on_to: str = "", status: int = 200, wait: int = 0
) -> ResponseReturnValue:
    people: list[RoomPerson] = room_people(db.session(), checklist_session)
    closed = _reason_closed(checklist_session)
    form.offer(people)
    html = render_template(
        "joining/join.html",
        join_code=checklist_session.join_code,
        unit_name=checklist_session.unit.name,
        plan_label=checklist_session.plan.label,
        plan_unit=checklist_session.plan_unit,
        state=checklist_session.state,
        people=[] if closed else people,
        form=form,
        closed=closed,
        goes_on_to=goes_on_to,
    )
    headers = {"Retry-After": str(wait)} if wait else {}
    return html, 409 if closed and status != 200 else status, headers


def _closed(status: int) -> ResponseReturnValue:
    return render_template("joining/unknown.html"), status


def _wait(checklist_session: ChecklistSession, form: EnterForm, seconds: int) -> ResponseReturnValue:
    form.form_errors.append(f"Đã nhập sai nhiều lần. Xin chờ {seconds} giây rồi thử lại.")
    return _door(_again(checklist_session), form, status=429, wait=seconds)


def _refuse(checklist_session: ChecklistSession, form: EnterForm, words: str) -> ResponseReturnValue:
    form.form_errors.append(words)
    form.number.data = form.number.raw_data = None
    return _door(_again(checklist_session), form, status=422)


def _again(checklist_session: ChecklistSession) -> ChecklistSession:
    """Read anew: the transaction in which it was found has ended."""
    db.session.rollback()
    return session_of_code(checklist_session.join_code or "") or checklist_session


def _inside(checklist_session_id: int, address: str) -> str:
    """The page to go to: the one asked for when it belongs to this room, otherwise the scoring screen."""
    here = f"/checklist-sessions/{checklist_session_id}"
    is_ours = re.fullmatch(rf"({here}|/conclusions/\d+)([/?][\w/?=&%.,-]*)?", address)
    return address if is_ours else here
