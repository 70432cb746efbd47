"""Who is asking: the login session behind the cookie, read with one query per request.

A login by a room's number ends at the door of its room: here every address outside is refused, and in
``permissions`` every action.
"""

from datetime import UTC, datetime

from flask import Flask, Response, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import bindparam, select

from thidua.extensions import db
from thidua.models import Account, Actor, ChecklistSession, LoginSession
from thidua.models.account import token_hash
from thidua.permissions import ROOM_ONLY, UNIT
from thidua.rules.errors import NotAllowed
from thidua.rules.lifecycle import PLANNED
from thidua.session_cookie import ClockProofCookie

OPEN_ENDPOINTS = frozenset(
    {"static", "accounts.login", "accounts.log_in", "health.healthz", "joining.join", "joining.enter"}
    | {"preparation.door", "preparation.come_in"}
)
OPEN_BLUEPRINTS = frozenset({"verification"})
ROOM_ENDPOINTS = OPEN_ENDPOINTS | {"accounts.logout", "waiting.index", None}  # for who entered by a room's number
PASSWORD_ENDPOINTS = frozenset({"accounts.password", "accounts.change_password", "accounts.logout"})
SIGNED_OUT = "Phiên làm việc đã hết. Xin đăng nhập lại; những gì đã nhập vẫn còn trên máy này."
OUT_OF_ROOM = "Máy này không còn ở trong phòng họp. Xin vào phòng lại; những gì đã nhập vẫn còn trên máy này."
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
        _LOGIN.checklist_session_id,
        _LOGIN.expires_at,
    )
    .join_from(Account.__table__, LoginSession.__table__, _LOGIN.account_id == _ACCOUNT.id)
    .where(_LOGIN.ended_at.is_(None), _ACCOUNT.disabled_at.is_(None), _LOGIN.token_hash == bindparam("token_hash"))
)


def init_identity(app: Flask) -> None:
    """Find the person before each request, and send strangers to the login page."""
    app.session_interface = ClockProofCookie()
    app.before_request(_identify)
    app.context_processor(
        lambda: {"person": current_person(), "login_url": way_in(), "is_room_device": _is_in_a_room()}
    )


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
        return _ask_for_new_password() if g.person.only_session_id is None else _keep_in_room(g.person)
    if request.endpoint in OPEN_ENDPOINTS or request.blueprint in OPEN_BLUEPRINTS or not request.endpoint:
        return None
    if request.method in ("GET", "HEAD") and request.blueprint != "api" and not _is_fetched():
        return redirect(way_in(next=address_asked()))
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
    text = OUT_OF_ROOM if _is_in_a_room() else SIGNED_OUT
    if request.blueprint == "api":
        return {"error": text}, 401
    if not _is_fetched() and "text/html" in request.headers.get("Accept", ""):
        return render_template("errors/signed_out.html", text=text), 401
    return Response(text, 401, mimetype="text/plain")


def way_in(**query: str) -> str:
    """Where somebody signs in on this device: the door of the room it stands in, or the login page."""
    join_code = session.get("join_code")
    if join_code:
        return url_for("joining.join", join_code=join_code, **query)
    return url_for("accounts.login", **query)


def _is_in_a_room() -> bool:
    return bool(session.get("join_code"))


def _keep_in_room(person: Actor) -> ResponseReturnValue | None:
    """Addresses of other checklist sessions, and of none, are refused; what one may do inside is for the table."""
    where = request.view_args or {}
    if (
        request.endpoint in ROOM_ENDPOINTS
        or request.blueprint in OPEN_BLUEPRINTS
        or where.get("checklist_session_id") == person.only_session_id
        or "conclusion_id" in where  # whose session it is, only the database knows: the table refuses other ones
    ):
        return None
    if request.endpoint == "today.index":
        return redirect(url_for(_first_page(person), checklist_session_id=person.only_session_id))
    raise NotAllowed(ROOM_ONLY)


def _first_page(person: Actor) -> str:
    """Where a login for one half-day begins: a unit prepares until it is opened, everybody else scores."""
    state = select(ChecklistSession.state).where(ChecklistSession.id == person.only_session_id)
    if person.role == UNIT and db.session.scalar(state) == PLANNED:
        return "preparation.show"
    return "checklist_sessions.score"


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
    return Actor(*row[:10])
