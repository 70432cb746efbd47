"""What no page of ours sends to the designer: numbers without end, hidden fields that were tampered with."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.world import World
from thidua.checklists.import_worker import read_import
from thidua.extensions import begin_writing, db
from thidua.models import Checklist, ChecklistImport, Criterion
from thidua.models.checklist_import import FAILED
from thidua.session_pages.storing import file_store

Clients = Callable[[str], FlaskClient]
ENDLESS = "9" * 5000
CRITERION = {"text": "Nội dung", "kind": "points", "polarity": "base", "maximum": "1", "step": "50", "number": ""}
GATE = {"kind": "section_below", "criterion": "", "effect": "not_rated", "label": "", "text": ""}


@pytest.fixture
def office(client_of: Clients) -> FlaskClient:
    return client_of("can-bo")


@pytest.fixture
def draft_id(office: FlaskClient) -> int:
    values = {"name": "Bảng thử", "declared_max": "100", "not_applicable": "leave_out", "step": "50"}
    return int(office.post("/checklists/new", data=values).headers["Location"].split("/")[2])


@pytest.fixture
def row_id(app: Flask, draft_id: int) -> int:
    with app.app_context():
        return db.session.scalars(select(Criterion.id).where(Criterion.checklist_id == draft_id)).all()[-1]


@pytest.mark.parametrize("move", [f"up-{ENDLESS}", "up-", "drop-²", "down-7", "add", "?"])
def test_a_button_of_a_table_may_name_any_row(office: FlaskClient, draft_id: int, move: str) -> None:
    band = {"band_label": "Tốt", "band_minimum": "80", "band_maximum": "", "band_by_kind": "", "band_move": move}
    answer = office.post(f"/checklists/{draft_id}/design/ratings/band", data=band)
    assert answer.status_code == 200 and "Tốt" in answer.text


def test_a_picture_of_rows_that_cannot_be_tells_what_changed(office: FlaskClient, draft_id: int, row_id: int) -> None:
    pressed = {"act": "up", "criterion": row_id, "revision": 999, "picture": f"{ENDLESS}.a {row_id}.b x"}
    assert office.post(f"/checklists/{draft_id}/design/outline", data=pressed).status_code == 409


def test_the_name_of_a_rating_fits_into_the_minutes(office: FlaskClient, draft_id: int) -> None:
    typed = {"band_label": "T" * 81, "band_minimum": "80", "band_maximum": "", "band_by_kind": "", "revision": 0}
    answer = office.post(f"/checklists/{draft_id}/design/ratings", data=typed)
    assert answer.status_code == 422 and "dài quá 80 chữ" in answer.text


@pytest.mark.parametrize("threshold", ["01009", f"0100{ENDLESS}", "0", "101"])
def test_a_share_is_at_most_the_whole(app: Flask, office: FlaskClient, draft_id: int, threshold: str) -> None:
    typed = {f"gate_{name}": value for name, value in GATE.items()} | {"gate_threshold": threshold, "revision": 0}
    answer = office.post(f"/checklists/{draft_id}/design/ratings", data=typed)
    assert answer.status_code == 422 and "từ 1 đến 100" in answer.text
    with app.app_context():
        assert db.session.get_one(Checklist, draft_id).gates == []


@pytest.mark.parametrize(
    "base",
    [
        "[" * 100_000,
        json.dumps({"text": "\ud800"}),
        json.dumps({"levels": [1, {"points": "a"}, {"text": "Tốt"}]}),
        json.dumps({"kind": [1], "applies_to": [[1]], "maximum": "x"}),
    ],
)
def test_what_a_form_says_it_began_with_may_be_anything(
    office: FlaskClient, draft_id: int, row_id: int, base: str
) -> None:
    answer = office.post(f"/checklists/{draft_id}/design/criteria/{row_id}", data=CRITERION | {"base": base})
    assert answer.status_code in (303, 409)


@pytest.mark.parametrize("word", ["\ud800", "\x00"])
def test_what_is_wrong_in_a_file_is_told_without_signs_no_text_may_hold(app: Flask, world: World, word: str) -> None:
    """The refusal repeats the word of the file; kept as it is, no database would take it."""
    content = json.dumps({"name": "Bảng", "sections": [{"number": "I", "title": "Mục", f"x{word}y": 1}]}).encode()
    with app.app_context():
        begin_writing()
        person = world.people["can-bo"]
        one = ChecklistImport.begin(
            "a.json", file_store().put(content), len(content), by=person, at=datetime(2020, 9, 1, tzinfo=UTC)
        )
        db.session.add(one)
        db.session.commit()
        read_import(one.id)
        assert one.state == FAILED and "xy" in one.problem
