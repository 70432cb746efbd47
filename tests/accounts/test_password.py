"""One's own password: changed by who knows the present one, forced after a one-time password."""

import unicodedata

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from tests.world import PASSWORD, World
from thidua.extensions import begin_writing, db
from thidua.models import Account
from thidua.throttle import FREE_TRIES

NEW = "ba con mèo trắng"


def change(
    client: FlaskClient, present: str = PASSWORD, password: str = NEW, repeated: str | None = None, **fields: str
):
    return client.post(
        "/password",
        data={
            "present": present,
            "password": password,
            "repeated": password if repeated is None else repeated,
            **fields,
        },
    )


def logs_in(app: Flask, password: str) -> bool:
    return app.test_client().post("/login", data={"username": "thu-ky", "password": password}).status_code == 303


def require_new_one(app: Flask, world: World) -> None:
    with app.app_context():
        begin_writing()
        db.session.execute(update(Account).where(Account.id == world.thu_ky.id).values(must_change_password=True))
        db.session.commit()


def test_the_new_password_opens_and_the_old_one_does_not(app: Flask, client_of) -> None:
    answer = change(client_of("thu-ky"))
    assert answer.status_code == 303
    assert logs_in(app, NEW) and not logs_in(app, PASSWORD)


def test_accents_typed_apart_are_the_same_password(app: Flask, client_of) -> None:
    change(client_of("thu-ky"), password=unicodedata.normalize("NFD", NEW))
    assert logs_in(app, NEW) and logs_in(app, unicodedata.normalize("NFD", NEW))


def test_every_other_device_must_sign_in_again_and_this_one_stays(client_of) -> None:
    tablet, phone, other = client_of("thu-ky"), client_of("thu-ky"), client_of("don-vi")
    change(tablet)
    assert [one.get("/").status_code for one in (tablet, phone, other)] == [200, 302, 200]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"present": "sai-mat-khau"}, "Mật khẩu chưa đúng."),
        ({"password": "ngắn"}, "ít nhất 8 ký tự"),
        ({"password": "thu-ky"}, "ít nhất 8 ký tự"),
        ({"password": "matkhau123"}, "quá dễ đoán"),
        ({"password": "Mật Khẩu 123"}, "quá dễ đoán"),
        ({"password": "aaaaaaaaaa"}, "quá dễ đoán"),
        ({"password": "d" * 129}, "dài quá 128"),
        ({"password": PASSWORD}, "phải khác mật khẩu hiện tại"),
        ({"repeated": "ba con mèo đen"}, "chưa giống nhau"),
    ],
)
def test_a_bad_change_is_refused_beside_its_field_and_changes_nothing(
    app: Flask, client_of, fields: dict[str, str], sentence: str
) -> None:
    answer = change(client_of("thu-ky"), **fields)
    assert answer.status_code == 422 and sentence in answer.text
    assert logs_in(app, PASSWORD)


def test_the_username_is_no_password(client_of) -> None:
    assert "trùng với tên đăng nhập" in change(client_of("thanh-vien-1"), password="Thanh Viên 1").text


def test_after_a_one_time_password_every_page_asks_for_an_own_one_and_then_goes_on(
    app: Flask, client_of, world: World
) -> None:
    client = client_of("thu-ky")
    require_new_one(app, world)
    asked = client.get("/?page=2")
    assert asked.status_code == 302 and asked.location == "/password?next=/?page%3D2"
    assert "chỉ dùng được một lần" in client.get(asked.location).text
    assert change(client, next="/?page=2").location == "/?page=2"
    assert client.get("/?page=2").status_code == 200


def test_until_then_nothing_else_is_done_or_read_by_scripts(app: Flask, client_of, world: World) -> None:
    client = client_of("quan-tri")
    with app.app_context():
        begin_writing()
        db.session.execute(update(Account).values(must_change_password=True))
        db.session.commit()
    assert client.post("/accounts/1/lock").status_code == 403
    assert client.get("/api/units").status_code == 403
    assert client.post("/logout").status_code == 303


def test_the_login_with_a_one_time_password_leads_to_the_change_and_then_back(app: Flask, world: World) -> None:
    require_new_one(app, world)
    answer = app.test_client().post("/login", data={"username": "thu-ky", "password": PASSWORD, "next": "/units"})
    assert answer.location == "/password?next=/units"


def test_a_stranger_changes_nothing(app: Flask) -> None:
    assert change(app.test_client()).status_code == 401


def test_who_finds_a_device_signed_in_guesses_no_faster_than_at_the_login(app: Flask, client_of) -> None:
    client = client_of("thu-ky")
    answers = [change(client, present="doan-mo").text for _ in range(FREE_TRIES + 1)]
    assert "Mật khẩu chưa đúng" in answers[0] and "Xin chờ" in answers[-1]
    assert "Xin chờ" in change(client).text and logs_in(app, NEW) is False
