"""Signing the minutes on the page of their conclusion, and choosing before they are frozen who signs them."""

from flask import abort
from flask.typing import ResponseReturnValue

from thidua.conclusions.finding import find_conclusion
from thidua.conclusions.page import show_conclusion
from thidua.conclusions.routes import conclusions
from thidua.extensions import db
from thidua.issuing.card import Card
from thidua.issuing.posting import take_signature
from thidua.rules import lifecycle


@conclusions.post("/<int:conclusion_id>/signatures")
def sign(conclusion_id: int) -> ResponseReturnValue:
    """Sign off for one's own part of the minutes."""
    found = find_conclusion(conclusion_id)
    if found.minutes is None:
        lifecycle.require_can_sign(found.conclusion.checklist_session.state)
        abort(404)
    paper_id = found.minutes.id

    def show(card: Card, status: int) -> ResponseReturnValue:
        db.session.rollback()
        return show_conclusion(find_conclusion(conclusion_id), status=status, forms={"card": card})

    return take_signature(paper_id, show)
