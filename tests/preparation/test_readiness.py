"""The readiness board of a plan: every unit, what needs attention first, and by when things are due."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event

from tests.checklist_sessions.rooms import kinds
from tests.conftest import new_op
from tests.preparation.boards import DUE, HALF_DAY, TODAY, day, due_of, give_back, put_on, send
from tests.preparation.rooms import area
from thidua.extensions import begin_writing, db
from thidua.models import Plan, PlanUnit, Unit


@pytest.fixture
def room(app, world):
    """The half-day not yet begun, twenty days from now."""
    put_on(app, world.planned_id, HALF_DAY)
    return world.planned_id


def board(client, world, show=""):
    answer = client.get(f"/plans/{world.plan_id}/readiness{'?show=' + show if show else ''}")
    assert answer.status_code == 200
    return answer.text


def row(page, room):
    """One unit's part of the page."""
    found = page.partition(f'id="unit-{room}">')[2].partition('<li class="card ready__unit')[0]
    assert found, page
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found))


def test_a_unit_that_has_not_begun_misses_everything(client_of, world, room):
    words = row(board(client_of("can-bo"), world), room)
    assert "Hội Trường Sơn tỉnh Hải Dương" in words and f"Chiều {day(HALF_DAY)}" in words
    assert f"Hạn gửi {day(DUE)} · còn 15 ngày" in words
    assert words.count(" thiếu ") == 7 and "0/" in words and "Chưa gửi" in words


def test_a_unit_past_its_due_day_is_late_and_stands_first(app, client_of, world, room):
    put_on(app, room, TODAY + timedelta(days=3))
    page = board(client_of("can-bo"), world)
    words = row(page, room)
    assert "Trễ hạn" in words and "quá hạn 2 ngày" in words and "trễ 2 ngày" in words and words.count("trễ") >= 6
    assert page.index(f'id="unit-{room}"') < page.index(f'id="unit-{world.open_id}"')
    assert "Đã vào buổi kiểm tra" in page


def test_what_was_sent_and_returned_is_told_with_its_days(app, client_of, world, room, criterion_id):
    send(client_of("don-vi-khac"), room)
    words = row(board(client_of("can-bo"), world), room)
    assert "Đã gửi" in words and "đúng hạn" in words
    assert give_back(client_of("can-bo"), room, {criterion_id: "Thiếu quyết định"}).status_code == 303
    words = row(board(client_of("can-bo"), world), room)
    assert "Bị trả lại" in words and "đã trả lại" in words and "1 trả lại" in words
    assert f"hạn gửi lại {day(HALF_DAY)}" in words


def test_filters_keep_their_units_and_their_address(app, client_of, world, room):
    client = client_of("can-bo")
    assert f'id="unit-{room}"' in board(client, world, "missing")
    for other in ("late", "ready", "returned"):
        page = board(client, world, other)
        assert f'id="unit-{room}"' not in page and "Không có đơn vị nào" in page
        assert f'href="/plans/{world.plan_id}/readiness?show={other}" aria-current="page"' in page
    assert f'id="unit-{room}"' in board(client, world, "nonsense")


def test_the_due_day_of_one_unit_is_set_journaled_and_shown(app, client_of, world, room):
    due = TODAY + timedelta(days=7)
    answer = client_of("thu-ky").post(area(room, "/due"), data={"op_id": new_op(), "due_on": day(due)})
    assert answer.headers["Location"] == f"/plans/{world.plan_id}/readiness#unit-{room}"
    assert due_of(app, room) == due
    assert kinds(app, room)[-1] == "preparation.due_set"
    assert f"Hạn gửi {day(due)} · còn 7 ngày" in row(board(client_of("thu-ky"), world), room)
    history = client_of("thu-ky").get(f"/checklist-sessions/{room}/history").text
    assert f"Đặt hạn gửi hồ sơ chuẩn bị: {day(due)}" in history


def test_the_same_day_again_and_the_same_operation_again_change_nothing(app, client_of, world, room):
    fields = {"op_id": new_op(), "due_on": day(DUE)}
    for _ in range(2):
        assert client_of("can-bo").post(area(room, "/due"), data=fields).status_code == 303
    assert client_of("can-bo").post(area(room, "/due"), data=fields | {"op_id": new_op()}).status_code == 303
    assert kinds(app, room).count("preparation.due_set") == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Xin ghi ngày hạn gửi"),
        ("31/02/2027", "“31/02/2027” không phải là ngày"),
        (day(TODAY - timedelta(days=1)), "Hạn gửi phải từ hôm nay"),
        (day(HALF_DAY + timedelta(days=1)), "Hạn gửi phải không sau ngày kiểm tra"),
    ],
)
def test_a_wrong_due_day_is_refused_and_stays_on_the_board(app, client_of, world, room, typed, words):
    answer = client_of("can-bo").post(area(room, "/due"), data={"op_id": new_op(), "due_on": typed})
    assert answer.status_code == 422 and words in answer.text
    assert f'value="{typed}"' in answer.text
    assert due_of(app, room) is None and "preparation.due_set" not in kinds(app, room)


def test_a_half_day_under_way_takes_no_due_day(app, client_of, world):
    answer = client_of("thu-ky").post(area(world.open_id, "/due"), data={"op_id": new_op(), "due_on": day(HALF_DAY)})
    assert answer.status_code == 409 and due_of(app, world.open_id) is None


def test_one_rule_sets_the_due_day_of_every_unit_not_begun(app, client_of, world, room):
    address = f"/plans/{world.plan_id}/readiness/due"
    answer = client_of("can-bo").post(address, data={"days": "7", "one_day": ""}, follow_redirects=True)
    assert "Đã đặt hạn gửi cho 1 đơn vị" in answer.text
    assert due_of(app, room) == HALF_DAY - timedelta(days=7) and due_of(app, world.open_id) is None
    client_of("can-bo").post(address, data={"days": "7", "one_day": day(DUE)})
    assert due_of(app, room) == DUE
    assert kinds(app, room).count("preparation.due_set") == 2


def test_a_day_after_the_half_day_leaves_the_unit_as_it_was(app, client_of, world, room):
    answer = client_of("can-bo").post(
        f"/plans/{world.plan_id}/readiness/due",
        data={"days": "", "one_day": day(HALF_DAY + timedelta(days=2))},
        follow_redirects=True,
    )
    assert "giữ nguyên" in answer.text and due_of(app, room) is None


def test_units_without_a_date_keep_theirs_and_are_counted(app, client_of, world, room):
    put_on(app, room, None)
    answer = client_of("can-bo").post(
        f"/plans/{world.plan_id}/readiness/due", data={"days": "5", "one_day": ""}, follow_redirects=True
    )
    assert "1 đơn vị chưa có ngày kiểm tra" in answer.text and due_of(app, room) is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"days": "", "one_day": ""}, "Xin ghi số ngày"),
        ({"days": "mười", "one_day": ""}, "xin ghi một số từ 0 đến 90"),
        ({"days": "5", "one_day": "hôm sau"}, "không phải là ngày"),
        ({"days": "5", "one_day": "01/01/2020"}, "Hạn gửi phải từ hôm nay"),
    ],
)
def test_a_wrong_rule_is_refused_and_stays_on_the_page(app, client_of, world, room, fields, words):
    answer = client_of("can-bo").post(f"/plans/{world.plan_id}/readiness/due", data=fields)
    assert answer.status_code == 422 and words in answer.text
    assert all(f'value="{typed}"' in answer.text for typed in fields.values() if typed)
    assert due_of(app, room) is None


def test_strangers_set_nothing(app, client_of, world, room):
    for username in ("don-vi-khac", "nguoi-ngoai", "thanh-vien-1"):
        answer = client_of(username).post(area(room, "/due"), data={"op_id": new_op(), "due_on": day(DUE)})
        assert answer.status_code == 403, username
    for username in ("don-vi", "truong-doan", "nguoi-ngoai"):
        answer = client_of(username).post(f"/plans/{world.plan_id}/readiness/due", data={"days": "5"})
        assert answer.status_code == 403, username
    assert client_of("").post(area(room, "/due"), data={"due_on": day(DUE)}).status_code in (302, 401)
    assert due_of(app, room) is None
    assert client_of("can-bo").post("/plans/9999/readiness/due", data={"days": "5"}).status_code == 404
    assert client_of("can-bo").get("/plans/9999/readiness").status_code == 404


def test_an_inspector_of_another_team_sees_states_but_no_doors(client_of, world, room):
    page = board(client_of("nguoi-ngoai"), world)
    assert "Hội Trường Sơn tỉnh Hải Dương" in page and f'href="/checklist-sessions/{room}/preparation"' not in page
    assert f'href="/checklist-sessions/{room}/preparation"' in board(client_of("thanh-vien-1"), world)
    assert "Đổi hạn gửi" not in board(client_of("thanh-vien-1"), world)
    assert "Đổi hạn gửi" in board(client_of("truong-doan"), world)


def test_the_plan_leads_to_its_board_and_units_do_not_see_it(client_of, world, room):
    assert f'href="/plans/{world.plan_id}/readiness"' in client_of("can-bo").get(f"/plans/{world.plan_id}").text
    assert f'href="/plans/{world.plan_id}/readiness"' not in client_of("don-vi").get(f"/plans/{world.plan_id}").text


def test_a_hundred_units_take_as_many_queries_as_two(app, client_of, world, room):
    client, seen = client_of("can-bo"), []
    send(client_of("don-vi-khac"), room)
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    board(client, world)  # from now on the score sheet is in memory
    seen.clear()
    board(client, world)
    few = len(seen)
    assert few <= 16, seen
    _many_units(app, world.plan_id, world.checklist_id, 98)
    seen.clear()
    page = board(client, world)
    assert page.count('class="card ready__unit') == 100
    assert len(seen) == few, seen


def _many_units(app, plan_id, checklist_id, count):
    from sqlalchemy.orm import selectinload

    from thidua.models import ChecklistSession, Team, TeamMember
    from thidua.models.planning import create_checklist_sessions

    with app.app_context():
        begin_writing()
        units = [Unit(name=f"Hội số {at}", kind="hoi_tinh", position=100 + at) for at in range(count)]
        db.session.add_all(units)
        db.session.flush()
        for at, unit in enumerate(units):
            db.session.add(PlanUnit(plan_id=plan_id, unit_id=unit.id, position=10 + at, on_date=HALF_DAY))
        db.session.commit()
        begin_writing()
        plan = db.session.get(
            Plan,
            plan_id,
            options=(
                selectinload(Plan.plan_units).joinedload(PlanUnit.unit),
                selectinload(Plan.plan_units).joinedload(PlanUnit.team).selectinload(Team.members),
                selectinload(Plan.teams).selectinload(Team.members).joinedload(TeamMember.account),
            ),
            populate_existing=True,
        )
        existing = list(db.session.scalars(db.select(ChecklistSession.plan_unit_id)))
        db.session.add_all(create_checklist_sessions(plan, checklist_id, existing=existing))
        db.session.commit()
