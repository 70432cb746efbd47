"""What the unit prepared stands beside the proposals in the room, in the minutes, and in the check of the data."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, update

from tests.checklist_sessions.rooms import here
from tests.conftest import new_op
from tests.preparation.rooms import UNIT, area, folder, post
from tests.world import World
from thidua.extensions import begin_writing, db
from thidua.models import Preparation, PreparationFigure

Clients = Callable[[str], FlaskClient]
PROOF = "Số 12/QĐ-HTS ngày 03/02/2020; Sổ theo dõi"


@pytest.fixture
def opened(app: Flask, client_of: Clients, world: World, criterion_id: int) -> int:
    """The half-day under way, after the unit has sent everything."""
    unit, room = client_of(UNIT), world.planned_id
    unit.post(area(room, "/start"))
    row = folder(app, room).figures[0]
    post(unit, room, f"/figures/{row.id}", label=row.label, last_year="1.200", this_year="1.234,5")
    post(unit, room, "/texts", report_summary="Hội có 16 chi hội vững mạnh.")
    post(unit, room, "/documents", number="12/QĐ-HTS", issued_on="03/02/2020", title="Quy chế thi đua")
    document = folder(app, room).documents[0]
    post(unit, room, "/proofs", criterion_id=criterion_id, document_id=document.id, note="")
    post(unit, room, "/proofs", criterion_id=criterion_id, note="Sổ theo dõi")
    fields = {"perspective": "self", "points": "9,5", "base_version": "0", "op_id": new_op()}
    unit.post(here(room, f"/criteria/{criterion_id}/scores"), data=fields)
    post(unit, room, "/sending", accept_missing="y")
    head = client_of("truong-doan")
    head.post(here(room, "/opening"), data={"op_id": new_op()})
    fields = {"perspective": "agreed", "points": "8", "base_version": "0", "reason": "Thiếu sổ", "op_id": new_op()}
    assert head.post(here(room, f"/criteria/{criterion_id}/scores"), data=fields).status_code == 200
    return room


def test_card_and_board_name_the_proofs_and_the_gap(client_of: Clients, opened: int) -> None:
    head = client_of("truong-doan")
    for page in (head.get(here(opened, "")).text, head.get(here(opened, "/board")).text):
        assert PROOF in page and "−1,5" in page
    assert PROOF in client_of("thanh-vien-1").get(here(opened, "")).text


def test_the_minutes_tell_report_figures_documents_gap_and_proofs(client_of: Clients, opened: int) -> None:
    page = client_of("truong-doan").get(f"/conclusions/{opened}").text
    for words in (
        "Hội có 16 chi hội vững mạnh.",
        "Số liệu đơn vị báo cáo",
        "1.234,5",
        "tăng 34,5 (2,9%)",
        "Số 12/QĐ-HTS ngày 03/02/2020, Quy chế thi đua",
        "Chênh lệch",
        "−1,5",
        f"Minh chứng: {PROOF}.",
    ):
        assert words in page, words


def test_what_was_not_sent_is_no_part_of_the_minutes(app: Flask, client_of: Clients, world: World) -> None:
    unit = client_of("don-vi")
    unit.post(area(world.open_id, "/start"))
    post(unit, world.open_id, "/texts", report_summary="Còn đang viết dở.")
    page = client_of("truong-doan").get(f"/conclusions/{world.conclusion_id}").text
    assert "Còn đang viết dở." not in page and "Số liệu đơn vị báo cáo" not in page


@pytest.mark.parametrize("path", ["", "/board"])
def test_the_pages_ask_one_question_more_and_no_more_for_many_proofs(
    app: Flask, client_of: Clients, world: World, opened: int, path: str, criteria: list[int]
) -> None:
    head = client_of("truong-doan")
    few = questions(app, head, here(opened, path))
    with app.app_context():
        begin_writing()
        db.session.execute(update(Preparation).values(submitted_at=None))
        db.session.commit()
    unit = client_of(UNIT)
    for criterion_id in criteria[1:6]:
        post(unit, opened, "/proofs", criterion_id=criterion_id, note="Thêm")
    assert questions(app, head, here(opened, path)) == few


def questions(app: Flask, client: FlaskClient, address: str) -> int:
    """How many statements the page needs."""
    asked: list[str] = []
    with app.app_context():
        engine = db.engine
    client.get(address)

    def note(_connection, _cursor, statement, *_rest) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def test_check_finds_what_was_changed_after_sending(app: Flask, opened: int) -> None:
    runner = app.test_cli_runner()
    whole = runner.invoke(args=["check"])
    assert whole.exit_code == 0, whole.output
    alter(app, update(PreparationFigure).values(this_year="9999"))
    damaged = runner.invoke(args=["check"])
    assert damaged.exit_code == 1 and "hồ sơ chuẩn bị đã bị sửa sau khi gửi" in damaged.output
    alter(app, update(Preparation).values(submitted_at=folder(app, opened).submitted_at - timedelta(days=9)))
    assert "lúc gửi hồ sơ chuẩn bị không khớp" in runner.invoke(args=["check"]).output


def test_check_finds_a_link_and_a_confirmation_that_nobody_made(app: Flask, opened: int) -> None:
    alter(app, update(Preparation).values(link_code="abcd", schedule_confirmed_by_name="Ai đó"))
    output = app.test_cli_runner().invoke(args=["check"]).output
    assert "đường dẫn riêng của đơn vị không khớp" in output and "việc xác nhận lịch không khớp" in output


def alter(app: Flask, statement) -> None:
    with app.app_context():
        begin_writing()
        db.session.execute(statement)
        db.session.commit()
