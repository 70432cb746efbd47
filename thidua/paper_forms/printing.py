"""The blank form as a PDF: for anybody's pen, or with a name printed on it."""

from urllib.parse import urlsplit

from flask import Response, abort, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from thidua.doors.pdf import render_apart
from thidua.extensions import db
from thidua.live.address import lan_host
from thidua.models import ChecklistSession, Score
from thidua.models.finders import session_sheet
from thidua.models.office_settings import office_of
from thidua.rules.form_code import form_code
from thidua.rules.half_days import HALF_WORDS
from thidua.rules.paper_form import FormFacts, compose_form
from thidua.rules.phrases import upper_first
from thidua.rules.words import date_screen
from thidua.session_pages.finding import Found, find
from thidua.session_pages.scribing import UNIT_MEANT, team_holders

OURSELVES = ("localhost", "127.0.0.1", "::1")


def form_pdf(checklist_session_id: int) -> ResponseReturnValue:
    """The form (``?for=`` an account id of the team, or "unit", prints the name); 404 for anybody else."""
    found = find(checklist_session_id)
    found.allow("print_form")
    facts, sheet = (_facts(found, request.args.get("for", "")), session_sheet(db.session(), found.checklist_session))
    document = compose_form(facts, sheet)
    db.session.rollback()  # rendering takes a second; no transaction waits for it
    name = f"phieu-cham-diem-{facts.code}.pdf"
    return Response(
        render_apart(document).pdf,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"},
    )


def code_of(checklist_session: ChecklistSession) -> str:
    """The code printed on this half-day's forms; needs ``plan`` loaded."""
    plan = checklist_session.plan
    return form_code(plan.symbol, plan.number, checklist_session.id)


def with_plan(checklist_session_id: int) -> ChecklistSession:
    """The checklist session with its plan, unit and place in the plan."""
    return db.session.scalars(
        select(ChecklistSession)
        .where(ChecklistSession.id == checklist_session_id)
        .options(
            joinedload(ChecklistSession.plan), joinedload(ChecklistSession.unit), joinedload(ChecklistSession.plan_unit)
        )
        .execution_options(populate_existing=True)
    ).one()


def _facts(found: Found, meant: str) -> FormFacts:
    checklist_session = with_plan(found.checklist_session.id)
    plan, plan_unit, code = checklist_session.plan, checklist_session.plan_unit, code_of(checklist_session)
    issued = f" ngày {date_screen(plan.issued_on)}" if plan.issued_on else ""
    office = office_of(db.session())
    return FormFacts(
        issuer=office.issued_by(plan.content.get("issuer_meant") or (), plan.content.get("issuer") or ()),
        parent=office.parent or plan.content.get("parent") or "",
        subject=f"{plan.subject} tại {checklist_session.unit.name}",
        unit=checklist_session.unit.name,
        plan=f"{found.plan_label}{issued}",
        code=code,
        address=_address(checklist_session.id, code),
        on=plan_unit.on_date,
        half=upper_first(HALF_WORDS.get(plan_unit.half, "")) if plan_unit.on_date else "",
        place=plan_unit.place,
        scorer=_scorer(found, meant),
        own={
            score.criterion_id: score.entry
            for score in db.session.scalars(
                select(Score).where(Score.checklist_session_id == checklist_session.id, Score.perspective == "self")
            )
        },
    )


def _scorer(found: Found, meant: str) -> str:
    if meant == UNIT_MEANT:
        return found.unit_name
    if not meant:
        return ""
    team = team_holders(db.session(), found.checklist_session.plan_unit_id)
    return next((f"{one.name} ({one.label})" for one, _role in team if str(one.id) == meant), None) or abort(404)


def _address(checklist_session_id: int, code: str) -> str:
    """Of the typing page as other devices reach it: a form printed at the server itself must not say "localhost"."""
    here = urlsplit(request.host_url)
    outside = lan_host() if here.hostname in OURSELVES else None
    host = (f"{outside}:{here.port}" if here.port else outside) if outside else here.netloc
    path = url_for("paper_forms.typing", checklist_session_id=checklist_session_id, code=code)
    return f"{here.scheme}://{host}{path}"
