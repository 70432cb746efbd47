"""Sending devices out of the room: their logins end, what waits on them stays there."""

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from thidua.committing import commit_change
from thidua.extensions import db
from thidua.hx import is_fragment_wanted
from thidua.identity import now
from thidua.joining.part import people_html
from thidua.models import LoginSession
from thidua.models.joining import expel, room_logins, room_people
from thidua.session_pages.finding import Found, find_for_change
from thidua.session_pages.operations import is_repeated, posted_operation


def expel_device(checklist_session_id: int, login_session_id: int) -> ResponseReturnValue:
    """One device. Sent out a second time it is out already."""
    return _expel(checklist_session_id, lambda opened, _mine: opened.id == login_session_id)


def expel_everybody(checklist_session_id: int) -> ResponseReturnValue:
    """Every device but the one in hand."""
    return _expel(checklist_session_id, lambda opened, mine: opened.id != mine)


def _expel(checklist_session_id: int, is_meant: Callable[[LoginSession, int | None], bool]) -> ResponseReturnValue:
    found = find_for_change(checklist_session_id)
    found.allow("manage_devices")
    op_id, by = posted_operation(), found.person
    people = room_people(db.session(), found.checklist_session)
    logins = room_logins(db.session(), checklist_session_id, people, now())
    meant = [opened for opened in logins if is_meant(opened, by.login_session_id)]
    if not is_repeated(found, op_id, "room.expelled") and meant:
        names = {one.account_id: one.name for one in people}
        commit_change(expel(found.checklist_session, meant, names, by=by, at=now(), op_id=op_id))
    return _answer(found, len(meant))


def _answer(found: Found, count: int) -> ResponseReturnValue:
    db.session.rollback()
    checklist_session = found.checklist_session
    if is_fragment_wanted():
        return people_html(db.session(), checklist_session.id), 200, {"X-Revision": str(checklist_session.revision)}
    flash(f"Đã mời {count} máy ra khỏi phòng." if count else "Không còn máy nào khác trong phòng.", "success")
    return redirect(url_for("joining.room", checklist_session_id=checklist_session.id), 303)
