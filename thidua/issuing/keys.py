"""Signing keys and the federation's own certificate authority: finding, issuing, trying PINs, whom we trust."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.doors.signing import Issued, SigningFailure, Subject, WrongPin, change_pin, issue_certificate, new_authority
from thidua.extensions import begin_writing, db, wait_for_turn
from thidua.issuing.secrets import authority_secret, sealed_pin
from thidua.models import Account, SigningAuthority, SigningKey, Unit
from thidua.models.office_settings import office_of
from thidua.models.signing import OWN
from thidua.rules.errors import Conflict, InvalidEntry, Refused

YEARS = 3
ORGANISATION = None
"""The ``account_id`` of the organisation's own key, which draws the red seal."""


def standing_keys(session: Session, account_id: int | None) -> list[SigningKey]:
    """The keys of a person, or of the organisation, that are not revoked; the newest first."""
    return list(
        session.scalars(
            select(SigningKey)
            .where(SigningKey.account_id == account_id, SigningKey.revoked_at.is_(None))
            .order_by(SigningKey.id.desc())
        )
    )


def trusted_roots(session: Session) -> list[str]:
    """PEM certificates that make a signature one of ours: our authorities, and each certificate from elsewhere that
    the administrator accepted. Not its issuer, which has many other customers."""
    ours = session.scalars(select(SigningAuthority.certificate).order_by(SigningAuthority.id))
    accepted = session.scalars(select(SigningKey.certificate).where(SigningKey.means != OWN).order_by(SigningKey.id))
    return [*ours, *accepted]


def issue_own_key(
    account_id: int | None, pin: str, *, by_name: str, at: datetime, must_change_pin: bool = False, years: int = YEARS
) -> int:
    """A new key with its certificate, encrypted with the PIN; returns its id. Commits.

    Raises ``Conflict`` when there is a standing key already: it is to be revoked first.
    """
    authority = _authority(at)
    subject = _subject(db.session(), account_id)
    db.session.rollback()
    issued = _issued(authority, subject, pin, at, years)
    begin_writing()
    wait_for_turn(f"signing key of {account_id}")
    if any(one.means == OWN and at < one.not_after for one in standing_keys(db.session(), account_id)):
        db.session.rollback()
        raise Conflict("Đã có khóa ký đang dùng. Xin dùng khóa đó, hoặc thu hồi trước khi cấp khóa mới.")
    key = SigningKey(
        account_id=account_id,
        means=OWN,
        name=subject.name,
        certificate=issued.certificate_pem,
        key=issued.key_pem,
        fingerprint=issued.fingerprint,
        not_before=issued.not_before,
        not_after=issued.not_after,
        must_change_pin=must_change_pin,
        created_at=at,
        created_by=by_name,
    )
    db.session.add(key)
    db.session.commit()
    return key.id


def count_try(key_id: int, *, at: datetime) -> SigningKey:
    """Before a PIN is looked at; commits. The key comes back loose, for use outside any transaction.

    Raises ``Refused`` when it cannot be used now.
    """
    begin_writing()
    key = _key_for_change(key_id)
    try:
        key.count_try(at)
    except Refused:
        db.session.rollback()
        raise
    db.session.commit()
    db.session.expunge(key)
    return key


def right_pin(key_id: int) -> None:
    """After a PIN was right, inside the transaction that keeps what was signed with it."""
    _key_for_change(key_id).forget_tries()


def give_back_try(key_id: int) -> None:
    """After something else than the PIN failed; commits."""
    begin_writing()
    _key_for_change(key_id).give_back_try()
    db.session.commit()


def wrong_pin(key_id: int, *, at: datetime) -> InvalidEntry:
    """After a PIN was wrong; commits. The refusal that tells how often one may still try."""
    begin_writing()
    sentence = _key_for_change(key_id).refuse_pin(at)
    db.session.commit()
    return InvalidEntry(sentence, field="pin")


def choose_pin(key_id: int, old: str, new: str, *, at: datetime) -> None:
    """Another PIN for the same key; commits. Raises ``InvalidEntry`` for a wrong old one."""
    key = count_try(key_id, at=at)
    try:
        changed = change_pin(key.key, sealed_pin(old), sealed_pin(new))
    except WrongPin:
        raise wrong_pin(key_id, at=at) from None
    begin_writing()
    current = _key_for_change(key_id)
    if current.key != key.key:
        current.give_back_try()
        db.session.commit()
        raise Conflict("Mã PIN vừa được đổi ở nơi khác. Xin nhập mã mới nhất.")
    current.change_key(changed)
    db.session.commit()


def key_named(session: Session, key_id: int) -> SigningKey | None:
    """One key, read anew."""
    return session.get(SigningKey, key_id, populate_existing=True)


def _key_for_change(key_id: int) -> SigningKey:
    return db.session.scalars(
        select(SigningKey).where(SigningKey.id == key_id).with_for_update().execution_options(populate_existing=True)
    ).one()


def _issued(authority: SigningAuthority, subject: Subject, pin: str, at: datetime, years: int) -> Issued:
    try:
        return issue_certificate(
            authority.certificate,
            authority.key,
            secret=authority_secret(),
            subject=subject,
            pin=sealed_pin(pin),
            at=at,
            years=years,
        )
    except SigningFailure as failure:
        raise Refused(failure.sentence) from failure


def _authority(at: datetime) -> SigningAuthority:
    """The one that issues now; made when there is none yet. Commits when it makes one."""
    begin_writing()
    wait_for_turn("signing authority")
    standing = (
        select(SigningAuthority).where(SigningAuthority.retired_at.is_(None)).order_by(SigningAuthority.id.desc())
    )
    authority = db.session.scalars(standing.limit(1)).one_or_none()
    if authority is None:
        name = f"{organisation_name(db.session())} - Chứng thực chữ ký nội bộ"
        made = new_authority(name, secret=authority_secret(), at=at)
        authority = SigningAuthority(name=name[:200], certificate=made.certificate_pem, key=made.key_pem, created_at=at)
        db.session.add(authority)
    db.session.commit()
    return authority


def retire_authorities(at: datetime) -> None:
    """The next certificate comes from a new authority; what the old ones issued stays trusted. Commits."""
    begin_writing()
    for authority in db.session.scalars(select(SigningAuthority).where(SigningAuthority.retired_at.is_(None))):
        authority.retired_at = at
    db.session.commit()


def organisation_name(session: Session) -> str:
    """The issuer as one line."""
    return " ".join(office_of(session).issuer)


def _subject(session: Session, account_id: int | None) -> Subject:
    if account_id is None:
        return Subject(organisation_name(session))
    account, unit = session.execute(
        select(Account, Unit.name).outerjoin(Unit, Unit.id == Account.unit_id).where(Account.id == account_id)
    ).one()
    return Subject(account.name, account.office, unit or organisation_name(session), account.username)
