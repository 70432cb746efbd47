"""A signature whose key lies elsewhere: the bytes to sign go out, the raw signature comes back, perhaps tomorrow.

What is between the two stands in the database and in the store of files: a restart loses nothing.
"""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.committing import commit_change
from thidua.doors.signing import SigningFailure, finish_remote, prepare_remote
from thidua.extensions import begin_writing, db
from thidua.identity import now
from thidua.issuing.completing import complete
from thidua.issuing.finding import paper_for_change, whole_paper
from thidua.issuing.keys import key_named
from thidua.issuing.marks import authority_of, mark_of, reason_of
from thidua.issuing.signing import Signing, is_done, is_first, require_can_sign, require_sound
from thidua.issuing.storing import ensure_rendered, file_store, places_of, with_fields
from thidua.models import Actor, SigningKey, SigningRequest
from thidua.models.office_settings import office_of
from thidua.rules.errors import Conflict, InvalidEntry, Refused

LASTS = timedelta(days=3)
OVERTAKEN = (
    "Trong lúc chờ, người khác đã ký vào văn bản nên dữ liệu này không dùng được nữa. "
    "Xin bấm “Lấy dữ liệu để ký” lần nữa rồi ký lại."
)


def open_request(session: Session, paper_id: int, account_id: int, at: datetime) -> SigningRequest | None:
    """What this person has under way for this paper."""
    return session.scalars(
        select(SigningRequest)
        .where(
            SigningRequest.paper_id == paper_id,
            SigningRequest.account_id == account_id,
            SigningRequest.finished_at.is_(None),
            SigningRequest.cancelled_at.is_(None),
            SigningRequest.expires_at > at,
        )
        .order_by(SigningRequest.id.desc())
        .limit(1)
    ).one_or_none()


def request_coded(session: Session, code: str, person: Actor) -> SigningRequest | None:
    """The person's own request with this code."""
    found = session.scalars(
        select(SigningRequest).where(SigningRequest.code == code).execution_options(populate_existing=True)
    ).one_or_none()
    return found if found and found.belongs_to(person) else None


def prepare(signing: Signing) -> str:
    """Make the bytes to sign and keep them; returns the code of the request. Commits. The same operation gives the same
    request; an earlier one of the same person for the same paper is cancelled."""
    ensure_rendered(signing.paper_id)
    known = db.session.scalar(select(SigningRequest.code).where(SigningRequest.op_id == signing.op_id))
    if known:
        return known
    paper, key = whole_paper(signing.paper_id), key_named(db.session(), signing.key_id)
    place = require_can_sign(paper, signing.part)
    at = paper.moment_of_signing(now())
    if key is None or key.trouble(at):
        raise Refused(key.trouble(at) if key else "Không còn khóa ký này.")
    base = paper.revisions[-1].sha256
    pdf = file_store().get(base)
    try:
        prepared = prepare_remote(
            with_fields(pdf, places_of(paper), paper) if is_first(paper) else pdf,
            signing.part,
            certificate_pem=key.certificate,
            chain_pem=key.chain,
            mark=mark_of(paper, place, signing.person, at),
            at=at,
            reason=reason_of(paper, place, signing.person),
            location=office_of(db.session()).place,
            certify=is_first(paper),
        )
    except SigningFailure as failure:
        raise Refused(failure.sentence) from failure
    kept = file_store().put(prepared.pdf)
    begin_writing()
    earlier = open_request(db.session(), signing.paper_id, signing.person.id, at)
    if earlier:
        earlier.cancel(at=at)
    request = SigningRequest(
        paper_id=signing.paper_id,
        part=signing.part,
        account_id=signing.person.id,
        key_id=signing.key_id,
        code=secrets.token_urlsafe(18),
        base_sha256=base,
        prepared_sha256=kept,
        to_sign=prepared.to_sign,
        state=prepared.state,
        authority=authority_of(place, signing.person),
        op_id=signing.op_id,
        created_at=at,
        expires_at=at + LASTS,
    )
    db.session.add(request)
    db.session.commit()
    return request.code


def finish(code: str, raw_signature: bytes, person: Actor, *, address: str, device: str) -> int:
    """The raw signature came back: check it, store the signed file, journal it. Commits; returns the paper's id.

    Raises ``InvalidEntry`` for bytes that are no such signature (the request stays open), ``Refused`` and ``Conflict``.
    """
    request = request_coded(db.session(), code, person)
    if request is None:
        raise Refused("Không có lần ký này.")
    if request.finished_at:
        return request.paper_id
    request.require_open(now())
    key = db.session.get_one(SigningKey, request.key_id)
    if key.revoked_at:
        raise Refused(key.trouble(now()))
    signing = Signing(request.paper_id, request.part, person, request.key_id, request.op_id, address, device)
    paper = whole_paper(signing.paper_id)
    require_can_sign(paper, signing.part)
    moment = paper.moment_of_signing(now())
    base, prepared, state = request.base_sha256, request.prepared_sha256, request.state
    if paper.revisions[-1].sha256 != base:
        cancel(code, person)
        raise Conflict(OVERTAKEN)
    db.session.rollback()
    try:
        signed = finish_remote(file_store().get(prepared), state, raw_signature)
    except SigningFailure as failure:
        raise InvalidEntry(failure.sentence, field="signature") from failure
    require_sound(signed, at=moment)
    _keep(signing, code, signed, file_store().put(signed), moment)
    return signing.paper_id


def _keep(signing: Signing, code: str, signed: bytes, after: str, moment: datetime) -> None:
    paper = paper_for_change(signing.paper_id)
    request = request_coded(db.session(), code, signing.person)
    assert request is not None
    if is_done(signing):
        db.session.rollback()
        return
    request.require_open(now())
    key = db.session.get_one(SigningKey, signing.key_id)
    try:
        entry = paper.sign(
            signing.part,
            pdf_before=request.base_sha256,
            pdf_after=after,
            size=len(signed),
            address=signing.address,
            device=signing.device,
            by=signing.person,
            at=moment,
            op_id=signing.op_id,
            means=key.means,
            authority=request.authority,
            key_id=key.id,
            certificate=key.fingerprint,
        )
    except Conflict:
        db.session.rollback()
        cancel(code, signing.person)
        raise Conflict(OVERTAKEN) from None
    request.finish(at=moment)
    complete(paper)
    commit_change(entry)


def cancel(code: str, person: Actor) -> int | None:
    """The request is given up; returns the paper's id, None when the person has no such request. Commits."""
    begin_writing()
    request = request_coded(db.session(), code, person)
    if request is None:
        db.session.rollback()
        return None
    request.cancel(at=now())
    db.session.commit()
    return request.paper_id
