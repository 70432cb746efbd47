"""The administrator's list of signing keys: locked ones opened, lost ones revoked, the seal's and outside ones kept."""

import ssl

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from thidua.doors.signing import SigningFailure, describe
from thidua.extensions import begin_writing, db
from thidua.identity import now, require_person
from thidua.issuing.keys import issue_own_key
from thidua.models import Actor, SigningKey
from thidua.models.signing import MEANS, REMOTE, TOKEN
from thidua.passwords import fault_of_own_password
from thidua.permissions import allow
from thidua.rules.errors import Conflict, InvalidEntry
from thidua.rules.pins import require_pin
from thidua.signatures import queries
from thidua.signatures.forms import MarkForm, OrganisationKeyForm, OutsideKeyForm, RevocationForm
from thidua.signatures.marks import keep_mark, mark_answer, remove_mark

LARGEST_CERTIFICATE = 64 * 1024
END = "-----END CERTIFICATE-----"


def index() -> ResponseReturnValue:
    """Every key."""
    _allowed()
    return _page()


def unlock(key_id: int) -> ResponseReturnValue:
    """After five wrong PINs: five more tries."""
    key = _for_change(key_id)
    key.unlock()
    db.session.commit()
    flash(f"Đã mở khóa ký của {key.name}. Người ký được nhập lại mã PIN.", "success")
    return redirect(url_for("signatures.index"), 303)


def revoke(key_id: int) -> ResponseReturnValue:
    """Nothing is signed with it any more; the person chooses a new PIN when signing next."""
    form = RevocationForm()
    key = _for_change(key_id)
    if not form.validate_on_submit():
        db.session.rollback()
        return _page(422, revocation_form=form, revoked_id=key_id)
    key.revoke(form.reason.data, at=now())
    db.session.commit()
    flash(f"Đã thu hồi khóa ký của {key.name}. Chữ ký trước đây vẫn có giá trị.", "success")
    return redirect(url_for("signatures.index"), 303)


def issue_seal() -> ResponseReturnValue:
    """The organisation's own key."""
    person, form = _allowed(), OrganisationKeyForm()
    try:
        require_pin(form.pin.data or "", form.pin_again.data or "")
        fault = fault_of_own_password(person, form.password.data or "")
        if fault:
            raise InvalidEntry(fault, "password")
        issue_own_key(None, form.pin.data or "", by_name=person.name, at=now())
    except InvalidEntry as error:
        form[error.field].errors = [error.message]
        db.session.rollback()
        return _page(422, seal_form=form)
    flash("Đã cấp khóa của con dấu. Người giữ dấu cần biết mã PIN này.", "success")
    return redirect(url_for("signatures.index"), 303)


def set_seal_picture() -> ResponseReturnValue:
    """The picture of the seal, red on nothing."""
    _allowed()
    form = MarkForm()
    try:
        keep_mark(None, form, "red")
    except InvalidEntry as error:
        form.picture.errors = [error.message]
        db.session.rollback()
        return _page(422, mark_form=form)
    flash("Đã lưu mẫu con dấu.", "success")
    return redirect(url_for("signatures.index") + "#seal", 303)


def forget_seal_picture() -> ResponseReturnValue:
    """From now on the organisation's name stands there alone."""
    _allowed()
    remove_mark(None)
    flash("Đã bỏ mẫu con dấu.", "success")
    return redirect(url_for("signatures.index") + "#seal", 303)


def seal_picture() -> ResponseReturnValue:
    """The picture of the seal."""
    _allowed()
    return mark_answer(None)


def register_outside() -> ResponseReturnValue:
    """Accept a person's certificate from elsewhere: the administrator answers for whose it is."""
    person, form = _allowed(), OutsideKeyForm()
    try:
        key = _outside_key(form, person)
    except (InvalidEntry, SigningFailure) as error:
        field = error.field if isinstance(error, InvalidEntry) else "certificate"
        form[field or "certificate"].errors = [error.message if isinstance(error, InvalidEntry) else error.sentence]
        return _page(422, outside_form=form)
    begin_writing()
    db.session.add(key)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        raise Conflict("Chứng thư này đã được ghi nhận trước đó.") from None
    flash(f"Đã ghi nhận chứng thư của {key.name}.", "success")
    return redirect(url_for("signatures.index"), 303)


def _outside_key(form: OutsideKeyForm, person: Actor) -> SigningKey:
    """Raises ``InvalidEntry`` naming the field, ``SigningFailure`` for what is no certificate."""
    offered = {one.value for one in queries.account_choices() if one.value}
    if form.account_id.data not in offered:
        raise InvalidEntry("Xin chọn chứng thư này của ai.", "account_id")
    if form.means.data not in (TOKEN, REMOTE):
        raise InvalidEntry("Xin chọn khóa ở đâu.", "means")
    token = {"label": form.token_label.data or "", "key": form.key_label.data or ""}
    if form.means.data == TOKEN and not all(token.values()):
        raise InvalidEntry("Xin ghi tên thẻ và tên khóa trên thẻ.", "token_label")
    own, chain = _certificates(form)
    said = describe(own)
    return SigningKey(
        account_id=int(form.account_id.data),
        means=form.means.data,
        name=said["name"][:160],
        certificate=own,
        chain=chain,
        token=token if form.means.data == TOKEN else {},
        fingerprint=said["fingerprint"],
        not_before=said["not_before"],
        not_after=said["not_after"],
        created_at=now(),
        created_by=person.name,
    )


def _certificates(form: OutsideKeyForm) -> tuple[str, str]:
    """The person's certificate and those above it, as PEM; the first of a file is the person's."""
    file = form.certificate.data
    content = file.stream.read(LARGEST_CERTIFICATE) if file and file.filename else b""
    if not content:
        raise InvalidEntry("Xin chọn tệp chứng thư.", "certificate")
    if b"-----BEGIN CERTIFICATE-----" in content:
        first, _, rest = content.decode("ascii", "replace").partition(END)
        own = first[first.index("-----BEGIN CERTIFICATE-----") :] + END + "\n"
        return own, rest[rest.index("-----BEGIN") :] if "-----BEGIN CERTIFICATE-----" in rest else ""
    return ssl.DER_cert_to_PEM_cert(content), ""


def _allowed() -> Actor:
    person = require_person()
    allow("manage_signing_keys", person)
    return person


def _for_change(key_id: int) -> SigningKey:
    _allowed()
    begin_writing()
    key = queries.key_for_change(key_id)
    if key is None:
        db.session.rollback()
        abort(404)
    return key


def _page(status: int = 200, **forms: object) -> ResponseReturnValue:
    keys = queries.all_keys()
    page = {
        "keys": keys,
        "at": now(),
        "means": MEANS,
        "seal": next((one.key for one in keys if one.key.account_id is None and one.key.is_standing), None),
        "has_seal_picture": queries.has_mark(None),
        "has_token_library": bool(current_app.config.get("PKCS11_LIBRARY")),
        "revocation_form": RevocationForm(formdata=None),
        "revoked_id": 0,
        "seal_form": OrganisationKeyForm(formdata=None),
        "mark_form": MarkForm(formdata=None),
        "outside_form": OutsideKeyForm(formdata=None),
    } | forms
    page["outside_form"].account_id.choices = queries.account_choices()  # type: ignore[attr-defined]
    return render_template("signatures/keys.html", **page), status
