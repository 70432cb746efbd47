"""The code on a paper form: "HTS72-04-K7" is plan 72/HTS, checklist session 4, and two letters of check.

Two letters out of twenty-seven catch a slip of the pen and, with the number, a form of another half-day.
"""

import hashlib
import re

_LETTERS = "2346789ACDEFGHJKLMNPQRTUVWX"  # nothing that is read as something else: 0 O, 1 I, 5 S, B 8, Y V, Z 2
_PARTS = re.compile(r"(?P<plan>[A-Z0-9]*?)-?(?P<id>\d{2,})-?(?P<check>[0-9A-Z]{2})")


def form_code(symbol: str, number: int | None, checklist_session_id: int) -> str:
    """The code of every form of this checklist session; whose form it is, is written on it."""
    plan = re.sub(r"[^A-Z0-9]", "", symbol.upper()) + (str(number) if number else "")
    bare = f"{plan}-{checklist_session_id:02d}"
    return f"{bare}-{_check(bare)}"


def code_problem(typed: str, expected: str) -> str:
    """The sentence that says why this paper is not of this half-day; "" when it is. Only letters and digits count.

    The end alone is enough: "04-K7" or "K7".
    """
    given = re.sub(r"[^A-Z0-9]", "", typed.upper())
    plan, number, check = expected.split("-")
    if given in (plan + number + check, number + check, check):
        return ""
    shown = typed.strip()[:30]
    other = _PARTS.fullmatch(re.sub(r"\s", "", typed.upper()))
    if other and _check(f"{other['plan']}-{other['id']}") == other["check"]:
        return f"Mã “{shown}” là phiếu của buổi kiểm tra khác. Phiếu của buổi này có mã {expected}."
    return f"Mã “{shown}” không đúng. Mã in trên phiếu của buổi này là {expected}; xin xem lại phiếu."


def _check(bare: str) -> str:
    first, second = hashlib.sha256(f"thidua form {bare}".encode()).digest()[:2]
    return _LETTERS[first % len(_LETTERS)] + _LETTERS[second % len(_LETTERS)]
