"""How values are shown: points with a comma, moments on the Vietnamese clock, dates as dd/mm/yyyy."""

import hashlib
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app, request, url_for

from thidua.rules import words
from thidua.rules.points import format_points

THEMES = ("auto", "light", "dark")
SIZES = ("0", "1", "2")


def init_filters(app: Flask) -> None:
    """Make the filters and globals known to the templates."""
    app.jinja_env.filters |= {
        "points": format_points,
        "clock": words.clock,
        "date_words": words.date_in_words,
        "day": day,
        "moment": moment,
    }
    app.jinja_env.globals["asset"] = asset
    app.context_processor(lambda: {"appearance": appearance()})
    # A page includes hundreds of partials; Jinja's bounded cache searches a queue at each of them, a dict does not.
    app.jinja_env.cache = {}
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def day(value: date | datetime | None) -> str:
    """ "08/09/2020"; empty for no date."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(words.VIETNAM).date()
    return f"{value:%d/%m/%Y}"


def moment(value: datetime | None) -> str:
    """ "9 giờ 05, 25/10/2020"; empty for none."""
    return f"{words.clock(value)}, {day(value)}" if value else ""


def appearance() -> dict[str, str]:
    """Theme and text size chosen on this device: the cookie ``appearance`` is "<theme>.<size>"."""
    theme, _, size = request.cookies.get("appearance", "").partition(".")
    return {"theme": theme if theme in THEMES else "auto", "size": size if size in SIZES else "0"}


def asset(filename: str) -> str:
    """The address of a static file with its fingerprint, so that browsers may keep it for ever."""
    return url_for("static", filename=filename, v=_fingerprint(str(current_app.static_folder), filename))


@lru_cache(maxsize=256)
def _fingerprint(folder: str, filename: str) -> str:
    return hashlib.sha256((Path(folder) / filename).read_bytes()).hexdigest()[:10]
