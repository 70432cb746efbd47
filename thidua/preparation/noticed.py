"""The facts of the notices of one half-day or of a whole plan, and the form with number and date above them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from thidua import form_fields as fields
from thidua.extensions import db
from thidua.identity import now
from thidua.models import ChecklistSession, PlanUnit, Preparation, Team, TeamMember
from thidua.models.office_settings import office_of
from thidua.models.plan import TEAM_ROLES
from thidua.models.plan_text import stored_facts
from thidua.preparation.link import address_of
from thidua.rules.errors import InvalidEntry
from thidua.rules.lifecycle import PLANNED
from thidua.rules.notice_facts import NoticeFacts, TeamPerson
from thidua.rules.office import Office
from thidua.rules.readiness import due_day
from thidua.rules.wording import plan_cited
from thidua.rules.words import day_of

MOST_NUMBER = 99_999


class PaperForm(FlaskForm):
    """What is typed above a paper before it is printed; it stands in the address, nothing of it is kept."""

    class Meta:
        csrf = False

    number = fields.WholeField("Số", least=1, most=MOST_NUMBER)
    issued_on = fields.DayField("Ngày ký")


@dataclass(frozen=True, slots=True)
class Noticed:
    """A half-day and what its papers say."""

    checklist_session: ChecklistSession
    facts: NoticeFacts


def asked_of(form: FlaskForm) -> dict[str, str]:
    """The fields that were typed, to be repeated in the addresses of the files."""
    return {name: request.args[name] for name in form.data if request.args.get(name)}


def require_right(form: FlaskForm) -> None:
    """For a file, which cannot show a form: raises ``InvalidEntry`` with the first error."""
    if not form.validate():
        raise InvalidEntry(str(next(iter(form.errors.values()))[0]))


def issued_on(form: Any) -> date:
    """The day typed, else today."""
    day: date | None = form.issued_on.data
    return day or day_of(now())


def noticed_session(checklist_session_id: int) -> Noticed:
    """One half-day, which is known to exist."""
    return _noticed(ChecklistSession.id == checklist_session_id)[0]


def noticed_plan(plan_id: int) -> list[Noticed]:
    """Every half-day of the plan in its order."""
    return _noticed(ChecklistSession.plan_id == plan_id)


def numbered(noticed: Sequence[Noticed], first: int | None, day: date) -> list[Noticed]:
    """The same with this day and numbers one after another; without numbers when there is no first."""
    return [
        replace(one, facts=replace(one.facts, number=first + at if first else None, issued_on=day))
        for at, one in enumerate(noticed)
    ]


def _noticed(which: Any) -> list[Noticed]:
    team = joinedload(ChecklistSession.plan_unit).joinedload(PlanUnit.team)
    rows = db.session.execute(
        select(ChecklistSession, Preparation)
        .join(PlanUnit, PlanUnit.id == ChecklistSession.plan_unit_id)
        .outerjoin(Preparation, Preparation.checklist_session_id == ChecklistSession.id)
        .where(which)
        .order_by(PlanUnit.position, ChecklistSession.id)
        .options(
            joinedload(ChecklistSession.plan),
            joinedload(ChecklistSession.unit),
            team.selectinload(Team.members).joinedload(TeamMember.account),
        )
        .execution_options(populate_existing=True)
    ).unique()
    office = office_of(db.session())
    told = [Noticed(room, _facts(room, preparation, office)) for room, preparation in rows]
    return told if office.prints_ranks else [replace(one, facts=one.facts.without_ranks()) for one in told]


def _facts(room: ChecklistSession, preparation: Preparation | None, office: Office) -> NoticeFacts:
    plan, plan_unit, unit = room.plan, room.plan_unit, room.unit
    told, team = stored_facts(plan.content), plan_unit.team
    leader = ", ".join(part for part in (unit.leader_name, unit.leader_office) if part)
    return NoticeFacts(
        issuer=office.issued_by(told.issuer_meant, told.issuer),
        parent=office.parent or told.parent,
        issuer_body=told.issuer_body,
        unit=unit.name,
        plan_reference=plan_cited(plan.number_label, plan.issued_on, told.issuer_body, plan.subject)
        if plan.number_label
        else "",
        subject=plan.subject,
        signer=told.signer,
        symbol=plan.symbol,
        place=told.place or office.place,
        leader=f"đồng chí {leader}" if unit.leader_name else "",
        on_date=plan_unit.on_date,
        half=plan_unit.half,
        starts_at=room.starts_at,
        venue=plan_unit.place,
        working_time=told.working_time,
        contents=told.contents,
        team_name=team.name if team else "",
        team=tuple(
            TeamPerson(one.account.name, one.account.office, TEAM_ROLES[one.role], one.account.rank)
            for one in (team.members if team else ())
        ),
        unit_side=told.unit_side,
        duties=told.duties,
        due_on=due_day(preparation.due_on if preparation else None, plan_unit.on_date),
        contacts=told.contacts,
        recipients=told.recipients,
        link=address_of(preparation) if room.state == PLANNED else "",
    )
