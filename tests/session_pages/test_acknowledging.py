"""Every change of a half-day: sent twice it is applied once, and both answers name the operation."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.checklist_sessions.rooms import close, here, kinds, rows
from tests.conftest import new_op
from tests.places import furnish
from tests.world import World
from thidua.models import AgendaStep, Attendance

OUTBOX = {"X-Requested-With": "outbox"}


@dataclass(frozen=True)
class Change:
    """One kind of change: who makes it where, with which words."""

    by: str
    path: str  # with the argument names of tests/places.py
    kind: str
    fields: dict[str, str] = field(default_factory=dict)
    room: str = "open_id"


CHANGES = {
    "checklist_sessions.post_score": Change(
        "thanh-vien-1",
        "/criteria/{criterion_id}/scores",
        "score.proposed",
        {"perspective": "proposed", "points": "1", "base_version": "0", "reason": "Đủ hồ sơ"},
    ),
    "checklist_sessions.show_criterion": Change("thu-ky", "/criteria/{criterion_id}/showing", "criterion.shown"),
    "checklist_sessions.add_remark": Change(
        "thanh-vien-1", "/remarks", "remark.added", {"kind": "strength", "text": "Sôi nổi", "criterion_id": "0"}
    ),
    "checklist_sessions.change_remark": Change(
        "thanh-vien-1", "/remarks/{remark_id}", "remark.changed", {"text": "Hồ sơ rất đầy đủ.", "base_version": "9"}
    ),
    "checklist_sessions.withdraw_remark": Change("thanh-vien-1", "/remarks/{remark_id}/withdrawal", "remark.withdrawn"),
    "checklist_sessions.add_exchange": Change(
        "thanh-vien-1",
        "/exchanges",
        "exchange.added",
        {
            "kind": "question",
            "speaker": "Trần Thị Hòa",
            "text": "Quỹ ở đâu?",
            "attendance_id": "0",
            "criterion_id": "0",
        },
    ),
    "checklist_sessions.withdraw_exchange": Change(
        "thanh-vien-1", "/exchanges/{exchange_id}/withdrawal", "exchange.withdrawn"
    ),
    "checklist_sessions.add_attendance": Change(
        "thu-ky", "/attendance", "attendance.added", {"side": "guest", "name": "Lê Văn Khách"}
    ),
    "checklist_sessions.mark_attendance": Change(
        "thu-ky", "/attendance/{attendance_id}", "attendance.marked", {"presence": "present"}
    ),
    "checklist_sessions.record_absence": Change(
        "thu-ky", "/attendance/{attendance_id}/absence", "attendance.marked", {"reason": "Ốm"}
    ),
    "checklist_sessions.start_step": Change("thu-ky", "/steps/{step_id}/start", "step.started"),
    "checklist_sessions.skip_step": Change(
        "thu-ky", "/steps/{step_id}/omission", "step.skipped", {"reason": "Hết giờ"}
    ),
    "checklist_sessions.open_session": Change("truong-doan", "/opening", "opened", room="planned_id"),
    "checklist_sessions.close_session": Change("truong-doan", "/closure", "closed"),
}


@pytest.fixture
def places(app: Flask, world: World) -> dict[str, int | str]:
    return furnish(app, world)


@pytest.mark.parametrize("endpoint", CHANGES)
def test_a_change_sent_twice_is_applied_once_and_acknowledged_twice(
    app: Flask, client_of: Callable[[str], FlaskClient], world: World, places: dict[str, int | str], endpoint: str
) -> None:
    change, op_id = CHANGES[endpoint], new_op()
    room = getattr(world, change.room)
    address = here(room, change.path.format(**places))
    client, before = client_of(change.by), kinds(app, room)
    answers = [client.post(address, data=change.fields | {"op_id": op_id}, headers=OUTBOX) for _ in range(2)]
    assert [answer.headers.get("X-Op-Id") for answer in answers] == [op_id, op_id], answers[0].text
    assert {answer.status_code for answer in answers} <= {200, 204}
    assert kinds(app, room) == [*before, change.kind]
    assert answers[0].headers["X-Revision"] == str(len(before) + 1)
    assert "Location" not in answers[0].headers


def test_the_outbox_is_told_where_a_plain_form_would_go_on_and_leaves_no_words_behind(
    app: Flask, client_of: Callable[[str], FlaskClient], world: World
) -> None:
    member, change = client_of("thanh-vien-1"), CHANGES["checklist_sessions.add_remark"]
    address = here(world.open_id, "/remarks")
    answer = member.post(address, data=change.fields | {"op_id": new_op()}, headers=OUTBOX)
    assert (answer.status_code, answer.headers["X-Next"], answer.text) == (204, f"{address}?kind=strength", "")
    assert "Đã ghi vào mục" not in member.get(address).text


def test_a_plain_form_is_acknowledged_and_goes_on_as_ever(
    client_of: Callable[[str], FlaskClient], world: World
) -> None:
    member, op_id = client_of("thanh-vien-1"), new_op()
    fields = CHANGES["checklist_sessions.add_remark"].fields | {"op_id": op_id}
    answer = member.post(here(world.open_id, "/remarks"), data=fields)
    assert (answer.status_code, answer.headers["X-Op-Id"]) == (303, op_id)
    assert "Đã ghi vào mục" in member.get(answer.headers["Location"]).text


def test_a_refusal_is_not_acknowledged_and_says_why_where_the_outbox_looks(
    client_of: Callable[[str], FlaskClient], world: World
) -> None:
    member = client_of("thanh-vien-1")
    fields = {"kind": "strength", "text": " ", "criterion_id": "0", "op_id": new_op()}
    unfit = member.post(here(world.open_id, "/remarks"), data=fields, headers=OUTBOX)
    assert unfit.status_code == 422 and "X-Op-Id" not in unfit.headers
    assert re.search(r'class="error-summary".*?<li>.*?Xin ghi nội dung', unfit.text, re.DOTALL)
    close(client_of("truong-doan"), world.open_id)
    late = member.post(
        here(world.open_id, "/exchanges"),
        data=CHANGES["checklist_sessions.add_exchange"].fields | {"op_id": new_op()},
        headers=OUTBOX,
    )
    assert late.status_code == 409 and "X-Op-Id" not in late.headers


def test_a_page_left_open_does_not_write_with_the_login_of_the_next_person(
    app: Flask, client_of: Callable[[str], FlaskClient], world: World
) -> None:
    fields = CHANGES["checklist_sessions.add_remark"].fields
    address, second = here(world.open_id, "/remarks"), client_of("thanh-vien-2")
    before = kinds(app, world.open_id)
    headers = OUTBOX | {"X-Person": str(world.thanh_vien_1.id)}
    answer = second.post(address, data=fields | {"op_id": new_op()}, headers=headers)
    assert answer.status_code == 401 and kinds(app, world.open_id) == before
    headers = OUTBOX | {"X-Person": str(world.thanh_vien_2.id)}
    assert second.post(address, data=fields | {"op_id": new_op()}, headers=headers).status_code == 204


def test_a_tap_whose_wish_is_fulfilled_already_is_acknowledged(
    app: Flask, client_of: Callable[[str], FlaskClient], world: World
) -> None:
    secretary, person, step = (
        client_of("thu-ky"),
        rows(app, Attendance, world.open_id)[0],
        rows(app, AgendaStep, world.open_id)[0],
    )
    taps = ((f"/attendance/{person.id}", {"presence": "present"}), (f"/steps/{step.id}/start", {}))
    for path, fields in taps:
        for _ in range(2):
            op_id = new_op()
            answer = secretary.post(here(world.open_id, path), data=fields | {"op_id": op_id}, headers=OUTBOX)
            assert (answer.status_code < 300, answer.headers.get("X-Op-Id")) == (True, op_id)
    assert kinds(app, world.open_id).count("attendance.marked") == 1
    assert kinds(app, world.open_id).count("step.started") == 1
    assert rows(app, AgendaStep, world.open_id)[0].state == "running"
