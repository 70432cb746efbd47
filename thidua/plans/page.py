"""What all pages of one plan have in common: the heading, the tabs, the warnings."""

from typing import Any

from flask import render_template, request, url_for

from thidua.identity import require_person
from thidua.models import Plan, PlanUnit
from thidua.models.plan import TEAM_SIZE
from thidua.permissions import may
from thidua.plans import queries
from thidua.rules.half_days import Booking, clashes, team_warnings

TABS = (
    ("Văn bản", "plans.show"),
    ("Đơn vị và lịch", "plans.schedule"),
    ("Đoàn kiểm tra", "plans.team_list"),
    ("Văn bản căn cứ", "plans.documents"),
    ("Ký biên bản", "plans.signing"),
)


def render_plan(template: str, plan: Plan, **values: Any) -> str:
    """A page of the plan."""
    tabs = [(label, url_for(endpoint, plan_id=plan.id), _is_under(endpoint, plan.id)) for label, endpoint in TABS]
    rights = {"may_edit": "edit_plans", "may_see_readiness": "see_readiness", "may_see_report": "see_reports"}
    person = require_person()
    return render_template(
        template, plan=plan, tabs=tabs, **{name: may(action, person) for name, action in rights.items()}, **values
    )


def warnings_of(plan: Plan) -> list[str]:
    """Teams of an unusual make-up, and people or units booked twice, in this plan or across plans."""
    told = [
        warning
        for team in plan.teams
        for warning in team_warnings(team.name, [member.role for member in team.members], *team_size(plan))
    ]
    days = [one.on_date for one in plan.plan_units if one.on_date]
    return told + list(clashes(map(_booking, queries.booked_on(days) if days else ()), plan.id))


def team_size(plan: Plan) -> tuple[int, int]:
    """The fewest and the most people of a team: as the plan says, or as plan 72/HTS does."""
    fewest = plan.content.get("team_min") or TEAM_SIZE[0]
    return fewest, max(fewest, plan.content.get("team_max") or TEAM_SIZE[-1])


def _booking(one: PlanUnit) -> Booking:
    assert one.on_date is not None
    people = tuple((member.account_id, member.account.name) for member in one.team.members) if one.team else ()
    return Booking(one.plan_id, one.plan.label, one.unit_id, one.unit.name, one.on_date, one.half, people)


def _is_under(endpoint: str, plan_id: int) -> bool:
    address = url_for(endpoint, plan_id=plan_id)
    return request.path == address or (endpoint != "plans.show" and request.path.startswith(address + "/"))
