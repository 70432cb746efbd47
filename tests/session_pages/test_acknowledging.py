"""Every change of a half-day: sent twice it is applied once, and both answers name the operation."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from tests.checklist_sessions.rooms import close, here, kinds, rows
from tests.conftest import new_op
from tests.places import furnish
from tests.world import World
from thidua.extensions import begin_writing, db
from thidua.models import AgendaStep, Attendance, ChecklistSession

TESTS = Path(__file__).parents[1]
OUTBOX = {"X-Requested-With": "outbox"}


@dataclass(frozen=True)
class Change:
    """One kind of change: who makes it where, with which words."""

    by: str
    path: str  # with the argument names of tests/places.py; from the root when it begins with /conclusions
    kind: str
    fields: dict[str, str] = field(default_factory=dict)
    room: str = "open_id"
    after: tuple["str | tuple[str, dict[str, str]]", ...] = ()  # posted before by the same person, with these fields
    blind: bool = False  # in a blind first round


PROPOSAL = {"perspective": "proposed", "points": "1", "base_version": "0", "reason": "Đủ hồ sơ"}
CHANGES = {
    "checklist_sessions.post_score": Change(
        "thanh-vien-1", "/criteria/{criterion_id}/scores", "score.proposed", PROPOSAL
    ),
    "checklist_sessions.show_criterion": Change("thu-ky", "/criteria/{criterion_id}/showing", "criterion.shown"),
    "checklist_sessions.add_remark": Change(
        "thanh-vien-1", "/remarks", "remark.added", {"kind": "strength", "text": "Sôi nổi", "criterion_id": "0"}
    ),
    "checklist_sessions.change_remark": Change(
        "thanh-vien-1", "/remarks/{remark_id}", "remark.changed", {"text": "Hồ sơ rất đầy đủ.", "base_version": "9"}
    ),
    "checklist_sessions.withdraw_remark": Change("thanh-vien-1", "/remarks/{remark_id}/withdrawal", "remark.withdrawn"),
    "checklist_sessions.add_exchange": Change(
        "thanh-vien-1",
        "/exchanges",
        "exchange.added",
        {
            "kind": "question",
            "speaker": "Trần Thị Hòa",
            "text": "Quỹ ở đâu?",
            "attendance_id": "0",
            "criterion_id": "0",
        },
    ),
    "checklist_sessions.withdraw_exchange": Change(
        "thanh-vien-1", "/exchanges/{exchange_id}/withdrawal", "exchange.withdrawn"
    ),
    "checklist_sessions.add_attendance": Change(
        "thu-ky", "/attendance", "attendance.added", {"side": "guest", "name": "Lê Văn Khách"}
    ),
    "checklist_sessions.mark_attendance": Change(
        "thu-ky", "/attendance/{attendance_id}", "attendance.marked", {"presence": "present"}
    ),
    "checklist_sessions.record_absence": Change(
        "thu-ky", "/attendance/{attendance_id}/absence", "attendance.marked", {"reason": "Ốm"}
    ),
    "checklist_sessions.start_step": Change("thu-ky", "/steps/{step_id}/start", "step.started"),
    "checklist_sessions.skip_step": Change(
        "thu-ky", "/steps/{step_id}/omission", "step.skipped", {"reason": "Hết giờ"}
    ),
    "checklist_sessions.finish_step": Change(
        "thu-ky", "/steps/{step_id}/end", "step.finished", after=("/steps/{step_id}/start",)
    ),
    "checklist_sessions.reset_step": Change(
        "thu-ky", "/steps/{step_id}/reset", "step.reset", after=("/steps/{step_id}/start",)
    ),
    "checklist_sessions.hide_total": Change("thu-ky", "/total/hiding", "total.hidden"),
    "checklist_sessions.announce_total": Change(
        "thu-ky", "/total/announcement", "total.announced", after=("/total/hiding",)
    ),
    "checklist_sessions.mark_all_present": Change(
        "thu-ky", "/attendance/all", "attendance.all_present", {"side": "team"}
    ),
    "checklist_sessions.correct_attendance": Change(
        "thu-ky",
        "/attendance/{attendance_id}/correction",
        "attendance.corrected",
        {"side": "team", "name": "Nguyễn Văn Lãng"},
    ),
    "checklist_sessions.change_exchange": Change(
        "thanh-vien-1",
        "/exchanges/{exchange_id}",
        "exchange.changed",
        {"text": "Quỹ thi đua để ở đâu?", "before": "Quỹ thi đua ở đâu?"},
    ),
    "checklist_sessions.reopen_session": Change("truong-doan", "/reopening", "reopened", after=("/closure",)),
    "checklist_sessions.reveal_one": Change(
        "truong-doan",
        "/criteria/{criterion_id}/revealing",
        "round.revealed",
        after=(("/criteria/{criterion_id}/scores", PROPOSAL),),
        blind=True,
    ),
    "checklist_sessions.reveal_all": Change(
        "truong-doan",
        "/revealing",
        "round.revealed",
        after=(("/criteria/{criterion_id}/scores", PROPOSAL),),
        blind=True,
    ),
    "conclusions.write_text": Change(
        "truong-doan",
        "/conclusions/{conclusion_id}/text",
        "conclusion.written",
        {"text": "Đơn vị làm tốt.", "base_version": "0"},
        after=("/closure",),
    ),
    "conclusions.override_grade": Change(
        "truong-doan",
        "/conclusions/{conclusion_id}/grade",
        "grade.overridden",
        {"label": "Tốt", "reason": "Hồ sơ đầy đủ", "base_version": "0"},
        after=("/closure",),
    ),
    "conclusions.declare_gates": Change(
        "truong-doan",
        "/conclusions/{conclusion_id}/gates",
        "gates.declared",
        {"base_version": "0"},
        after=("/closure",),
    ),
    "conclusions.choose_signers": Change(
        "truong-doan",
        "/conclusions/{conclusion_id}/signers",
        "signers.chosen",
        {"means": "electronic", "base_version": "0"},
        after=("/closure",),
    ),
    "conclusions.freeze_minutes": Change(
        "truong-doan",
        "/conclusions/{conclusion_id}/minutes",
        "minutes.frozen",
        {"accept_missing": "y"},
        after=("/closure",),
    ),
    "minutes.show_page": Change(
        "truong-doan", "/conclusions/{conclusion_id}/reading/page", "reading.shown", {"page": "1"}, after=("/closure",)
    ),
    "minutes.object_to": Change(
        "truong-doan",
        "/conclusions/{conclusion_id}/objections",
        "objection.added",
        {"speaker": "Hoàng Văn Bắc", "text": "Quỹ đã lập."},
        after=("/closure",),
    ),
    "minutes.settle_objection": Change(
        "truong-doan",
        "/conclusions/{conclusion_id}/objections/{objection_id}/outcome",
        "objection.settled",
        {"outcome": "noted"},
        after=("/closure",),
    ),
    "minutes.withdraw_objection": Change(
        "truong-doan",
        "/conclusions/{conclusion_id}/objections/{objection_id}/withdrawal",
        "objection.withdrawn",
        after=("/closure",),
    ),
    "evidence.withdraw": Change("thu-ky", "/evidence/{evidence_id}/withdrawal", "evidence.withdrawn"),
    "evidence.describe": Change(
        "thu-ky", "/evidence/{evidence_id}/caption", "evidence.described", {"caption": "Trang bìa", "base_caption": ""}
    ),
    "checklist_sessions.open_session": Change("truong-doan", "/opening", "opened", room="planned_id"),
    "checklist_sessions.close_session": Change("truong-doan", "/closure", "closed"),
}

# What needs a half-day of its own to be shown: sent twice in the tests of its room.
ELSEWHERE = {
    "checklist_sessions.plan_times": "checklist_sessions/test_agenda.py",
    "checklist_sessions.remove_attendance": "checklist_sessions/test_attendance.py",
    "checklist_sessions.read_back": "checklist_sessions/test_checking.py",
    "checklist_sessions.confirm_score": "checklist_sessions/test_checking.py",
    "checklist_sessions.take_common_values": "checklist_sessions/test_common_values.py",
    "checklist_sessions.undo_common_values": "checklist_sessions/test_common_values.py",
    "checklist_sessions.restore_score": "checklist_sessions/test_score_history.py",
    "evidence.add": "evidence/test_adding.py",
    "follow_up.review": "follow_up/test_recommendations.py",
    "paper_forms.type_in": "paper_forms/test_typing.py",
    "paper_forms.write_workbook": "paper_forms/test_workbooks.py",
    "conclusions.sign": "conclusions/test_minutes.py",
    "minutes.write_block": "minutes/test_editing.py",
    "minutes.leave_out": "minutes/test_editing.py",
    "minutes.keep_block": "minutes/test_editing.py",
    "minutes.restore_block": "minutes/test_editing.py",
    "minutes.end_reading": "minutes/test_reading.py",
    "preparation.add_files": "preparation/test_files.py",
    "preparation.withdraw_file": "preparation/test_files.py",
    "preparation.submit": "preparation/test_sending.py",
    "preparation.answer_returns": "preparation/test_sending.py",
    "preparation.confirm_schedule": "preparation/test_sending.py",
    "preparation.set_due": "preparation/test_readiness.py",
    "preparation.return_criteria": "preparation/test_returning.py",
    "preparation.withdraw_return": "preparation/test_returning.py",
    "preparation.make_link": "preparation/test_link.py",
}
# What changes nothing of the half-day that a journal keeps.
NO_CHANGE = {"checklist_sessions.presence", "joining.number_people", "joining.expel_device"}
NO_CHANGE |= {"joining.open_room", "joining.expel_everybody", "paper_forms.review_workbook"}
# Drafts of the unit's preparation: sent twice in preparation/test_drafts.py.
NO_CHANGE |= {"preparation.start", "preparation.write_texts", "preparation.add_row", "preparation.change_row"}
NO_CHANGE |= {"preparation.remove_row", "preparation.move_row", "preparation.add_proof", "preparation.remove_proof"}


def test_every_change_of_a_half_day_is_shown_to_be_applied_once(app: Flask) -> None:
    posted = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and {"checklist_session_id", "conclusion_id"} & rule.arguments
    }
    assert posted == set(CHANGES) | set(ELSEWHERE) | NO_CHANGE
    assert {path for path in ELSEWHERE.values() if not (TESTS / path).exists()} == set()


@pytest.fixture
def places(app: Flask, world: World) -> dict[str, int | str]:
    return furnish(app, world)


@pytest.mark.parametrize("endpoint", CHANGES)
def test_a_change_sent_twice_is_applied_once_and_acknowledged_twice(
    app: Flask, client_of: Callable[[str], FlaskClient], world: World, places: dict[str, int | str], endpoint: str
) -> None:
    change, op_id = CHANGES[endpoint], new_op()
    room, client = getattr(world, change.room), client_of(change.by)
    if change.blind:
        score_blind(app, room)
    for step in change.after:
        path, fields = step if isinstance(step, tuple) else (step, {})
        client.post(here(room, path.format(**places)), data=fields | {"op_id": new_op()}, headers=OUTBOX)
    path = change.path.format(**places)
    address = path if path.startswith("/conclusions") else here(room, path)
    before = kinds(app, room)
    answers = [client.post(address, data=change.fields | {"op_id": op_id}, headers=OUTBOX) for _ in range(2)]
    assert [answer.headers.get("X-Op-Id") for answer in answers] == [op_id, op_id], answers[0].text
    assert {answer.status_code for answer in answers} <= {200, 204}
    assert kinds(app, room) == [*before, change.kind]
    assert answers[0].headers["X-Revision"] == str(len(before) + 1)
    assert "Location" not in answers[0].headers


def score_blind(app: Flask, room: int) -> None:
    """From now on nobody sees the others' proposals."""
    with app.app_context():
        begin_writing()
        db.session.execute(update(ChecklistSession).where(ChecklistSession.id == room).values(blind_first_round=True))
        db.session.commit()


def test_the_outbox_is_told_where_a_plain_form_would_go_on_and_leaves_no_words_behind(
    app: Flask, client_of: Callable[[str], FlaskClient], world: World
) -> None:
    member, change = client_of("thanh-vien-1"), CHANGES["checklist_sessions.add_remark"]
    address = here(world.open_id, "/remarks")
    answer = member.post(address, data=change.fields | {"op_id": new_op()}, headers=OUTBOX)
    assert (answer.status_code, answer.headers["X-Next"], answer.text) == (204, f"{address}?kind=strength", "")
    assert "Đã ghi vào mục" not in member.get(address).text


def test_a_plain_form_is_acknowledged_and_goes_on_as_ever(
    client_of: Callable[[str], FlaskClient], world: World
) -> None:
    member, op_id = client_of("thanh-vien-1"), new_op()
    fields = CHANGES["checklist_sessions.add_remark"].fields | {"op_id": op_id}
    answer = member.post(here(world.open_id, "/remarks"), data=fields)
    assert (answer.status_code, answer.headers["X-Op-Id"]) == (303, op_id)
    assert "Đã ghi vào mục" in member.get(answer.headers["Location"]).text


def test_a_refusal_is_not_acknowledged_and_says_why_where_the_outbox_looks(
    client_of: Callable[[str], FlaskClient], world: World
) -> None:
    member = client_of("thanh-vien-1")
    fields = {"kind": "strength", "text": " ", "criterion_id": "0", "op_id": new_op()}
    unfit = member.post(here(world.open_id, "/remarks"), data=fields, headers=OUTBOX)
    assert unfit.status_code == 422 and "X-Op-Id" not in unfit.headers
    assert re.search(r'class="error-summary".*?<li>.*?Xin ghi nội dung', unfit.text, re.DOTALL)
    close(client_of("truong-doan"), world.open_id)
    late = member.post(
        here(world.open_id, "/exchanges"),
        data=CHANGES["checklist_sessions.add_exchange"].fields | {"op_id": new_op()},
        headers=OUTBOX,
    )
    assert late.status_code == 409 and "X-Op-Id" not in late.headers


def test_a_page_left_open_does_not_write_with_the_login_of_the_next_person(
    app: Flask, client_of: Callable[[str], FlaskClient], world: World
) -> None:
    fields = CHANGES["checklist_sessions.add_remark"].fields
    address, second = here(world.open_id, "/remarks"), client_of("thanh-vien-2")
    before = kinds(app, world.open_id)
    headers = OUTBOX | {"X-Person": str(world.thanh_vien_1.id)}
    answer = second.post(address, data=fields | {"op_id": new_op()}, headers=headers)
    assert answer.status_code == 401 and kinds(app, world.open_id) == before
    headers = OUTBOX | {"X-Person": str(world.thanh_vien_2.id)}
    assert second.post(address, data=fields | {"op_id": new_op()}, headers=headers).status_code == 204


def test_a_tap_whose_wish_is_fulfilled_already_is_acknowledged(
    app: Flask, client_of: Callable[[str], FlaskClient], world: World
) -> None:
    secretary, person, step = (
        client_of("thu-ky"),
        rows(app, Attendance, world.open_id)[0],
        rows(app, AgendaStep, world.open_id)[0],
    )
    taps = ((f"/attendance/{person.id}", {"presence": "present"}), (f"/steps/{step.id}/start", {}))
    for path, fields in taps:
        for _ in range(2):
            op_id = new_op()
            answer = secretary.post(here(world.open_id, path), data=fields | {"op_id": op_id}, headers=OUTBOX)
            assert (answer.status_code < 300, answer.headers.get("X-Op-Id")) == (True, op_id)
    assert kinds(app, world.open_id).count("attendance.marked") == 1
    assert kinds(app, world.open_id).count("step.started") == 1
    assert rows(app, AgendaStep, world.open_id)[0].state == "running"
