"""Making numbers for everybody or for one, and showing them once, as slips to print."""

import secrets
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from thidua.committing import commit_change
from thidua.doors.qr import qr_svg
from thidua.extensions import db
from thidua.identity import now
from thidua.joining.addresses import room_address
from thidua.joining.queries import planned_day
from thidua.models.joining import RoomPerson, make_numbers, room_people, room_pins
from thidua.passwords import hash_of
from thidua.rules.room_numbers import day_for, new_number, spaced
from thidua.session_pages.finding import find, find_for_change
from thidua.session_pages.operations import is_repeated, posted_operation

SHOWN_ONCE = (
    "Phiếu số chỉ hiện một lần, ngay khi làm. Nếu chưa kịp in, xin bấm “Làm số mới” lần nữa; số cũ khi đó hết dùng."
)


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed for one person."""

    person: RoomPerson
    number: str
    qr: str


def number_people(checklist_session_id: int) -> ResponseReturnValue:
    """New numbers: for everybody, or for ``account_id`` alone. The slips are the answer, and shown nowhere else."""
    found = find(checklist_session_id)
    found.allow("prepare_room")
    join_code = found.checklist_session.require_room()
    chosen = _chosen(room_people(db.session(), found.checklist_session))
    day = day_for(planned_day(checklist_session_id), now())
    db.session.rollback()
    numbers: dict[RoomPerson, str] = {}
    for person in chosen:
        numbers[person] = new_number(secrets.randbelow, taken=numbers.values())
    hashes = {person: hash_of(number) for person, number in numbers.items()}  # slow: before anything is locked

    found = find_for_change(checklist_session_id)
    found.allow("prepare_room")
    op_id = posted_operation()
    if is_repeated(found, op_id, "room.numbered"):
        db.session.rollback()
        flash(SHOWN_ONCE, "warning")
        return redirect(url_for("joining.room", checklist_session_id=checklist_session_id), 303)
    entry, fresh = make_numbers(
        found.checklist_session,
        room_pins(db.session(), checklist_session_id),
        hashes,
        day=day,
        by=found.person,
        at=now(),
        op_id=op_id,
    )
    db.session.add_all(fresh)
    commit_change(entry)
    slips = [
        Slip(person, spaced(number), qr_svg(room_address(join_code, person=person.account_id)))
        for person, number in numbers.items()
    ]
    return render_template(
        "joining/slips.html",
        id=checklist_session_id,
        unit_name=found.unit_name,
        plan_label=found.plan_label,
        address=room_address(join_code),
        day=day,
        slips=slips,
    )


def _chosen(people: list[RoomPerson]) -> list[RoomPerson]:
    asked = request.form.get("account_id", "")
    if not asked:
        return people
    return [one for one in people if str(one.account_id) == asked] or abort(404)
