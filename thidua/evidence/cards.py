"""Evidence on the card of a criterion: the live strip of its latest pieces, and the person's own buttons beside it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import current_app
from markupsafe import Markup

from thidua.evidence.queries import evidence_of, may_add_to
from thidua.extensions import db
from thidua.models import Evidence
from thidua.models.finders import session_sheet
from thidua.session_pages.finding import Found

SHOWN_ON_CARD = 4
KEPT = 1024


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece as a card shows it."""

    id: int
    name: str
    caption: str
    is_picture: bool


def strips_of(checklist_session_id: int, criteria: Sequence[int], seen: Sequence[Evidence]) -> dict[int, str]:
    """Criterion id -> the live part ``evidence-<criterion id>``."""
    found: dict[int, list[Piece]] = defaultdict(list)
    for one in seen:
        if one.criterion_id and not one.withdrawn_at:
            found[one.criterion_id].append(Piece(one.id, one.name, one.caption, bool(one.thumbnail)))
    return {
        criterion_id: _strip(checklist_session_id, criterion_id, tuple(found[criterion_id]))
        for criterion_id in criteria
    }


def evidence_on_cards(found: Found, audience: str) -> Mapping[int, Markup]:
    """For the card of every criterion: its strip, and where this person may, the buttons to add to it."""
    room = found.checklist_session
    seen = evidence_of(db.session(), room.id, audience, room.state)
    criteria = [leaf.id for leaf in session_sheet(db.session(), room).leaves]
    may_add = may_add_to(found)
    return {
        criterion_id: Markup(_card(room.id, criterion_id, strip, may_add))
        for criterion_id, strip in strips_of(room.id, criteria, seen).items()
    }


@lru_cache(maxsize=KEPT)
def _strip(checklist_session_id: int, criterion_id: int, pieces: tuple[Piece, ...]) -> str:
    return _render(
        "_strip", id=checklist_session_id, criterion_id=criterion_id, pieces=pieces[-SHOWN_ON_CARD:], count=len(pieces)
    )


@lru_cache(maxsize=KEPT)
def _card(checklist_session_id: int, criterion_id: int, strip: str, may_add: bool) -> str:
    return _render("_card", id=checklist_session_id, criterion_id=criterion_id, strip=strip, may_add=may_add)


def _render(name: str, **values: Any) -> str:
    return current_app.jinja_env.get_template(f"evidence/{name}.html").render(**values)
