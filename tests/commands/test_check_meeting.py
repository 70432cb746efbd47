"""``flask check`` finds what was changed of the meeting behind the journal, and nothing when nobody did."""

import pytest
from flask import Flask
from sqlalchemy import text

from tests.checklist_sessions.rooms import Client, here, rows
from tests.conftest import new_op
from tests.world import MORNING, World
from thidua.extensions import begin_writing, db
from thidua.models import AgendaStep, Attendance, ChecklistSession, Exchange
from thidua.models.finders import sheet_of


@pytest.fixture
def room(app: Flask, world: World, client_of: Client) -> int:
    """A meeting in which everything was done that can be done, some of it twice and taken back."""
    secretary = client_of("thu-ky")

    def post(path: str, **fields: str) -> None:
        answer = secretary.post(here(world.open_id, path), data={"op_id": new_op()} | fields)
        assert answer.status_code in (200, 303), answer.text

    people = [one.id for one in rows(app, Attendance, world.open_id)]
    steps = [one.id for one in rows(app, AgendaStep, world.open_id)]
    post(f"/attendance/{people[0]}/absence", reason="Ốm")
    post("/attendance/all", side="team")
    post("/attendance", side="guest", name="Lê Văn Khách")
    guest = rows(app, Attendance, world.open_id)[-1].id
    said = {"kind": "question", "criterion_id": "0", "attendance_id": str(guest)}
    post("/exchanges", text="Quỹ ở đâu?", **said)
    post("/exchanges", text="Ai giữ sổ?", **said)
    post(f"/attendance/{guest}/correction", side="guest", name="Lê Văn Khánh")
    first, second = (one.id for one in rows(app, Exchange, world.open_id))
    post(f"/exchanges/{first}", text="Quỹ để ở đâu?", before="Quỹ ở đâu?")
    post(f"/exchanges/{second}/withdrawal")
    post(f"/steps/{steps[0]}/start")
    post(f"/steps/{steps[1]}/start")
    post(f"/steps/{steps[2]}/start")
    post(f"/steps/{steps[2]}/reset")
    post(f"/steps/{steps[3]}/omission", reason="Hết giờ")
    post(f"/steps/{steps[1]}/end")
    with app.app_context():
        criterion = sheet_of(db.session(), world.checklist_id).leaves[0].id
    post(f"/criteria/{criterion}/showing")
    return world.open_id


def damages(app: Flask) -> str:
    result = app.test_cli_runner().invoke(args=["check"])
    assert (result.exit_code == 0) == ("nguyên vẹn" in result.output)
    return "" if result.exit_code == 0 else result.output


def test_a_meeting_nobody_touched_is_whole(app: Flask, room: int) -> None:
    assert damages(app) == ""


BEHIND = {
    "words of an exchange": ("UPDATE exchange SET text = 'Khác' WHERE withdrawn_at IS NULL", "trao đổi"),
    "another speaker": ("UPDATE exchange SET speaker = 'Người khác' WHERE withdrawn_at IS NULL", "trao đổi"),
    "a withdrawn exchange": ("UPDATE exchange SET withdrawn_at = NULL WHERE withdrawn_at IS NOT NULL", "trao đổi"),
    "an exchange taken away": ("DELETE FROM exchange WHERE withdrawn_at IS NULL", "nhật ký ghi 2"),
    "an absence": (
        "UPDATE attendance SET presence = 'present', absent_reason = '' WHERE presence = 'absent'",
        "điểm danh của",
    ),
    "a reason of an absence": ("UPDATE attendance SET absent_reason = '' WHERE absent_reason <> ''", "điểm danh của"),
    "a guest": ("UPDATE attendance SET presence = 'absent' WHERE name = 'Lê Văn Khánh'", "điểm danh của"),
    "a step left out": ("UPDATE agenda_step SET skipped_reason = '' WHERE skipped_reason <> ''", "của chương trình"),
    "the end of a step": (
        "UPDATE agenda_step SET ended_at = NULL WHERE position = 2 AND ended_at IS NOT NULL",
        "bước 2 của chương trình",
    ),
    "the wall": (
        "UPDATE checklist_session SET criterion_on_screen_id = NULL WHERE criterion_on_screen_id IS NOT NULL",
        "màn chiếu",
    ),
    "an address of the room": ("UPDATE checklist_session SET join_code = 'abc' WHERE state = 'open'", "phòng họp"),
}


@pytest.mark.parametrize(("statement", "words"), BEHIND.values(), ids=BEHIND.keys())
def test_what_was_changed_behind_the_journal_is_found(app: Flask, room: int, statement: str, words: str) -> None:
    with app.app_context():
        begin_writing()
        assert db.session.execute(text(statement)).rowcount == 1
        db.session.commit()
    assert words in damages(app)


def test_settings_changed_behind_the_journal_are_found(app: Flask, world: World) -> None:
    with app.app_context():
        begin_writing()
        planned = db.session.get_one(ChecklistSession, world.planned_id)
        settings = {"blind_first_round": True, "two_person_check": False}
        planned.follow_settings(settings, by=world.can_bo, at=MORNING, op_id=new_op())
        db.session.commit()
    assert damages(app) == ""
    with app.app_context():
        begin_writing()
        db.session.get_one(ChecklistSession, world.planned_id).blind_first_round = False
        db.session.commit()
    assert "cách chấm" in damages(app)
