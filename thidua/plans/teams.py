"""The teams of a plan: who goes, and in which part."""

import uuid
from dataclasses import dataclass

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from thidua.committing import commit_changes
from thidua.extensions import db
from thidua.identity import now, require_person
from thidua.models import Account, Plan, PlanUnit, Team
from thidua.models.finders import planned_sessions
from thidua.models.plan import TEAM_ROLES
from thidua.models.planning import all_follow_plan
from thidua.permissions import allow
from thidua.plans import queries
from thidua.plans.page import render_plan, team_size, warnings_of
from thidua.rules.errors import Refused
from thidua.rules.vietnamese import clean_line, given_name_key

LONGEST_NAME = 120
MOST_SEATS = 30


@dataclass(frozen=True, slots=True)
class TypedTeam:
    """A team as it stands in its form: (account id or 0, role) for each seat, the empty ones last."""

    name: str
    seats: tuple[tuple[int, str], ...]
    error: str = ""


def team_list(plan_id: int) -> ResponseReturnValue:
    """Every team with its people."""
    plan = queries.plan_page(plan_id)
    allow("see_plans", require_person())
    return _page(plan, {})


def create_team(plan_id: int) -> ResponseReturnValue:
    """One more team, still empty."""
    plan = queries.plan_for_change(plan_id)
    allow("edit_plans", require_person())
    name = clean_line(request.form.get("name", ""))[:LONGEST_NAME] or f"Đoàn số {len(plan.teams) + 1}"
    team = plan.add_team(name)
    db.session.commit()
    flash(f"Đã thêm {team.name}. Xin chọn thành viên.", "success")
    return _back(plan_id, team.id)


def save_team(plan_id: int, team_id: int) -> ResponseReturnValue:
    """Name, members and roles at once; half-days not yet begun expect these people."""
    plan = queries.plan_for_change(plan_id)
    person = require_person()
    allow("edit_plans", person)
    team = _team(plan, team_id)
    people = {account.id: account for account in queries.possible_members(plan)}
    typed = _typed(team, people, most=team_size(plan)[1])
    if typed.error:
        db.session.rollback()
        return _page(queries.plan_page(plan_id), {team_id: typed}), 422
    team.name = typed.name
    team.choose_members([(people[account_id], role) for account_id, role in typed.seats if account_id])
    db.session.flush()
    planned = planned_sessions(db.session(), plan_id=plan_id)
    commit_changes(all_follow_plan(planned, by=person, at=now(), op_id=uuid.uuid4()))
    flash(f"Đã lưu {team.name}.", "success")
    return _back(plan_id, team_id)


def remove_team(plan_id: int, team_id: int) -> ResponseReturnValue:
    """A team that goes nowhere may be removed."""
    plan = queries.plan_for_change(plan_id)
    allow("edit_plans", require_person())
    team = _team(plan, team_id)
    if db.session.scalar(select(PlanUnit.id).where(PlanUnit.team_id == team_id).limit(1)):
        raise Refused(
            f"{team.name} đang được xếp đi kiểm tra. Xin chọn đoàn khác cho các đơn vị đó ở phần "
            "“Đơn vị và lịch” trước khi bỏ đoàn này."
        )
    plan.teams.remove(team)
    db.session.commit()
    flash(f"Đã bỏ {team.name}.", "success")
    return _back(plan_id)


def _page(plan: Plan, typed: dict[int, TypedTeam]) -> str:
    people = sorted(queries.possible_members(plan), key=lambda account: given_name_key(account.name))
    most = team_size(plan)[1]
    teams = [(team, typed.get(team.id) or _standing(team, most)) for team in plan.teams]
    busy = {one.team_id for one in plan.plan_units}
    return render_plan(
        "plans/teams.html",
        plan,
        teams=teams,
        people=people,
        roles=TEAM_ROLES,
        busy=busy,
        size=team_size(plan),
        warnings=warnings_of(plan),
    )


def _standing(team: Team, most: int) -> TypedTeam:
    return TypedTeam(team.name, _padded([(member.account_id, member.role) for member in team.members], most))


def _typed(team: Team, people: dict[int, Account], *, most: int) -> TypedTeam:
    name = clean_line(request.form.get("name", ""))
    accounts, roles = request.form.getlist("account")[:MOST_SEATS], request.form.getlist("role")[:MOST_SEATS]
    seats = [
        (int(account) if account.isascii() and account.isdecimal() else 0, role)
        for account, role in zip(accounts, roles, strict=False)
    ]
    taken = [account_id for account_id, _role in seats if account_id]
    error = ""
    if not name or len(name) > LONGEST_NAME:
        error = "Xin ghi tên đoàn, không quá 120 chữ."
    elif any(one not in people for one in taken) or any(role not in TEAM_ROLES for _one, role in seats):
        error = "Có người không còn chọn được vào đoàn. Xin xem lại danh sách."
    elif len(taken) != len(set(taken)):
        twice = next(one for one in taken if taken.count(one) > 1)
        error = f"Đồng chí {people[twice].name} được chọn hai lần trong đoàn. Xin bỏ bớt một dòng."
    return TypedTeam(name, _padded(seats, most), error)


def _padded(seats: list[tuple[int, str]], most: int) -> tuple[tuple[int, str], ...]:
    """At least as many seats as the team should have, and always one to spare."""
    filled = [seat for seat in seats if seat[0]]
    empty = max(most - len(filled), 1)
    if filled:
        return (*filled, *[(0, "member")] * empty)
    return ((0, "head"), (0, "secretary"), *[(0, "member")] * max(most - 2, 1))


def _team(plan: Plan, team_id: int) -> Team:
    return next((team for team in plan.teams if team.id == team_id), None) or abort(404)


def _back(plan_id: int, team_id: int | None = None) -> ResponseReturnValue:
    return redirect(url_for("plans.team_list", plan_id=plan_id, _anchor=f"team-{team_id}" if team_id else None), 303)
