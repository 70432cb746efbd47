"""The door of the room: a name, a number, and one is in. No account is needed on the device.

A person without a number, with yesterday's and with a wrong one hears the same sentence after the same work: the door
tells nobody who has a number. Tries are counted in the database before the number is looked at, so that many at once
and many addresses gain nothing; an address is slowed down apart, far later, since a whole room may share one.
"""

from flask import current_app, redirect, request
from flask.typing import ResponseReturnValue

from thidua.committing import commit_change
from thidua.extensions import begin_writing, db, wait_for_turn
from thidua.identity import current_person, now
from thidua.joining.door import ask_to_wait, inside, reason_closed, refuse, show_door, unknown_room
from thidua.joining.forms import EnterForm
from thidua.joining.queries import pin_for_change, session_of_code
from thidua.login_cookie import carry, replace_login
from thidua.models import Account, ChecklistSession, LoginSession, RoomPin
from thidua.models.joining import room_people
from thidua.passwords import password_matches
from thidua.rules.devices import device_words
from thidua.rules.room_numbers import code_key, end_of
from thidua.rules.words import day_of
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
        return unknown_room()
    person, address = current_person(), inside(checklist_session.id, request.args.get("next", ""))
    is_in = person is not None and find_as(person, checklist_session.id).may("see_session")
    if person and is_in and (person.only_session_id is None or "next" in request.args):
        return redirect(address)
    form = EnterForm(next=request.args.get("next", ""), person=request.args.get("person", ""))
    return show_door(checklist_session, form, goes_on_to=address if is_in else "")


def enter(join_code: str) -> ResponseReturnValue:
    """Check the number and open a login that is good for this room and this day."""
    checklist_session = session_of_code(code_key(join_code))
    if checklist_session is None:
        return unknown_room()
    form = EnterForm().offer(room_people(db.session(), checklist_session))
    if reason_closed(checklist_session) or not form.validate():
        return show_door(checklist_session, form, status=422)
    account_id = int(form.person.data)
    throttle: Throttle = current_app.extensions["room_throttle"]
    pair = (f"room {checklist_session.id}", request.remote_addr or "")
    seconds = throttle.begin(pair, at=now())
    if seconds:
        return ask_to_wait(checklist_session, form, seconds)
    seconds, pin = _begin_try(checklist_session.id, account_id)
    if seconds or pin is None:
        throttle.forgive(pair)  # nothing was guessed
        return ask_to_wait(checklist_session, form, seconds) if seconds else refuse(checklist_session, form, SPENT)
    pin_hash = pin.pin_hash if pin.is_good(at=now()) else None
    if not password_matches(pin_hash, form.number.data) or not _let_in(checklist_session, account_id, pin_hash):
        if pin.is_spent:
            _tell_spent(checklist_session.id, account_id)
        return refuse(checklist_session, form, WRONG)
    throttle.forgive(pair)
    return redirect(inside(checklist_session.id, form.next.data or ""), 303)


def _begin_try(checklist_session_id: int, account_id: int) -> tuple[int, RoomPin | None]:
    """Count the try: seconds to wait, or the number to compare with (None: spent)."""
    begin_writing()
    wait_for_turn(f"number {checklist_session_id}/{account_id}")  # two first tries at once make one row
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


def _tell_spent(checklist_session_id: int, account_id: int) -> None:
    """The last wrong try is told to the head of team: somebody may be guessing, somebody is locked out."""
    found, _pin = _for_change(checklist_session_id, account_id)
    commit_change(found.checklist_session.record_lock(by=found.person, at=now(), op_id=new_operation()))


def _for_change(checklist_session_id: int, account_id: int) -> tuple[Found, RoomPin | None]:
    actor = db.session.get_one(Account, account_id).actor
    return find_for_change_as(actor, checklist_session_id), pin_for_change(checklist_session_id, account_id)
