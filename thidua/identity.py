"""Who is asking: the login session behind the cookie, read with one query per request."""

from datetime import UTC, datetime

from flask import Flask, Response, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import bindparam, select

from thidua.extensions import db
from thidua.models import Account, Actor, LoginSession
from thidua.models.account import token_hash

OPEN_ENDPOINTS = frozenset({"static", "accounts.login", "accounts.log_in", "health.healthz"})
OPEN_BLUEPRINTS = frozenset({"verification"})
PASSWORD_ENDPOINTS = frozenset({"accounts.password", "accounts.change_password", "accounts.logout"})
SIGNED_OUT = "Phiên làm việc đã hết. Xin đăng nhập lại; những gì đã nhập vẫn còn trên máy này."
CHANGE_FIRST = "Mật khẩu này chỉ dùng một lần. Xin mở trang Đổi mật khẩu và đặt mật khẩu riêng trước."

# Plain columns: this runs before every request, and what the ORM adds would be thrown away.
_ACCOUNT, _LOGIN = Account.__table__.c, LoginSession.__table__.c
_PERSON = (
    select(
        _ACCOUNT.id,
        _ACCOUNT.name,
        _ACCOUNT.role,
        _ACCOUNT.username,
        _ACCOUNT.unit_id,
        _ACCOUNT.office,
        _ACCOUNT.rank,
        _LOGIN.id.label("login_session_id"),
        _ACCOUNT.must_change_password,
        _LOGIN.expires_at,
    )
    .join_from(Account.__table__, LoginSession.__table__, _LOGIN.account_id == _ACCOUNT.id)
    .where(_LOGIN.ended_at.is_(None), _ACCOUNT.disabled_at.is_(None), _LOGIN.token_hash == bindparam("token_hash"))
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
    if g.person:
        return _ask_for_new_password()
    if request.endpoint in OPEN_ENDPOINTS or request.blueprint in OPEN_BLUEPRINTS or not request.endpoint:
        return None
    if request.method in ("GET", "HEAD") and request.blueprint != "api" and not _is_fetched():
        return redirect(url_for("accounts.login", next=address_asked()))
    return _signed_out()


def address_asked() -> str:
    """The local address of this request, to return to after the login."""
    return request.full_path.rstrip("?")


def _is_fetched() -> bool:
    """Whether a script asks; a script cannot show a login page."""
    return (
        "HX-Request" in request.headers
        or "X-Requested-With" in request.headers
        or "text/event-stream" in request.headers.get("Accept", "")
        or (request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate")
    )


def _signed_out() -> ResponseReturnValue:
    if request.blueprint == "api":
        return {"error": SIGNED_OUT}, 401
    if not _is_fetched() and "text/html" in request.headers.get("Accept", ""):
        return render_template("errors/signed_out.html", text=SIGNED_OUT), 401
    return Response(SIGNED_OUT, 401, mimetype="text/plain")


def _ask_for_new_password() -> ResponseReturnValue | None:
    if not g.person.must_change_password or request.endpoint in (OPEN_ENDPOINTS | PASSWORD_ENDPOINTS):
        return None
    if request.method in ("GET", "HEAD") and request.blueprint != "api" and not _is_fetched():
        return redirect(url_for("accounts.password", next=address_asked()))
    if request.blueprint == "api":
        return {"error": CHANGE_FIRST}, 403
    return Response(CHANGE_FIRST, 403, mimetype="text/plain")


def _person_behind(token: str) -> Actor | None:
    if not token:
        return None
    row = db.session.execute(_PERSON, {"token_hash": token_hash(token)}).one_or_none()
    if row is None or row.expires_at <= now():
        return None
    return Actor(*row[:9])
