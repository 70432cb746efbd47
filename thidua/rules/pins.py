"""PINs of signing keys: six digits that people of seventy can keep in mind, and that nobody guesses at once."""

import re
from itertools import pairwise

from thidua.rules.errors import InvalidEntry

DIGITS = 6


def clean_pin(typed: str) -> str:
    """As typed without the spaces between the digits."""
    return re.sub(r"[\s.\-]", "", typed)


def require_pin(pin: str, repeated: str) -> None:
    """A new PIN. Raises ``InvalidEntry`` naming the field "pin" or "pin_again"."""
    if not (pin.isascii() and pin.isdigit() and len(pin) == DIGITS):
        raise InvalidEntry(f"Mã PIN gồm đúng {DIGITS} chữ số.", field="pin")
    steps = {int(later) - int(earlier) for earlier, later in pairwise(pin)}
    if len(set(pin)) == 1 or steps in ({1}, {-1}):
        raise InvalidEntry("Mã PIN này dễ đoán quá. Xin chọn sáu số khác.", field="pin")
    if pin != repeated:
        raise InvalidEntry("Hai lần ghi mã PIN chưa giống nhau. Xin ghi lại.", field="pin_again")
