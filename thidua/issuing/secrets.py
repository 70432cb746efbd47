"""What stands between a stolen copy of the database and the keys in it: the instance's own secret."""

import hashlib
import hmac

from flask import current_app


def authority_secret() -> bytes:
    """What the federation's own certificate authority is encrypted with."""
    return _derived("signing authority")


def sealed_pin(pin: str) -> str:
    """The PIN as keys are encrypted with it: six digits alone would be tried through in an hour."""
    return f"{pin}-{hmac.new(_derived('signing pins'), pin.encode(), hashlib.sha256).hexdigest()}"


def _derived(purpose: str) -> bytes:
    secret = current_app.config["SECRET_KEY"]
    key = secret if isinstance(secret, bytes) else secret.encode()
    return hmac.new(key, purpose.encode(), hashlib.sha256).hexdigest().encode()
