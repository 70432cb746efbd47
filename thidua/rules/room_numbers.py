"""The six-digit numbers with which people enter the room of a half-day: which, when, and how often one may err.

Ten wrong tries at one of a million numbers, for a team of nine: a stranger who has the room's address gets in once in
eleven thousand half-days. Whoever only wants to spoil a number can do so: therefore the head of team is told, and a
new number is one tap.
"""

import unicodedata
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from thidua.rules.errors import InvalidEntry
from thidua.rules.words import VIETNAM, day_of

DIGITS = 6
TRIES = 10
FREE_TRIES = 5
_WAITS = (10, 20, 40, 60, 120)  # seconds after the fifth, sixth … ninth wrong try

Draw = Callable[[int], int]
"""``secrets.randbelow``: a whole number from 0 up to, not including, the argument."""


def new_number(draw: Draw, *, taken: Collection[str] = ()) -> str:
    """Six random digits that nobody would try first and nobody else of the room has."""
    while True:
        number = f"{draw(10**DIGITS):0{DIGITS}d}"
        if not is_trivial(number) and number not in taken:
            return number


def is_trivial(number: str) -> bool:
    """ "000000", "121212", "123456", "654321", "123123", "112233": what people try first."""
    steps = {int(after) - int(before) for before, after in pairwise(number)}
    doubled = all(number[place] == number[place + 1] for place in range(0, len(number), 2))
    return len(set(number)) < 3 or len(steps) == 1 or number[:3] == number[3:] or doubled


def new_code(draw: Draw, alphabet: str) -> str:
    """The secret in the address on the wall, in three groups of five: 73 bits with an alphabet of thirty."""
    return "-".join("".join(alphabet[draw(len(alphabet))] for _ in range(5)) for _ in range(3))


def code_key(typed: str) -> str:
    """The code as it is kept, however it was typed from the wall: capitals, blanks, without hyphens."""
    plain = "".join(character for character in typed.lower() if character.isalnum())[:40]
    return "-".join(plain[start : start + 5] for start in range(0, len(plain), 5))


def read_number(typed: str) -> str:
    """The six digits somebody typed or pasted, blanks and hyphens left out. Raises ``InvalidEntry``."""
    plain = "".join(one for one in unicodedata.normalize("NFKC", typed) if not one.isspace() and one not in ".-–")
    if not plain:
        raise InvalidEntry("Xin ghi sáu chữ số trên phiếu.", "number")
    if not plain.isascii() or not plain.isdecimal():
        raise InvalidEntry("Số vào phòng chỉ gồm chữ số.", "number")
    if len(plain) != DIGITS:
        raise InvalidEntry(f"Số vào phòng có {DIGITS} chữ số; vừa ghi {len(plain)} chữ số.", "number")
    return plain


def spaced(number: str) -> str:
    """As it stands on the slip: "482 913"."""
    return f"{number[:3]} {number[3:]}"


def day_for(planned: date | None, now: datetime) -> date:
    """The day for which numbers made now are good: the half-day's own, or today when that is past or not fixed."""
    today = day_of(now)
    return planned if planned and planned > today else today


def end_of(day: date) -> datetime:
    """Midnight after this day in Vietnam, as UTC."""
    return datetime.combine(day + timedelta(days=1), time(), VIETNAM).astimezone(UTC)


def good_on(expires_at: datetime) -> date:
    """The one day on which a number that runs out then is good."""
    return day_of(expires_at - timedelta(seconds=1))


def is_good(expires_at: datetime, at: datetime) -> bool:
    """Only on its day: neither before nor after."""
    return day_of(at) == good_on(expires_at)


def is_spent(tries: int) -> bool:
    """Too many wrong tries: only a new number helps."""
    return tries >= TRIES


def wait_left(tries: int, tried_at: datetime | None, at: datetime) -> int:
    """Seconds until the next try is looked at."""
    if tries < FREE_TRIES or tried_at is None:
        return 0
    wait = timedelta(seconds=_WAITS[min(tries - FREE_TRIES, len(_WAITS) - 1)])
    left = (tried_at + wait - at).total_seconds()
    return max(0, -int(-left // 1))
