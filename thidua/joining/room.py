"""The page of the room, its poster, and opening it."""

import secrets
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from thidua.committing import commit_change
from thidua.doors.qr import qr_svg
from thidua.extensions import db
from thidua.identity import now
from thidua.joining.addresses import room_address
from thidua.joining.part import people_html
from thidua.joining.queries import number_days, planned_day
from thidua.passwords import ALPHABET
from thidua.rules import lifecycle
from thidua.rules.room_numbers import day_for, new_code
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.finding import Found, find, find_for_change
from thidua.session_pages.header import room_of
from thidua.session_pages.operations import is_repeated, new_operation, posted_operation
from thidua.session_pages.outside import is_reachable

OPENED = "Đã mở phòng họp. Xin làm số cho mọi người, in phiếu và treo mã QR."
MOVED = "Đã đổi địa chỉ phòng họp. Mã QR cũ không dùng được nữa; ai đang ở trong phòng vẫn ở trong phòng."


def room(checklist_session_id: int) -> ResponseReturnValue:
    """The QR code, the numbers, who is in with which device."""
    found = find(checklist_session_id)
    found.allow("see_room")
    shown = room_of(found, audience_of(found.standing.part), "room")
    return render_template(
        "joining/room.html",
        room=shown,
        tabs=shown["links"],
        may=found.may,
        op_id=new_operation(),
        people=people_html(db.session(), checklist_session_id),
        days=number_days(checklist_session_id),
        day=day_for(planned_day(checklist_session_id), now()),
        is_over=found.checklist_session.state == lifecycle.SIGNED,
        **wall(found),
    )


def people(checklist_session_id: int) -> ResponseReturnValue:
    """The list again: the times on it grow old."""
    found = find(checklist_session_id)
    found.allow("see_room")
    return people_html(db.session(), checklist_session_id)


def poster(checklist_session_id: int) -> ResponseReturnValue:
    """One sheet for the wall."""
    found = find(checklist_session_id)
    found.allow("see_room")
    found.checklist_session.require_room()
    return render_template(
        "joining/poster.html",
        id=checklist_session_id,
        unit_name=found.unit_name,
        plan_label=found.plan_label,
        day=planned_day(checklist_session_id),
        **wall(found),
    )


def open_room(checklist_session_id: int) -> ResponseReturnValue:
    """The room gets an address; opened again, another one."""
    found = find_for_change(checklist_session_id)
    found.allow("prepare_room")
    op_id, is_again = posted_operation(), found.checklist_session.join_code is not None
    if not is_repeated(found, op_id, "room.opened"):
        code = new_code(secrets.randbelow, ALPHABET)
        commit_change(found.checklist_session.open_room(code, by=found.person, at=now(), op_id=op_id))
        flash(MOVED if is_again else OPENED, "success")
    return redirect(url_for("joining.room", checklist_session_id=checklist_session_id), 303)


def wall(found: Found) -> dict[str, Any]:
    """What stands on the wall: the address and its code; nothing before the room is open."""
    join_code = found.checklist_session.join_code
    if not join_code:
        return {"address": "", "qr": "", "is_reachable": True}
    address = room_address(join_code)
    return {"address": address, "qr": qr_svg(address), "is_reachable": is_reachable(address)}
