"""Who is present, who is absent and why, who else came."""

import re

import pytest

from tests.checklist_sessions.rooms import close, here, kinds, rows
from tests.conftest import new_op, signed_in
from thidua.extensions import begin_writing, db
from thidua.models import Attendance, ChecklistSession, Exchange

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
    assert "attendance__tap" not in secretary.get(here(world.open_id, "/meeting")).text


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
    assert "Hoàng Văn Bắc" in page and "Chưa điểm danh" in page and "attendance__tap" not in page
    assert client_of("nguoi-ngoai").get(here(world.open_id, "/meeting")).status_code == 403


def mark(client, room: int, path: str, **fields: str):
    return client.post(here(room, f"/attendance{path}"), data=fields | {"op_id": new_op()}, headers=HTMX)


def test_all_of_one_side_are_present_with_one_tap_and_who_is_absent_stays_absent(app, client_of, world) -> None:
    secretary, people = client_of("thu-ky"), rows(app, Attendance, world.open_id)
    mark(secretary, world.open_id, f"/{people[1].id}/absence", reason="Ốm")
    answer = mark(secretary, world.open_id, "/all", side="team")
    assert answer.status_code == 200
    presence = [one.presence for one in rows(app, Attendance, world.open_id)]
    assert presence == ["present", "absent", "present", "present", "present", "expected"]
    assert "Có mặt 04 đồng chí: đoàn kiểm tra 04; vắng 01; chưa điểm danh 01." in answer.text
    assert kinds(app, world.open_id)[-1] == "attendance.all_present"
    assert "Điểm danh tất cả có mặt: Đoàn kiểm tra" in secretary.get(here(world.open_id, "/history")).text
    mark(secretary, world.open_id, "/all", side="team")
    assert kinds(app, world.open_id).count("attendance.all_present") == 1, "nobody was left to be marked"


def test_all_present_is_for_a_known_side_and_for_head_and_secretary(app, client_of, world) -> None:
    assert mark(client_of("thu-ky"), world.open_id, "/all", side="").status_code == 422
    for username in ("thanh-vien-1", "don-vi", "can-bo", "nguoi-ngoai"):
        assert mark(client_of(username), world.open_id, "/all", side="team").status_code == 403
    assert kinds(app, world.open_id) == ["opened"]


def test_a_mistaken_tap_is_taken_back(app, client_of, world) -> None:
    secretary, person = client_of("thu-ky"), first(app, world)
    mark(secretary, world.open_id, f"/{person.id}", presence="present")
    mark(secretary, world.open_id, f"/{person.id}", presence="expected")
    assert first(app, world).presence == "expected"


def correct(client, room: int, person, **fields: str):
    data = {"side": person.side, "name": person.name, "rank": "", "office": "", "part": "", "op_id": new_op()} | fields
    return client.post(here(room, f"/attendance/{person.id}/correction"), data=data)


def test_a_name_is_put_right_and_what_this_person_said_follows(app, client_of, world) -> None:
    secretary = client_of("thu-ky")
    leader = rows(app, Attendance, world.open_id)[-1]
    question = {"kind": "answer", "attendance_id": str(leader.id), "speaker": "", "text": "Vâng.", "criterion_id": "0"}
    secretary.post(here(world.open_id, "/exchanges"), data=question | {"op_id": new_op()})
    assert leader.name in secretary.get(here(world.open_id, f"/attendance/{leader.id}/correction")).text
    answer = correct(secretary, world.open_id, leader, name="Hoàng Văn Bách", rank="Đại tá")
    assert answer.status_code == 303
    changed = rows(app, Attendance, world.open_id)[-1]
    assert (changed.name, changed.rank) == ("Hoàng Văn Bách", "Đại tá")
    assert rows(app, Exchange, world.open_id)[0].speaker == "Hoàng Văn Bách"
    told = secretary.get(here(world.open_id, "/history")).text
    assert "Sửa người dự: Hoàng Văn Bách" in told and "Hoàng Văn Bắc, Chủ trì báo cáo" in told


@pytest.mark.parametrize(
    ("fields", "sentence"), [({"name": ""}, "Xin ghi họ tên"), ({"side": "unit"}, "không chuyển sang bên khác được")]
)
def test_a_bad_correction_comes_back_with_what_was_typed(app, client_of, world, fields, sentence) -> None:
    member = first(app, world)
    answer = correct(client_of("thu-ky"), world.open_id, member, office="Phó ban", **fields)
    assert answer.status_code in (409, 422) and sentence in answer.text and 'value="Phó ban"' in answer.text
    assert first(app, world).side == "team" and first(app, world).name == member.name


def test_a_guest_put_on_the_list_by_mistake_is_taken_off(app, client_of, world) -> None:
    secretary, op_id = client_of("thu-ky"), new_op()
    mark(secretary, world.open_id, "", side="guest", name="Trần Văn Khách")
    guest = rows(app, Attendance, world.open_id)[-1]
    address = here(world.open_id, f"/attendance/{guest.id}/removal")
    for _ in range(2):
        assert secretary.post(address, data={"op_id": op_id}).status_code == 303
    assert [one.name for one in rows(app, Attendance, world.open_id) if one.side == "guest"] == []
    assert kinds(app, world.open_id).count("attendance.removed") == 1
    assert "Xóa khỏi danh sách người dự: Trần Văn Khách" in secretary.get(here(world.open_id, "/history")).text


def test_the_team_of_the_plan_and_who_has_spoken_stay_on_the_list(app, client_of, world) -> None:
    secretary = client_of("thu-ky")
    mark(secretary, world.open_id, "", side="guest", name="Trần Văn Khách")
    guest = rows(app, Attendance, world.open_id)[-1]
    said = {"kind": "answer", "attendance_id": str(guest.id), "speaker": "", "text": "Vâng.", "criterion_id": "0"}
    secretary.post(here(world.open_id, "/exchanges"), data=said | {"op_id": new_op()})
    for person, sentence in ((first(app, world), "xin ghi vắng mặt"), (guest, "đã có phát biểu")):
        answer = mark(secretary, world.open_id, f"/{person.id}/removal")
        assert answer.status_code == 409 and sentence in answer.text
    assert len(rows(app, Attendance, world.open_id)) == 7


@pytest.mark.parametrize("username", ["thanh-vien-1", "don-vi", "can-bo", "nguoi-ngoai"])
def test_only_head_and_secretary_correct_and_remove(app, client_of, world, username) -> None:
    client, leader = client_of(username), rows(app, Attendance, world.open_id)[-1]
    assert correct(client, world.open_id, leader, name="Ai đó").status_code == 403
    assert mark(client, world.open_id, f"/{leader.id}/removal").status_code == 403
    assert rows(app, Attendance, world.open_id)[-1].name == leader.name


def test_the_same_person_is_not_added_twice(app, client_of, world) -> None:
    secretary = client_of("thu-ky")
    mark(secretary, world.open_id, "", side="guest", name="Trần Văn Khách")
    answer = mark(secretary, world.open_id, "", side="guest", name="Trần Văn Khách")
    assert answer.status_code == 409 and "đã có trong danh sách" in answer.text
    assert len([one for one in rows(app, Attendance, world.open_id) if one.side == "guest"]) == 1


def test_the_units_own_account_is_offered_when_its_leader_is_not_filled(app, client_of, world) -> None:
    secretary = client_of("thu-ky")
    leader = rows(app, Attendance, world.open_id)[-1]
    assert "Có thể cũng dự" not in secretary.get(here(world.open_id, "/meeting")).text, "the leader is on the list"
    mark(secretary, world.open_id, f"/{leader.id}/removal")
    page = secretary.get(here(world.open_id, "/meeting")).text
    assert "Có thể cũng dự" in page and "tài khoản của đơn vị" in page
    assert "Có thể cũng dự" not in client_of("thanh-vien-1").get(here(world.open_id, "/meeting")).text
    account = world.people["don-vi"]
    mark(
        secretary, world.open_id, "", side="unit", name=account.name, office=account.office, part="Chủ trì báo cáo",
        account_id=str(account.id),
    )  # fmt: skip
    added = rows(app, Attendance, world.open_id)[-1]
    assert (added.name, added.account_id, added.presence) == ("Hoàng Văn Bắc", account.id, "present")
    assert "Có thể cũng dự" not in secretary.get(here(world.open_id, "/meeting")).text


def test_an_account_of_somebody_else_is_never_bound_to_a_name(app, client_of, world) -> None:
    stranger = world.people["don-vi-khac"]
    mark(client_of("thu-ky"), world.open_id, "", side="unit", name="Ai đó", account_id=str(stranger.id))
    assert rows(app, Attendance, world.open_id)[-1].account_id is None


def test_who_came_to_an_earlier_half_day_of_this_unit_is_offered(app, client_of, world) -> None:
    with app.app_context():
        begin_writing()
        opened = db.session.get(ChecklistSession, world.open_id)
        planned = db.session.get(ChecklistSession, world.planned_id)
        planned.unit_id = opened.unit_id  # the other half-day was at this unit
        db.session.add(
            Attendance(checklist_session_id=planned.id, side="guest", name="Lê Văn Bạn", rank="Đại tá",
                       office="Hội Cựu chiến binh", position=9, presence="present")
        )  # fmt: skip
        db.session.commit()
    secretary = client_of("thu-ky")
    page = secretary.get(here(world.open_id, "/meeting")).text
    assert "Lê Văn Bạn" in page and "Hội Cựu chiến binh · lần kiểm tra trước" in page
    answer = mark(
        secretary, world.open_id, "", side="guest", name="Lê Văn Bạn", rank="Đại tá", office="Hội Cựu chiến binh"
    )
    assert "lần kiểm tra trước" not in answer.text and "khách mời 01" in answer.text


def test_without_scripts_every_tap_is_a_form_with_the_token(csrf_app, world) -> None:
    secretary = signed_in(csrf_app, world, "thu-ky")
    page = secretary.get(here(world.open_id, "/meeting")).text
    forms = re.findall(r'<form class="tap".*?</form>', page, re.DOTALL)
    assert len(forms) > 20 and all('name="csrf_token"' in form for form in forms)
    action = re.search(r'action="([^"]+)"', next(form for form in forms if 'value="present"' in form))[1]
    token = re.search(r'name="csrf_token" value="([^"]+)"', forms[0])[1]
    answer = secretary.post(action, data={"presence": "present", "csrf_token": token})
    assert answer.status_code == 303 and "/meeting#attendance-" in answer.location
    assert "<!--csrf-->" not in page
