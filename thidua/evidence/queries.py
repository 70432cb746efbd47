"""What the pages of evidence load, and who sees which piece."""

from collections.abc import Sequence

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.models import Evidence
from thidua.permissions import INSPECTED
from thidua.rules import lifecycle
from thidua.rules.errors import Refused
from thidua.session_pages.audiences import audience_of, sees_proposals
from thidua.session_pages.finding import Found


def evidence_of(session: Session, checklist_session_id: int, audience: str, state: str) -> Sequence[Evidence]:
    """Every piece this audience may see, oldest first."""
    rows = session.scalars(
        select(Evidence).where(Evidence.checklist_session_id == checklist_session_id).order_by(Evidence.id)
    )
    return [one for one in rows if is_seen(one, audience, state)]


def is_seen(one: Evidence, audience: str, state: str) -> bool:
    """As with remarks: until scoring is closed the unit sees only its own, and never what was withdrawn."""
    if sees_proposals(audience):
        return True
    own = one.side == "unit" or state not in (lifecycle.PLANNED, lifecycle.OPEN)
    return own and not one.withdrawn_at


def piece_or_404(session: Session, found: Found, evidence_id: int) -> Evidence:
    """The piece of this session with this id, if the person may see it."""
    room = found.checklist_session
    one = session.scalar(select(Evidence).where(Evidence.id == evidence_id, Evidence.checklist_session_id == room.id))
    if one is None or not is_seen(one, audience_of(found.standing.part), room.state):
        abort(404)
    return one


def side_of(found: Found) -> str:
    """Whose evidence this person adds."""
    return "unit" if found.standing.part == INSPECTED else "team"


def may_add_to(found: Found) -> bool:
    """Whether this person may add evidence now."""
    if not found.may("add_evidence"):
        return False
    try:
        lifecycle.require_can_add_evidence(found.checklist_session.state, side_of(found))
    except Refused:
        return False
    return True
