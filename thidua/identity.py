"""Who is asking: the login session behind the cookie, read with one query per request."""

from datetime import UTC, datetime

from flask import Flask, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from thidua.extensions import db
from thidua.models import Account, Actor, LoginSession
from thidua.models.account import token_hash

OPEN_ENDPOINTS = frozenset({"static", "accounts.login", "accounts.log_in", "health.healthz"})
OPEN_BLUEPRINTS = frozenset({"verification"})

_PERSON = (
    select(Account.id, Account.name, Account.role, Account.username, Account.unit_id, Account.office, Account.rank,
           LoginSession.id.label("login_session_id"), Account.must_change_password, LoginSession.expires_at)
    .join(LoginSession, LoginSession.account_id == Account.id)
    .where(LoginSession.ended_at.is_(None), Account.disabled_at.is_(None))
)


def init_identity(app: Flask) -> None:
    """Find the person before each request, and send strangers to the login page."""
    app.before_request(_identify)
    app.context_processor(lambda: {"person": current_person()})


def current_person() -> Actor | None:
    """The signed-in person of this request."""
    return g.get("person")


def require_person() -> Actor:
    """The signed-in person; only for routes behind the login."""
    person = current_person()
    assert person is not None, "route is not behind the login"
    return person


def now() -> datetime:
    """The moment of this request: one value for everything it changes."""
    if "now" not in g:
        g.now = datetime.now(UTC)
    moment: datetime = g.now
    return moment


def _identify() -> ResponseReturnValue | None:
    if request.endpoint == "static":
        return None
    g.person = _person_behind(session.get("token", ""))
    if g.person or request.endpoint in OPEN_ENDPOINTS or request.blueprint in OPEN_BLUEPRINTS or not request.endpoint:
        return _ask_for_new_password()
    if request.blueprint == "api" or request.method != "GET" or request.headers.get("HX-Request"):
        return "Phiên làm việc đã hết. Xin đăng nhập lại; những gì đã nhập vẫn còn trên máy này.", 401
    return redirect(url_for("accounts.login", next=request.full_path.rstrip("?")))


def _ask_for_new_password() -> ResponseReturnValue | None:
    if not g.person or not g.person.must_change_password:
        return None
    if request.endpoint in OPEN_ENDPOINTS or request.blueprint == "accounts":
        return None
    return redirect(url_for("accounts.password"))


def _person_behind(token: str) -> Actor | None:
    if not token:
        return None
    row = db.session.execute(_PERSON.where(LoginSession.token_hash == token_hash(token))).one_or_none()
    if row is None or row.expires_at <= now():
        return None
    return Actor(*row[:9])
