"""``flask create-account``: what the administrator does from a terminal."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.world import World
from thidua.extensions import db
from thidua.models import Account


def run(app: Flask, *words: str) -> Any:
    return app.test_cli_runner().invoke(args=["create-account", *words])


def account(app: Flask, username: str) -> Account | None:
    with app.app_context():
        return db.session.scalar(select(Account).where(Account.username == username))


def test_the_printed_password_signs_in_once_and_must_then_be_changed(app: Flask) -> None:
    answer = run(app, "Le-Van-Moi", "--role", "inspector", "--name", "Lê Văn Mới")
    printed = re.search(r"mật khẩu dùng một lần: ([a-z0-9-]{14})\n", answer.output)
    assert answer.exit_code == 0 and printed
    login = app.test_client().post("/login", data={"username": "le-van-moi", "password": printed[1]})
    assert login.status_code == 303 and login.location.startswith("/password")
    made = account(app, "le-van-moi")
    assert made is not None and (made.name, made.role, made.must_change_password) == ("Lê Văn Mới", "inspector", True)


def test_a_unit_account_needs_its_unit(app: Flask, world: World) -> None:
    refused = run(app, "bac-giang", "--role", "unit", "--unit", "Hội không có")
    assert refused.exit_code == 1 and "cần đơn vị" in refused.output and account(app, "bac-giang") is None
    assert run(app, "bac-giang", "--role", "unit", "--unit", "Hội Trường Sơn tỉnh Bắc Giang").exit_code == 0
    made = account(app, "bac-giang")
    assert made is not None and made.unit_id == world.unit_id


@pytest.mark.parametrize(
    ("username", "words"),
    [("thu-ky", "Đã có tài khoản thu-ky"), ("THU-KY", "Đã có tài khoản thu-ky"), ("lê văn", "chữ thường không dấu")],
)
def test_a_taken_or_unusable_username_is_refused_in_words(app: Flask, username: str, words: str) -> None:
    with app.app_context():
        before = db.session.scalar(select(func.count()).select_from(Account))
    refused = run(app, username, "--role", "staff")
    assert refused.exit_code == 1 and words in refused.output and "Traceback" not in refused.output
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Account)) == before


def test_an_unknown_role_is_refused(app: Flask) -> None:
    assert run(app, "moi", "--role", "boss").exit_code == 2
