"""The list of plans, and the plan as it is printed."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from thidua.doors.pdf import render_apart
from thidua.extensions import db
from thidua.identity import require_person
from thidua.models.plan_text import facts_of
from thidua.permissions import allow, may
from thidua.plans import queries
from thidua.plans.page import render_plan
from thidua.rules.plan_document import compose_plan
from thidua.session_pages.readable_papers import readable_papers


def index() -> ResponseReturnValue:
    """Every plan, by year."""
    person = require_person()
    allow("see_plans", person)
    return render_template("plans/index.html", years=queries.plans_by_year(), may_edit=may("edit_plans", person))


def show(plan_id: int) -> ResponseReturnValue:
    """The document as it would be printed."""
    plan = queries.plan_page(plan_id)
    person = require_person()
    allow("see_plans", person)
    issued = readable_papers(plan_id, person)
    return render_plan("plans/plan.html", plan, document=compose_plan(facts_of(plan)), issued=issued)


def pdf(plan_id: int) -> ResponseReturnValue:
    """The same document on paper (Nghị định 30/2020/NĐ-CP)."""
    plan = queries.plan_page(plan_id)
    allow("see_plans", require_person())
    document = compose_plan(facts_of(plan))
    db.session.rollback()  # rendering takes a second; no transaction waits for it
    rendered = render_apart(document)
    return Response(
        rendered.pdf,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="ke-hoach-{plan_id}.pdf"'},
    )
