"""The page of one paper: the document, who signed it, and what can be proved of it."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from thidua.extensions import db
from thidua.identity import now
from thidua.issuing.card import signing_card
from thidua.issuing.storing import ensure_rendered, file_store, frozen_document
from thidua.models.paper import ADDENDUM, MINUTES, NOTICE, ROLE_NAMES
from thidua.papers.evidence import evidence_of
from thidua.papers.finding import SEE_DRAFTS, WRITE, FoundPaper, find_paper
from thidua.papers.routes import papers
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.header import room_of
from thidua.session_pages.operations import new_operation


@papers.get("/<int:paper_id>")
def show(paper_id: int) -> ResponseReturnValue:
    """Who, when, from which device, which bytes; every check made while the page is asked for."""
    found = find_paper(paper_id)
    if not found.paper.revisions:
        ensure_rendered(paper_id)
        found = find_paper(paper_id)
    return paper_page(found)


def paper_page(found: FoundPaper, *, status: int = 200, **shown: Any) -> ResponseReturnValue:
    """Render it; ``shown`` is what came back with errors."""
    paper, sees_drafts = found.paper, found.found.may(SEE_DRAFTS)
    room = room_of(found.found, audience_of(found.found.standing.part), "conclusion")
    page = {
        "room": room,
        "tabs": room["links"],
        "paper": paper,
        "role_name": ROLE_NAMES[paper.role],
        "document": frozen_document(paper),
        "evidence": evidence_of(db.session(), paper, file_store(), now(), public=not sees_drafts),
        "sees_addresses": sees_drafts,
        "may_begin": {role: paper.role == MINUTES and found.found.may(WRITE[role]) for role in (ADDENDUM, NOTICE)},
        "role_names": ROLE_NAMES,
        "new_operation": new_operation,
        "card": None if paper.role == MINUTES else shown.pop("card", None) or signing_card(found),
    }
    return render_template("papers/paper.html", **(page | shown)), status
