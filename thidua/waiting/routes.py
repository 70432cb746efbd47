"""The page on which a person looks at what waits on this device, or was refused, and corrects or discards it."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

waiting = Blueprint("waiting", __name__, url_prefix="/waiting")


@waiting.get("")
def index() -> ResponseReturnValue:
    """The frame of the list; what stands in it never leaves the device (``static/js/waiting.js``)."""
    return render_template("waiting/waiting.html")
