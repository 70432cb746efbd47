"""The argon2id hasher with the settings of the application."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app


def hasher() -> PasswordHasher:
    """The hasher; its cost comes from the configuration (tests make it cheap)."""
    return PasswordHasher(**current_app.config["ARGON2"])


def password_matches(password_hash: str, password: str) -> bool:
    """Whether the password is the one behind the hash; never raises."""
    try:
        return hasher().verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
