"""The live parts of evidence, pure functions of state and audience: groups of the list, and strips of the cards.

A change sends only the group and the strip it touches: a list of two hundred photos must not cross a weak Wi-Fi with
every new one. Who comes back after a break gets the whole list.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.evidence.cards import strips_of
from thidua.evidence.queries import evidence_of
from thidua.models import ChecklistSession, Evidence
from thidua.models.finders import session_sheet
from thidua.rules.sheet import Sheet
from thidua.session_pages.audiences import PROJECTOR

NOTHING = "<!---->"  # a frame must not be empty: the screen's cursor moves with it


@dataclass(frozen=True, slots=True)
class Group:
    """The evidence of one criterion (``criterion_id`` 0: of the whole half-day)."""

    criterion_id: int
    number: str
    title: str
    pieces: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What an audience may see of one session's evidence."""

    id: int
    state: str
    sheet: Sheet
    seen: Sequence[Evidence]

    @property
    def groups(self) -> list[Group]:
        """Every criterion in order, the whole half-day first; most have no evidence."""
        found: dict[int, list[Evidence]] = defaultdict(list)
        for one in self.seen:
            if not one.withdrawn_at:
                found[one.criterion_id or 0].append(one)
        places = [(0, "", "Cả buổi kiểm tra"), *((leaf.id, leaf.number, leaf.text) for leaf in self.sheet.leaves)]
        return [Group(id, number, title, tuple(found[id])) for id, number, title in places]

    @property
    def withdrawn(self) -> list[Evidence]:
        """What was taken back, for those who still see it."""
        return [one for one in self.seen if one.withdrawn_at]


def shown_to(session: Session, checklist_session_id: int, audience: str) -> Shown:
    """What this audience may see."""
    room = session.execute(
        select(ChecklistSession.state, ChecklistSession.checklist_id, ChecklistSession.unit_kind).where(
            ChecklistSession.id == checklist_session_id
        )
    ).one()
    seen = evidence_of(session, checklist_session_id, audience, room.state)
    return Shown(checklist_session_id, room.state, session_sheet(session, room), seen)


def evidence_part(session: Session, checklist_session_id: int, audience: str) -> str:
    """The whole list, and the strip of every criterion that has or had evidence."""
    if audience == PROJECTOR:
        return NOTHING
    touched = session.scalars(
        select(Evidence.criterion_id).where(Evidence.checklist_session_id == checklist_session_id).distinct()
    )
    shown = shown_to(session, checklist_session_id, audience)
    strips = strips_of(shown.id, [one for one in touched if one], shown.seen)
    return "\n".join([list_part(shown), *strips.values()])


def touched_part(session: Session, checklist_session_id: int, criterion_id: int | None, audience: str) -> str:
    """The group of one criterion (None: the whole half-day) and its strip."""
    if audience == PROJECTOR:
        return NOTHING
    shown = shown_to(session, checklist_session_id, audience)
    group = next(one for one in shown.groups if one.criterion_id == (criterion_id or 0))
    strips = strips_of(shown.id, [criterion_id] if criterion_id else [], shown.seen)
    return "\n".join([_render("_group", shown, group=group), _render("_rest", shown), *strips.values()])


def list_part(shown: Shown, only: int | None = None) -> str:
    """The live part ``evidence``; ``only`` hides all but one of its groups."""
    return _render("_evidence", shown, only=only)


def _render(name: str, shown: Shown, **values: object) -> str:
    return current_app.jinja_env.get_template(f"evidence/{name}.html").render(
        id=shown.id,
        state=shown.state,
        groups=shown.groups,
        withdrawn=shown.withdrawn,
        numbers={leaf.id: leaf.number for leaf in shown.sheet.leaves},
        **values,
    )
