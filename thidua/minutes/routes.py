"""Routes of the minutes being written; editing, phrases and reading aloud register themselves below."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from thidua.minutes.finding import find_minutes
from thidua.minutes.page import room_values, written_part, written_values

minutes = Blueprint("minutes", __name__, url_prefix="/conclusions")


@minutes.get("/<int:conclusion_id>/minutes")
def show(conclusion_id: int) -> ResponseReturnValue:
    """The minutes as they would be now, or as frozen."""
    found = find_minutes(conclusion_id)
    values = room_values(found)
    part, shown = written_part(found, written_values(found)) if found.is_readable else ("", "")
    return render_template("minutes/minutes.html", **values, part=Markup(part), shown=shown)  # our own template


@minutes.get("/<int:conclusion_id>/minutes/document")
def document(conclusion_id: int) -> ResponseReturnValue:
    """The live part of that page; nothing (204) when the screen shows it already (``?shown=``)."""
    found = find_minutes(conclusion_id)
    if not found.is_readable:
        return Response(status=204)
    part, shown = written_part(found, written_values(found))
    if shown == request.args.get("shown"):
        return Response(status=204)
    return Response(part, headers={"X-Shown": shown})


from thidua.minutes import editing, phrases, reading, wall  # noqa: E402,F401  # register their routes and parts
