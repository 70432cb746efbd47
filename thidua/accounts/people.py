"""Accounts as the office keeps them: list, page, create, edit, lock and a new one-time password."""

import uuid

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from thidua.accounts import queries
from thidua.accounts.forms import AccountForm
from thidua.committing import commit_changes
from thidua.doors.qr import qr_svg
from thidua.extensions import begin_writing, db
from thidua.identity import now, require_person
from thidua.models import Account
from thidua.models.finders import planned_sessions
from thidua.models.planning import all_follow_plan
from thidua.passwords import hash_of, one_time_password
from thidua.permissions import allow, may
from thidua.rules.errors import InvalidEntry
from thidua.rules.vietnamese import clean_line


def index() -> ResponseReturnValue:
    """Everybody who may sign in, or those who answer ``?q=``."""
    allow("see_accounts", require_person())
    found = queries.account_list(clean_line(request.args.get("q", ""))[:100])
    return render_template("accounts/index.html", found=found, may_edit=may("edit_accounts", require_person()))


def show(account_id: int) -> ResponseReturnValue:
    """One account, and what can be done with it."""
    person = require_person()
    allow("see_accounts", person)
    account = _account(account_id)
    return render_template(
        "accounts/account.html",
        account=account,
        devices=queries.devices(account_id, now()),
        may_edit=may("edit_accounts", person),
        is_own=account_id == person.id,
    )


def create() -> ResponseReturnValue:
    """A new account; its one-time password is shown on the answer and nowhere else."""
    person = require_person()
    allow("edit_accounts", person)
    form = _form()
    if not form.is_submitted():
        return render_template("accounts/edit.html", form=form, account=None)
    if not form.validate():
        return render_template("accounts/edit.html", form=form, account=None), 422
    password = one_time_password()
    password_hash = hash_of(password)
    begin_writing()
    account = Account(username=form.username.data, created_at=now())
    account.set_password_hash(password_hash, must_change=True)
    if queries.is_taken(account.username):
        form.username.errors = [f"Đã có tài khoản “{account.username}”. Xin đặt tên đăng nhập khác."]
    if form.errors or not _changed(account, form):
        db.session.rollback()
        return render_template("accounts/edit.html", form=form, account=None), 422
    db.session.add(account)
    db.session.commit()
    return _slip(account.id, password)


def edit(account_id: int) -> ResponseReturnValue:
    """Correct what is known of a person; half-days not yet begun then expect the new name and office."""
    person = require_person()
    account = _account(account_id)
    allow("edit_accounts", person)
    form = _form(account)
    if not form.is_submitted():
        return render_template("accounts/edit.html", form=form, account=account)
    if not form.validate():
        return render_template("accounts/edit.html", form=form, account=account), 422
    begin_writing()
    account = _account(account_id)
    if not _changed(account, form):
        db.session.rollback()
        return render_template("accounts/edit.html", form=form, account=_account(account_id)), 422
    db.session.flush()
    commit_changes(all_follow_plan(planned_sessions(db.session()), by=person, at=now(), op_id=uuid.uuid4()))
    flash(f"Đã lưu tài khoản của {account.name}.", "success")
    return redirect(url_for("accounts.show", account_id=account_id), 303)


def lock(account_id: int) -> ResponseReturnValue:
    """Nobody signs in with this account any more; who is signed in is out at once."""
    account = _for_change(account_id)
    account.lock(by=require_person(), at=now())
    _end_login_sessions(account_id)
    db.session.commit()
    flash(f"Đã khóa tài khoản của {account.name}. Những gì người này đã ghi vẫn giữ nguyên.", "success")
    return redirect(url_for("accounts.show", account_id=account_id), 303)


def unlock(account_id: int) -> ResponseReturnValue:
    """The account may sign in again."""
    account = _for_change(account_id)
    account.unlock()
    db.session.commit()
    flash(f"Đã mở khóa tài khoản của {account.name}.", "success")
    return redirect(url_for("accounts.show", account_id=account_id), 303)


def reset_password(account_id: int) -> ResponseReturnValue:
    """A new one-time password instead of a forgotten one; every device must sign in again."""
    password = one_time_password()
    password_hash = hash_of(password)
    account = _for_change(account_id)
    account.set_password_hash(password_hash, must_change=True)
    _end_login_sessions(account_id)
    db.session.commit()
    return _slip(account_id, password)


def _form(account: Account | None = None) -> AccountForm:
    form = AccountForm(obj=account)
    form.unit_id.choices = queries.unit_choices()
    if account:
        del form.username
    return form


def _changed(account: Account, form: AccountForm) -> bool:
    """The verb, or its refusal beside the field it names."""
    try:
        account.change(by=require_person(), **form.values)
    except InvalidEntry as refusal:
        form[refusal.field or "name"].errors = [refusal.message]
        return False
    return True


def _account(account_id: int) -> Account:
    return queries.account(account_id) or abort(404)


def _for_change(account_id: int) -> Account:
    allow("edit_accounts", require_person())
    begin_writing()
    return _account(account_id)


def _end_login_sessions(account_id: int) -> None:
    for opened in queries.open_login_sessions(account_id, now()):
        opened.end(at=now())


def _slip(account_id: int, password: str) -> ResponseReturnValue:
    address = url_for("accounts.login", _external=True)
    return render_template(
        "accounts/slip.html", account=_account(account_id), password=password, address=address, qr=qr_svg(address)
    )
