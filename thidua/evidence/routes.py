"""Routes of evidence: the page with its thumbnails, adding, one piece large; the others register themselves below."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from thidua.evidence.cards import evidence_on_cards
from thidua.evidence.page import show_list, show_piece
from thidua.evidence.parts import evidence_part
from thidua.evidence.queries import piece_or_404
from thidua.extensions import db
from thidua.session_pages.card_parts import register_card_part
from thidua.session_pages.finding import find
from thidua.session_pages.live_parts import register_part

evidence = Blueprint("evidence", __name__, url_prefix="/checklist-sessions/<int:checklist_session_id>/evidence")

register_part("evidence", evidence_part)
register_card_part("evidence", evidence_on_cards)


@evidence.get("")
def index(checklist_session_id: int) -> ResponseReturnValue:
    """All evidence by criterion; ``?criterion=`` shows one (0: the whole half-day) and chooses it for the next."""
    found = find(checklist_session_id)
    found.allow("see_evidence")
    return show_list(found, only=request.args.get("criterion", type=int))


@evidence.get("/<int:evidence_id>")
def show(checklist_session_id: int, evidence_id: int) -> ResponseReturnValue:
    """One piece: the picture large, or what the document is; who may, describes or withdraws it here."""
    found = find(checklist_session_id)
    found.allow("see_evidence")
    return show_piece(found, piece_or_404(db.session(), found, evidence_id))


from thidua.evidence import adding, changing, reading  # noqa: E402, F401
