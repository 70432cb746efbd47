"""Login: who one is, without telling strangers who else there is."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.world import PASSWORD, World
from thidua.extensions import begin_writing, db
from thidua.models import Account, LoginSession


def log_in(client: FlaskClient, username: str = "thu-ky", password: str = PASSWORD, **fields: str):
    return client.post("/login", data={"username": username, "password": password, **fields})


def without_tokens(page: str) -> str:
    return re.sub(r'(csrf.token" (?:content|value))="[^"]+"', r"\1", page)


def disable(app: Flask, username: str) -> None:
    with app.app_context():
        begin_writing()
        db.session.execute(update(Account).where(Account.username == username).values(disabled_at=datetime.now(UTC)))
        db.session.commit()


def test_the_right_password_opens_a_login_session_for_a_working_day(app: Flask, world: World) -> None:
    client = app.test_client()
    answer = log_in(client)
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/").status_code == 200
    with app.app_context():
        opened = db.session.scalars(select(LoginSession).where(LoginSession.account_id == world.thu_ky.id)).one()
    assert opened.expires_at - opened.opened_at == timedelta(hours=12)
    cookie = client.get_cookie("thidua")
    assert cookie is not None and cookie.http_only and cookie.same_site == "Lax" and cookie.expires is not None
    assert abs(cookie.expires - opened.expires_at) < timedelta(minutes=1)


def test_capitals_and_blanks_around_the_username_do_not_matter(app: Flask) -> None:
    assert log_in(app.test_client(), " Thu-Ky ").status_code == 303


def test_an_unknown_name_and_a_wrong_password_are_refused_in_the_same_words(app: Flask) -> None:
    wrong = log_in(app.test_client(), "thu-ky", "sai-mat-khau")
    unknown = log_in(app.test_client(), "khong-co", "sai-mat-khau")
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.text.count("Tên đăng nhập hoặc mật khẩu chưa đúng.") == 1
    assert without_tokens(wrong.text).replace("thu-ky", "khong-co") == without_tokens(unknown.text)


def test_an_unknown_name_costs_a_password_check_too(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    monkeypatch.setattr("argon2.PasswordHasher.verify", lambda _self, hashed, _typed: checked.append(hashed) or False)
    log_in(app.test_client(), "khong-co")
    assert len(checked) == 1 and checked[0].startswith("$argon2id$")


def test_the_username_stays_and_the_password_does_not(app: Flask) -> None:
    page = log_in(app.test_client(), "thu-ky", "sai-mat-khau").text
    assert 'value="thu-ky"' in page and "sai-mat-khau" not in page


def test_empty_fields_are_named(app: Flask) -> None:
    page = log_in(app.test_client(), "", "")
    assert page.status_code == 422 and "Xin ghi tên đăng nhập." in page.text and "Xin ghi mật khẩu." in page.text


def test_a_locked_account_is_told_so_only_with_the_right_password(app: Flask) -> None:
    disable(app, "thu-ky")
    right, wrong = log_in(app.test_client()), log_in(app.test_client(), "thu-ky", "sai-mat-khau")
    assert right.status_code == 403 and "đang bị khóa" in right.text
    assert wrong.status_code == 422 and "đang bị khóa" not in wrong.text


def test_who_is_locked_while_signed_in_is_out_at_once(app: Flask, client_of) -> None:
    client = client_of("thu-ky")
    assert client.get("/").status_code == 200
    disable(app, "thu-ky")
    assert client.get("/").status_code == 302


def test_a_login_session_ends_after_the_working_day(app: Flask, client_of) -> None:
    client = client_of("thu-ky")
    with app.app_context():
        begin_writing()
        db.session.execute(update(LoginSession).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
        db.session.commit()
    assert client.get("/").status_code == 302


def test_a_stranger_comes_back_to_where_he_was(app: Flask) -> None:
    client = app.test_client()
    asked = client.get("/?page=2")
    form = client.get(asked.location)
    assert asked.status_code == 302 and asked.location.startswith("/login?next=")
    assert 'value="/?page=2"' in form.text
    answer = log_in(client, next="/?page=2")
    assert answer.location == "/?page=2"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/",
        "//example.org",
        "/\\example.org",
        "\\\\example.org",
        "javascript:alert(1)",
        "units",
        "/\t/example.org",
        "/a\r\nSet-Cookie: x=1",
        "///example.org",
        "/login",
        "",
        "http:/units",
    ],
)
def test_nobody_is_sent_to_another_site_after_the_login(app: Flask, address: str) -> None:
    assert log_in(app.test_client(), next=address).location == "/"


def test_the_cookie_of_before_the_login_counts_no_more(app: Flask, client_of, world: World) -> None:
    client = client_of("thanh-vien-1")
    with client.session_transaction() as cookie:
        planted = cookie["token"]
        cookie["csrf_token"] = "planted"
    log_in(client, "thu-ky")
    with client.session_transaction() as cookie:
        assert cookie["token"] != planted and cookie.get("csrf_token") != "planted"
    with app.app_context():
        opened = db.session.scalars(select(LoginSession).where(LoginSession.account_id == world.thanh_vien_1.id)).one()
    assert opened.ended_at is not None


def test_who_signs_in_again_on_the_same_device_can_still_send_the_form_left_open(app: Flask, client_of) -> None:
    client = client_of("thu-ky")
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = "of-the-form"
    log_in(client, "thu-ky")
    with client.session_transaction() as cookie:
        assert cookie["csrf_token"] == "of-the-form"


def test_who_is_signed_in_already_goes_on(client_of) -> None:
    assert client_of("thu-ky").get("/login?next=/units").location == "/units"


def test_the_login_form_needs_its_csrf_token(csrf_app: Flask) -> None:
    assert log_in(csrf_app.test_client()).status_code == 400


def test_the_login_form_of_a_browser_works_with_csrf_protection_on(csrf_app: Flask) -> None:
    client = csrf_app.test_client()
    page = client.get("/login").text
    token = page.split('name="csrf-token" content="')[1].split('"')[0]
    assert log_in(client, csrf_token=token).status_code == 303


def test_a_stream_opened_after_the_login_has_ended_is_told_so_and_not_shown_a_page(world, client_of) -> None:
    answer = client_of("").get(
        f"/checklist-sessions/{world.open_id}/stream?last=1", headers={"Accept": "text/event-stream"}
    )
    assert answer.status_code == 401
