"""The argon2id hasher with the settings of the application, and passwords that are made, not chosen."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from thidua.rules.vietnamese import nfc

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


def one_time_password() -> str:
    """Twelve letters and digits in three groups: 58 bits, easy to read aloud."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))


@cache
def _nobodys_hash(**cost: int) -> str:
    return PasswordHasher(**cost).hash(secrets.token_urlsafe(32))
