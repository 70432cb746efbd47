"""The personal link: made by the centre, opened with one press, good for preparing one half-day and nothing else."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.checklist_sessions.rooms import here, kinds
from tests.conftest import new_op
from tests.preparation.rooms import OUTBOX, area, folder, post
from tests.world import World
from thidua.extensions import begin_writing, db
from thidua.models import Account, LoginSession, PlanUnit
from thidua.preparation.link import address_of, new_code
from thidua.rules.words import day_of

Clients = Callable[[str], FlaskClient]


def make(client: FlaskClient, room: int):
    return client.post(area(room, "/link"), data={"op_id": new_op()})


@pytest.fixture
def link(app: Flask, client_of: Clients, world: World) -> str:
    assert make(client_of("thu-ky"), world.planned_id).status_code == 303
    code = folder(app, world.planned_id).link_code
    assert code
    return f"/prepare/{code}"


def test_the_code_is_long_and_every_one_another() -> None:
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50 and all(re.fullmatch(r"([a-z2-9]{4}-){5}[a-z2-9]{4}", one) for one in codes)


def test_office_and_secretary_make_it_and_see_its_code_nobody_else(
    app: Flask, client_of: Clients, world: World
) -> None:
    for stranger in ("don-vi-khac", "thanh-vien-1", "nguoi-ngoai"):
        assert make(client_of(stranger), world.planned_id).status_code == 403
    assert client_of("don-vi-khac").get(area(world.planned_id, "/link")).status_code == 403
    op_id = new_op()
    secretary = client_of("thu-ky")
    for _ in range(2):
        answer = secretary.post(area(world.planned_id, "/link"), data={"op_id": op_id}, headers=OUTBOX)
        assert (answer.status_code, answer.headers["X-Op-Id"]) == (204, op_id)
    page = client_of("can-bo").get(area(world.planned_id, "/link")).text
    code = folder(app, world.planned_id).link_code
    assert f"/prepare/{code}" in page and "<svg" in page
    with app.test_request_context("/", base_url="http://192.168.1.9:8000"):
        assert address_of(folder(app, world.planned_id)) == f"http://192.168.1.9:8000/prepare/{code}"
        assert address_of(None) == ""
    assert kinds(app, world.planned_id).count("preparation.linked") == 1


def test_one_press_leads_in_and_writes_and_scores(
    app: Flask, client_of: Clients, world: World, link: str, criterion_id: int
) -> None:
    guest = client_of("")
    door = guest.get(link).text
    assert "Hội Trường Sơn tỉnh Hải Dương" in door and "Vào trang Chuẩn bị" in door
    answer = guest.post(link)
    assert (answer.status_code, answer.headers["Location"]) == (303, area(world.planned_id))
    assert "Hạn" in guest.get(area(world.planned_id)).text or guest.get(area(world.planned_id)).status_code == 200
    assert post(guest, world.planned_id, "/texts", report_summary="Từ điện thoại").status_code == 303
    assert folder(app, world.planned_id).report_summary == "Từ điện thoại"
    fields = {"perspective": "self", "points": "8", "base_version": "0", "op_id": new_op()}
    scored = guest.post(here(world.planned_id, f"/criteria/{criterion_id}/scores"), data=fields)
    assert scored.status_code == 200
    assert kinds(app, world.planned_id).count("preparation.entered") == 1
    assert guest.get(link).status_code == 302


def test_it_opens_this_half_day_and_nothing_else(client_of: Clients, world: World, link: str) -> None:
    guest = client_of("")
    guest.post(link)
    for elsewhere in ("/units", "/plans", here(world.open_id, ""), area(world.open_id), "/search", "/account/password"):
        assert guest.get(elsewhere).status_code in (403, 404), elsewhere
    assert guest.post(here(world.planned_id, "/opening"), data={"op_id": new_op()}).status_code == 403
    assert post(guest, world.planned_id, "/link").status_code == 403


def test_a_new_link_ends_the_old_one_and_who_came_by_it(
    app: Flask, client_of: Clients, world: World, link: str
) -> None:
    guest = client_of("")
    guest.post(link)
    make(client_of("can-bo"), world.planned_id)
    assert guest.get(area(world.planned_id)).status_code == 302
    late = client_of("")
    assert late.get(link).status_code == 404 and late.post(link).status_code == 404
    assert late.get(f"/prepare/{folder(app, world.planned_id).link_code}").status_code == 200


def test_it_ends_when_the_half_day_begins(client_of: Clients, world: World, link: str) -> None:
    client_of("truong-doan").post(here(world.planned_id, "/opening"), data={"op_id": new_op()})
    late = client_of("")
    assert "đã bắt đầu" in late.get(link).text
    assert late.post(link).status_code == 409
    assert make(client_of("thu-ky"), world.planned_id).status_code == 409


def test_the_login_ends_with_the_day_of_the_half_day(app: Flask, client_of: Clients, world: World, link: str) -> None:
    with app.app_context():
        begin_writing()
        soon = day_of(datetime.now(UTC)) + timedelta(days=2)
        db.session.execute(update(PlanUnit).where(PlanUnit.id == world.planned_id).values(on_date=soon))
        db.session.commit()
    client_of("").post(link)
    with app.app_context():
        opened = db.session.scalars(
            select(LoginSession).where(LoginSession.checklist_session_id == world.planned_id)
        ).one()
        assert timedelta(days=1) < opened.expires_at - datetime.now(UTC) < timedelta(days=3)


def test_a_unit_without_account_gets_one_that_only_the_link_opens(app: Flask, client_of: Clients, world: World) -> None:
    with app.app_context():
        begin_writing()
        db.session.execute(
            update(Account).where(Account.username == "don-vi-khac").values(role="inspector", unit_id=None)
        )
        db.session.commit()
    assert make(client_of("can-bo"), world.planned_id).status_code == 303
    with app.app_context():
        made = db.session.scalars(select(Account).where(Account.unit_id == world.other_unit_id)).one()
        assert (made.role, made.username) == ("unit", f"don-vi-{world.other_unit_id}")
    guest = client_of("")
    assert guest.post(f"/prepare/{folder(app, world.planned_id).link_code}").status_code == 303
    assert guest.get(area(world.planned_id)).status_code == 200
    assert make(client_of("can-bo"), world.planned_id).status_code == 303  # the account made before is used again
    with app.app_context():
        assert len(db.session.scalars(select(Account).where(Account.unit_id == world.other_unit_id)).all()) == 1


def test_a_locked_account_is_not_gone_around(app: Flask, client_of: Clients, world: World, link: str) -> None:
    with app.app_context():
        begin_writing()
        locked = update(Account).where(Account.username == "don-vi-khac").values(disabled_at=datetime.now(UTC))
        db.session.execute(locked)
        db.session.commit()
    assert client_of("").post(link).status_code == 409
    refused = make(client_of("can-bo"), world.planned_id)
    assert refused.status_code == 409 and "đang bị khóa" in refused.text


def test_guessing_is_slowed_down_and_the_right_link_is_not(client_of: Clients, world: World, link: str) -> None:
    guesser = client_of("")
    answers = [guesser.get(f"/prepare/{new_code()}").status_code for _ in range(40)]
    assert answers[:30] == [404] * 30 and 429 in answers[30:]
    assert all(client_of("").get(link).status_code in (200, 429) for _ in range(3))
