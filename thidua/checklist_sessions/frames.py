"""What each audience is to see of a change."""

from sqlalchemy import select

from thidua.extensions import db
from thidua.live import Event
from thidua.models import ChecklistSession


def head_revision(room: int) -> int:
    """The revision of the checklist session in the database."""
    return db.session.scalar(select(ChecklistSession.revision).where(ChecklistSession.id == room)) or 0


def load_events(room: int, after: int) -> list[Event]:
    """The changes after a revision, each rendered from the present state."""
    return []
