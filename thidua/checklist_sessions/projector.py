"""The projector: unit, step, criterion under discussion, agreed points, total, timer. Never a member's proposal."""

from typing import Any

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from thidua.checklist_sessions.queries import standings_of
from thidua.checklist_sessions.view import Standings, agreed_in, display_of, leaves_below, unit_totals
from thidua.extensions import db
from thidua.filters import THEMES, appearance
from thidua.models import ChecklistSession, Score
from thidua.models.finders import session_sheet
from thidua.models.score import NOBODY
from thidua.rules import lifecycle
from thidua.rules.points import format_points
from thidua.rules.scoring import Totals, compute_totals
from thidua.rules.sheet import Criterion, Sheet
from thidua.rules.sheet_words import maximum_words
from thidua.rules.unscored import unscored
from thidua.session_pages.finding import Found
from thidua.session_pages.header import clock_of
from thidua.session_pages.schedule import schedule_of
from thidua.session_pages.wall import wall_part

MOST_ON_ONE_SCREEN = 24
WALL = "wall"
"""The cookie with what was chosen for the wall on this device: "<theme>.<guidance>"."""


def projector_page(found: Found) -> ResponseReturnValue:
    """The whole page. Its theme is its own: the laptop that shows it may be light and the wall dark."""
    address = f"/checklist-sessions/{found.checklist_session.id}"
    theme, _, guidance = request.cookies.get(WALL, "").partition(".")
    return render_template(
        "checklist_sessions/projector.html",
        appearance={"theme": theme if theme in THEMES else appearance()["theme"], "size": "0"},
        shows_guidance=guidance == "1",
        clock=clock_of(found.checklist_session.id),
        urls={"stream": f"{address}/stream?screen=projector", "changes": f"{address}/changes?screen=projector"},
        instead=Markup(wall_part(db.session(), found.checklist_session.id)),  # rendered by our own template
        **projector_view(db.session(), found.checklist_session.id),
    )


def projector_part(session: Session, room: int) -> str:
    """The live partial ``projector-body``: what another noun shows now (the minutes being read), else the scores."""
    instead = wall_part(session, room)
    if instead:
        return instead
    template = current_app.jinja_env.get_template("checklist_sessions/_projector_body.html")
    return template.render(projector_view(session, room))


def projector_view(session: Session, room: int) -> dict[str, Any]:
    """What ``_projector_body.html`` needs. A total kept back is not in it."""
    checklist_session = session.scalars(
        select(ChecklistSession)
        .where(ChecklistSession.id == room)
        .options(joinedload(ChecklistSession.unit), joinedload(ChecklistSession.plan))
    ).one()
    sheet = session_sheet(session, checklist_session)
    standing = standings_of(session, room)
    totals, is_kept_back = compute_totals(sheet, agreed_in(standing)), checklist_session.keeps_total_back
    current = checklist_session.criterion_on_screen_id or _last_settled(session, room)
    return {
        "room": {
            "id": room,
            "unit_name": checklist_session.unit.name,
            "plan_label": checklist_session.plan.label,
            "state_label": lifecycle.LABELS[checklist_session.state],
            "revision": checklist_session.revision,
        },
        "schedule": schedule_of(session, room),
        "totals": unit_totals(totals, is_kept_back=is_kept_back),
        "current": _current(sheet, standing, current),
        "points": _points(sheet, standing, current),
        "sections": [] if is_kept_back else _sections(totals),
    }


def _sections(totals: Totals) -> list[dict[str, Any]]:
    return [
        {
            "number": section.number,
            "points_display": format_points(section.points),
            "maximum_display": format_points(section.maximum) if section.maximum else "",
        }
        for section in totals.sections
        if section.depth == 0
    ]


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
                    "id": leaf.id,
                    "number": leaf.number,
                    "text": leaf.text,
                    "guidance": leaf.guidance,
                    "section_title": root.text if root.id != leaf.id else "",
                    "maximum": _most(leaf) or "–",
                    "self": _display(leaf, standing, "self"),
                    "agreed": _display(leaf, standing, "agreed"),
                }
    return None


def _points(sheet: Sheet, standing: Standings, current: int | None) -> list[dict[str, Any]]:
    leaves, spared = sheet.leaves, unscored(sheet, agreed_in(standing)).spared
    if len(leaves) > MOST_ON_ONE_SCREEN:
        sections = [leaves_below(root) for root in sheet.roots]
        leaves = next((each for each in sections if any(leaf.id == current for leaf in each)), sections[0])
    return [
        {
            "id": leaf.id,
            "number": leaf.number,
            "agreed": _display(leaf, standing, "agreed"),
            "maximum": _most(leaf),
            "is_current": leaf.id == current,
            "is_spared": leaf.id in spared,
        }
        for leaf in leaves[:MOST_ON_ONE_SCREEN]
    ]


def _most(leaf: Criterion) -> str:
    """ "12", "-10" for a penalty; nothing where there is no limit."""
    words = maximum_words(leaf)
    return words if any(sign.isdigit() for sign in words) else ""


def _display(leaf: Criterion, standing: Standings, perspective: str) -> str:
    entry = standing.get(leaf.id, {}).get((perspective, NOBODY))
    return display_of(leaf, entry) if entry else ""
