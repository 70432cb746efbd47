"""Two score sheets compared: a readable list of what changed, section by section."""

from functools import partial

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from thidua.checklists import version_queries as queries
from thidua.identity import require_person
from thidua.models.checklist import STATES
from thidua.permissions import allow, may
from thidua.rules.sheet_change_words import word_changes


def comparison(checklist_id: int) -> ResponseReturnValue:
    """What this sheet changed of another (``?with=`` its id; else of what it began as)."""
    checklist = queries.found(checklist_id)
    person = require_person()
    allow("see_checklists", person)
    asked = request.args.get("with", "")
    before = queries.found(_id(asked)) if asked else queries.compared_with(checklist)
    return render_template(
        "checklists/comparison.html",
        checklist=checklist,
        before=before,
        changes=queries.changes_between(before, checklist) if before else None,
        others=queries.other_sheets(checklist),
        states=STATES,
        word_changes=word_changes,
        may=partial(may, person=person),
    )


def _id(typed: str) -> int:
    if not typed.isascii() or not typed.isdecimal() or len(typed) > 9:
        abort(404)
    return int(typed)
