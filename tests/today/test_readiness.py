"""Today's page: the unit's line about its preparation, and the office's line about who is late."""

import re
from datetime import timedelta

import pytest

from tests.conftest import new_op
from tests.preparation.boards import DUE, HALF_DAY, TODAY, day, give_back, put_on, send
from tests.preparation.rooms import area
from thidua.extensions import db
from thidua.models import Preparation
from thidua.models.finders import sheet_of

UNIT, OFFICE = "don-vi-khac", "can-bo"


@pytest.fixture
def criterion_id(app, world):
    with app.app_context():
        return sheet_of(db.session(), world.checklist_id).leaves[0].id


@pytest.fixture
def room(app, world):
    put_on(app, world.planned_id, HALF_DAY)
    return world.planned_id


def line(client, room):
    page = client.get("/").text
    found = page.partition(f'id="prepares-{room}"')[2].partition("</div>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found))


def test_the_unit_is_told_what_is_missing_and_by_when(client_of, room):
    words = line(client_of(UNIT), room)
    assert "còn thiếu" in words and f"hạn gửi {day(DUE)} ( còn 15 ngày )" in words
    assert "Phụ lục số liệu" in words and "Tự chấm điểm (12 tiêu chí)" in words and "Bắt đầu chuẩn bị" in words
    assert f'href="{area(room)}"' in client_of(UNIT).get("/").text


def test_the_unit_is_told_that_it_is_late_or_was_sent_something_back(app, client_of, room, criterion_id):
    put_on(app, room, TODAY + timedelta(days=4))
    assert "quá hạn 1 ngày" in line(client_of(UNIT), room)
    put_on(app, room, HALF_DAY)
    send(client_of(UNIT), room)
    give_back(client_of(OFFICE), room, {criterion_id: "Thiếu dấu"})
    words = line(client_of(UNIT), room)
    assert "bị trả lại: Thiếu dấu" in words and "Gửi lại tiêu chí" in words


def test_the_office_is_told_how_many_are_late_and_where(app, client_of, world, room):
    assert "Hồ sơ chuẩn bị cần nhắc" not in client_of(OFFICE).get("/").text
    put_on(app, room, TODAY + timedelta(days=2))
    page = client_of(OFFICE).get("/").text
    assert "1 đơn vị trễ hạn" in page and f'href="/plans/{world.plan_id}/readiness?show=late"' in page
    assert "trễ hạn" not in client_of("thanh-vien-1").get("/").text


def test_a_returned_criterion_is_on_the_offices_page_until_it_is_answered(client_of, world, room, criterion_id):
    send(client_of(UNIT), room)
    give_back(client_of(OFFICE), room, {criterion_id: "Thiếu dấu"})
    assert "1 đơn vị đang sửa tiêu chí bị trả lại" in client_of(OFFICE).get("/").text
    client_of(UNIT).post(area(room, "/answers"), data={"op_id": new_op()})
    assert "bị trả lại" not in client_of(OFFICE).get("/").text


def test_who_came_in_by_the_personal_link_begins_at_the_preparation_which_says_the_same(app, client_of, world, room):
    client_of(OFFICE).post(area(room, "/link"), data={"op_id": new_op()})
    with app.app_context():
        code = db.session.scalars(db.select(Preparation.link_code)).one()
    guest = client_of("")
    assert guest.post(f"/prepare/{code}").status_code == 303
    begun = guest.get("/")
    assert (begun.status_code, begun.headers["Location"]) == (302, area(room))
    page = guest.get(area(room)).text
    assert day(DUE) in page and "còn 15 ngày" in page
