"""The one door to htmx-flask (0.1.0, unmaintained): what it leaves out is put right here."""

from flask import Flask, Response
from htmx_flask import Htmx, make_response, request

__all__ = ["init_hx", "is_fragment_wanted", "make_response"]

_htmx = Htmx()


def init_hx(app: Flask) -> None:
    """Install htmx-flask and name the header that answers depend on."""
    _htmx.init_app(app)
    app.after_request(_vary)


def is_fragment_wanted() -> bool:
    """Whether htmx asks for a part of a page rather than for a page."""
    return bool(request.htmx) and not request.htmx.boosted


def _vary(response: Response) -> Response:
    response.vary.add("HX-Request")
    return response
