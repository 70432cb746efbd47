"""Checklists: the list, the page of one, and the sheet to print and fill in by hand."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from thidua.checklists import queries
from thidua.identity import require_person
from thidua.models.checklist import STATES
from thidua.permissions import allow
from thidua.rules import sheet_words

checklists = Blueprint("checklists", __name__, url_prefix="/checklists")


@checklists.get("")
def index() -> ResponseReturnValue:
    """Every checklist."""
    allow("see_checklists", require_person())
    return render_template("checklists/index.html", found=queries.checklists_with_use(), states=STATES)


@checklists.get("/<int:checklist_id>")
def show(checklist_id: int) -> ResponseReturnValue:
    """The tree with maxima, levels and guidance, the ratings and the gates in words."""
    return _page("checklists/checklist.html", checklist_id)


@checklists.get("/<int:checklist_id>/print")
def paper(checklist_id: int) -> ResponseReturnValue:
    """The blank sheet on paper, with the same numbering and columns to write in."""
    return _page("checklists/paper.html", checklist_id)


def _page(template: str, checklist_id: int) -> ResponseReturnValue:
    page = queries.checklist_page(checklist_id) or abort(404)
    allow("see_checklists", require_person())
    return render_template(template, page=page, sheet=page.sheet, states=STATES, words=sheet_words)
