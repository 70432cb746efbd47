"""Login and logout. An unknown name, a wrong password: the same sentence after the same time."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from thidua.accounts.forms import LoginForm
from thidua.accounts.returning import safe_return
from thidua.config import WORKING_DAY
from thidua.extensions import begin_writing, db
from thidua.identity import current_person, now, require_person, way_in
from thidua.login_cookie import carry, forget_login, replace_login
from thidua.models import Account, LoginSession
from thidua.passwords import password_matches
from thidua.throttle import Throttle

REFUSED = "Tên đăng nhập hoặc mật khẩu chưa đúng. Xin nhập lại; chú ý phím Caps Lock và bộ gõ tiếng Việt."
LOCKED = "Tài khoản này đang bị khóa. Xin báo cán bộ phụ trách để mở lại."


def login() -> ResponseReturnValue:
    """The form; who is signed in already goes on. In by a room's number one may still sign in, to sign minutes."""
    address, person = safe_return(request.args.get("next", "")), current_person()
    if person and person.only_session_id is None:
        return redirect(address)
    return render_template("accounts/login.html", form=LoginForm(next=address))


def log_in() -> ResponseReturnValue:
    """Check the password and open a login session for a working day."""
    form = LoginForm()
    if not form.validate():
        return render_template("accounts/login.html", form=form), 422
    throttle: Throttle = current_app.extensions["login_throttle"]
    pair = (form.username.data, request.remote_addr or "")
    seconds = throttle.begin(pair, at=now())
    if seconds:
        form.form_errors.append(f"Đã nhập sai nhiều lần. Xin chờ {seconds} giây rồi thử lại.")
        return render_template("accounts/login.html", form=form), 429, {"Retry-After": str(seconds)}
    account = db.session.scalar(select(Account).where(Account.username == form.username.data))
    db.session.rollback()
    password_hash = account.password_hash if account else None
    if not password_matches(password_hash, form.password.data) or account is None:
        form.form_errors.append(REFUSED)
        return render_template("accounts/login.html", form=form), 422
    throttle.succeeded(pair)
    if account.disabled_at:
        form.form_errors.append(LOCKED)
        return render_template("accounts/login.html", form=form), 403
    _open_login_session(account.id)
    address = safe_return(form.next.data or "")
    if account.must_change_password:
        address = url_for("accounts.password", next=address)
    return redirect(address, 303)


def logout() -> ResponseReturnValue:
    """End this browser's login session."""
    begin_writing()
    db.session.get_one(LoginSession, require_person().login_session_id).end(at=now())
    db.session.commit()
    forget_login()
    flash("Đã ra khỏi phòng." if require_person().only_session_id else "Đã đăng xuất.", "success")
    return redirect(way_in(), 303)


def _open_login_session(account_id: int) -> None:
    opened, token = LoginSession.open(
        account_id, at=now(), lasts=WORKING_DAY, address=request.remote_addr or "", device=request.user_agent.string
    )
    begin_writing()
    is_same_person = replace_login(opened)
    db.session.commit()
    carry(token, is_same_person=is_same_person)
