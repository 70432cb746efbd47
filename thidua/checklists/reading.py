"""Checklists: the list, the page of one, and the sheet to print and fill in by hand."""

from functools import partial

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from thidua.checklists import queries
from thidua.identity import require_person
from thidua.models.checklist import STATES
from thidua.permissions import allow, may
from thidua.rules import sheet_words


def index() -> ResponseReturnValue:
    """Every checklist."""
    person = require_person()
    allow("see_checklists", person)
    return render_template(
        "checklists/index.html",
        found=queries.checklists_with_use(),
        states=STATES,
        may=partial(may, person=person),
        checklist=None,
    )


def show(checklist_id: int) -> ResponseReturnValue:
    """The tree with maxima, levels and guidance, the ratings and the gates in words."""
    return _page("checklists/checklist.html", checklist_id)


def paper(checklist_id: int) -> ResponseReturnValue:
    """The blank sheet on paper, with the same numbering and columns to write in."""
    return _page("checklists/paper.html", checklist_id)


def _page(template: str, checklist_id: int) -> ResponseReturnValue:
    page = queries.checklist_page(checklist_id) or abort(404)
    person = require_person()
    allow("see_checklists", person)
    return render_template(
        template,
        page=page,
        checklist=page.checklist,
        sheet=page.sheet,
        states=STATES,
        words=sheet_words,
        may=partial(may, person=person),
    )
