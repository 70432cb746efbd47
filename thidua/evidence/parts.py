"""The live parts of evidence: the list on its own page, and the strip on the card of each criterion.

Both are pure functions of state and audience; the buttons beside the strip are the person's own and never live.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import current_app
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.evidence.queries import evidence_of
from thidua.models import ChecklistSession, Evidence
from thidua.models.finders import sheet_of
from thidua.rules.errors import Refused
from thidua.rules.lifecycle import require_can_add_evidence
from thidua.rules.sheet import Sheet
from thidua.session_pages.audiences import PROJECTOR, sees_proposals
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


@dataclass(frozen=True, slots=True)
class Group:
    """The evidence of one criterion (``criterion_id`` 0: of the whole half-day)."""

    criterion_id: int
    number: str
    title: str
    pieces: tuple[Evidence, ...]


def evidence_part(session: Session, checklist_session_id: int, audience: str) -> str:
    """The list, and the strip of every criterion that has or had evidence."""
    state, checklist_id = session.execute(
        select(ChecklistSession.state, ChecklistSession.checklist_id).where(ChecklistSession.id == checklist_session_id)
    ).one()
    seen = [] if audience == PROJECTOR else evidence_of(session, checklist_session_id, audience, state)
    sheet = sheet_of(session, checklist_id)
    strips = strips_of(checklist_session_id, [leaf.id for leaf in sheet.leaves], seen)
    touched = session.scalars(
        select(Evidence.criterion_id).where(Evidence.checklist_session_id == checklist_session_id).distinct()
    )
    return "\n".join(
        [
            list_part(checklist_session_id, state, sheet, seen, 0 if sees_proposals(audience) else 1),
            *(strips[criterion_id] for criterion_id in touched if criterion_id),
        ]
    )


def list_part(
    checklist_session_id: int, state: str, sheet: Sheet, seen: Sequence[Evidence], is_unit: int, only: int | None = None
) -> str:
    """The live part ``evidence``: groups in the order of the checklist; ``only`` hides all but one of them."""
    return _render(
        "_evidence",
        id=checklist_session_id,
        state=state,
        groups=groups_of(sheet, seen),
        withdrawn=[one for one in seen if one.withdrawn_at],
        numbers={leaf.id: leaf.number for leaf in sheet.leaves},
        is_unit=bool(is_unit),
        only=only,
    )


def groups_of(sheet: Sheet, seen: Sequence[Evidence]) -> list[Group]:
    """What stands, by criterion; the whole half-day first, groups without evidence left out."""
    found: dict[int, list[Evidence]] = defaultdict(list)
    for one in seen:
        if not one.withdrawn_at:
            found[one.criterion_id or 0].append(one)
    places = [(0, "", "Cả buổi kiểm tra"), *((leaf.id, leaf.number, leaf.text) for leaf in sheet.leaves)]
    return [Group(id, number, title, tuple(found[id])) for id, number, title in places if id in found]


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
    from thidua.extensions import db

    room = found.checklist_session
    seen = evidence_of(db.session(), room.id, audience, room.state)
    criteria = [leaf.id for leaf in sheet_of(db.session(), room.checklist_id).leaves]
    may_add = may_add_to(found)
    return {
        criterion_id: Markup(_card(room.id, criterion_id, strip, may_add))
        for criterion_id, strip in strips_of(room.id, criteria, seen).items()
    }


def side_of(found: Found) -> str:
    """Whose evidence this person adds."""
    return "unit" if found.standing.part == "inspected" else "team"


def may_add_to(found: Found) -> bool:
    """Whether this person may add evidence now."""
    if not found.may("add_evidence"):
        return False
    try:
        require_can_add_evidence(found.checklist_session.state, side_of(found))
    except Refused:
        return False
    return True


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
