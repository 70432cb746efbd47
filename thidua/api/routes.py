"""The read API's addresses: find (404), allow (403), answer plain values."""

from dataclasses import dataclass

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from thidua.api import queries
from thidua.api.scores import criteria_of, grade_of, totals_of
from thidua.converters import LARGEST_ID
from thidua.extensions import db
from thidua.identity import require_person
from thidua.models import ChecklistSession
from thidua.models.finders import hidden_of, part_label, session_sheet, session_with_part
from thidua.models.last_time import last_times_of
from thidua.permissions import Standing, allow, may, standing_in
from thidua.rules import lifecycle
from thidua.rules.errors import InvalidEntry

api = Blueprint("api", __name__, url_prefix="/api")


@api.get("/units")
def units() -> ResponseReturnValue:
    """Every unit, in the federation's own order."""
    allow("see_units", require_person())
    return queries.units()


@api.get("/plans")
def plans() -> ResponseReturnValue:
    """Every plan, the latest first."""
    allow("see_plans", require_person())
    return queries.plans()


@api.get("/plans/<int:plan_id>")
def plan(plan_id: int) -> ResponseReturnValue:
    """One plan with its units, their half-days and teams."""
    allow("see_plans", require_person())
    return queries.plan(plan_id) or abort(404)


@api.get("/checklist-sessions")
def checklist_sessions() -> ResponseReturnValue:
    """The checklist sessions this person may see, of one state with ``?state=``."""
    state = request.args.get("state", "")
    if state and state not in lifecycle.STATES:
        raise InvalidEntry(
            f"Không có tình trạng “{state[:20]}”. Các tình trạng: {', '.join(lifecycle.STATES)}.", "state"
        )
    return queries.checklist_sessions(require_person(), state)


@api.get("/checklist-sessions/<int:checklist_session_id>")
def checklist_session(checklist_session_id: int) -> ResponseReturnValue:
    """State, revision, every criterion with its scores, totals and grade; proposals for who may see them."""
    found = _find(checklist_session_id)
    opened = found.checklist_session
    open_book = may("see_proposals", require_person(), found.standing)
    heading = queries.heading(opened.id)  # first: the scores may be newer than the revision, never older
    sheet = session_sheet(db.session(), opened)
    scores = queries.scores(opened.id)
    agreed = {score.criterion_id: score.entry for score in scores if score.perspective == "agreed"}
    shows_grade = open_book or opened.state in (lifecycle.FROZEN, lifecycle.SIGNED)
    conclusion = queries.conclusion(opened.id)
    shows_total = open_book or not opened.keeps_total_back
    return heading | {
        "criteria": criteria_of(
            sheet,
            scores,
            open_book=open_book,
            hidden=hidden_of(db.session(), opened),
            reader_id=require_person().id,
            last_times=last_times_of(db.session(), opened, sheet),
        ),
        "totals": totals_of(sheet, agreed) if shows_total else None,
        **grade_of(sheet, agreed, conclusion, is_shown=shows_grade),
        "papers": queries.papers(conclusion, public=not open_book),
    }


@api.get("/checklist-sessions/<int:checklist_session_id>/journal")
def journal(checklist_session_id: int) -> ResponseReturnValue:
    """The journal in order, from the revision after ``?after=``.

    What a blind round hides has no value, and from there on no hash: with it the value could be found by trying.
    """
    found = _find(checklist_session_id)
    allow("see_history", require_person(), found.standing)
    after = min(request.args.get("after", 0, type=int), LARGEST_ID)
    hidden = hidden_of(db.session(), found.checklist_session)
    return queries.journal(checklist_session_id, after=max(after, 0), hidden=hidden, reader_id=require_person().id)


@dataclass(frozen=True, slots=True)
class _Found:
    checklist_session: ChecklistSession
    standing: Standing


def _find(checklist_session_id: int) -> _Found:
    """The checklist session and the asker's part in it; 404 when there is none, 403 to strangers."""
    person = require_person()
    row = db.session.execute(session_with_part(checklist_session_id, person.id)).one_or_none() or abort(404)
    found, role, place = row
    label = part_label(role, place)
    standing = standing_in(
        person, team_role=role, label=label, unit_id=found.unit_id, checklist_session_id=checklist_session_id
    )
    allow("see_session", person, standing)
    return _Found(found, standing)


from thidua.api import search as _search  # noqa: E402, F401  # its route joins the blueprint made above
