"""What a browser carries after signing in: the token of its login session, and the room it entered, if any."""

from flask import session
from sqlalchemy import select

from thidua.extensions import db
from thidua.identity import now
from thidua.models import LoginSession
from thidua.models.account import token_hash


def replace_login(opened: LoginSession) -> bool:
    """Inside a writing transaction: ``opened`` begins, the login this browser carried ends.

    True when both are the same person's.
    """
    before = db.session.scalar(
        select(LoginSession).where(LoginSession.token_hash == token_hash(session.get("token", "")))
    )
    if before:
        before.end(at=now())
    db.session.add(opened)
    return before is not None and before.account_id == opened.account_id


def carry(token: str, *, is_same_person: bool, join_code: str = "") -> None:
    """After the commit: a new cookie; what the browser carried before counts no more.

    Who signs in again on the same device keeps the CSRF token, so that a form left open can still be sent.
    """
    kept = session.get("csrf_token") if is_same_person else None
    session.clear()
    session["token"] = token
    session.permanent = True
    if kept:
        session["csrf_token"] = kept
    if join_code:
        session["join_code"] = join_code


def forget_login() -> None:
    """Signed out; the room this device stands in is remembered for the next person."""
    join_code = session.get("join_code")
    session.clear()
    if join_code:
        session["join_code"] = join_code
