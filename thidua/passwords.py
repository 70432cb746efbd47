"""Passwords: the argon2id hasher with the settings of the application, the check of one's own, and made ones."""

import secrets
from datetime import UTC, datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app, request
from sqlalchemy import select

from thidua.extensions import db
from thidua.models import Account, Actor
from thidua.rules.vietnamese import nfc
from thidua.throttle import Throttle

# Letters and digits that cannot be taken for one another when read from paper.
ALPHABET = "abcdefghkmnpqrstuvwxyz23456789"


def hasher() -> PasswordHasher:
    """The hasher; its cost comes from the configuration (tests make it cheap)."""
    return PasswordHasher(**current_app.config["ARGON2"])


def hash_of(password: str) -> str:
    """The argon2id hash of a password (NFC, so that every keyboard gives the same)."""
    return hasher().hash(nfc(password))


def password_matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one behind the hash; never raises.

    Without a hash (nobody has this username) it takes as long as with one: the time betrays no username.
    """
    try:
        return hasher().verify(password_hash or _nobodys_hash(**current_app.config["ARGON2"]), nfc(password))
    except (VerificationError, InvalidHashError):
        return False


def fault_of_own_password(person: Actor, typed: str) -> str:
    """Why this is not taken for the signed-in person's password: a sentence, empty when it is right.

    Who finds a device signed in may guess no faster than at the login. Ends the reading transaction: hashing is slow.
    """
    throttle: Throttle = current_app.extensions["login_throttle"]
    pair = (person.username, request.remote_addr or "")
    seconds = throttle.begin(pair, at=datetime.now(UTC))
    if seconds:
        return f"Đã nhập sai nhiều lần. Xin chờ {seconds} giây rồi thử lại."
    password_hash = db.session.scalar(select(Account.password_hash).where(Account.id == person.id))
    db.session.rollback()
    if not password_matches(password_hash, typed):
        return "Mật khẩu chưa đúng."
    throttle.succeeded(pair)
    return ""


def one_time_password() -> str:
    """Twelve letters and digits in three groups: 58 bits, easy to read aloud."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))


@cache
def _nobodys_hash(**cost: int) -> str:
    return PasswordHasher(**cost).hash(secrets.token_urlsafe(32))
