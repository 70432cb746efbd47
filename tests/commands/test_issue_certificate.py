"""``flask issue-certificate``."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from thidua.doors.signing import describe, keys
from thidua.extensions import db
from thidua.issuing.keys import trusted_roots
from thidua.models import SigningKey


@pytest.fixture
def issue(app: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keys, "SCRYPT_COST", 2**4)
    return lambda *words: app.test_cli_runner().invoke(args=["issue-certificate", *words])


def stored(app: Flask) -> list[SigningKey]:
    with app.app_context():
        return list(db.session.scalars(select(SigningKey).order_by(SigningKey.id)))


def test_a_person_gets_a_certificate_and_a_pin_that_must_be_changed(app, world, issue) -> None:
    answer = issue("Thu-Ky")
    assert answer.exit_code == 0 and re.search(r"Mã PIN dùng một lần: \d{6}\n", answer.output)
    key = stored(app)[0]
    said = describe(key.certificate)
    assert (key.account_id, key.must_change_pin, said["name"]) == (world.thu_ky.id, True, "Phạm Tiến Ích")
    assert said["account"] == "thu-ky" and said["not_after"].year - said["not_before"].year == 3


def test_a_second_one_needs_to_be_asked_for(app, world, issue) -> None:
    issue("thu-ky")
    refused = issue("thu-ky")
    assert refused.exit_code == 1 and "Đã có khóa ký đang dùng" in refused.output
    assert issue("thu-ky", "--again").exit_code == 0
    assert [one.revoked_at is None for one in stored(app)] == [False, True]


def test_the_organisation_has_a_key_of_its_own(app, issue) -> None:
    assert issue("--organisation").exit_code == 0
    assert stored(app)[0].account_id is None and stored(app)[0].name.startswith("HỘI TRUYỀN THỐNG")


def test_when_the_servers_secret_is_lost_a_new_authority_issues_and_the_old_one_stays_trusted(app, issue) -> None:
    issue("thu-ky")
    app.config["SECRET_KEY"] = "khac-han"
    lost = issue("don-vi")
    assert lost.exit_code == 1 and "không mở được" in lost.output
    assert issue("don-vi", "--new-authority").exit_code == 0
    with app.app_context():
        assert len(trusted_roots(db.session())) == 2


@pytest.mark.parametrize(("words", "code"), [((), 2), (("thu-ky", "--organisation"), 2), (("khong-co",), 1)])
def test_nobody_meant_is_told(issue, words, code) -> None:
    assert issue(*words).exit_code == code
