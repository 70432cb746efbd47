"""The steps of the half-day with their real times."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tests.checklist_sessions.rooms import close, here, kinds, rows
from tests.conftest import new_op
from tests.world import MORNING
from thidua.extensions import begin_writing, db
from thidua.models import AgendaStep, ChecklistSession, JournalEntry
from thidua.rules.words import clock
from thidua.session_pages.schedule import milliseconds

HTMX = {"HX-Request": "true"}


def steps(app, world):
    return rows(app, AgendaStep, world.open_id)


def tap(client, world, step, action):
    return client.post(here(world.open_id, f"/steps/{step.id}/{action}"), headers=HTMX)


def test_a_step_begins_and_ends_with_its_real_time(app, client_of, world) -> None:
    secretary, step = client_of("thu-ky"), steps(app, world)[0]
    answer = tap(secretary, world, step, "start")
    assert answer.status_code == 200 and answer.text.startswith('<section id="agenda"')
    assert "Đang diễn ra" in answer.text and 'aria-current="step"' in answer.text
    answer = tap(secretary, world, step, "end")
    assert "Đang diễn ra" not in answer.text and " – " in answer.text
    assert steps(app, world)[0].state == "done"
    assert kinds(app, world.open_id) == ["opened", "step.started", "step.finished"]


def test_the_next_step_ends_the_one_under_way(app, client_of, world) -> None:
    secretary, (first, second, *_) = client_of("thu-ky"), steps(app, world)
    tap(secretary, world, first, "start")
    tap(secretary, world, second, "start")
    assert [step.state for step in steps(app, world)[:2]] == ["done", "running"]
    assert steps(app, world)[0].ended_at == steps(app, world)[1].started_at


def test_the_same_tap_again_changes_nothing(app, client_of, world) -> None:
    secretary, step = client_of("thu-ky"), steps(app, world)[0]
    for _ in range(2):
        assert tap(secretary, world, step, "start").status_code == 200
    assert kinds(app, world.open_id) == ["opened", "step.started"]


def test_a_step_is_left_out_with_a_reason(app, client_of, world) -> None:
    secretary, step = client_of("thu-ky"), steps(app, world)[1]
    address = here(world.open_id, f"/steps/{step.id}/omission")
    assert step.title in secretary.get(address).text
    answer = secretary.post(address, data={"reason": "", "op_id": new_op()})
    assert answer.status_code == 422 and "Xin ghi lý do bỏ qua bước này." in answer.text
    answer = secretary.post(address, data={"reason": "Không có địa chỉ", "op_id": new_op()})
    assert answer.status_code == 303
    assert steps(app, world)[1].skipped_reason == "Không có địa chỉ"
    assert "Không có địa chỉ" in client_of("don-vi").get(here(world.open_id, "/meeting")).text


def test_a_step_that_never_began_cannot_end(app, client_of, world) -> None:
    answer = tap(client_of("thu-ky"), world, steps(app, world)[0], "end")
    assert answer.status_code == 409 and "chưa bắt đầu" in answer.text


@pytest.mark.parametrize("action", ["start", "end", "omission"])
@pytest.mark.parametrize("username", ["thanh-vien-1", "don-vi", "can-bo", "nguoi-ngoai"])
def test_only_head_and_secretary_lead_the_agenda(app, client_of, world, username, action) -> None:
    assert tap(client_of(username), world, steps(app, world)[0], action).status_code == 403
    assert kinds(app, world.open_id) == ["opened"]


def test_the_agenda_waits_for_the_opening_and_stops_at_the_closing(app, client_of, world) -> None:
    step = rows(app, AgendaStep, world.planned_id)[0]
    answer = client_of("thu-ky").post(here(world.planned_id, f"/steps/{step.id}/start"), headers=HTMX)
    assert answer.status_code == 409 and "chưa bắt đầu" in answer.text
    close(client_of("truong-doan"), world.open_id)
    assert tap(client_of("thu-ky"), world, steps(app, world)[0], "start").status_code == 409


def test_a_step_of_another_session_is_not_found(app, client_of, world) -> None:
    step = rows(app, AgendaStep, world.planned_id)[0]
    assert tap(client_of("thu-ky"), world, step, "start").status_code == 404


def test_a_mistaken_start_is_taken_back_and_the_step_before_goes_on(app, client_of, world) -> None:
    secretary, (first, second, *_) = client_of("thu-ky"), steps(app, world)
    tap(secretary, world, first, "start")
    tap(secretary, world, second, "start")
    answer = tap(secretary, world, second, "reset")
    assert answer.status_code == 200
    before, now = steps(app, world)[:2]
    assert (before.state, before.ended_at, now.state, now.started_at) == ("running", None, "waiting", None)
    assert kinds(app, world.open_id)[-1] == "step.reset"
    tap(secretary, world, second, "reset")
    assert kinds(app, world.open_id).count("step.reset") == 1, "the same tap again changes nothing"


def test_a_step_is_not_skipped_after_all(app, client_of, world) -> None:
    secretary, step = client_of("thu-ky"), steps(app, world)[1]
    page = secretary.get(here(world.open_id, "/meeting")).text
    assert 'value="Đơn vị không đăng ký điển hình"' in page, "a ready reason is offered"
    secretary.post(
        here(world.open_id, f"/steps/{step.id}/omission"),
        data={"reason": "Đơn vị không đăng ký điển hình", "op_id": new_op()},
    )
    tap(secretary, world, step, "reset")
    assert (steps(app, world)[1].state, steps(app, world)[1].skipped_reason) == ("waiting", "")


def test_a_tap_that_waited_without_network_counts_from_when_it_was_made(app, client_of, world) -> None:
    secretary, (first, second, *_) = client_of("thu-ky"), steps(app, world)
    now = datetime.now(UTC)
    made = now - timedelta(minutes=10)
    data = {"tapped_at": str(milliseconds(made)), "op_id": new_op()}
    secretary.post(here(world.open_id, f"/steps/{first.id}/start"), data=data, headers=HTMX)
    assert abs((steps(app, world)[0].started_at - made).total_seconds()) < 1
    early = {"tapped_at": str(milliseconds(made - timedelta(minutes=5))), "op_id": new_op()}
    secretary.post(here(world.open_id, f"/steps/{second.id}/start"), data=early, headers=HTMX)
    assert steps(app, world)[1].started_at == steps(app, world)[0].started_at, "never before what is written already"
    assert "moment" in rows(app, JournalEntry, world.open_id)[-1].content


@pytest.mark.parametrize("tapped_at", ["", "x", "99999999999999999", "1"])
def test_a_moment_that_cannot_be_is_not_believed(app, client_of, world, tapped_at) -> None:
    secretary, step = client_of("thu-ky"), steps(app, world)[0]
    before = datetime.now(UTC)
    secretary.post(here(world.open_id, f"/steps/{step.id}/start"), data={"tapped_at": tapped_at}, headers=HTMX)
    assert before <= steps(app, world)[0].started_at <= datetime.now(UTC)


def plan_times(client, room: int, **fields: str):
    data = {"starts_at": "8 giờ 15", "op_id": new_op()} | {f"minutes_{n}": "30" for n in range(1, 6)} | fields
    return client.post(here(room, "/meeting/times"), data=data)


def test_the_planned_hours_are_set_and_every_step_shows_its_clock(app, client_of, world) -> None:
    secretary = client_of("thu-ky")
    page = secretary.get(here(world.open_id, "/meeting")).text
    assert "Dự kiến 8 giờ – 8 giờ 40 (40 phút)" in page, "a new half-day has the usual times"
    assert 'value="40"' in secretary.get(here(world.open_id, "/meeting/times")).text
    assert plan_times(secretary, world.open_id, minutes_2="").status_code == 303
    page = secretary.get(here(world.open_id, "/meeting")).text
    assert "Dự kiến 8 giờ 15 – 8 giờ 45 (30 phút)" in page and "Dự kiến 8 giờ 45 – 9 giờ 15 (30 phút)" in page
    assert [step.planned_minutes for step in steps(app, world)] == [30, 0, 30, 30, 30]
    entry = rows(app, JournalEntry, world.open_id)[-1]
    assert (entry.kind, entry.content["starts_at"]) == ("step.planned", "08:15")
    assert "Sửa giờ dự kiến của chương trình" in secretary.get(here(world.open_id, "/history")).text


def test_the_planned_hours_are_set_before_the_half_day_too_and_sent_twice_are_set_once(app, client_of, world) -> None:
    head, op_id = client_of("truong-doan"), new_op()
    for _ in range(2):
        assert plan_times(head, world.planned_id, op_id=op_id, starts_at="").status_code == 303
    assert kinds(app, world.planned_id) == ["step.planned"]
    assert "Dự kiến 14 giờ – 14 giờ 30" in head.get(here(world.planned_id, "/meeting")).text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"starts_at": "chín giờ rưỡi"}, "xin ghi như 8 giờ 30"),
        ({"minutes_3": "1,5"}, "xin ghi một số từ 0 đến 480"),
        ({"minutes_3": "999"}, "xin ghi một số từ 0 đến 480"),
    ],
)
def test_a_bad_hour_comes_back_with_what_was_typed(app, client_of, world, fields, sentence) -> None:
    answer = plan_times(client_of("thu-ky"), world.open_id, **fields)
    assert answer.status_code == 422 and sentence in answer.text
    assert f'value="{next(iter(fields.values()))}"' in answer.text
    assert kinds(app, world.open_id) == ["opened"]


@pytest.mark.parametrize("username", ["thanh-vien-1", "don-vi", "can-bo", "nguoi-ngoai"])
def test_only_head_and_secretary_plan_times_and_take_a_step_back(app, client_of, world, username) -> None:
    client = client_of(username)
    assert plan_times(client, world.open_id).status_code == 403
    assert tap(client, world, steps(app, world)[0], "reset").status_code == 403


def test_after_closing_nobody_plans(app, client_of, world) -> None:
    close(client_of("truong-doan"), world.open_id)
    answer = plan_times(client_of("thu-ky"), world.open_id)
    assert (
        answer.status_code == 409 and "đã khóa" in answer.text and 'value="8 giờ 15"' in answer.text
    ) or "08:15" in answer.text


def test_the_server_tells_its_clock_to_the_room_only(app, client_of, world) -> None:
    before = milliseconds(datetime.now(UTC))
    answer = client_of("don-vi").get(here(world.open_id, "/clock"))
    assert before <= int(answer.text) <= milliseconds(datetime.now(UTC))
    assert answer.headers["Cache-Control"] == "no-store"
    assert client_of("nguoi-ngoai").get(here(world.open_id, "/clock")).status_code == 403


def test_the_timer_counts_the_step_under_way_on_every_page(app, client_of, world) -> None:
    head, step = client_of("truong-doan"), steps(app, world)[0]
    assert "data-began" not in head.get(here(world.open_id)).text
    tap(head, world, step, "start")
    began = steps(app, world)[0].started_at
    for path in ("", "/meeting", "/board", "/projector"):
        page = head.get(here(world.open_id, path)).text
        assert f'data-began="{milliseconds(began)}"' in page
        assert f'data-warns="{milliseconds(began + timedelta(minutes=35))}"' in page
        assert f'data-ends="{milliseconds(began + timedelta(minutes=40))}"' in page
        assert 'data-server-ms="' in page


def test_the_delay_of_a_step_is_told_in_words(app, client_of, world) -> None:
    with app.app_context():
        begin_writing()
        half_day = db.session.scalars(
            select(ChecklistSession)
            .where(ChecklistSession.id == world.open_id)
            .options(selectinload(ChecklistSession.agenda_steps))
        ).one()
        first, second = half_day.agenda_steps[0], half_day.agenda_steps[1]
        half_day.start_step(first, by=world.thu_ky, at=MORNING + timedelta(minutes=2), op_id=new_op())
        half_day.start_step(second, by=world.thu_ky, at=MORNING + timedelta(minutes=10), op_id=new_op())
        db.session.commit()
    page = client_of("don-vi").get(here(world.open_id, "/meeting")).text
    assert f"{clock(MORNING + timedelta(minutes=2))} – {clock(MORNING + timedelta(minutes=10))}" in page
    assert "chậm 32 phút so với dự kiến" in page
