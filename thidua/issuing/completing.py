"""What follows when the last signature of a paper is there, in the same transaction."""

from thidua.extensions import db
from thidua.models import Paper
from thidua.models.passage import index_session
from thidua.rules import lifecycle


def complete(paper: Paper) -> None:
    """Call it after a signature or a refusal, before the commit; nothing happens while somebody is waited for."""
    if not paper.is_signed or paper.conclusion is None:
        return
    room = paper.conclusion.checklist_session
    if room.state == lifecycle.SIGNED:  # what follows minutes is found beside them, never before them
        db.session.flush()
        index_session(db.session(), room.id)
