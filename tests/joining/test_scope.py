"""A login by number reaches its own half-day and nothing else: every address of the program is tried."""

import pytest
from flask import Flask
from sqlalchemy import update

from tests.checklist_sessions.rooms import here
from tests.conftest import new_op
from tests.joining import rooms
from tests.joining.rooms import CODE, DOOR, enter, inside, open_room
from tests.places import JOIN_CODE, addresses, furnish
from tests.world import PASSWORD, World
from thidua.models import Account, ChecklistSession, TeamMember
from thidua.models.actor import Actor
from thidua.permissions import ACTIONS, HEAD, NEEDS_PASSWORD, SITE_ACTIONS, Standing, may

# Open to everybody, or one's own: the door, the way out, what waits on this device, the check of a printed paper.
ANYWHERE = {
    "static",
    "health.healthz",
    "accounts.login",
    "accounts.log_in",
    "accounts.logout",
    "joining.join",
    "joining.enter",
    "preparation.door",
    "preparation.come_in",
    "waiting.index",
}
OTHERS = {"checklist_session_id", "conclusion_id"}


@pytest.fixture
def places(app: Flask, world: World) -> dict[str, int | str]:
    assert JOIN_CODE == CODE
    found = furnish(app, world)
    open_room(app, world)
    return found


@pytest.mark.parametrize("username", ["truong-doan", "thu-ky", "thanh-vien-1", "don-vi"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_address_outside_the_room_answers(
    app: Flask, world: World, places: dict[str, int | str], username: str, method: str
) -> None:
    client = inside(app, world, username)
    arguments = {rule.endpoint: rule.arguments for rule in app.url_map.iter_rules()}
    reached, walked = [], 0
    for endpoint, address in addresses(app, places, method):
        if endpoint in ANYWHERE or endpoint.startswith("verification.") or arguments[endpoint] & OTHERS:
            continue
        walked += 1
        with client.open(address, method=method) as answer:
            goes_back = answer.status_code == 302 and answer.location == here(world.open_id)
            if answer.status_code != 403 and not (endpoint == "today.index" and goes_back):
                reached.append(f"{method} {address}: {answer.status_code}")
    assert reached == [] and walked > 10


@pytest.mark.parametrize("username", ["truong-doan", "don-vi"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_address_of_another_half_day_answers(
    app: Flask, world: World, places: dict[str, int | str], username: str, method: str
) -> None:
    """Even where the same person, with the password, heads the other half-day too."""
    rooms.change(app, update(ChecklistSession).values(unit_id=world.unit_id))
    client = inside(app, world, username)
    elsewhere = places | {"checklist_session_id": world.planned_id, "conclusion_id": world.conclusion_id + 1}
    arguments = {rule.endpoint: rule.arguments for rule in app.url_map.iter_rules()}
    reached = []
    for endpoint, address in addresses(app, elsewhere, method):
        if arguments[endpoint] & OTHERS:
            with client.open(address, method=method, data={"op_id": new_op()}) as answer:
                if answer.status_code not in (403, 404):
                    reached.append(f"{method} {address}: {answer.status_code}")
    assert reached == []


def test_the_refusal_says_why_and_the_start_page_leads_into_the_room(app: Flask, world: World) -> None:
    open_room(app, world)
    client = inside(app, world, "thanh-vien-1")
    for address in ("/units", "/plans", "/search", "/password", "/account/devices", "/checklist-sessions"):
        answer = client.get(address)
        assert answer.status_code == 403 and "chỉ dùng được buổi kiểm tra này" in answer.text
    assert client.get("/").location == here(world.open_id)
    assert client.get("/api/units").status_code == 403


def test_inside_the_room_the_part_counts_as_with_the_password(app: Flask, world: World) -> None:
    open_room(app, world)
    head, member, unit = (inside(app, world, username) for username in ("truong-doan", "thanh-vien-1", "don-vi"))
    assert [one.get(here(world.open_id, "/board")).status_code for one in (head, member, unit)] == [200, 200, 403]
    assert [one.get(rooms.room(world)).status_code for one in (head, member, unit)] == [200, 403, 403]
    assert head.get(here(world.open_id, "/closure")).status_code == 200


def test_a_person_of_the_office_on_the_team_has_in_the_room_only_the_part(app: Flask, world: World) -> None:
    rooms.change(app, update(Account).where(Account.username == "thanh-vien-1").values(role="administrator"))
    open_room(app, world)
    client = inside(app, world, "thanh-vien-1")
    assert client.get(here(world.open_id)).status_code == 200
    assert client.get(rooms.room(world)).status_code == 403 and client.get("/accounts").status_code == 403


def test_what_stands_for_good_and_what_lets_others_in_needs_the_password(app: Flask, world: World) -> None:
    open_room(app, world)
    head = inside(app, world, "truong-doan")
    rooms.change(app, update(ChecklistSession).where(ChecklistSession.id == world.open_id).values(state="closed"))
    conclusion = f"/conclusions/{world.conclusion_id}"
    assert "đăng nhập bằng mật khẩu" in head.get(conclusion).text
    for path, words in (
        (f"{conclusion}/minutes", "Xin đăng nhập bằng mật khẩu để chốt biên bản"),
        (f"{conclusion}/grade", "Xin đăng nhập bằng mật khẩu để xếp loại"),
        (rooms.room(world, "/numbers"), "Xin đăng nhập bằng mật khẩu để làm số vào phòng"),
        (rooms.room(world, "/opening"), "Xin đăng nhập bằng mật khẩu để làm số vào phòng"),
    ):
        answer = head.post(path, data={"op_id": new_op()})
        assert answer.status_code == 403 and words in answer.text, path


def test_in_by_number_one_may_sign_in_with_the_password_and_is_free(app: Flask, world: World) -> None:
    open_room(app, world)
    head = inside(app, world, "truong-doan")
    assert head.get("/login").status_code == 200
    assert head.post("/login", data={"username": "truong-doan", "password": PASSWORD}).status_code == 303
    assert head.get("/units").status_code == 200
    assert [bool(one.ended_at) for one in rooms.logins(app, world, "truong-doan")] == [True, False]


def test_a_one_time_password_not_yet_changed_keeps_nobody_out_of_the_room(app: Flask, world: World) -> None:
    rooms.change(app, update(Account).values(must_change_password=True))
    open_room(app, world)
    assert inside(app, world, "thanh-vien-1").get(here(world.open_id)).status_code == 200


def test_who_leaves_the_team_is_out_though_the_login_lasts(app: Flask, world: World) -> None:
    open_room(app, world)
    client = inside(app, world, "thanh-vien-1")
    rooms.change(app, TeamMember.__table__.delete().where(TeamMember.account_id == world.thanh_vien_1.id))
    assert client.get(here(world.open_id)).status_code == 403
    assert enter(app.test_client(), world, "thanh-vien-1").status_code == 422


def test_the_door_of_another_room_lets_nobody_straight_in(app: Flask, world: World) -> None:
    open_room(app, world)
    open_room(app, world, room=world.planned_id, people=("thanh-vien-1",))
    client = inside(app, world, "thanh-vien-1")
    page = client.get("/join/zzzzz-zzzzz-zzzzz")
    assert page.status_code == 200 and "Tiếp tục với tên" not in page.text
    assert client.get(DOOR).status_code == 200


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_the_table_refuses_everything_outside_and_what_needs_the_password(action: str) -> None:
    person = Actor(1, "Nguyễn Văn Lạng", "administrator", only_session_id=7)
    assert not may(action, person, Standing(HEAD, "", 8)) and not may(action, person)
    if action in SITE_ACTIONS or action in NEEDS_PASSWORD:
        assert not may(action, person, Standing(HEAD, "", 7))
