"""Signing a paper: the key is opened outside any transaction, the signed file stored, then one row and one entry.

A crash in between leaves a file nobody points to, and the paper as it was. Whoever signs in the same moment comes
first or after: then the signature is made again, on the newer file.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app

from thidua.committing import commit_change
from thidua.doors.signing import LocalKey, SigningFailure, TokenKey, WrongPin, sign_pdf
from thidua.doors.signing.apart import prove_apart, sign_apart
from thidua.extensions import db
from thidua.identity import now
from thidua.issuing.completing import complete
from thidua.issuing.finding import paper_for_change, whole_paper
from thidua.issuing.keys import count_try, give_back_try, right_pin, trusted_roots, wrong_pin
from thidua.issuing.marks import authority_of, mark_of, reason_of
from thidua.issuing.secrets import sealed_pin
from thidua.issuing.storing import ensure_rendered, file_store, places_of, with_fields
from thidua.models import Actor, Paper, SigningKey
from thidua.models.finders import operation
from thidua.models.office_settings import office_of
from thidua.models.signing import TOKEN
from thidua.rules import lifecycle
from thidua.rules.errors import Conflict, Refusal, Refused
from thidua.rules.signing import SigningPart

ANEW = 4
"""How often a signature is made again because somebody else signed meanwhile: more people do not sign a paper."""


@dataclass(frozen=True, slots=True)
class Signing:
    """One person's act: which part of which paper, with which key, from where."""

    paper_id: int
    part: str
    person: Actor
    key_id: int
    op_id: str
    address: str = ""
    device: str = ""


def sign_with_own_key(signing: Signing, pin: str, *, at: Callable[[], datetime] = now) -> None:
    """Sign off with a key whose PIN the person knows: one of ours, or a token at the server. Commits.

    Raises ``InvalidEntry`` (field "pin") for a wrong PIN, ``Refused`` when it cannot be signed now.
    """
    ensure_rendered(signing.paper_id)
    if is_done(signing):
        return
    require_can_sign(whole_paper(signing.paper_id), signing.part)
    key = count_try(signing.key_id, at=at())
    try:
        _sign_anew(signing, key, pin, at)
    except WrongPin:
        raise wrong_pin(signing.key_id, at=at()) from None
    except Refusal:
        db.session.rollback()
        give_back_try(signing.key_id)
        raise


def _sign_anew(signing: Signing, key: SigningKey, pin: str, at: Callable[[], datetime]) -> None:
    """On the newest file, however many others sign meanwhile."""
    for _other in range(ANEW):
        try:
            _sign_latest(signing, key, pin, at)
            return
        except Conflict:
            continue
    _sign_latest(signing, key, pin, at)


def require_can_sign(paper: Paper, part: str) -> SigningPart:
    """The place of this part. Raises ``Refused`` unless it is its turn and the paper waits for it."""
    if paper.role == "minutes" and part != "seal":
        assert paper.conclusion is not None
        lifecycle.require_can_sign(paper.conclusion.checklist_session.state)
    if paper.means != "electronic":
        raise Refused("Văn bản này được ký tay trên giấy. Xin in ra, ký, rồi chụp hoặc quét để đính kèm.")
    paper.require_can_sign(part)
    place = paper.part_named(part)
    assert place is not None
    return place


def is_done(signing: Signing) -> bool:
    """Whether this very operation has been journaled."""
    return operation(db.session(), signing.op_id) is not None


def require_sound(pdf: bytes, *, at: datetime) -> None:
    """What goes into the store has been checked as anybody would check it. Raises ``Refused``."""
    roots = trusted_roots(db.session())
    db.session.rollback()
    try:
        is_sound = prove_apart(pdf, roots, at=at).intact
    except SigningFailure as failure:
        raise Refused(failure.sentence) from failure
    if not is_sound:
        raise Refused(
            "Chữ ký vừa tạo chưa kiểm được nên chưa ghi vào văn bản. Văn bản vẫn như trước; "
            "xin thử lại, hoặc báo quản trị xem chứng thư của khóa ký."
        )


def _sign_latest(signing: Signing, key: SigningKey, pin: str, at: Callable[[], datetime]) -> None:
    """Raises ``Conflict`` when another signature came in between; the same operation again changes nothing."""
    db.session.rollback()
    if is_done(signing):
        return
    paper = whole_paper(signing.paper_id)
    place = require_can_sign(paper, signing.part)
    moment = paper.moment_of_signing(at())
    before = paper.revisions[-1].sha256
    signed = _signed(paper, place, signing.person, _opener(key, pin), moment)
    require_sound(signed, at=moment)
    after = file_store().put(signed)
    paper = paper_for_change(signing.paper_id)
    if is_done(signing):
        db.session.rollback()
        return
    entry = paper.sign(
        signing.part,
        pdf_before=before,
        pdf_after=after,
        size=len(signed),
        address=signing.address,
        device=signing.device,
        by=signing.person,
        at=moment,
        op_id=signing.op_id,
        means=key.means,
        authority=authority_of(place, signing.person),
        key_id=key.id,
        certificate=key.fingerprint,
    )
    right_pin(key.id)
    complete(paper)
    commit_change(entry)


def _signed(paper: Paper, place: SigningPart, person: Actor, key: LocalKey | TokenKey, moment: datetime) -> bytes:
    certify, places = is_first(paper), places_of(paper)
    pdf = file_store().get(paper.revisions[-1].sha256)
    asked: dict[str, Any] = {
        "mark": mark_of(paper, place, person, moment),
        "reason": reason_of(paper, place, person),
        "location": office_of(db.session()).place,
    }
    pdf = with_fields(pdf, places, paper) if certify else pdf
    db.session.rollback()
    try:
        if isinstance(key, LocalKey):
            return sign_apart(pdf, place.part, key, at=moment, certify=certify, **asked)
        return sign_pdf(pdf, place.part, key, at=moment, certify=certify, **asked)
    except WrongPin:
        raise
    except SigningFailure as failure:
        raise Refused(failure.sentence) from failure


def is_first(paper: Paper) -> bool:
    """Whether no certificate has signed it yet: the first one certifies the file."""
    return not any(one.means for one in paper.signatures)


def _opener(key: SigningKey, pin: str) -> LocalKey | TokenKey:
    if key.means == TOKEN:
        library = current_app.config.get("PKCS11_LIBRARY", "")
        if not library:
            raise Refused("Máy chủ chưa được cài thư viện của thẻ ký (THIDUA_PKCS11). Xin báo quản trị.")
        return TokenKey(library, key.token["label"], key.token["key"], pin, key.certificate)
    return LocalKey(key.certificate, key.key, sealed_pin(pin), key.chain)
