"""Accounts as the office keeps them."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.world import PASSWORD, World
from thidua.extensions import db
from thidua.models import Account, Attendance

FIELDS = {
    "username": "le-van-moi",
    "name": "Lê Văn Mới",
    "rank": "Đại tá",
    "office": "Ủy viên",
    "phone": "",
    "role": "inspector",
    "unit_id": "",
}


def post_account(client: FlaskClient, where: str = "/accounts/new", **fields: str) -> Any:
    return client.post(where, data=FIELDS | fields)


def password_on(page: str) -> str:
    found = re.search(r'id="one-time-password">([^<]+)<', page)
    assert found, "no one-time password on the page"
    return found[1]


def log_in(app: Flask, username: str, password: str) -> Any:
    return app.test_client().post("/login", data={"username": username, "password": password})


def account(app: Flask, username: str) -> Account | None:
    with app.app_context():
        return db.session.scalar(select(Account).where(Account.username == username))


def address_of(world: World, username: str, action: str = "") -> str:
    return f"/accounts/{world.people[username].id}{action}"


def test_the_office_sees_the_list_by_given_name(client_of) -> None:
    page = client_of("can-bo").get("/accounts").text
    names = re.findall(r'/accounts/\d+">([^<]+)</a>', page)
    assert names[:3] == ["Hoàng Văn Bắc", "Bùi Hải Dương", "Trần Thị Hòa"] and len(names) == 10
    assert "Thêm tài khoản" not in page


def test_the_list_is_searched_without_accents(client_of) -> None:
    page = client_of("can-bo").get("/accounts?q=hoa").text
    assert "Trần Thị Hòa" in page and "Lê Đức Thắng" not in page


def test_a_search_that_finds_nobody_says_what_to_do(client_of) -> None:
    assert "Xin gõ ít chữ hơn" in client_of("can-bo").get("/accounts?q=zzzz").text


def test_a_new_account_signs_in_with_the_password_of_its_slip_and_must_change_it(app: Flask, client_of) -> None:
    slip = post_account(client_of("quan-tri"))
    answer = log_in(app, "le-van-moi", password_on(slip.text))
    assert answer.status_code == 303 and answer.location.startswith("/password")
    made = account(app, "le-van-moi")
    assert made is not None and (made.name, made.rank, made.role, made.unit_id) == (
        "Lê Văn Mới",
        "Đại tá",
        "inspector",
        None,
    )


def test_the_slip_carries_the_address_as_a_code_and_is_never_cached(client_of) -> None:
    slip = post_account(client_of("quan-tri"))
    assert "http://localhost/login" in slip.text and "<svg" in slip.text.split("slip__qr")[1]
    assert slip.headers["Cache-Control"] == "no-store"


def test_a_username_is_given_once(client_of) -> None:
    answer = post_account(client_of("quan-tri"), username="THU-KY")
    assert (
        answer.status_code == 422 and "Đã có tài khoản “thu-ky”" in answer.text and 'value="Lê Văn Mới"' in answer.text
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"username": "lê văn"}, "chữ thường không dấu"),
        ({"username": "ab"}, "từ 3 đến 60"),
        ({"username": ""}, "Xin đặt tên đăng nhập."),
        ({"name": " "}, "Xin ghi họ và tên."),
        ({"name": "d" * 121}, "dài quá 120 chữ"),
        ({"role": "boss"}, "Xin chọn vai trò."),
        ({"role": "unit"}, "Tài khoản của đơn vị cần chọn đơn vị."),
        ({"role": "unit", "unit_id": "99999"}, "Tài khoản của đơn vị cần chọn đơn vị."),
    ],
)
def test_a_bad_account_is_refused_and_what_was_typed_stays(
    app: Flask, client_of, fields: dict[str, str], sentence: str
) -> None:
    answer = post_account(client_of("quan-tri"), **fields)
    assert answer.status_code == 422 and sentence in answer.text and 'value="Ủy viên"' in answer.text
    assert account(app, "le-van-moi") is None


def test_a_unit_account_belongs_to_its_unit_and_others_to_none(app: Flask, client_of, world: World) -> None:
    client = client_of("quan-tri")
    post_account(client, role="unit", unit_id=str(world.unit_id))
    post_account(client, username="khac", unit_id=str(world.unit_id))
    made, other = account(app, "le-van-moi"), account(app, "khac")
    assert made is not None and other is not None and (made.unit_id, other.unit_id) == (world.unit_id, None)


def test_an_edit_reaches_the_screens_of_half_days_not_begun(app: Flask, client_of, world: World) -> None:
    hub = app.extensions["live_hub"]
    screen = hub.subscribe(world.planned_id, "team", 0)
    fields = {"name": "Nguyễn Văn Lạng Sơn", "office": "Chủ tịch Hội"}
    assert post_account(client_of("quan-tri"), address_of(world, "truong-doan", "/edit"), **fields).status_code == 303
    assert screen.flag.wait(5)
    assert [event.revision for event in hub.take(screen)] == [1]


def test_an_edit_is_saved_and_half_days_not_begun_expect_the_new_name(app: Flask, client_of, world: World) -> None:
    client = client_of("quan-tri")
    answer = post_account(client, address_of(world, "thu-ky", "/edit"), name="Phạm Tiến Ích Mới")
    assert answer.status_code == 303 and answer.location == address_of(world, "thu-ky")
    assert "Phạm Tiến Ích Mới" in client.get(answer.location).text
    with app.app_context():
        names = dict(
            db.session.execute(
                select(Attendance.checklist_session_id, Attendance.name).where(Attendance.account_id == world.thu_ky.id)
            ).all()
        )
    assert names == {world.planned_id: "Phạm Tiến Ích Mới", world.open_id: "Phạm Tiến Ích"}


def test_the_form_shows_what_is_known(client_of, world: World) -> None:
    page = client_of("quan-tri").get(address_of(world, "don-vi", "/edit")).text
    assert (
        'value="Hoàng Văn Bắc"' in page
        and f'<option selected value="{world.unit_id}">' in page
        and 'name="username"' not in page
    )


def test_a_bad_edit_is_refused_and_changes_nothing(app: Flask, client_of, world: World) -> None:
    answer = post_account(client_of("quan-tri"), address_of(world, "thu-ky", "/edit"), name="", office="Chức vụ vừa gõ")
    assert answer.status_code == 422 and 'value="Chức vụ vừa gõ"' in answer.text
    assert account(app, "thu-ky").office == "Phó Ban Tuyên truyền – Thi đua"


def test_an_administrator_remains(app: Flask, client_of, world: World) -> None:
    client = client_of("quan-tri")
    demoted = post_account(client, address_of(world, "quan-tri", "/edit"), role="staff")
    locked = client.post(address_of(world, "quan-tri", "/lock"))
    assert (demoted.status_code, locked.status_code) == (422, 409)
    kept = account(app, "quan-tri")
    assert kept.role == "administrator" and not kept.is_locked


def test_a_locked_account_is_out_and_comes_back_with_its_password(app: Flask, client_of, world: World) -> None:
    client, person = client_of("quan-tri"), client_of("thu-ky")
    assert client.post(address_of(world, "thu-ky", "/lock")).status_code == 303
    assert person.get("/").status_code == 302 and log_in(app, "thu-ky", PASSWORD).status_code == 403
    assert "Đã khóa" in client.get("/accounts").text
    client.post(address_of(world, "thu-ky", "/unlock"))
    assert log_in(app, "thu-ky", PASSWORD).status_code == 303
    assert person.get("/").status_code == 302, "a device of before the locking must sign in again"


def test_a_new_one_time_password_replaces_the_forgotten_one(app: Flask, client_of, world: World) -> None:
    person = client_of("thu-ky")
    slip = client_of("quan-tri").post(address_of(world, "thu-ky", "/password"))
    assert person.get("/").status_code == 302
    assert log_in(app, "thu-ky", PASSWORD).status_code == 422
    assert log_in(app, "thu-ky", password_on(slip.text)).location.startswith("/password")


def test_the_page_names_the_devices_that_are_signed_in(client_of, world: World) -> None:
    client_of("thu-ky")
    client = client_of("can-bo")
    assert "127.0.0.1" in client.get(address_of(world, "thu-ky")).text
    assert "Hiện không có máy nào." in client.get(address_of(world, "don-vi")).text


def test_an_unknown_account_is_not_found(client_of) -> None:
    assert client_of("quan-tri").get("/accounts/99999").status_code == 404
    assert client_of("quan-tri").post("/accounts/99999/lock").status_code == 404


@pytest.mark.parametrize("username", ["can-bo", "truong-doan", "don-vi", "nguoi-ngoai"])
def test_only_the_administrator_changes_accounts(app: Flask, client_of, world: World, username: str) -> None:
    client = client_of(username)
    where = [address_of(world, "thu-ky", action) for action in ("/edit", "/lock", "/unlock", "/password")]
    assert {post_account(client, one).status_code for one in ["/accounts/new", *where]} == {403}
    kept = account(app, "thu-ky")
    assert kept.name == "Phạm Tiến Ích" and not kept.is_locked and not kept.must_change_password


@pytest.mark.parametrize("username", ["truong-doan", "don-vi", "nguoi-ngoai"])
def test_only_the_office_sees_accounts(client_of, world: World, username: str) -> None:
    assert client_of(username).get("/accounts").status_code == 403
    assert client_of(username).get(address_of(world, "thu-ky")).status_code == 403


def test_a_stranger_without_login_changes_nothing(app: Flask, world: World) -> None:
    client = app.test_client()
    assert client.post(address_of(world, "thu-ky", "/lock")).status_code == 401
    assert client.get("/accounts").status_code == 302
