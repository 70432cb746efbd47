"""The demo, built once by the real command, with one more half-day that has not begun; each test gets a copy."""

import itertools
import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import make_app
from tests.servers.demo_server import DemoServer
from tests.servers.warm_server import Launcher, WarmServer
from tests.stores import store_for
from thidua.commands.demo import TEAM, UNIT
from thidua.commands.load_plan import load_plan
from thidua.commands.setup import SEEDS, prepare
from thidua.extensions import begin_writing, db
from thidua.models import Account, Checklist, ChecklistSession, Conclusion, PlanUnit, TeamMember
from thidua.models.planning import create_checklist_sessions
from thidua.rules.words import day_of


@dataclass(frozen=True)
class HalfDay:
    """The addresses of one checklist session."""

    id: int
    conclusion_id: int

    @property
    def score(self) -> str:
        return f"/checklist-sessions/{self.id}"

    @property
    def conclusion(self) -> str:
        return f"/conclusions/{self.conclusion_id}"

    @property
    def pdf(self) -> str:
        return f"{self.conclusion}/minutes.pdf"


class DemoInstance:
    """``planned`` has not begun, ``under_way`` is half scored, ``signed`` has its minutes; all of the same unit."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self._store = store_for(database_url, folder, "thidua_browser")
        self._folder = folder / "instance"
        self._copies = itertools.count(1)
        app = make_app(self._store.template_url, self._folder)
        prepare(app, demo=True)
        with app.app_context():
            self.planned = _plan_a_half_day(db.session())
            self.under_way, self.signed = _half_day_in("open"), _half_day_in("signed")
            db.session.remove()
            db.engine.dispose()
        _let_go(app)

    def copy(self, folder: Path, launcher: Launcher | None) -> tuple[DemoServer, str]:
        """A server on a fresh copy, not started yet, and the address of its database."""
        shutil.copytree(self._folder, folder)
        url = self._store.copy()
        return WarmServer(launcher, folder, url, host="0.0.0.0") if launcher else DemoServer(folder, url), url

    def drop(self, database_url: str) -> None:
        self._store.drop(database_url)

    def drop_all(self) -> None:
        self._store.drop_all()


def _plan_a_half_day(session: Session) -> HalfDay:
    """A plan of today's year for the demo's unit and team, and its checklist session, still planned."""
    now = datetime.now(UTC)
    source = json.loads((SEEDS / "plan72.json").read_text(encoding="utf-8"))
    source["header"] |= {"number": 81, "number_as_printed": "Số: 81 /HTS", "date": day_of(now).isoformat()}
    source["units"] = [one for one in source["units"] if one["name"] == UNIT]
    begin_writing()
    plan = load_plan(session, source, at=now)
    accounts = {account.username: account for account in session.scalars(select(Account))}
    plan.teams[0].members = [
        TeamMember(account=accounts[username], role=role, position=position)
        for position, (username, role) in enumerate(TEAM, start=1)
    ]
    half_day: PlanUnit = plan.plan_units[0]
    half_day.on_date, half_day.place = day_of(now), "Hội trường Tỉnh hội"
    session.flush()
    checklist_id = session.scalars(select(Checklist.id).where(Checklist.state == "published")).one()
    [conclusion] = create_checklist_sessions(plan, checklist_id, existing=())
    session.add(conclusion)
    session.commit()
    return HalfDay(conclusion.checklist_session_id, conclusion.id)


def _half_day_in(state: str) -> HalfDay:
    id, conclusion_id = db.session.execute(
        select(ChecklistSession.id, Conclusion.id)
        .join(Conclusion, Conclusion.checklist_session_id == ChecklistSession.id)
        .where(ChecklistSession.state == state)
        .order_by(ChecklistSession.id)
    ).first() or (0, 0)
    return HalfDay(id, conclusion_id)


def _let_go(app: Flask) -> None:
    app.extensions["live_hub"].close()
