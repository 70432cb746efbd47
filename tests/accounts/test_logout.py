"""Logout, and what people without a login are told."""

from flask import Flask
from sqlalchemy import select

from tests.conftest import signed_in
from tests.world import World
from thidua.extensions import db
from thidua.models import LoginSession


def test_logout_ends_the_login_session_and_forgets_the_cookie(app: Flask, client_of, world: World) -> None:
    client = client_of("thu-ky")
    answer = client.post("/logout")
    assert (answer.status_code, answer.location) == (303, "/login")
    with app.app_context():
        opened = db.session.scalars(select(LoginSession).where(LoginSession.account_id == world.thu_ky.id)).one()
    assert opened.ended_at is not None
    with client.session_transaction() as cookie:
        assert "token" not in cookie
    assert "Đã đăng xuất." in client.get("/login").text


def test_a_kept_copy_of_the_cookie_is_worth_nothing_after_logout(app: Flask, client_of) -> None:
    client, thief = client_of("thu-ky"), app.test_client()
    with client.session_transaction() as cookie:
        token = cookie["token"]
    with thief.session_transaction() as cookie:
        cookie["token"] = token
    assert thief.get("/").status_code == 200
    client.post("/logout")
    assert thief.get("/").status_code == 302


def test_logout_ends_only_this_device(client_of) -> None:
    tablet, phone = client_of("thu-ky"), client_of("thu-ky")
    tablet.post("/logout")
    assert phone.get("/").status_code == 200


def test_a_post_without_login_is_answered_401_in_plain_words_even_with_a_stale_token(csrf_app: Flask) -> None:
    client = csrf_app.test_client()
    answer = client.post("/logout", headers={"X-CSRFToken": "stale"})
    assert answer.status_code == 401 and answer.mimetype == "text/plain"
    assert "đăng nhập lại" in answer.text and "WWW-Authenticate" not in answer.headers


def test_a_script_without_login_is_answered_401_and_not_sent_to_a_page(app: Flask) -> None:
    for headers in ({"HX-Request": "true"}, {"X-Requested-With": "outbox"}, {"Sec-Fetch-Mode": "cors"}):
        assert app.test_client().get("/", headers=headers).status_code == 401
    assert app.test_client().get("/api/units").get_json() == {
        "error": "Phiên làm việc đã hết. Xin đăng nhập lại; những gì đã nhập vẫn còn trên máy này."
    }


def test_a_plain_form_sent_without_login_gets_a_page_that_says_what_to_do(app: Flask) -> None:
    answer = app.test_client().post("/password", headers={"Accept": "text/html,*/*"})
    assert answer.status_code == 401 and "<h1>Cần đăng nhập lại</h1>" in answer.text


def test_with_login_the_missing_csrf_token_is_what_is_refused(csrf_app: Flask, world: World) -> None:
    assert signed_in(csrf_app, world, "thu-ky").post("/logout").status_code == 400
