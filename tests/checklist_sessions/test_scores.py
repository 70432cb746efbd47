"""One score by POST: what is taken, what is refused, and that nothing is applied twice."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.conftest import new_op
from tests.world import World
from thidua.extensions import db
from thidua.models import ChecklistSession, JournalEntry, Score
from thidua.models.finders import sheet_of

Client = Callable[[str], FlaskClient]


def criterion_id(app: Flask, world: World, number: str) -> int:
    with app.app_context():
        return sheet_of(db.session(), world.checklist_id).numbered(number).id


@pytest.fixture
def send(app: Flask, world: World, client_of: Client) -> Callable[..., TestResponse]:
    """``send("thu-ky", points="8,5")`` posts a proposal for criterion 1.4 of the open session."""
    clients: dict[str, FlaskClient] = {}

    def post(username: str, *, number: str = "1.4", room: int | None = None, **fields: str) -> TestResponse:
        client = clients.setdefault(username, client_of(username))
        fields = {"perspective": "proposed", "op_id": new_op(), "base_version": "0"} | fields
        return client.post(
            f"/checklist-sessions/{room or world.open_id}/criteria/{criterion_id(app, world, number)}/scores",
            data=fields,
        )

    return post


def scores(app: Flask) -> list[tuple[str, int | None, str]]:
    with app.app_context():
        return [
            (score.perspective, score.points, score.reason)
            for score in db.session.scalars(select(Score).order_by(Score.id))
        ]


def revision(app: Flask, world: World) -> int:
    with app.app_context():
        return db.session.scalars(select(ChecklistSession.revision).where(ChecklistSession.id == world.open_id)).one()


def test_a_member_proposes_and_the_answer_names_the_operation(app, world, send) -> None:
    op_id = new_op()
    answer = send("thanh-vien-1", points="8,5", reason="Chưa có văn bản phối hợp", op_id=op_id)
    assert answer.status_code == 200
    assert answer.headers["X-Op-Id"] == op_id
    assert answer.headers["X-Revision"] == "2"
    assert "8,5" in answer.text and f'id="facts-{criterion_id(app, world, "1.4")}"' in answer.text
    assert scores(app) == [("proposed", 850, "Chưa có văn bản phối hợp")]


@pytest.mark.parametrize("typed", ["8,5", "8.5", " 8,5 "])
def test_comma_and_dot_are_the_same_number(app, send, typed) -> None:
    assert send("thu-ky", points=typed).status_code == 200
    assert scores(app) == [("proposed", 850, "")]


@pytest.mark.parametrize("typed", ["-1", "10,5", "8,3", "NaN", "1e3", "8,5,5", "tám", "85", "1" * 400])
def test_a_value_outside_the_criterion_is_refused_in_words_and_shown_again(app, send, typed) -> None:
    answer = send("thanh-vien-1", points=typed)
    assert answer.status_code == 422
    assert "Tiêu chí 1.4" in answer.text and typed[:40] in answer.text
    assert scores(app) == []


def test_an_empty_entry_is_refused(app, send) -> None:
    assert send("thanh-vien-1").status_code == 422
    assert scores(app) == []


def test_a_field_sent_twice_is_refused(app, world, client_of) -> None:
    answer = client_of("thanh-vien-1").post(
        f"/checklist-sessions/{world.open_id}/criteria/{criterion_id(app, world, '1.4')}/scores",
        data={"perspective": "proposed", "points": ["8", "9"], "op_id": new_op()},
    )
    assert answer.status_code == 422
    assert scores(app) == []


def test_zero_and_not_applicable_and_not_scored_are_three_things(app, world, send, client_of) -> None:
    send("truong-doan", perspective="agreed", number="1.1", points="0")
    send("truong-doan", perspective="agreed", number="1.2", not_applicable="1")
    page = client_of("can-bo").get(f"/checklist-sessions/{world.open_id}/board").text
    assert "Không xét" in page
    assert "Đã thống nhất <b>2/12</b>" in page


def test_a_level_may_be_chosen_by_its_place_or_its_points(app, send) -> None:
    assert send("thanh-vien-1", number="2.1", level="1").status_code == 200
    assert send("thanh-vien-2", number="2.1", points="5").status_code == 200
    assert send("thanh-vien-3", number="2.1", points="6").status_code == 422


def test_the_same_operation_twice_is_applied_once_and_answered_the_same(app, world, send) -> None:
    op_id = new_op()
    first = send("thanh-vien-1", points="8", op_id=op_id)
    again = send("thanh-vien-1", points="8", op_id=op_id)
    assert (again.status_code, again.headers["X-Op-Id"], again.headers["X-Revision"]) == (200, op_id, "2")
    assert again.text == first.text
    assert revision(app, world) == 2


def test_a_repeated_operation_is_still_acknowledged_after_the_session_closed(app, world, send, client_of) -> None:
    op_id = new_op()
    send("thanh-vien-1", points="8", op_id=op_id)
    close(app, world)
    assert send("thanh-vien-1", points="8", op_id=op_id).status_code == 200


@pytest.mark.parametrize("change", [{"points": "9"}, {"reason": "khác"}, {"perspective": "agreed"}])
def test_the_same_operation_with_another_body_is_refused(app, world, send, change) -> None:
    op_id = new_op()
    send("truong-doan", points="8", op_id=op_id)
    assert send("truong-doan", **({"points": "8", "op_id": op_id} | change)).status_code == 409
    assert scores(app) == [("proposed", 800, "")]


def test_another_persons_operation_id_is_refused(app, send) -> None:
    op_id = new_op()
    send("thanh-vien-1", points="8", op_id=op_id)
    assert send("thanh-vien-2", points="8", op_id=op_id).status_code == 409


def test_an_operation_id_that_is_no_uuid_is_refused(app, send) -> None:
    assert send("thanh-vien-1", points="8", op_id="1").status_code == 422


def test_a_stale_version_shows_both_values_and_both_stay_in_the_journal(app, world, send) -> None:
    send("thanh-vien-1", points="8")
    op_id = new_op()
    answer = send("thanh-vien-1", points="6", op_id=op_id)
    assert answer.status_code == 409
    assert "<b>6</b>" in answer.text and "<b>8</b>" in answer.text and "Trần Thị Hòa" in answer.text
    assert scores(app) == [("proposed", 800, "")]
    with app.app_context():
        kinds = db.session.scalars(select(JournalEntry.kind).order_by(JournalEntry.id)).all()
    assert kinds == ["opened", "score.proposed", "conflict.proposed"]
    assert send("thanh-vien-1", points="6", op_id=op_id).status_code == 409
    assert revision(app, world) == 3


def test_a_score_based_on_the_latest_version_is_taken(app, world, send) -> None:
    send("thanh-vien-1", points="8")
    assert send("thanh-vien-1", points="7", base_version="2").status_code == 200
    assert scores(app) == [("proposed", 700, "")]


def test_only_the_head_of_team_settles(app, send) -> None:
    for username in ("thu-ky", "thanh-vien-1", "don-vi", "can-bo", "quan-tri", "nguoi-ngoai", "don-vi-khac"):
        assert send(username, perspective="agreed", points="8").status_code == 403, username
    assert send("truong-doan", perspective="agreed", points="8").status_code == 200


def test_only_the_inspected_unit_scores_itself(app, send) -> None:
    for username in ("thu-ky", "truong-doan", "can-bo", "quan-tri", "nguoi-ngoai", "don-vi-khac"):
        assert send(username, perspective="self", points="8").status_code == 403, username
    assert send("don-vi", perspective="self", points="9", reason="Báo cáo 15/BC").status_code == 200
    assert send("don-vi", perspective="proposed", points="9").status_code == 403


def test_the_unit_scores_itself_before_the_half_day_but_the_team_waits(app, world, send) -> None:
    assert send("don-vi-khac", room=world.planned_id, perspective="self", points="9").status_code == 200
    answer = send("thanh-vien-1", room=world.planned_id, points="8")
    assert answer.status_code == 409
    assert "chưa bắt đầu" in answer.text


def test_a_closed_session_refuses_a_score(app, world, send) -> None:
    close(app, world)
    answer = send("thanh-vien-1", points="8")
    assert answer.status_code == 409
    assert "khóa điểm" in answer.text


def test_somebody_elses_session_and_a_stranger_are_refused(app, send) -> None:
    assert send("nguoi-ngoai", points="8").status_code == 403
    assert send("", points="8").status_code == 401
    assert scores(app) == []


def test_a_criterion_of_no_checklist_is_not_found(world, client_of) -> None:
    answer = client_of("thanh-vien-1").post(f"/checklist-sessions/{world.open_id}/criteria/9999/scores", data={})
    assert answer.status_code == 404


def test_the_unit_never_sees_a_proposal(app, world, send, client_of) -> None:
    send("thanh-vien-1", points="6,5", reason="Lý do chỉ của đoàn")
    page = client_of("don-vi").get(f"/checklist-sessions/{world.open_id}").text
    assert "Lý do chỉ của đoàn" not in page and "6,5" not in page
    changes = client_of("don-vi").get(f"/checklist-sessions/{world.open_id}/changes?last=1").text
    assert "Lý do chỉ của đoàn" not in changes and "6,5" not in changes


def test_a_screen_without_a_stream_catches_up_by_polling(app, world, send, client_of) -> None:
    send("thanh-vien-1", points="7")
    client = client_of("thu-ky")
    answer = client.get(f"/checklist-sessions/{world.open_id}/changes?last=1")
    assert answer.headers["X-Revision"] == "2"
    assert "TV 1 <b>7</b>" in answer.text
    assert client.get(f"/checklist-sessions/{world.open_id}/changes?last=2").status_code == 204


def test_differing_proposals_are_amber_and_equal_ones_can_be_taken_with_one_tap(app, world, send, client_of) -> None:
    for username, points in (("thu-ky", "8"), ("thanh-vien-1", "8"), ("thanh-vien-2", "6"), ("thanh-vien-3", "8")):
        send(username, points=points)
    board = client_of("truong-doan").get(f"/checklist-sessions/{world.open_id}/board").text
    assert "chip--warn" in board and "Còn khác nhau <b>1</b>" in board
    assert send("thanh-vien-2", points="8", base_version="4").status_code == 200
    board = client_of("truong-doan").get(f"/checklist-sessions/{world.open_id}/board").text
    assert "Lấy 8" in board and "Còn khác nhau <b>" not in board and "Lấy điểm chung (1 tiêu chí)" in board


def test_the_projector_shows_the_agreed_score_only(app, world, send, client_of) -> None:
    send("thanh-vien-1", points="7,5")
    send("truong-doan", perspective="agreed", points="9")
    page = client_of("thu-ky").get(f"/checklist-sessions/{world.open_id}/projector").text
    assert re.search(r"Thống nhất <b[^>]*>9</b>", page) and "7,5" not in page
    assert client_of("nguoi-ngoai").get(f"/checklist-sessions/{world.open_id}/projector").status_code == 403


def close(app: Flask, world: World) -> None:
    from tests.world import MORNING
    from thidua.extensions import begin_writing

    with app.app_context():
        begin_writing()
        room = db.session.get(ChecklistSession, world.open_id)
        room.close(by=world.truong_doan, at=MORNING, op_id=new_op())
        db.session.commit()
