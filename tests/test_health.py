"""``/healthz``: whether this process answers and reaches its database. Anybody may ask."""

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from thidua.extensions import db


def test_a_process_with_its_database_is_well(app: Flask) -> None:
    answer = app.test_client().get("/healthz")
    assert (answer.status_code, answer.get_json()) == (200, {"status": "ok"})


def test_a_process_that_lost_its_database_says_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object, **_settings: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr(db.session, "execute", broken)
    assert app.test_client().get("/healthz").status_code == 503
