"""The projector: unit, criterion under discussion, agreed points, total. Never a member's proposal."""

from typing import Any

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from thidua.checklist_sessions.queries import standings_of
from thidua.checklist_sessions.view import Standings, agreed_in, display_of, leaves_below, totals_line
from thidua.models import ChecklistSession, Score
from thidua.models.finders import sheet_of
from thidua.models.score import NOBODY
from thidua.rules import lifecycle
from thidua.rules.points import format_points
from thidua.rules.scoring import compute_totals
from thidua.rules.sheet import Criterion, Sheet

MOST_ON_ONE_SCREEN = 24


def projector_part(session: Session, room: int) -> str:
    """The live partial ``projector-body``."""
    template = current_app.jinja_env.get_template("checklist_sessions/_projector_body.html")
    return template.render(projector_view(session, room))


def projector_view(session: Session, room: int) -> dict[str, Any]:
    """What ``_projector_body.html`` needs."""
    checklist_session = session.scalars(
        select(ChecklistSession)
        .where(ChecklistSession.id == room)
        .options(joinedload(ChecklistSession.unit), joinedload(ChecklistSession.plan))
    ).one()
    sheet = sheet_of(session, checklist_session.checklist_id)
    standing = standings_of(session, room)
    totals = compute_totals(sheet, agreed_in(standing))
    current = checklist_session.criterion_on_screen_id or _last_settled(session, room)
    return {
        "room": {
            "id": room,
            "unit_name": checklist_session.unit.name,
            "plan_label": checklist_session.plan.label,
            "state_label": lifecycle.LABELS[checklist_session.state],
            "revision": checklist_session.revision,
        },
        "totals": totals_line(totals, ""),
        "current": _current(sheet, standing, current),
        "points": _points(sheet, standing, current),
        "sections": [
            {
                "number": section.number,
                "title": section.text,
                "points_display": format_points(section.points),
                "maximum_display": format_points(section.maximum),
                "scored": section.scored,
                "count": section.leaves,
            }
            for section in totals.sections
            if section.depth == 0
        ],
    }


def _last_settled(session: Session, room: int) -> int | None:
    newest = (
        select(func.max(Score.version))
        .where(Score.checklist_session_id == room, Score.perspective == "agreed")
        .scalar_subquery()
    )
    return session.scalar(
        select(Score.criterion_id).where(
            Score.checklist_session_id == room, Score.perspective == "agreed", Score.version == newest
        )
    )


def _current(sheet: Sheet, standing: Standings, current: int | None) -> dict[str, Any] | None:
    for root in sheet.roots:
        for leaf in leaves_below(root):
            if leaf.id == current:
                return {
                    "number": leaf.number,
                    "short": leaf.text,
                    "section_title": root.text,
                    "maximum": format_points(leaf.maximum or 0),
                    "self": _display(leaf, standing, "self"),
                    "agreed": _display(leaf, standing, "agreed"),
                }
    return None


def _points(sheet: Sheet, standing: Standings, current: int | None) -> list[dict[str, Any]]:
    leaves = sheet.leaves
    if len(leaves) > MOST_ON_ONE_SCREEN:
        sections = [leaves_below(root) for root in sheet.roots]
        leaves = next((each for each in sections if any(leaf.id == current for leaf in each)), sections[0])
    return [
        {
            "id": leaf.id,
            "number": leaf.number,
            "agreed": _display(leaf, standing, "agreed"),
            "maximum": format_points(leaf.maximum or 0),
            "is_current": leaf.id == current,
        }
        for leaf in leaves
    ]


def _display(leaf: Criterion, standing: Standings, perspective: str) -> str:
    entry = standing.get(leaf.id, {}).get((perspective, NOBODY))
    return display_of(leaf, entry) if entry else ""
