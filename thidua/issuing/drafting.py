"""The minutes as composed now, for every room that shows them before they freeze.

What they say is read by the conclusions' room, which names its composer here: noun folders never import each other.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from thidua.models import Conclusion
from thidua.rules.documents import Document
from thidua.rules.minutes_facts import MinutesFacts


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of the half-day, and the minutes composed from it, marked as a draft and without any edit."""

    facts: MinutesFacts
    document: Document


Composer = Callable[[Session, Conclusion, bool], Draft]  # ..., whether proposals may be told of

_COMPOSERS: list[Composer] = []


def register_composer(composer: Composer) -> None:
    """Called once, where the noun's routes are made."""
    _COMPOSERS[:] = [composer]


def compose_draft(session: Session, conclusion: Conclusion, *, open_book: bool) -> Draft:
    """The minutes as they would be now, without people's own wording (``models.manuscript`` puts it in)."""
    return _COMPOSERS[0](session, conclusion, open_book)
