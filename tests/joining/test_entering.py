"""The door: a name and a number. Wrong ones, old ones, other rooms' ones; guessing from one address and from many."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from tests.checklist_sessions.rooms import here, kinds
from tests.conftest import new_op, signed_in
from tests.joining import rooms
from tests.joining.rooms import DOOR, NUMBERS, WRONG, enter, inside, logins, open_room, pin_of
from tests.world import World
from thidua.extensions import db
from thidua.joining import entering
from thidua.joining.entering import WRONG_FROM_ONE_ADDRESS
from thidua.models import Account, ChecklistSession, LoginSession, RoomPin
from thidua.models.finders import sheet_of
from thidua.rules.room_numbers import FREE_TRIES, TRIES, end_of
from thidua.rules.words import day_of

REFUSED = "Số chưa đúng, hoặc không dùng cho hôm nay"


def today():
    return day_of(datetime.now(UTC))


def told(answer: TestResponse) -> tuple[int, str]:
    """Everything on the page that does not change by itself: not whom one chose, the token, how many seconds remain."""
    page = re.sub(
        r'(name="csrf-token" content|name="csrf_token" value)="[^"]+"', "", answer.text.replace(" checked", "")
    )
    return answer.status_code, re.sub(r"chờ \d+ giây", "", page)


def test_the_door_shows_names_and_parts_and_nothing_else_about_people(app: Flask, world: World) -> None:
    open_room(app, world)
    rooms.change(app, update(Account).values(phone="0912 345 678"))
    page = app.test_client().get(DOOR)
    assert page.status_code == 200
    for words in ("Bắc Giang", "Trần Thị Hòa", "Hoàng Văn Bắc", "Trưởng đoàn", "Đơn vị", "72/HTS"):
        assert words in page.text
    for hidden in ("Ngô Người Ngoài", "Đỗ Thị Thủy", "0912", "thanh-vien-1", "Ủy viên Thường vụ"):
        assert hidden not in page.text


def test_the_right_number_opens_this_room_until_the_end_of_the_day(app: Flask, world: World) -> None:
    open_room(app, world)
    client = app.test_client()
    answer = enter(client, world, "thanh-vien-1", "482 913")
    assert answer.status_code == 303 and answer.location == here(world.open_id)
    page = client.get(answer.location)
    assert page.status_code == 200 and "Trần Thị Hòa" in page.text
    [opened] = logins(app, world, "thanh-vien-1")
    assert opened.checklist_session_id == world.open_id and opened.expires_at == end_of(today())
    assert kinds(app, world.open_id)[-1] == "room.joined"


def test_a_score_given_after_entering_is_the_persons_own(app: Flask, world: World) -> None:
    open_room(app, world)
    client = inside(app, world, "thanh-vien-1")
    with app.app_context():
        leaf = sheet_of(db.session(), world.checklist_id).leaves[0]
    answer = client.post(
        here(world.open_id, f"/criteria/{leaf.id}/scores"),
        data={"perspective": "proposed", "points": "1", "base_version": "0", "op_id": new_op()},
    )
    assert answer.status_code == 200 and kinds(app, world.open_id)[-1] == "score.proposed"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"number": "48291"}, "vừa ghi 5 chữ số"),
        ({"number": "mật khẩu"}, "chỉ gồm chữ số"),
        ({"number": ""}, "Xin ghi sáu chữ số"),
        ({"person": ""}, "Xin chọn tên"),
        ({"person": "999999"}, "Xin chọn tên"),
    ],
)
def test_what_cannot_be_right_is_refused_beside_its_field_and_counts_as_no_try(
    app: Flask, world: World, fields: dict[str, str], sentence: str
) -> None:
    open_room(app, world)
    person = str(world.thanh_vien_1.id)
    answer = app.test_client().post(DOOR, data={"person": person, "number": "482913"} | fields)
    assert answer.status_code == 422 and sentence in answer.text
    if fields.get("number"):
        assert f'value="{fields["number"]}"' in answer.text and f'value="{person}" checked' in answer.text
    assert pin_of(app, world, "thanh-vien-1").tries == 0


def test_wrong_none_yesterdays_and_anothers_number_are_told_alike(app: Flask, world: World) -> None:
    open_room(app, world, people=("thanh-vien-1", "don-vi"))
    open_room(app, world, people=("thanh-vien-3",), day=today() - timedelta(days=1))
    tries = [
        ("thanh-vien-1", WRONG),  # wrong
        ("thanh-vien-2", "907264"),  # has none
        ("thanh-vien-3", NUMBERS["thanh-vien-3"]),  # yesterday's
        ("don-vi", NUMBERS["thanh-vien-1"]),  # another person's
    ]
    client = app.test_client()
    pages = {told(enter(client, world, username, number)) for username, number in tries}
    [(status, page)] = pages
    assert status == 422 and REFUSED in page
    assert not any(logins(app, world, username) for username, _ in tries)


def test_who_has_no_number_waits_and_is_locked_like_the_others(app: Flask, world: World) -> None:
    open_room(app, world, people=("thanh-vien-1",))
    heard: dict[str, list[tuple[int, str]]] = {"thanh-vien-1": [], "thanh-vien-2": []}
    for username, answers in heard.items():
        client = app.test_client()
        for _ in range(TRIES + 1):
            answers.append(told(enter(client, world, username, WRONG)))
            if answers[-1][0] == 429:
                rooms.no_wait(app)
                answers.append(told(enter(client, world, username, WRONG)))
    assert heard["thanh-vien-1"] == heard["thanh-vien-2"]
    assert "làm số mới" in heard["thanh-vien-2"][-1][1]


def test_todays_number_of_another_half_day_opens_nothing(app: Flask, world: World) -> None:
    open_room(app, world, people=("thanh-vien-1",))
    open_room(app, world, people=("thanh-vien-2",), room=world.planned_id)
    answer = enter(app.test_client(), world, "thanh-vien-2")
    assert answer.status_code == 422 and REFUSED in answer.text


def test_a_number_for_tomorrow_waits_for_tomorrow_and_says_so(app: Flask, world: World) -> None:
    open_room(app, world, day=today() + timedelta(days=1))
    client = app.test_client()
    page, answer = client.get(DOOR), enter(client, world, "thanh-vien-1")
    assert page.status_code == 200 and "chỉ dùng trong ngày" in page.text and "Trần Thị Hòa" not in page.text
    assert answer.status_code == 409 and not logins(app, world, "thanh-vien-1")


def test_yesterdays_room_is_closed_today(app: Flask, world: World) -> None:
    open_room(app, world, day=today() - timedelta(days=1))
    answer = enter(app.test_client(), world, "thanh-vien-1")
    assert answer.status_code == 409 and "Hôm nay chưa có số vào phòng" in answer.text


def test_many_addresses_gain_nothing_because_the_number_counts_its_own_tries(app: Flask, world: World) -> None:
    open_room(app, world)
    codes = []
    for turn in range(TRIES):
        rooms.no_wait(app)
        answer = enter(app.test_client(), world, "thanh-vien-1", WRONG, address=("10.0.0.1", "10.0.0.2")[turn % 2])
        codes.append(answer.status_code)
    assert codes == [422] * TRIES and pin_of(app, world, "thanh-vien-1").is_spent
    rooms.no_wait(app)
    right = enter(app.test_client(), world, "thanh-vien-1", address="10.0.0.3")
    assert right.status_code == 422 and "nhập sai quá nhiều lần" in right.text
    assert kinds(app, world.open_id).count("room.locked") == 1


def test_from_the_fifth_wrong_try_on_even_the_right_number_waits(app: Flask, world: World) -> None:
    open_room(app, world)
    for _ in range(FREE_TRIES):
        enter(app.test_client(), world, "thanh-vien-1", WRONG)
    answer = enter(app.test_client(), world, "thanh-vien-1", address="10.0.0.9")
    assert answer.status_code == 429 and 0 < int(answer.headers["Retry-After"]) <= 10 and "Xin chờ" in answer.text
    assert pin_of(app, world, "thanh-vien-1").tries == FREE_TRIES
    rooms.no_wait(app)
    assert enter(app.test_client(), world, "thanh-vien-1").status_code == 303
    assert pin_of(app, world, "thanh-vien-1").tries == 0


def test_a_whole_room_behind_one_address_comes_in_though_one_of_them_errs(app: Flask, world: World) -> None:
    open_room(app, world)
    for _ in range(FREE_TRIES):
        enter(app.test_client(), world, "thanh-vien-1", WRONG)
    others = [username for username in NUMBERS if username != "thanh-vien-1"]
    assert [enter(app.test_client(), world, username).status_code for username in others * 8] == [303] * 40


def test_one_address_that_errs_at_everybody_is_slowed_down(app: Flask, world: World) -> None:
    open_room(app, world)
    tried = [username for username in NUMBERS for _ in range(FREE_TRIES)][: WRONG_FROM_ONE_ADDRESS + 1]
    codes = [enter(app.test_client(), world, username, WRONG).status_code for username in tried]
    assert set(codes) == {422}
    answer = enter(app.test_client(), world, "don-vi", WRONG)
    assert answer.status_code == 429


def test_the_head_is_told_of_a_locked_number_and_makes_a_new_one(app: Flask, world: World) -> None:
    open_room(app, world)
    rooms.change(app, update(RoomPin).values(tries=TRIES - 1))
    enter(app.test_client(), world, "thanh-vien-2", WRONG)
    head = signed_in(app, world, "truong-doan")
    revision = len(kinds(app, world.open_id)) - 1
    told = head.get(here(world.open_id, f"/changes?last={revision}")).text
    assert "Số vào phòng bị khóa" in told and "Lê Đức Thắng" in told
    assert "Số bị khóa vì nhập sai nhiều lần" in head.get(rooms.room(world)).text
    member = signed_in(app, world, "thanh-vien-1").get(here(world.open_id, f"/changes?last={revision}")).text
    assert "Lê Đức Thắng" not in member
    assert head.post(rooms.room(world, "/numbers"), data={"account_id": world.thanh_vien_2.id}).status_code == 200
    assert pin_of(app, world, "thanh-vien-2").tries == 0


@pytest.mark.parametrize("code", ["zzzzz-zzzzz-zzzzz", "x", "0123456789abcdef", "a" * 3000, "%00", "%F0%9F%98%80"])
def test_an_unknown_code_is_told_in_words(app: Flask, world: World, code: str) -> None:
    open_room(app, world)
    client = app.test_client()
    for answer in (client.get(f"/join/{code}"), client.post(f"/join/{code}", data={"person": "1", "number": WRONG})):
        assert answer.status_code == 404 and "Không có phòng họp này" in answer.text


def test_a_changed_address_ends_the_old_one(app: Flask, world: World) -> None:
    open_room(app, world)
    signed_in(app, world, "thu-ky").post(rooms.room(world, "/opening"))
    assert app.test_client().get(DOOR).status_code == 404


def test_the_code_typed_from_the_wall_in_capitals_without_hyphens_opens_too(app: Flask, world: World) -> None:
    open_room(app, world)
    assert app.test_client().get("/join/ABCDEFGHKMNPQRS").status_code == 200


def test_after_the_signatures_the_door_is_closed(app: Flask, world: World) -> None:
    open_room(app, world)
    rooms.change(app, update(ChecklistSession).where(ChecklistSession.id == world.open_id).values(state="signed"))
    client = app.test_client()
    assert "Biên bản đã ký đủ" in client.get(DOOR).text
    assert enter(client, world, "thanh-vien-1").status_code == 409 and not logins(app, world, "thanh-vien-1")


def test_before_the_opening_one_may_come_in_and_hears_that_it_has_not_begun(app: Flask, world: World) -> None:
    open_room(app, world)
    rooms.change(app, update(ChecklistSession).where(ChecklistSession.id == world.open_id).values(state="planned"))
    assert "chưa bắt đầu" in app.test_client().get(DOOR).text
    assert inside(app, world, "don-vi").get(here(world.open_id)).status_code == 200


def test_a_locked_account_has_no_place_at_the_door(app: Flask, world: World) -> None:
    open_room(app, world)
    rooms.change(app, update(Account).where(Account.username == "thanh-vien-1").values(disabled_at=datetime.now(UTC)))
    client = app.test_client()
    assert "Trần Thị Hòa" not in client.get(DOOR).text and enter(client, world, "thanh-vien-1").status_code == 422


def test_entering_gives_a_new_cookie_and_a_new_csrf_token(csrf_app: Flask, world: World) -> None:
    open_room(csrf_app, world)
    client = csrf_app.test_client()
    page = client.get(DOOR).text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    assert enter(client, world, "thanh-vien-1").status_code == 400
    with client.session_transaction() as before:
        planted = before["csrf_token"]
        before["token"] = "planted"
    answer = enter(client, world, "thanh-vien-1", csrf_token=token)
    assert answer.status_code == 303
    with client.session_transaction() as after:
        assert after["token"] != "planted" and after.get("csrf_token") != planted


def test_the_next_person_on_the_same_tablet_ends_the_first_ones_login_there(app: Flask, world: World) -> None:
    open_room(app, world)
    tablet, phone = inside(app, world, "thanh-vien-1"), inside(app, world, "thanh-vien-1")
    door = tablet.get(DOOR)
    assert door.status_code == 200 and "Tiếp tục với tên Trần Thị Hòa" in door.text
    assert enter(tablet, world, "thanh-vien-2").status_code == 303
    assert f'data-person="{world.thanh_vien_2.id}"' in tablet.get(here(world.open_id)).text
    assert [one.ended_at is not None for one in logins(app, world, "thanh-vien-1")] == [True, False]
    assert phone.get(here(world.open_id)).status_code == 200


def test_who_is_signed_in_and_belongs_here_goes_straight_in(client_of, app: Flask, world: World) -> None:
    open_room(app, world)
    assert client_of("thu-ky").get(DOOR).location == here(world.open_id)
    door = inside(app, world, "thanh-vien-1").get(f"{DOOR}?next={here(world.open_id, '/meeting')}")
    assert door.location == here(world.open_id, "/meeting")


def test_a_stranger_signed_in_here_hears_whose_device_this_is(client_of, app: Flask, world: World) -> None:
    open_room(app, world)
    client = client_of("nguoi-ngoai")
    assert "Máy này đang dùng với tên Ngô Người Ngoài" in client.get(DOOR).text
    assert enter(client, world, "thanh-vien-1").status_code == 303
    assert logins(app, world, "nguoi-ngoai")[0].ended_at


@pytest.mark.parametrize(
    ("wanted", "leads_to_it"),
    [
        ("/checklist-sessions/{id}/meeting", True),
        ("/conclusions/1", True),
        ("/checklist-sessions/{id}?criterion=4", True),
        ("/checklist-sessions/{id}9", False),
        ("/units", False),
        ("//evil.example/checklist-sessions/{id}", False),
        ("https://evil.example", False),
        ("/checklist-sessions/{id}/../../units\\", False),
        ("/checklist-sessions/{id}\n", False),
    ],
)
def test_after_entering_one_lands_where_one_was_but_never_outside_the_room(
    app: Flask, world: World, wanted: str, leads_to_it: bool
) -> None:
    open_room(app, world)
    address = wanted.format(id=world.open_id)
    answer = enter(app.test_client(), world, "thanh-vien-1", next=address)
    assert answer.location == (address if leads_to_it else here(world.open_id))


def test_a_number_made_anew_while_the_old_one_is_being_checked_does_not_open(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_room(app, world)
    looked = entering.password_matches

    def renewed_meanwhile(pin_hash: str | None, number: str) -> bool:
        rooms.change(app, update(RoomPin).values(pin_hash="other"))
        return looked(pin_hash, number)

    monkeypatch.setattr(entering, "password_matches", renewed_meanwhile)
    assert enter(app.test_client(), world, "thanh-vien-1").status_code == 422
    assert not logins(app, world, "thanh-vien-1")


def test_at_midnight_the_room_login_has_run_out_and_the_way_leads_to_the_door(app: Flask, world: World) -> None:
    open_room(app, world)
    client = inside(app, world, "thanh-vien-1")
    rooms.change(app, update(LoginSession).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    asked = client.get(here(world.open_id, "/meeting"))
    assert asked.status_code == 302 and asked.location == f"{DOOR}?next={here(world.open_id, '/meeting')}"
    posted = client.post(here(world.open_id, "/remarks"), headers={"X-Requested-With": "outbox"})
    assert posted.status_code == 401 and "không còn ở trong phòng họp" in posted.text
