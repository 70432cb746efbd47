"""What no page of ours sends: too much at once, figures with many zeros, signs that no text may hold."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.preparation.rooms import OUTBOX, UNIT, area
from tests.world import World
from thidua.extensions import db
from thidua.models import Preparation

Clients = Callable[[str], FlaskClient]
TOO_MUCH = {"report_summary": "x" * (27 * 1024 * 1024)}


def test_too_heavy_a_file_is_refused_in_words(client_of: Clients, world: World) -> None:
    unit = client_of(UNIT)
    page = unit.post(area(world.planned_id, "/files/report"), data=TOO_MUCH)
    assert page.status_code == 413 and "25 MB" in page.text
    sent = unit.post(area(world.planned_id, "/files/report"), data=TOO_MUCH, headers=OUTBOX)
    assert sent.status_code == 413 and "25 MB" in sent.text


def test_other_addresses_refuse_it_too_even_to_strangers(app: Flask, client_of: Clients, world: World) -> None:
    app.config["WTF_CSRF_ENABLED"] = True  # the first to read the form
    assert app.test_client().post("/prepare/abcd-efgh", data=TOO_MUCH).status_code == 413
    assert client_of(UNIT).post(area(world.planned_id, "/texts"), data=TOO_MUCH).status_code == 413
    assert client_of("can-bo").post(f"/plans/{world.plan_id}/readiness/due", data=TOO_MUCH).status_code == 413


@pytest.mark.parametrize("days", ["00000000099999999", "9" * 5000, "-3", "३"])
def test_days_before_the_half_day_are_a_small_number(app: Flask, client_of: Clients, world: World, days: str) -> None:
    answer = client_of("can-bo").post(f"/plans/{world.plan_id}/readiness/due", data={"days": days})
    assert answer.status_code == 422 and "xin ghi một số từ 0" in answer.text
    with app.app_context():
        assert not db.session.scalars(select(Preparation.due_on).where(Preparation.due_on.is_not(None))).all()


def test_a_link_with_signs_no_text_may_hold_is_unknown(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL refuses a NUL in a question, so it must not get there."""
    asked: list[str] = []
    monkeypatch.setattr(db.session, "scalar", lambda statement: asked.extend(statement.compile().params.values()))
    assert app.test_client().get("/prepare/%00abcd-efgh").status_code == 404
    assert asked == ["abcd-efgh"]


@pytest.mark.parametrize(("room", "status"), [("planned", 403), ("none", 404)])
@pytest.mark.parametrize("path", ["/preparation/files/report", "/workbook", "/evidence"])
def test_a_stranger_who_sends_too_much_is_refused_as_one(
    app: Flask, client_of: Clients, world: World, path: str, room: str, status: int
) -> None:
    stranger = client_of("nguoi-ngoai")
    app.config["WTF_CSRF_ENABLED"] = True
    address = f"/checklist-sessions/{world.planned_id if room == 'planned' else 999}{path}"
    assert stranger.post(address, data=TOO_MUCH).status_code == status
