"""Who may go on watching a stream that was opened rightly."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.world import World
from thidua.extensions import db
from thidua.models import LoginSession, TeamMember
from thidua.models.actor import Actor
from thidua.session_pages.finding import may_still_watch


@pytest.fixture
def reader(app: Flask, world: World) -> Actor:
    """The secretary, signed in until an hour from now."""
    person, now = world.thu_ky, datetime.now(UTC)
    with app.app_context():
        opened, _token = LoginSession.open(person.id, at=now, lasts=timedelta(hours=1), address="", device="")
        db.session.add(opened)
        db.session.commit()
        return Actor(person.id, person.name, person.role, login_session_id=opened.id)


def test_while_signed_in_and_on_the_team(app: Flask, world: World, reader: Actor) -> None:
    with app.app_context():
        assert may_still_watch(world.open_id, reader)


def test_not_when_the_login_has_run_out(app: Flask, world: World, reader: Actor) -> None:
    with app.app_context():
        db.session.get_one(LoginSession, reader.login_session_id).expires_at = datetime.now(UTC) - timedelta(seconds=1)
        db.session.commit()
        assert not may_still_watch(world.open_id, reader)


def test_not_when_no_longer_on_the_team(app: Flask, world: World, reader: Actor) -> None:
    with app.app_context():
        db.session.query(TeamMember).filter_by(account_id=reader.id).delete()
        db.session.commit()
        assert not may_still_watch(world.open_id, reader)


def test_who_came_in_by_a_number_watches_that_half_day_only(app: Flask, world: World, reader: Actor) -> None:
    inside = replace(reader, only_session_id=world.open_id)
    with app.app_context():
        assert may_still_watch(world.open_id, inside)
        assert not may_still_watch(world.planned_id, inside)
        assert may_still_watch(world.planned_id, reader)
