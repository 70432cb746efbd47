"""The cookie of a login: signed, and valid as long as the login session in the database, whatever the clock does."""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature


class ClockProofCookie(SecureCookieSessionInterface):
    """Flask refuses a cookie signed "in the future": a clock set back by a second would sign everybody out.

    How long a login lasts is kept with it in the database (``LoginSession.expires_at``), so age is not asked here.
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What the browser brought, or an empty session when it was not signed by us."""
        serializer = self.get_signing_serializer(app)
        if serializer is None:
            return None
        brought = request.cookies.get(self.get_cookie_name(app))
        if not brought:
            return self.session_class()
        try:
            return self.session_class(serializer.loads(brought))
        except BadSignature:
            return self.session_class()
