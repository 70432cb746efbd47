"""One's own devices: seen, signed out one by one or all the others; nobody else's."""

from flask import Flask
from sqlalchemy import select

from tests.world import World
from thidua.extensions import db
from thidua.models import LoginSession


def login_ids(app: Flask, world: World, username: str) -> list[int]:
    with app.app_context():
        return list(
            db.session.scalars(
                select(LoginSession.id)
                .where(LoginSession.account_id == world.people[username].id)
                .order_by(LoginSession.id)
            )
        )


def test_the_page_lists_my_devices_and_marks_the_one_in_hand(client_of) -> None:
    laptop, _phone = client_of("thu-ky"), client_of("thu-ky")
    client_of("truong-doan")
    page = laptop.get("/account/devices").text
    assert page.count("Thiết bị khác") - page.count("Đăng xuất: Thiết bị khác") == 2
    assert page.count("Máy này") == 1 and page.count("Đăng xuất máy này") == 1


def test_a_lost_phone_is_signed_out_and_this_device_stays(app: Flask, client_of, world: World) -> None:
    laptop, phone = client_of("thu-ky"), client_of("thu-ky")
    lost = login_ids(app, world, "thu-ky")[1]
    for _ in range(2):
        assert laptop.post(f"/account/devices/{lost}/closure").status_code == 303
    assert phone.get("/").status_code == 302 and laptop.get("/").status_code == 200


def test_all_others_are_signed_out_at_once(client_of) -> None:
    devices = [client_of("thu-ky") for _ in range(3)]
    assert devices[0].post("/account/devices/closure").status_code == 303
    assert [one.get("/").status_code for one in devices] == [200, 302, 302]
    assert "Không có máy nào khác" in devices[0].post("/account/devices/closure", follow_redirects=True).text


def test_another_persons_device_is_not_there_for_me(app: Flask, client_of, world: World) -> None:
    mine, theirs = client_of("thu-ky"), client_of("truong-doan")
    [foreign] = login_ids(app, world, "truong-doan")
    assert mine.post(f"/account/devices/{foreign}/closure").status_code == 404
    assert mine.post("/account/devices/999999/closure").status_code == 404
    assert theirs.get("/").status_code == 200


def test_a_stranger_sees_and_closes_nothing(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/account/devices").status_code == 302
    assert client.post("/account/devices/closure").status_code == 401
