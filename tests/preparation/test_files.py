"""Files of the preparation: the same limits and refusals as evidence, named by what they are for."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.checklist_sessions.rooms import kinds, rows
from tests.conftest import new_op
from tests.evidence.drawn import pdf, photo
from tests.preparation.rooms import OUTBOX, UNIT, area, folder, post
from tests.world import World
from thidua.models import Evidence

Clients = Callable[[str], FlaskClient]


@pytest.fixture
def unit(client_of: Clients, world: World) -> FlaskClient:
    client = client_of(UNIT)
    client.post(area(world.planned_id, "/start"))
    return client


def send(client: FlaskClient, room: int, purpose: str, *files: tuple[bytes, str], op_id: str = "", **fields: object):
    chosen = [(BytesIO(content), name) for content, name in files]
    return client.post(
        area(room, f"/files/{purpose}"),
        data={"op_id": op_id or new_op(), "files": chosen} | fields,
        content_type="multipart/form-data",
        headers=OUTBOX,
    )


def test_a_report_sent_twice_is_kept_once_and_named_by_its_purpose(app: Flask, unit: FlaskClient, world: World) -> None:
    op_id, room = new_op(), world.planned_id
    for _ in range(2):
        answer = send(unit, room, "report", (pdf(), "bao-cao.pdf"), op_id=op_id)
        assert (answer.status_code, answer.headers["X-Op-Id"]) == (200, op_id)
        assert "bao-cao.pdf" in answer.text
    (piece,) = rows(app, Evidence, room)
    assert (piece.purpose, piece.side, piece.criterion_id) == ("report", "unit", None)
    assert kinds(app, room).count("evidence.added") == 1
    assert "1 tệp" in unit.get(area(room)).text


def test_a_file_of_a_document_goes_by_its_label_and_follows_it(app: Flask, unit: FlaskClient, world: World) -> None:
    room = world.planned_id
    post(unit, room, "/documents", number="12/QĐ-HTS", issued_on="03/02/2020", title="Quy chế")
    document = folder(app, room).documents[0]
    send(unit, room, "decision", (photo(), "trang-1.jpg"), document_id=document.id)
    assert rows(app, Evidence, room)[0].caption == "Số 12/QĐ-HTS ngày 03/02/2020"
    post(unit, room, f"/documents/{document.id}", number="13/QĐ-HTS", issued_on="03/02/2020", title="Quy chế")
    assert rows(app, Evidence, room)[0].caption == "Số 13/QĐ-HTS ngày 03/02/2020"
    assert kinds(app, room)[-1] == "evidence.described"


def test_what_is_no_paper_is_refused_in_plain_words(app: Flask, unit: FlaskClient, world: World) -> None:
    bad = send(unit, world.planned_id, "report", (b"<svg/>", "ban-do.svg"))
    assert bad.status_code == 422 and "ban-do.svg" in bad.text and "X-Op-Id" not in bad.headers
    none = send(unit, world.planned_id, "report")
    assert none.status_code == 422 and "Xin chọn tệp" in none.text
    assert send(unit, world.planned_id, "poster", (pdf(), "a.pdf")).status_code == 404
    assert rows(app, Evidence, world.planned_id) == []


def test_a_file_is_taken_back_and_stays_in_the_journal(app: Flask, unit: FlaskClient, world: World) -> None:
    room, op_id = world.planned_id, new_op()
    send(unit, room, "appendix", (pdf(), "phu-luc.pdf"))
    (piece,) = rows(app, Evidence, room)
    for _ in range(2):
        answer = unit.post(area(room, f"/files/{piece.id}/withdrawal"), data={"op_id": op_id}, headers=OUTBOX)
        assert (answer.status_code, answer.headers["X-Op-Id"]) == (200, op_id)
    assert rows(app, Evidence, room)[0].withdrawn_at is not None
    assert kinds(app, room).count("evidence.withdrawn") == 1


def test_after_sending_no_file_comes_or_goes(app: Flask, unit: FlaskClient, client_of: Clients, world: World) -> None:
    room = world.planned_id
    send(unit, room, "report", (pdf(), "bao-cao.pdf"))
    (piece,) = rows(app, Evidence, room)
    post(unit, room, "/sending", accept_missing="y")
    assert send(unit, room, "report", (pdf(), "khac.pdf")).status_code == 409
    assert post(unit, room, f"/files/{piece.id}/withdrawal", outbox=True).status_code == 409
    elsewhere = unit.post(f"/checklist-sessions/{room}/evidence/{piece.id}/withdrawal", data={"op_id": new_op()})
    assert elsewhere.status_code == 409
    assert rows(app, Evidence, room)[0].withdrawn_at is None
    page = client_of("thu-ky").get(area(room)).text
    assert "bao-cao.pdf" in page
