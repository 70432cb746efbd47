"""The steps of the half-day with their real times."""

import pytest

from tests.checklist_sessions.rooms import close, here, kinds, rows
from tests.conftest import new_op
from thidua.models import AgendaStep

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
