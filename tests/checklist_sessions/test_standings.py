"""The values kept between two scores are never older than the journal."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from tests.checklist_sessions.rooms import here
from tests.conftest import new_op
from tests.world import World
from thidua.checklist_sessions.queries import standings_of
from thidua.checklist_sessions.standings import keep_standings, standings_after
from thidua.extensions import db
from thidua.models import ChecklistSession, Criterion
from thidua.rules.entries import Entry

Clients = Callable[[str], FlaskClient]


def the_session(world: World) -> ChecklistSession:
    return db.session.execute(select(ChecklistSession).where(ChecklistSession.id == world.open_id)).scalar_one()


def test_values_of_the_revision_just_before_are_used_with_the_criterion_that_changed(app: Flask, world: World) -> None:
    with app.app_context():
        one = the_session(world)
        set_committed_value(one, "scores", [])
        keep_standings(db.session(), one, {99: {("agreed", 0): Entry(points=100)}})
        one.revision += 1
        assert standings_after(db.session(), one, 7) == {99: {("agreed", 0): Entry(points=100)}, 7: {}}
        db.session.rollback()


def test_after_a_change_that_went_another_way_everything_is_read_again(app: Flask, world: World) -> None:
    with app.app_context():
        one = the_session(world)
        keep_standings(db.session(), one, {99: {("agreed", 0): Entry(points=100)}})
        one.revision += 2
        assert standings_after(db.session(), one, 7) == standings_of(db.session(), one.id)
        db.session.rollback()


def test_totals_follow_scores_mixed_with_other_changes(app: Flask, world: World, client_of: Clients) -> None:
    with app.app_context():
        leaves = db.session.scalars(
            select(Criterion).where(Criterion.kind == "points").order_by(Criterion.id).limit(4)
        ).all()
        ids = [leaf.id for leaf in leaves]
    head = client_of("truong-doan")
    totals = []
    for turn, criterion in enumerate(ids):
        address = here(world.open_id, f"/criteria/{criterion}/scores")
        fields = {"perspective": "agreed", "points": "1", "op_id": new_op(), "base_version": "99999"}
        answer = head.post(address, data=fields)
        assert answer.status_code == 200, answer.text
        totals.append(answer.text.partition('id="totals"')[2])
        if turn == 1:  # a change that is no score: the kept values are then one revision behind
            shown = head.post(here(world.open_id, f"/criteria/{criterion}/showing"), data={"op_id": new_op()})
            assert shown.status_code == 200
    with app.app_context():
        agreed = {c for c, each in standings_of(db.session(), world.open_id).items() if ("agreed", 0) in each}
    assert agreed >= set(ids)
    page = head.get(here(world.open_id)).text.partition('id="totals"')[2]
    assert page[:200] == totals[-1][:200]
