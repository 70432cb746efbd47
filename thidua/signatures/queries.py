"""What the pages of signatures load."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload
from wtforms import SelectChoice

from thidua.extensions import db
from thidua.models import Account, PersonalMark, SigningKey


@dataclass(frozen=True, slots=True)
class KeyOf:
    """A key with what the administrator needs to recognise it."""

    key: SigningKey
    owner: str
    username: str


def own_keys(account_id: int) -> list[SigningKey]:
    """Every key of a person, the newest first, revoked ones too."""
    return list(
        db.session.scalars(select(SigningKey).where(SigningKey.account_id == account_id).order_by(SigningKey.id.desc()))
    )


def all_keys() -> list[KeyOf]:
    """Everybody's, those that need somebody first."""
    keys = db.session.scalars(select(SigningKey).options(joinedload(SigningKey.account)).order_by(SigningKey.id.desc()))
    listed = [
        KeyOf(key, key.account.name if key.account else "", key.account.username if key.account else "") for key in keys
    ]
    return sorted(listed, key=lambda one: (one.key.revoked_at is not None, not one.key.is_locked))


def key_for_change(key_id: int) -> SigningKey | None:
    """Its row locked."""
    return db.session.scalars(
        select(SigningKey).where(SigningKey.id == key_id).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()


def has_mark(account_id: int | None) -> bool:
    """Whether a picture is kept; None asks for the seal."""
    return bool(db.session.scalar(select(PersonalMark.id).where(PersonalMark.account_id == account_id)))


def mark_digest(account_id: int | None) -> str:
    """Where the picture lies in the store, "" without one."""
    return db.session.scalar(select(PersonalMark.sha256).where(PersonalMark.account_id == account_id)) or ""


def account_choices() -> list[SelectChoice]:
    """Everybody who may sign in."""
    rows = db.session.execute(
        select(Account.id, Account.name, Account.username).where(Account.disabled_at.is_(None)).order_by(Account.name)
    )
    people = (SelectChoice(str(one), f"{name} ({username})") for one, name, username in rows)
    return [SelectChoice("", "Chọn người"), *people]
