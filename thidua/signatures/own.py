"""One's own signature: the key with its PIN, and the picture of the handwriting."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from thidua.extensions import begin_writing, db
from thidua.identity import now, require_person
from thidua.issuing.keys import choose_pin, issue_own_key, standing_keys
from thidua.models import Actor, SigningKey
from thidua.models.signing import MEANS, OWN
from thidua.passwords import fault_of_own_password
from thidua.permissions import allow, may
from thidua.rules.errors import Conflict, InvalidEntry, Refused
from thidua.rules.pins import require_pin
from thidua.signatures import queries
from thidua.signatures.forms import MarkForm, NewKeyForm, PinForm
from thidua.signatures.marks import keep_mark, mark_answer, remove_mark

FORGOTTEN = "Người ký quên mã PIN và tự đặt lại bằng mật khẩu."


def show() -> ResponseReturnValue:
    """The key, the picture, and what can be done with them."""
    return _page(_allowed())


def choose_key() -> ResponseReturnValue:
    """A first key, or a new one instead of one whose PIN was forgotten: the password says who it is."""
    person, form = _allowed(), NewKeyForm()
    try:
        require_pin(form.pin.data or "", form.pin_again.data or "")
        fault = fault_of_own_password(person, form.password.data or "")
        if fault:
            raise InvalidEntry(fault, "password")
        _revoke_forgotten(person)
        issue_own_key(person.id, form.pin.data or "", by_name=person.name, at=now())
    except InvalidEntry as error:
        return _again(person, form, error, "key_form")
    except Conflict:
        pass  # tapped twice: the first tap has made it
    flash("Đã có khóa ký với mã PIN mới. Từ nay ký văn bản chỉ cần mã này.", "success")
    return redirect(_next(form.next.data), 303)


def change_pin() -> ResponseReturnValue:
    """Another PIN for the same key."""
    person, form = _allowed(), PinForm()
    key = _own_key(person)
    if key is None:
        raise Refused("Đồng chí chưa có khóa ký.")
    key_id = key.id
    db.session.rollback()
    try:
        require_pin(form.pin.data or "", form.pin_again.data or "")
        choose_pin(key_id, form.present.data or "", form.pin.data or "", at=now())
    except (InvalidEntry, Refused) as error:
        is_old = isinstance(error, Refused) or error.message.startswith("Mã PIN chưa đúng")
        return _again(person, form, InvalidEntry(error.message, "present" if is_old else error.field), "pin_form")
    flash("Đã đổi mã PIN.", "success")
    return redirect(_next(form.next.data), 303)


def set_mark() -> ResponseReturnValue:
    """The handwriting as drawn with a finger, or as a file."""
    person, form = _allowed(), MarkForm()
    try:
        keep_mark(person.id, form)
    except InvalidEntry as error:
        return _again(person, form, error, "mark_form")
    flash("Đã lưu mẫu chữ ký. Mẫu này hiện trên văn bản từ lần ký sau.", "success")
    return redirect(url_for("signatures.show") + "#mark", 303)


def forget_mark() -> ResponseReturnValue:
    """From now on the name stands there alone."""
    remove_mark(_allowed().id)
    flash("Đã bỏ mẫu chữ ký.", "success")
    return redirect(url_for("signatures.show") + "#mark", 303)


def mark_picture() -> ResponseReturnValue:
    """The own picture."""
    return mark_answer(_allowed().id)


def _allowed() -> Actor:
    person = require_person()
    allow("own_signing_key", person)
    return person


def _page(person: Actor, status: int = 200, **forms: object) -> ResponseReturnValue:
    back = _next(request.values.get("next", ""))
    keys = queries.own_keys(person.id)
    page = {
        "key": _own_key(person),
        "trouble": next((one.trouble(now()) for one in [_own_key(person)] if one), ""),
        "others": [one for one in keys if one.revoked_at or one.means != OWN],
        "has_mark": queries.has_mark(person.id),
        "means": MEANS,
        "may_manage": may("manage_signing_keys", person),
        "back": back if back != url_for("signatures.show") else "",
        "key_form": NewKeyForm(formdata=None, next=back),
        "pin_form": PinForm(formdata=None, next=back),
        "mark_form": MarkForm(formdata=None, next=back),
    }
    return render_template("signatures/own.html", **(page | forms)), status


def _again(person: Actor, form: object, error: InvalidEntry, name: str) -> ResponseReturnValue:
    db.session.rollback()
    form[error.field].errors = [error.message]  # type: ignore[index]
    return _page(person, 422, **{name: form})


def _own_key(person: Actor) -> SigningKey | None:
    """The standing key of the federation's own making; an expired one counts as none."""
    keys = [one for one in standing_keys(db.session(), person.id) if one.means == OWN and now() < one.not_after]
    return next(iter(keys), None)


def _revoke_forgotten(person: Actor) -> None:
    """A locked key stays locked: that one only the administrator replaces."""
    begin_writing()
    for key in standing_keys(db.session(), person.id):
        if key.means == OWN:
            if key.is_locked:
                db.session.rollback()
                raise InvalidEntry(key.trouble(now()), "pin")
            key.revoke(FORGOTTEN, at=now())
    db.session.commit()


def _next(address: str | None) -> str:
    """Back to the paper one came to sign; only pages of papers are returned to."""
    known = ("/conclusions/", "/papers/")
    is_known = bool(address) and address.isascii() and address.isprintable() and "\\" not in address  # type: ignore[union-attr]
    return str(address) if is_known and str(address).startswith(known) else url_for("signatures.show")
