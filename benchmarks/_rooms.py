"""Fills an empty instance: one plan, open checklist sessions for as many units, everybody signed in."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from _stand import Reader

if TYPE_CHECKING:
    from flask import Flask

    from thidua.rules.sheet import Sheet

TEAM = ("head", "secretary", "member", "member", "member")


def build_rooms(folder: Path, database_url: str, count: int):
    """Returns the ids of the open sessions, who is in each (the head first), and what may be scored."""
    from thidua import create_app

    overrides = {"INSTANCE_FOLDER": folder}
    if database_url:
        overrides["SQLALCHEMY_DATABASE_URI"] = database_url.replace("postgresql://", "postgresql+psycopg://", 1)
    app = create_app(**overrides)
    with app.app_context():
        return _build(app, count)


def _build(app: Flask, count: int):
    from flask_migrate import upgrade

    from thidua.commands.setup import load_seeds
    from thidua.extensions import begin_writing, db
    from thidua.models import Account, Plan, PlanUnit, Team, TeamMember, Unit
    from thidua.models.planning import create_checklist_sessions

    upgrade()
    db.session.remove()
    begin_writing()
    at = datetime.now(UTC)
    _, checklist = load_seeds(db.session(), at=at)
    units = [Unit(name=f"Đơn vị {n}", kind="hoi_tinh", position=100 + n) for n in range(1, count + 1)]
    db.session.add_all(units)
    db.session.flush()
    team = [_account(Account, f"doan-{n}", "inspector", at) for n in range(len(TEAM))]
    clerks = [_account(Account, f"don-vi-{unit.id}", "unit", at, unit.id) for unit in units]
    db.session.add_all([*team, *clerks])
    db.session.flush()
    members = [
        TeamMember(account=account, role=role, position=n)
        for n, (account, role) in enumerate(zip(team, TEAM, strict=True), 1)
    ]
    sent = Team(name="Đoàn số 1", position=1, members=members)
    half_days = [PlanUnit(unit=unit, team=sent, position=n) for n, unit in enumerate(units, start=1)]
    plan = Plan(subject="Đo", year=at.year, created_at=at, teams=[sent], plan_units=half_days, content={})
    db.session.add(plan)
    db.session.flush()
    conclusions = create_checklist_sessions(plan, checklist.id, existing=())
    db.session.add_all(conclusions)
    db.session.flush()
    sessions = [conclusion.checklist_session for conclusion in conclusions]
    for each in sessions:
        each.open(by=team[0].actor, at=at, op_id=str(uuid.uuid4()))
    signed_in = {account.id: _sign_in(app, account.id, at) for account in (*team, *clerks)}
    db.session.commit()
    team_readers = [signed_in[account.id] for account in team]
    clerk_of = {clerk.unit_id: signed_in[clerk.id] for clerk in clerks}
    readers = {each.id: [*team_readers, clerk_of[each.unit_id]] for each in sessions}
    return [each.id for each in sessions], readers, _scorable(checklist.sheet)


def _account(kind, username: str, role: str, at: datetime, unit_id: int | None = None):
    """Nobody logs in with a password here: the login session is opened directly."""
    return kind(username=username, name=username, role=role, unit_id=unit_id, password_hash="-", created_at=at)


def _sign_in(app: Flask, account_id: int, at: datetime) -> Reader:
    from flask import g, session
    from flask_wtf.csrf import generate_csrf

    from thidua.extensions import db
    from thidua.models import LoginSession

    opened, token = LoginSession.open(account_id, at=at, lasts=timedelta(hours=12), address="", device="bench")
    db.session.add(opened)
    with app.test_request_context():
        g.pop("csrf_token", None)  # the person before had one, in the same application context
        session["token"] = token
        csrf_token = generate_csrf()
        signer = app.session_interface.get_signing_serializer(app)
        cookie = f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(dict(session))}"
    return Reader(cookie, csrf_token)


def _scorable(sheet: Sheet) -> list[tuple[int, list[str]]]:
    from thidua.rules.points import format_points

    found = []
    for criterion in sheet.leaves:
        if criterion.kind == "points" and criterion.maximum:
            step = criterion.step or 100
            found.append((criterion.id, [format_points(n) for n in range(0, criterion.maximum + 1, step)]))
    return found
