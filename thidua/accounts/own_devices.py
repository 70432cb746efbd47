"""One's own devices: where this account is signed in, and closing what is no longer in hand."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from thidua.accounts import queries
from thidua.extensions import begin_writing, db
from thidua.identity import now, require_person
from thidua.models import LoginSession


def own_devices() -> ResponseReturnValue:
    """Every device on which one is signed in; the one in hand is marked."""
    person = require_person()
    return render_template(
        "accounts/devices.html", devices=queries.devices(person.id, now()), in_hand=person.login_session_id
    )


def close_device(login_session_id: int) -> ResponseReturnValue:
    """Sign out one of them; 404 for another person's."""
    closed = _close(lambda opened, _in_hand: opened.id == login_session_id)
    if not closed and not queries.is_own_login(login_session_id, require_person().id):
        abort(404)
    flash("Đã đăng xuất máy đó.", "success")
    return redirect(url_for("accounts.own_devices"), 303)


def close_other_devices() -> ResponseReturnValue:
    """Sign out everywhere but here."""
    closed = _close(lambda opened, in_hand: opened.id != in_hand)
    flash(f"Đã đăng xuất {closed} máy khác." if closed else "Không có máy nào khác đang đăng nhập.", "success")
    return redirect(url_for("accounts.own_devices"), 303)


def _close(is_meant: Callable[[LoginSession, int | None], bool]) -> int:
    person = require_person()
    begin_writing()
    meant = [one for one in queries.open_login_sessions(person.id, now()) if is_meant(one, person.login_session_id)]
    for opened in meant:
        opened.end(at=now())
    db.session.commit()
    return len(meant)
