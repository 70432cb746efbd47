"""Taking a signature or a refusal from the card, whatever page it stands on."""

from collections.abc import Callable

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from thidua.committing import commit_change
from thidua.extensions import db
from thidua.identity import now
from thidua.issuing.card import WORDS, Card, chosen_key, paper_address, signing_card, usable_keys
from thidua.issuing.completing import complete
from thidua.issuing.finding import (
    FoundPaper,
    find_paper,
    lacks_password,
    paper_for_change,
    part_in_turn,
    parts_of_person,
)
from thidua.issuing.forms import RefuseForm, SignForm
from thidua.issuing.keys import choose_pin, issue_own_key
from thidua.issuing.signing import Signing, require_can_sign, sign_with_own_key
from thidua.models import SigningKey
from thidua.models.paper import MINUTES
from thidua.models.signing import REMOTE
from thidua.passwords import fault_of_own_password
from thidua.rules.errors import Conflict, InvalidEntry, NotAllowed, Refused
from thidua.rules.pins import require_pin
from thidua.rules.signing import SEAL, SigningPart
from thidua.session_pages.operations import is_repeated, posted_operation

NOT_YOURS = "Đồng chí không phải là người ký văn bản này."
Show = Callable[[Card, int], ResponseReturnValue]


def take_signature(paper_id: int, show: Show) -> ResponseReturnValue:
    """Sign off for one's own part. ``show`` renders the page again with the card and its errors, and this status."""
    found = find_paper(paper_id)
    part = my_part(found)
    op_id = posted_operation()
    if is_repeated(found.found, op_id, kind_of(found, part)):
        return redirect(paper_address(found.paper), 303)
    require_can_sign(found.paper, part.part)
    form = SignForm()
    try:
        key_id = _key_to_sign_with(found, part, form)
        signing = Signing(paper_id, part.part, found.found.person, key_id, op_id, *device())
        sign_with_own_key(signing, form.pin.data or "")
    except InvalidEntry as error:
        return _again(paper_id, show, form, error)
    words = WORDS[found.paper.role]
    flash(f"Đã đóng dấu {words}." if part.part == SEAL else f"Đã ký {words}. Xin cảm ơn đồng chí.", "success")
    return redirect(paper_address(found.paper), 303)


def take_refusal(paper_id: int, show: Show) -> ResponseReturnValue:
    """Somebody would not sign and says why; it stands in the record of the paper."""
    found = find_paper(paper_id)
    part = my_part(found)
    if part.part == SEAL:
        raise NotAllowed(NOT_YOURS)
    op_id, form = posted_operation(), RefuseForm()
    if is_repeated(found.found, op_id, "paper.refused"):
        return redirect(paper_address(found.paper), 303)
    if not form.validate_on_submit():
        return show(signing_card(found, refuse_form=form), 422)
    paper = paper_for_change(paper_id)
    if is_repeated(found.found, op_id, "paper.refused"):
        db.session.rollback()
        return redirect(paper_address(found.paper), 303)
    entry = paper.refuse(part.part, form.reason.data, by=found.found.person, at=now(), op_id=op_id)
    complete(paper)
    commit_change(entry)
    flash("Đã ghi việc không ký cùng lý do. Nếu đổi ý, đồng chí vẫn ký được khi văn bản chưa xong.", "success")
    return redirect(paper_address(found.paper), 303)


def my_part(found: FoundPaper) -> SigningPart:
    """The place this person is asked to sign, or the one signed already. Raises ``NotAllowed`` without any."""
    parts = parts_of_person(found.paper, found.found)
    part = part_in_turn(found.paper, parts) or next(iter(parts), None)
    if part is None:
        if lacks_password(found.found):
            raise NotAllowed("Xin đăng nhập bằng mật khẩu để ký văn bản.")
        raise NotAllowed(NOT_YOURS)
    return part


def kind_of(found: FoundPaper, part: SigningPart) -> str:
    """The kind of journal entry a signature here makes."""
    return "minutes.signed" if found.paper.role == MINUTES and part.part != SEAL else "paper.signed"


def device() -> tuple[str, str]:
    """From where the request came."""
    return request.remote_addr or "", request.user_agent.string


def _key_to_sign_with(found: FoundPaper, part: SigningPart, form: SignForm) -> int:
    """The key whose PIN was typed; the first time it is made of the PIN that was chosen.

    Raises ``InvalidEntry`` naming the field that is wrong.
    """
    person = found.found.person
    keys = usable_keys(part, person.id, now())
    key = chosen_key(keys, form.key_id.data)
    if key is None:
        if part.part == SEAL:
            raise Refused("Hội chưa có khóa của con dấu. Xin quản trị cấp ở trang Chữ ký.")
        return _first_key(found, part, form)
    if key.means == REMOTE:
        raise Refused("Khóa này ở dịch vụ bên ngoài. Xin bấm “Lấy dữ liệu để ký”.")
    db.session.rollback()
    if not form.pin.data:
        raise InvalidEntry("Xin nhập mã PIN để ký.", field="pin")
    if key.must_change_pin:
        return _with_new_pin(key, form)
    return key.id


def _first_key(found: FoundPaper, part: SigningPart, form: SignForm) -> int:
    person = found.found.person
    db.session.rollback()
    require_pin(form.pin.data or "", form.pin_again.data or "")
    fault = fault_of_own_password(person, form.password.data or "")
    if fault:
        raise InvalidEntry(f"{fault} Chưa ký; xin nhập lại.", field="password")
    try:
        return issue_own_key(person.id, form.pin.data or "", by_name=person.name, at=now())
    except Conflict:  # tapped twice: the first tap has made it
        return usable_keys(part, person.id, now())[0].id


def _with_new_pin(key: SigningKey, form: SignForm) -> int:
    """A PIN that somebody else has seen signs nothing: the person's own first."""
    key_id, old = key.id, form.pin.data or ""
    try:
        require_pin(form.new_pin.data or "", form.pin_again.data or "")
    except InvalidEntry as error:
        raise InvalidEntry(error.message, field="new_pin" if error.field == "pin" else error.field) from None
    if form.new_pin.data == old:
        raise InvalidEntry("Mã PIN mới phải khác mã cũ.", field="new_pin")
    choose_pin(key_id, old, form.new_pin.data or "", at=now())
    form.pin.data = form.new_pin.data
    return key_id


def _again(paper_id: int, show: Show, form: SignForm, error: InvalidEntry) -> ResponseReturnValue:
    """The card again, the fault beside its field; nothing typed secretly is sent back."""
    form[error.field if error.field in form else "pin"].errors = [error.message]
    db.session.rollback()
    return show(signing_card(find_paper(paper_id), sign_form=form), 422)
