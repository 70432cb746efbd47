"""The start page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

today = Blueprint("today", __name__)


@today.get("/")
def index() -> ResponseReturnValue:
    """What this person has to do now."""
    return render_template("today/index.html")
