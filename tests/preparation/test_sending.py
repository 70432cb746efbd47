"""Sending: asked about what is missing, locked for everybody, opened again only for what was returned."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.checklist_sessions.rooms import here, kinds, rows
from tests.conftest import new_op
from tests.preparation.rooms import OUTBOX, UNIT, area, folder, give_back, post
from tests.world import World
from thidua.extensions import begin_writing, db
from thidua.models import Attendance, JournalEntry, PlanUnit, Score
from thidua.rules.words import day_of

Clients = Callable[[str], FlaskClient]
SEALED = "điểm tự chấm tiêu chí 1.1 đã khóa"


def score(client: FlaskClient, room: int, criterion_id: int, points: str = "8", **fields: str) -> object:
    sent = {"perspective": "self", "points": points, "base_version": "0", "reason": "", "op_id": new_op()} | fields
    return client.post(here(room, f"/criteria/{criterion_id}/scores"), data=sent)


@pytest.fixture
def unit(client_of: Clients, world: World) -> FlaskClient:
    client = client_of(UNIT)
    client.post(area(world.planned_id, "/start"))
    return client


@pytest.fixture
def sent(unit: FlaskClient, world: World, criterion_id: int) -> FlaskClient:
    """The first criterion is scored, one person named, and everything sent."""
    assert score(unit, world.planned_id, criterion_id).status_code == 200
    post(unit, world.planned_id, "/people", kind="attendee", name="Trần Văn Bình", office="Phó Chủ tịch")
    assert post(unit, world.planned_id, "/sending", accept_missing="y").status_code == 303
    return unit


def test_what_is_missing_is_asked_about_and_not_forbidden(app: Flask, unit: FlaskClient, world: World) -> None:
    room = world.planned_id
    page = unit.get(area(room, "/sending")).text
    assert "Còn phần chưa đủ" in page and "Đơn vị vẫn gửi" in page
    asked = post(unit, room, "/sending")
    assert asked.status_code == 422 and "Còn phần chưa đủ" in asked.text
    assert folder(app, room).submitted_at is None
    assert post(unit, room, "/sending", accept_missing="y").status_code == 303
    assert folder(app, room).submitted_at is not None


def test_sent_twice_it_is_one_entry_with_a_digest(app: Flask, unit: FlaskClient, world: World) -> None:
    op_id, room = new_op(), world.planned_id
    for _ in range(2):
        answer = unit.post(area(room, "/sending"), data={"accept_missing": "y", "op_id": op_id}, headers=OUTBOX)
        assert (answer.status_code, answer.headers["X-Op-Id"]) == (204, op_id)
    assert kinds(app, room).count("preparation.submitted") == 1
    with app.app_context():
        entry = db.session.scalars(select(JournalEntry).where(JournalEntry.op_id == op_id)).one()
        assert len(json.loads(entry.payload)["digest"]) == 64
    again = post(unit, room, "/sending", accept_missing="y")
    assert again.status_code == 409 and kinds(app, room).count("preparation.submitted") == 1


def test_who_was_proposed_is_expected(app: Flask, sent: FlaskClient, world: World) -> None:
    people = [(one.side, one.name, one.presence) for one in rows(app, Attendance, world.planned_id)]
    assert ("unit", "Trần Văn Bình", "expected") in people
    assert len([one for one in people if one[0] == "unit"]) == 2  # and the leader, who was there already


def test_what_was_sent_is_locked_on_the_server(
    app: Flask, sent: FlaskClient, client_of: Clients, world: World, criteria: list[int]
) -> None:
    room, row = world.planned_id, folder(app, world.planned_id).figures[0]
    for path, fields in (
        ("/texts", {"report_summary": "khác"}),
        (f"/figures/{row.id}", {"label": "khác"}),
        (f"/figures/{row.id}/removal", {}),
        (f"/figures/{row.id}/place?to=2", {}),
        ("/people", {"kind": "attendee", "name": "Thêm"}),
        ("/documents", {"title": "Thêm"}),
        ("/proofs", {"criterion_id": str(criteria[0]), "note": "x"}),
    ):
        refused = post(sent, room, path, outbox=True, **fields)
        assert refused.status_code == 409 and "đã gửi" in refused.text, path
    assert folder(app, room).report_summary == "" and folder(app, room).figures[0].label == row.label
    for criterion_id in criteria[:2]:
        assert score(sent, room, criterion_id, "7", base_version="99").status_code == 409
    assert SEALED in score(sent, room, criteria[0], "7", base_version="99").text
    assert score(sent, room, criteria[0], "", cleared="1", base_version="99").status_code == 409
    scribe = score(client_of("thu-ky"), room, criteria[0], "7", **{"for": "unit", "base_version": "99"})
    assert scribe.status_code == 409 and SEALED in scribe.text
    page = sent.get(area(room)).text
    assert "Hồ sơ chuẩn bị đã gửi" in page and "data-autosave" not in page
    assert "đã khóa" in sent.get(here(room, "")).text


def test_an_earlier_self_score_is_not_restored_either(
    app: Flask, unit: FlaskClient, client_of: Clients, world: World, criterion_id: int
) -> None:
    room = world.planned_id
    score(unit, room, criterion_id, "8")
    with app.app_context():
        first = db.session.scalars(select(Score.version).where(Score.checklist_session_id == room)).one()
    score(unit, room, criterion_id, "7", base_version=str(first))
    post(unit, room, "/sending", accept_missing="y")
    fields = {"revision": str(first), "base_version": "99", "op_id": new_op()}
    refused = client_of("thu-ky").post(here(room, f"/criteria/{criterion_id}/restoring"), data=fields)
    assert refused.status_code == 409 and SEALED in refused.text


def test_typing_in_for_the_unit_respects_the_lock(
    app: Flask, sent: FlaskClient, client_of: Clients, world: World, criteria: list[int]
) -> None:
    room = world.planned_id
    fields = {"paper": "unit", "for": "unit", f"value-{criteria[1]}": "5", "op_id": new_op()}
    before = kinds(app, room)
    answer = client_of("thu-ky").post(here(room, "/typing"), data=fields)
    assert answer.status_code >= 400 and kinds(app, room) == before


def test_in_the_room_only_what_was_not_scored_before_is_still_the_units(
    app: Flask, sent: FlaskClient, client_of: Clients, world: World, criteria: list[int]
) -> None:
    room = world.planned_id
    client_of("truong-doan").post(here(room, "/opening"), data={"op_id": new_op()})
    assert score(sent, room, criteria[0], "7", base_version="99").status_code == 409
    assert score(sent, room, criteria[1], "7").status_code == 200
    assert score(sent, room, criteria[1], "6", base_version="99").status_code == 200
    member = {"perspective": "proposed", "points": "7", "base_version": "0", "op_id": new_op()}
    answer = client_of("thanh-vien-1").post(here(room, f"/criteria/{criteria[0]}/scores"), data=member)
    assert answer.status_code == 200


def test_a_returned_criterion_is_open_again_until_it_is_sent_anew(
    app: Flask, sent: FlaskClient, world: World, criteria: list[int]
) -> None:
    room = world.planned_id
    give_back(app, world, room, criteria[0])
    page = sent.get(area(room)).text
    assert "Thiếu quyết định." in page and "Gửi lại tiêu chí 1.1" in page
    assert score(sent, room, criteria[1], "7").status_code == 409
    assert score(sent, room, criteria[0], "7", base_version="99").status_code == 200
    assert post(sent, room, "/proofs", criterion_id=criteria[0], note="Quyết định 12").status_code == 303
    op_id = new_op()
    for _ in range(2):
        answer = sent.post(area(room, "/answers"), data={"criterion_id": criteria[0], "op_id": op_id}, headers=OUTBOX)
        assert (answer.status_code, answer.headers["X-Op-Id"]) == (204, op_id)
    assert kinds(app, room).count("preparation.answered") == 1
    (returned,) = folder(app, room).returns
    assert returned.answered_at is not None
    assert SEALED in score(sent, room, criteria[0], "6", base_version="99").text
    nothing = post(sent, room, "/answers", criterion_id=criteria[0])
    assert nothing.status_code == 409


def test_the_schedule_is_confirmed_once_and_only_when_there_is_a_day(
    app: Flask, unit: FlaskClient, world: World
) -> None:
    room = world.planned_id
    undated(app, room, None)
    early = post(unit, room, "/schedule")
    assert early.status_code == 422 and "Ngày kiểm tra chưa định" in early.text
    undated(app, room, day_of(datetime.now(UTC)) + timedelta(days=9))
    op_id = new_op()
    for _ in range(2):
        answer = unit.post(area(room, "/schedule"), data={"op_id": op_id}, headers=OUTBOX)
        assert (answer.status_code, answer.headers["X-Op-Id"]) == (200, op_id)
    assert kinds(app, room).count("preparation.schedule_confirmed") == 1
    assert "Đơn vị đã xác nhận lịch" in unit.get(area(room)).text


def undated(app: Flask, room: int, day: date | None) -> None:
    with app.app_context():
        begin_writing()
        db.session.execute(update(PlanUnit).where(PlanUnit.id == room).values(on_date=day))
        db.session.commit()


def test_sent_late_is_told(app: Flask, unit: FlaskClient, world: World) -> None:
    undated(app, world.planned_id, date(2020, 10, 21))
    assert "quá hạn" in unit.get(area(world.planned_id)).text
    post(unit, world.planned_id, "/sending", accept_missing="y")
    assert "sau hạn" in unit.get(area(world.planned_id)).text
