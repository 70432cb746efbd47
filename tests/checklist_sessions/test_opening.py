"""The head of team opens, closes and reopens the half-day; nobody else does."""

import pytest

from tests.checklist_sessions.rooms import close, here, kinds, state_of
from tests.conftest import new_op

ACTS = ("/opening", "/closure", "/reopening")
OTHERS = ("thu-ky", "thanh-vien-1", "don-vi", "can-bo", "quan-tri", "nguoi-ngoai", "don-vi-khac")


def test_the_head_of_team_opens_the_half_day(app, client_of, world) -> None:
    head = client_of("truong-doan")
    assert "Mở buổi kiểm tra" in head.get(here(world.planned_id, "/meeting")).text
    answer = head.post(here(world.planned_id, "/opening"), data={"op_id": new_op()})
    assert (answer.status_code, answer.location) == (303, here(world.planned_id, "/meeting"))
    assert state_of(app, world.planned_id) == "open"
    assert "Buổi kiểm tra đã bắt đầu" in head.get(answer.location).text


def test_the_same_operation_opens_once(app, client_of, world) -> None:
    head, op_id = client_of("truong-doan"), new_op()
    for _ in range(2):
        assert head.post(here(world.planned_id, "/opening"), data={"op_id": op_id}).status_code == 303
    assert kinds(app, world.planned_id) == ["opened"]


def test_a_second_opening_is_refused_in_words(app, client_of, world) -> None:
    answer = client_of("truong-doan").post(here(world.open_id, "/opening"), data={"op_id": new_op()})
    assert answer.status_code == 409 and "đang diễn ra rồi" in answer.text


def test_an_operation_used_for_something_else_is_refused(app, client_of, world) -> None:
    head, op_id = client_of("truong-doan"), new_op()
    head.post(here(world.planned_id, "/opening"), data={"op_id": op_id})
    assert head.post(here(world.planned_id, "/closure"), data={"op_id": op_id}).status_code == 409
    assert state_of(app, world.planned_id) == "open"


@pytest.mark.parametrize("username", OTHERS)
def test_nobody_else_opens_closes_or_reopens(app, client_of, world, username) -> None:
    client = client_of(username)
    for act in ACTS:
        assert client.post(here(world.open_id, act), data={"op_id": new_op()}).status_code == 403
    assert client.get(here(world.open_id, "/closure")).status_code == 403
    assert state_of(app, world.open_id) == "open"


def test_somebody_without_login_is_asked_to_sign_in(client_of, world) -> None:
    for act in ACTS:
        assert client_of("").post(here(world.open_id, act), data={"op_id": new_op()}).status_code == 401


def test_a_session_that_does_not_exist_is_not_found(client_of) -> None:
    head = client_of("truong-doan")
    assert head.get(here(9999, "/meeting")).status_code == 404
    assert head.post(here(9999, "/opening"), data={"op_id": new_op()}).status_code == 404


def test_the_closing_page_names_what_is_not_agreed_yet(client_of, world) -> None:
    page = client_of("truong-doan").get(here(world.open_id, "/closure")).text
    assert "tiêu chí chưa có điểm thống nhất" in page and here(world.open_id, "?criterion=") in page
    assert "6 người chưa được điểm danh" in page and "Chưa ghi nhận ai của đơn vị có mặt" in page
    assert "Vẫn khóa điểm" in page


def test_closing_leads_to_the_conclusion_and_reopening_back(app, client_of, world) -> None:
    head = client_of("truong-doan")
    answer = head.post(here(world.open_id, "/closure"), data={"op_id": new_op()})
    assert (answer.status_code, answer.location) == (303, f"/conclusions/{world.conclusion_id}")
    assert state_of(app, world.open_id) == "closed"
    assert "Mở lại để chấm tiếp" in head.get(here(world.open_id, "/meeting")).text
    assert head.post(here(world.open_id, "/reopening"), data={"op_id": new_op()}).status_code == 303
    assert state_of(app, world.open_id) == "open"
    assert kinds(app, world.open_id) == ["opened", "closed", "reopened"]


def test_a_closed_session_cannot_be_closed_again(client_of, world) -> None:
    head = client_of("truong-doan")
    close(head, world.open_id)
    assert head.get(here(world.open_id, "/closure")).status_code == 409
    assert head.post(here(world.open_id, "/closure"), data={"op_id": new_op()}).status_code == 409


def test_a_form_without_csrf_token_changes_nothing(csrf_app, world) -> None:
    from tests.conftest import signed_in

    head = signed_in(csrf_app, world, "truong-doan")
    assert head.post(here(world.planned_id, "/opening"), data={"op_id": new_op()}).status_code == 400
    assert state_of(csrf_app, world.planned_id) == "planned"
