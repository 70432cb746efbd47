"""One's own password: changed by who knows the present one; every other device must sign in again."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from thidua.accounts.forms import PasswordForm
from thidua.accounts.returning import safe_return
from thidua.extensions import begin_writing, db
from thidua.identity import now, require_person
from thidua.models import Account, Actor, LoginSession
from thidua.passwords import fault_of_own_password, hash_of
from thidua.rules.accounts import require_new_password
from thidua.rules.errors import InvalidEntry


def password() -> ResponseReturnValue:
    """The form."""
    form = PasswordForm(next=safe_return(request.args.get("next", "")))
    return render_template("accounts/password.html", form=form)


def change_password() -> ResponseReturnValue:
    """Replace the password and end the person's other login sessions."""
    person = require_person()
    form = PasswordForm()
    if not form.validate() or not _is_acceptable(form, person):
        return render_template("accounts/password.html", form=form), 422
    password_hash = hash_of(form.password.data)
    begin_writing()
    db.session.get_one(Account, person.id).set_password_hash(password_hash)
    for opened in db.session.scalars(
        select(LoginSession).where(
            LoginSession.account_id == person.id,
            LoginSession.ended_at.is_(None),
            LoginSession.id != person.login_session_id,
        )
    ):
        opened.end(at=now())
    db.session.commit()
    flash("Đã đổi mật khẩu. Các máy khác đang dùng tài khoản này sẽ phải đăng nhập lại.", "success")
    return redirect(safe_return(form.next.data or ""), 303)


def _is_acceptable(form: PasswordForm, person: Actor) -> bool:
    """The present password is right, the new one good and typed twice alike; else the field says why."""
    fault = fault_of_own_password(person, form.present.data)
    if fault:
        form.present.errors = [fault]
        return False
    try:
        require_new_password(form.password.data, username=person.username)
    except InvalidEntry as refusal:
        form.password.errors = [refusal.message]
        return False
    if form.password.data == form.present.data:
        form.password.errors = ["Mật khẩu mới phải khác mật khẩu hiện tại."]
    elif form.password.data != form.repeated.data:
        form.repeated.errors = ["Hai lần ghi mật khẩu mới chưa giống nhau."]
    return not form.errors
