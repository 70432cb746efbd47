"""Signing a paper on its own page; minutes are signed on that of their conclusion."""

from flask.typing import ResponseReturnValue

from thidua.extensions import db
from thidua.issuing.card import Card
from thidua.issuing.posting import take_signature
from thidua.papers.finding import find_paper
from thidua.papers.routes import papers
from thidua.papers.showing import paper_page


@papers.post("/<int:paper_id>/signatures")
def sign(paper_id: int) -> ResponseReturnValue:
    """Sign off for one's own part."""

    def show(card: Card, status: int) -> ResponseReturnValue:
        db.session.rollback()
        return paper_page(find_paper(paper_id), status=status, card=card)

    return take_signature(paper_id, show)
