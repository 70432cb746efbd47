"""Gates that nobody can compute, discipline above all: the head of team declares them on the conclusion's page."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.checklist_sessions.rooms import here
from tests.checklists.all_shapes import give_all_shapes
from tests.conftest import new_op
from tests.world import MORNING, World
from thidua.commands.check_sessions import session_damages
from thidua.conclusions.facts import half_day
from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession, Conclusion
from thidua.models.finders import session_sheet
from thidua.rules.grading import manual_gates

ClientOf = Callable[[str], FlaskClient]


@pytest.fixture
def places(app: Flask, world: World) -> list[int]:
    """The manual gates of a closed half-day with a sheet that has some."""
    give_all_shapes(app, world.open_id)
    with app.app_context():
        begin_writing()
        room = db.session.get_one(ChecklistSession, world.open_id)
        room.close(by=world.truong_doan, at=MORNING, op_id=new_op())
        db.session.commit()
        found = list(manual_gates(session_sheet(db.session(), room)))
    assert found
    return found


def declare(client: FlaskClient, world: World, *gates: int | str, base_version: int = 0) -> int:
    sent = {"gates": [str(one) for one in gates], "op_id": new_op(), "base_version": str(base_version)}
    return client.post(f"/conclusions/{world.conclusion_id}/gates", data=sent).status_code


def declared(app: Flask, world: World) -> list[int]:
    with app.app_context():
        return list(db.session.scalar(select(Conclusion.declared_gates).where(Conclusion.id == world.conclusion_id)))


def test_the_head_declares_a_gate_and_takes_it_back(
    app: Flask, world: World, client_of: ClientOf, places: list[int]
) -> None:
    head = client_of("truong-doan")
    assert declare(head, world, places[0]) == 303
    assert declared(app, world) == [places[0]]
    page = head.get(f"/conclusions/{world.conclusion_id}").get_data(as_text=True)
    assert f'name="gates" id="gates-0" value="{places[0]}" checked' in page
    assert "Áp dụng khống chế xếp loại" in head.get(f"{here(world.open_id)}/history").get_data(as_text=True)
    with app.app_context():
        assert list(session_damages(db.session())) == []
        version = db.session.get_one(Conclusion, world.conclusion_id).version
    assert declare(head, world, base_version=0) == 409
    assert declare(head, world, base_version=version) == 303
    assert declared(app, world) == []


@pytest.mark.parametrize("bad", [99, "x"])
def test_a_gate_that_is_not_on_the_sheet_is_refused(
    app: Flask, world: World, client_of: ClientOf, places: list[int], bad: int | str
) -> None:
    assert declare(client_of("truong-doan"), world, bad) == 422
    assert declared(app, world) == []


@pytest.mark.parametrize("username", ["thu-ky", "thanh-vien-1", "don-vi", "can-bo", "nguoi-ngoai"])
def test_nobody_else_declares(app: Flask, world: World, client_of: ClientOf, places: list[int], username: str) -> None:
    assert declare(client_of(username), world, places[0]) == 403
    assert declared(app, world) == []


def test_a_declared_gate_strikes_and_must_stand_in_the_journal(app: Flask, world: World, places: list[int]) -> None:
    with app.app_context():
        begin_writing()
        conclusion = db.session.get_one(Conclusion, world.conclusion_id)
        conclusion.declared_gates = [places[0]]
        db.session.flush()
        read = half_day(db.session(), conclusion)
        gate = read.sheet.gates[places[0]]
        assert [hit.gate for hit in read.grade.gates if hit.gate.kind == "manual"] == [gate]
        assert "khống chế đã áp dụng không khớp với nhật ký" in " ".join(session_damages(db.session()))
