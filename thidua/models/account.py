"""Accounts and the login sessions opened with them."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, Protocol, Self

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from thidua.models.actor import Actor
from thidua.models.base import Base
from thidua.models.unit import Unit
from thidua.rules.errors import InvalidEntry, Refused
from thidua.rules.vietnamese import nfc

ROLES = {
    "administrator": "Quản trị",
    "staff": "Cán bộ",
    "inspector": "Thành viên đoàn kiểm tra",
    "unit": "Đơn vị được kiểm tra",
}


class Hasher(Protocol):
    """What a password hash needs: argon2's ``PasswordHasher`` fits."""

    def hash(self, password: str) -> str: ...
    def verify(self, hash: str, password: str) -> bool: ...


class Account(Base):
    """A person who may sign in. The password is kept only as an argon2id hash."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    rank: Mapped[str] = mapped_column(String(60), default="")
    office: Mapped[str] = mapped_column(String(160), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    role: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]

    unit: Mapped[Unit | None] = relationship(lazy="raise")

    @property
    def actor(self) -> Actor:
        """This account as one who acts."""
        return Actor(self.id, self.name, self.role, self.username, self.unit_id, self.office, self.rank)

    @property
    def is_locked(self) -> bool:
        """Nobody can sign in with it."""
        return self.disabled_at is not None

    def change(self, *, by: Actor, **fields: Any) -> None:
        """Replace what the office knows of the person (``EDITABLE``). Only role "unit" belongs to a unit.

        Raises ``InvalidEntry``: an administrator keeps the own role, so that one always remains.
        """
        if self.id == by.id and fields["role"] != self.role:
            raise InvalidEntry("Không tự đổi vai trò của chính mình. Xin nhờ một quản trị khác.", "role")
        if fields["role"] == "unit" and not fields["unit_id"]:
            raise InvalidEntry("Tài khoản của đơn vị cần chọn đơn vị.", "unit_id")
        for name in EDITABLE:
            setattr(self, name, fields[name])
        if self.role != "unit":
            self.unit_id = None

    def lock(self, *, by: Actor, at: datetime) -> None:
        """From now on nobody signs in with it; what the person did stays. Locking twice changes nothing."""
        if self.id == by.id:
            raise Refused("Không tự khóa tài khoản của chính mình. Xin nhờ một quản trị khác.")
        self.disabled_at = self.disabled_at or at

    def unlock(self) -> None:
        """Signing in is possible again, with the same password."""
        self.disabled_at = None

    def set_password(self, password: str, *, hasher: Hasher, must_change: bool = False) -> None:
        """Replace the password; ``must_change`` for one that somebody else has seen."""
        self.set_password_hash(hasher.hash(nfc(password)), must_change=must_change)

    def set_password_hash(self, password_hash: str, *, must_change: bool = False) -> None:
        """The same with a hash made beforehand: hashing takes long and no transaction should wait for it."""
        self.password_hash = password_hash
        self.must_change_password = must_change


EDITABLE = ("name", "rank", "office", "phone", "role", "unit_id")


class LoginSession(Base):
    """One signed-in browser. The cookie carries a random token; only its SHA-256 is kept here.

    ``checklist_session_id`` is set when a room's number opened it: then it is good for that half-day only.
    """

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    opened_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(String(64), default="")
    device: Mapped[str] = mapped_column(String(300), default="")
    checklist_session_id: Mapped[int | None] = mapped_column(ForeignKey("checklist_session.id"), index=True)
    last_seen_at: Mapped[datetime | None]

    @classmethod
    def open(cls, account_id: int, *, at: datetime, lasts: timedelta, address: str, device: str) -> tuple[Self, str]:
        """A new login session and its secret token, which is never stored."""
        token = secrets.token_urlsafe(32)
        opened = cls(
            account_id=account_id,
            token_hash=token_hash(token),
            opened_at=at,
            expires_at=at + lasts,
            address=address[:64],
            device=device[:300],
        )
        return opened, token

    def end(self, *, at: datetime) -> None:
        """Sign out; ending twice changes nothing."""
        self.ended_at = self.ended_at or at


def token_hash(token: str) -> str:
    """SHA-256 (hex) under which a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
