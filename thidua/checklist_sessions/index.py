"""The list of checklist sessions."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from thidua.checklist_sessions.index_queries import grouped, visible_sessions
from thidua.checklist_sessions.routes import checklist_sessions
from thidua.extensions import db
from thidua.identity import now, require_person
from thidua.permissions import may
from thidua.rules.lifecycle import LABELS
from thidua.rules.words import day_of


@checklist_sessions.get("")
def index() -> ResponseReturnValue:
    """Every half-day this person may see; ``?state=`` and ``?plan=`` narrow the list."""
    person = require_person()
    rows = visible_sessions(db.session(), person)
    plans = {row.plan_id: row.plan for row in sorted(rows, key=lambda row: -row.year)}
    state = request.args.get("state", "")
    state = state if state in LABELS else ""
    plan_id = request.args.get("plan", 0, type=int)
    chosen = [row for row in rows if state in ("", row.state) and plan_id in (0, row.plan_id)]
    return render_template(
        "checklist_sessions/index.html",
        groups=grouped(chosen, day_of(now())),
        rows=rows,
        plans=plans,
        plan_id=plan_id,
        state=state,
        states=LABELS,
        may_edit_plans=may("edit_plans", person),
    )
