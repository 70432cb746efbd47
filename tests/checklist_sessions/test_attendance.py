"""Who is present, who is absent and why, who else came."""

import pytest

from tests.checklist_sessions.rooms import close, here, kinds, rows
from tests.conftest import new_op
from thidua.models import Attendance

HTMX = {"HX-Request": "true"}


def first(app, world):
    return rows(app, Attendance, world.open_id)[0]


def test_one_tap_marks_a_person_present_and_answers_with_the_part(app, client_of, world) -> None:
    person = first(app, world)
    answer = client_of("thu-ky").post(
        here(world.open_id, f"/attendance/{person.id}"), data={"presence": "present"}, headers=HTMX
    )
    assert answer.status_code == 200 and answer.text.startswith('<section id="attendance"')
    assert answer.headers["X-Revision"] == "2"
    assert f'id="attendance-{person.id}-present" aria-pressed="true"' in answer.text
    assert first(app, world).presence == "present"


def test_the_same_tap_again_changes_nothing(app, client_of, world) -> None:
    secretary, person = client_of("thu-ky"), first(app, world)
    for _ in range(2):
        secretary.post(here(world.open_id, f"/attendance/{person.id}"), data={"presence": "present"}, headers=HTMX)
    assert kinds(app, world.open_id) == ["opened", "attendance.marked"]


def test_an_absence_has_a_reason_and_a_correction_removes_it(app, client_of, world) -> None:
    secretary, person = client_of("thu-ky"), first(app, world)
    address = here(world.open_id, f"/attendance/{person.id}")
    assert person.name in secretary.get(address).text
    answer = secretary.post(f"{address}/absence", data={"reason": "  Đi  công tác ", "op_id": new_op()})
    assert (answer.status_code, answer.location) == (303, here(world.open_id, f"/meeting#attendance-{person.id}"))
    assert (first(app, world).presence, first(app, world).absent_reason) == ("absent", "Đi công tác")
    assert "Vắng: Đi công tác" in client_of("don-vi").get(here(world.open_id, "/meeting")).text
    secretary.post(address, data={"presence": "present"}, headers=HTMX)
    assert (first(app, world).presence, first(app, world).absent_reason) == ("present", "")


def test_an_absence_without_reason_is_asked_for_one(app, client_of, world) -> None:
    address = here(world.open_id, f"/attendance/{first(app, world).id}/absence")
    answer = client_of("thu-ky").post(address, data={"reason": " ", "op_id": new_op()})
    assert answer.status_code == 422 and "Xin ghi lý do vắng mặt" in answer.text
    assert first(app, world).presence == "expected"


def test_a_guest_is_added_and_is_present_at_once(app, client_of, world) -> None:
    data = {"side": "guest", "name": "Trần Văn Khách", "office": "Chủ tịch UBND xã", "op_id": new_op()}
    secretary = client_of("thu-ky")
    for _ in range(2):
        assert secretary.post(here(world.open_id, "/attendance"), data=data).status_code == 303
    guests = [one for one in rows(app, Attendance, world.open_id) if one.side == "guest"]
    assert [(one.name, one.office, one.presence) for one in guests] == [
        ("Trần Văn Khách", "Chủ tịch UBND xã", "present")
    ]
    assert "Trần Văn Khách" in secretary.get(here(world.open_id, "/meeting")).text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"side": "guest", "name": ""}, "Xin ghi họ tên người dự."),
        ({"side": "press", "name": "Trần Văn Khách"}, "Xin chọn: đoàn kiểm tra, đơn vị hoặc khách mời."),
        ({"side": "guest", "name": "x" * 121}, "dài quá 120 chữ"),
    ],
)
def test_a_bad_entry_is_shown_again_with_what_was_typed(app, client_of, world, data, sentence) -> None:
    answer = client_of("thu-ky").post(
        here(world.open_id, "/attendance"), data=data | {"office": "Văn phòng", "op_id": new_op()}
    )
    assert answer.status_code == 422
    assert sentence in answer.text and 'value="Văn phòng"' in answer.text
    assert len(rows(app, Attendance, world.open_id)) == 6


def test_attendance_is_prepared_before_the_half_day_begins(app, client_of, world) -> None:
    person = rows(app, Attendance, world.planned_id)[0]
    answer = client_of("thu-ky").post(here(world.planned_id, f"/attendance/{person.id}"), data={"presence": "present"})
    assert answer.status_code == 303
    assert rows(app, Attendance, world.planned_id)[0].presence == "present"


def test_after_closing_attendance_stays_as_it_is(app, client_of, world) -> None:
    close(client_of("truong-doan"), world.open_id)
    secretary, person = client_of("thu-ky"), first(app, world)
    answer = secretary.post(here(world.open_id, f"/attendance/{person.id}"), data={"presence": "present"}, headers=HTMX)
    assert answer.status_code == 409 and "đã khóa" in answer.text
    assert "hx-post" not in secretary.get(here(world.open_id, "/meeting")).text


@pytest.mark.parametrize("username", ["thanh-vien-1", "don-vi", "can-bo", "nguoi-ngoai"])
def test_only_head_and_secretary_record_attendance(app, client_of, world, username) -> None:
    client, person = client_of(username), first(app, world)
    address = here(world.open_id, f"/attendance/{person.id}")
    assert client.post(address, data={"presence": "present"}).status_code == 403
    assert client.post(here(world.open_id, "/attendance"), data={"side": "guest", "name": "Ai"}).status_code == 403
    assert client.post(f"{address}/absence", data={"reason": "Ốm"}).status_code == 403
    assert client.get(address).status_code == 403
    assert first(app, world).presence == "expected"


def test_a_person_of_another_session_is_not_found(app, client_of, world) -> None:
    stranger = rows(app, Attendance, world.planned_id)[0]
    answer = client_of("thu-ky").post(here(world.open_id, f"/attendance/{stranger.id}"), data={"presence": "present"})
    assert answer.status_code == 404


def test_readers_see_names_without_keys(client_of, world) -> None:
    page = client_of("thanh-vien-1").get(here(world.open_id, "/meeting")).text
    assert "Hoàng Văn Bắc" in page and "Chưa điểm danh" in page and "hx-post" not in page
    assert client_of("nguoi-ngoai").get(here(world.open_id, "/meeting")).status_code == 403
