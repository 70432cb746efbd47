"""Response headers of every answer: nothing private is cached, nothing foreign is loaded."""

from flask import Flask, Response, request

POLICY = (
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'"
)
YEAR = 31_536_000
TRY_AGAIN_AFTER = "5"  # seconds; for programs, our own pages have their own patience


def init_headers(app: Flask) -> None:
    """Install the headers."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("X-Frame-Options", "DENY")
    if response.status_code in (503, 507):
        headers.setdefault("Retry-After", TRY_AGAIN_AFTER)
    if request.endpoint == "static":
        if "v" in request.args:
            headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    else:
        headers.setdefault("Cache-Control", "no-store")
    return response
