"""The room's page: opening it, numbers as slips shown once, who is in with which device, sending out."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.checklist_sessions.rooms import here, kinds, rows
from tests.conftest import new_op, signed_in
from tests.joining import rooms
from tests.joining.rooms import DOOR, NUMBERS, enter, inside, logins, open_room, pin_of, room
from tests.world import World
from thidua.extensions import db
from thidua.joining.addresses import room_address
from thidua.models import ChecklistSession, JournalEntry, LoginSession, PlanUnit, RoomPin
from thidua.rules.room_numbers import good_on
from thidua.rules.words import day_of
from thidua.session_pages import outside

TABLET = "Mozilla/5.0 (Linux; Android 13; SM-X200) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"


def code_of(app: Flask, world: World) -> str:
    with app.app_context():
        return db.session.scalars(select(ChecklistSession.join_code).where(ChecklistSession.id == world.open_id)).one()


def slips(page: str) -> dict[str, str]:
    """Name -> number of every slip."""
    names = re.findall(r'aria-label="Phiếu của ([^"]+)"', page)
    numbers = re.findall(r'slips__number">(\d{3} \d{3})<', page)
    return dict(zip(names, numbers, strict=True))


@pytest.mark.parametrize("username", ["truong-doan", "thu-ky", "can-bo"])
def test_the_room_is_opened_by_head_secretary_or_office_and_gets_a_secret_address(
    app: Flask, client_of, world: World, username: str
) -> None:
    client = client_of(username)
    assert "Mở phòng họp" in client.get(room(world)).text
    assert client.post(room(world, "/opening"), data={"op_id": new_op()}).status_code == 303
    code = code_of(app, world)
    assert re.fullmatch(r"([a-z2-9]{5}-){2}[a-z2-9]{5}", code)
    page = client.get(room(world)).text
    assert f"http://localhost/join/{code}" not in page and f"/join/{code}" in page and 'class="qr"' in page
    assert client.get(room(world, "/poster")).status_code == 200
    assert app.test_client().get(f"/join/{code}").status_code == 200


@pytest.mark.parametrize("username", ["thanh-vien-1", "don-vi", "nguoi-ngoai", "don-vi-khac"])
@pytest.mark.parametrize("path", ["/opening", "/numbers", "/expulsion", "/devices/1/expulsion"])
def test_others_may_neither_open_nor_make_numbers_nor_send_out(
    app: Flask, client_of, world: World, username: str, path: str
) -> None:
    open_room(app, world)
    before = kinds(app, world.open_id)
    assert client_of(username).post(room(world, path)).status_code == 403
    assert kinds(app, world.open_id) == before and code_of(app, world) == rooms.CODE


def test_at_the_server_itself_the_poster_names_the_address_in_the_network(
    app: Flask, client_of, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(base_url: str) -> str:
        with app.test_request_context("/", base_url=base_url):
            return room_address(rooms.CODE)

    monkeypatch.setattr(outside, "lan_host", lambda: "192.168.1.5")
    for own in ("http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"):
        assert told(own) == f"http://192.168.1.5:8000{DOOR}"
    assert told("http://localhost") == f"http://192.168.1.5{DOOR}"
    assert told("http://10.1.1.1:8000") == f"http://10.1.1.1:8000{DOOR}"
    assert told("https://thidua.example") == f"https://thidua.example{DOOR}"
    monkeypatch.setattr(outside, "lan_host", lambda: None)
    assert told("http://localhost:8000") == f"http://localhost:8000{DOOR}"
    open_room(app, world)
    assert "máy khác chưa vào được" in client_of("thu-ky").get(room(world)).text


def test_numbers_are_made_for_everybody_shown_once_and_open_the_door(app: Flask, client_of, world: World) -> None:
    open_room(app, world, people=())
    client, op_id = client_of("thu-ky"), new_op()
    answer = client.post(room(world, "/numbers"), data={"op_id": op_id})
    made = slips(answer.text)
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    names = {world.people[username].name for username in NUMBERS}
    assert set(made) == names and len(set(made.values())) == len(names)
    for username in NUMBERS:
        assert enter(app.test_client(), world, username, made[world.people[username].name]).status_code == 303
    page = client.get(room(world)).text
    assert not any(number in page or number.replace(" ", "") in page for number in made.values())
    again = client.post(room(world, "/numbers"), data={"op_id": op_id})
    assert again.status_code == 303 and "chỉ hiện một lần" in client.get(again.location).text
    assert enter(app.test_client(), world, "don-vi", made[world.don_vi.name]).status_code == 303


def test_no_number_stands_in_the_journal_or_as_it_is_in_the_database(app: Flask, client_of, world: World) -> None:
    open_room(app, world, people=())
    made = slips(client_of("thu-ky").post(room(world, "/numbers")).text)
    written = " ".join(entry.payload for entry in rows(app, JournalEntry, world.open_id))
    kept = " ".join(pin.pin_hash for pin in rows(app, RoomPin, world.open_id))
    assert "Hoàng Văn Bắc" in written and kept.count("$argon2id$") == len(NUMBERS)
    for number in made.values():
        assert number.replace(" ", "") not in written + kept and number not in written


def test_a_new_number_for_one_ends_the_old_one_and_leaves_the_others_and_who_is_in(
    app: Flask, client_of, world: World
) -> None:
    open_room(app, world)
    tablet = inside(app, world, "thanh-vien-1")
    answer = client_of("truong-doan").post(room(world, "/numbers"), data={"account_id": world.thanh_vien_1.id})
    assert list(slips(answer.text)) == ["Trần Thị Hòa"]
    assert enter(app.test_client(), world, "thanh-vien-1").status_code == 422
    assert enter(app.test_client(), world, "thanh-vien-2").status_code == 303
    assert tablet.get(here(world.open_id)).status_code == 200


@pytest.mark.parametrize("account", ["0", "x", "999999", "stranger"])
def test_nobody_from_outside_the_room_gets_a_number(app: Flask, client_of, world: World, account: str) -> None:
    open_room(app, world)
    before = rows(app, RoomPin, world.open_id)
    account_id = str(world.nguoi_ngoai.id) if account == "stranger" else account
    assert client_of("thu-ky").post(room(world, "/numbers"), data={"account_id": account_id}).status_code == 404
    assert len(rows(app, RoomPin, world.open_id)) == len(before)


def test_without_an_open_room_no_numbers_and_after_the_signatures_neither(app: Flask, client_of, world: World) -> None:
    client = client_of("thu-ky")
    assert client.post(room(world, "/numbers")).status_code == 409
    assert client.get(room(world, "/poster")).status_code == 409
    open_room(app, world)
    rooms.change(app, update(ChecklistSession).where(ChecklistSession.id == world.open_id).values(state="signed"))
    assert client.post(room(world, "/numbers")).status_code == 409
    assert client.post(room(world, "/opening")).status_code == 409
    assert client.get(room(world)).status_code == 200


def test_numbers_made_beforehand_are_for_the_day_of_the_half_day(app: Flask, client_of, world: World) -> None:
    open_room(app, world, people=())
    coming = day_of(datetime.now(UTC)) + timedelta(days=3)
    rooms.change(app, update(PlanUnit).values(on_date=coming))
    page = client_of("can-bo").post(room(world, "/numbers")).text
    assert f"{coming:%d/%m/%Y}" in page
    assert good_on(pin_of(app, world, "don-vi").expires_at) == coming
    assert f"Số dùng cho ngày {coming:%d/%m/%Y}" in client_of("thu-ky").get(room(world)).text


def test_numbers_of_a_day_gone_by_are_called_old(app: Flask, client_of, world: World) -> None:
    open_room(app, world, day=date(2020, 10, 20))
    assert "Số dùng cho ngày 20/10/2020" in client_of("thu-ky").get(room(world)).text


def test_opening_the_same_form_twice_keeps_the_address(app: Flask, client_of, world: World) -> None:
    client, op_id = client_of("thu-ky"), new_op()
    client.post(room(world, "/opening"), data={"op_id": op_id})
    code = code_of(app, world)
    assert client.post(room(world, "/opening"), data={"op_id": op_id}).status_code == 303
    assert code_of(app, world) == code and kinds(app, world.open_id).count("room.opened") == 1


def test_the_head_sees_every_device_of_the_room_in_words(app: Flask, world: World) -> None:
    open_room(app, world)
    tablet = app.test_client()
    tablet.environ_base["HTTP_USER_AGENT"] = TABLET
    enter(tablet, world, "thanh-vien-1")
    head = signed_in(app, world, "truong-doan")
    signed_in(app, world, "nguoi-ngoai")
    page = head.get(room(world)).text
    assert "Máy tính bảng Android · Chrome" in page and "đăng nhập bằng mật khẩu" in page
    assert "2 máy" in page and "Ngô Người Ngoài" not in page
    assert "dùng gần nhất lúc" in head.get(room(world, "/people")).text


def test_an_expelled_device_is_out_at_once_and_may_come_in_again(app: Flask, client_of, world: World) -> None:
    open_room(app, world)
    tablet, head = inside(app, world, "thanh-vien-1"), client_of("truong-doan")
    [opened] = logins(app, world, "thanh-vien-1")
    answer = head.post(room(world, f"/devices/{opened.id}/expulsion"), headers={"HX-Request": "true"})
    assert answer.status_code == 200 and f"room-device-{opened.id}" not in answer.text
    assert kinds(app, world.open_id)[-1] == "room.expelled"
    refused = tablet.post(here(world.open_id, "/criteria/1/scores"), headers={"X-Requested-With": "outbox"})
    assert refused.status_code == 401 and "những gì đã nhập vẫn còn trên máy này" in refused.text
    assert tablet.get(here(world.open_id)).location.startswith(DOOR)
    assert enter(tablet, world, "thanh-vien-1").status_code == 303
    assert tablet.get(here(world.open_id)).status_code == 200


def test_sent_out_twice_is_sent_out_once(app: Flask, client_of, world: World) -> None:
    open_room(app, world)
    inside(app, world, "thanh-vien-1")
    [opened] = logins(app, world, "thanh-vien-1")
    head, op_id = client_of("truong-doan"), new_op()
    for _ in range(2):
        assert head.post(room(world, f"/devices/{opened.id}/expulsion"), data={"op_id": op_id}).status_code == 303
    head.post(room(world, f"/devices/{opened.id}/expulsion"))
    assert kinds(app, world.open_id).count("room.expelled") == 1


def test_everybody_else_is_sent_out_and_the_device_in_hand_stays(app: Flask, client_of, world: World) -> None:
    open_room(app, world)
    tablets = [inside(app, world, username) for username in ("thanh-vien-1", "don-vi")]
    laptop, head, stranger = client_of("thu-ky"), client_of("truong-doan"), client_of("nguoi-ngoai")
    assert head.post(room(world, "/expulsion")).status_code == 303
    assert [one.get(here(world.open_id)).status_code for one in (*tablets, laptop, head)] == [302, 302, 302, 200]
    assert stranger.get("/").status_code == 200
    told = head.get(here(world.open_id, "/history")).text
    assert "Mời ra khỏi phòng" in told and "Trần Thị Hòa: Thiết bị khác" in told


def test_a_device_of_somebody_else_is_not_within_reach(app: Flask, client_of, world: World) -> None:
    open_room(app, world)
    stranger = client_of("nguoi-ngoai")
    [opened] = logins(app, world, "nguoi-ngoai")
    client_of("truong-doan").post(room(world, f"/devices/{opened.id}/expulsion"))
    assert stranger.get("/").status_code == 200 and "room.expelled" not in kinds(app, world.open_id)


def test_a_device_in_another_room_of_the_same_team_is_left_alone(app: Flask, client_of, world: World) -> None:
    open_room(app, world)
    inside(app, world, "thanh-vien-1")
    rooms.change(
        app,
        update(LoginSession)
        .where(LoginSession.account_id == world.thanh_vien_1.id)
        .values(checklist_session_id=world.planned_id),
    )
    client_of("truong-doan").post(room(world, "/expulsion"))
    assert logins(app, world, "thanh-vien-1")[0].ended_at is None


def test_the_page_that_says_goodbye_leads_to_the_door_of_the_same_room(app: Flask, world: World) -> None:
    open_room(app, world)
    tablet = inside(app, world, "thanh-vien-1")
    answer = tablet.post("/logout")
    assert answer.status_code == 303 and answer.location == DOOR
    assert "Đã ra khỏi phòng" in tablet.get(DOOR).text


def test_the_last_use_is_written_down_at_most_once_a_minute_and_never_by_a_score(app: Flask, world: World) -> None:
    open_room(app, world)
    client = inside(app, world, "thanh-vien-1")
    client.get(here(world.open_id))
    assert logins(app, world, "thanh-vien-1")[0].last_seen_at is None
    app.extensions["seen"]._written_at -= timedelta(minutes=2)
    client.post(here(world.open_id, "/criteria/1/scores"))
    assert logins(app, world, "thanh-vien-1")[0].last_seen_at is None
    client.get(here(world.open_id))
    assert logins(app, world, "thanh-vien-1")[0].last_seen_at


def test_every_kind_of_change_of_the_room_has_its_words(app: Flask, client_of, world: World) -> None:
    open_room(app, world)
    head = client_of("truong-doan")
    head.post(room(world, "/opening"))
    head.post(room(world, "/numbers"), data={"account_id": world.don_vi.id})
    page = head.get(here(world.open_id, "/history")).text
    assert "Mở phòng họp để vào bằng số" in page and "Đổi địa chỉ phòng họp" in page
    assert f"Làm số vào phòng cho ngày {day_of(datetime.now(UTC)):%d/%m/%Y}" in page and "room." not in page
