"""The start page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from thidua.identity import now, require_person
from thidua.rules.readiness import days_words, missing_words
from thidua.rules.words import day_of
from thidua.today.page import page_for

today = Blueprint("today", __name__)


@today.get("/")
def index() -> ResponseReturnValue:
    """What this person has to do now."""
    day = day_of(now())
    page = page_for(require_person(), day)
    return render_template("today/index.html", page=page, today=day, missing_words=missing_words, days_words=days_words)
