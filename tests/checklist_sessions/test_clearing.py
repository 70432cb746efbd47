"""Back to "not scored": by the one whose score it is, kept in the journal, and in conflict with what came since."""

import pytest

from tests.checklist_sessions.rooms import kinds
from tests.checklist_sessions.test_scores import close, revision, scores, send  # noqa: F401
from tests.commands.test_check import check
from tests.conftest import new_op


def clear(send, username: str, base_version: int, **fields: str):  # noqa: F811
    return send(username, cleared="1", base_version=str(base_version), **fields)


def test_a_score_is_taken_back_and_the_journal_keeps_it(app, world, send) -> None:  # noqa: F811
    send("thanh-vien-1", points="8", reason="Vội")
    answer = clear(send, "thanh-vien-1", 2)
    assert answer.status_code == 200 and answer.headers["X-Revision"] == "3"
    assert "Chưa chấm: Thư ký, TV 1" in answer.text
    assert scores(app) == []
    assert kinds(app, world.open_id) == ["opened", "score.proposed", "score.proposed"]
    assert check(app).exit_code == 0


def test_an_agreed_score_is_taken_back_out_of_the_total(app, send) -> None:  # noqa: F811
    send("truong-doan", perspective="agreed", points="8")
    answer = clear(send, "truong-doan", 2, perspective="agreed")
    assert 'class="big-number">0</b>' in answer.text and "đã chấm 0/12" in answer.text


def test_the_same_clearing_twice_is_applied_once(app, world, send) -> None:  # noqa: F811
    send("thanh-vien-1", points="8")
    op_id = new_op()
    first, again = (clear(send, "thanh-vien-1", 2, op_id=op_id) for _ in range(2))
    assert (again.status_code, again.text) == (200, first.text)
    assert revision(app, world) == 3


def test_clearing_with_a_value_is_refused(app, send) -> None:  # noqa: F811
    send("thanh-vien-1", points="8")
    assert clear(send, "thanh-vien-1", 2, points="7").status_code == 422
    assert scores(app) == [("proposed", 800, "")]


def test_clearing_what_changed_meanwhile_shows_both(app, world, send) -> None:  # noqa: F811
    send("thanh-vien-1", points="8")
    send("thanh-vien-1", points="7", base_version="2")
    op_id = new_op()
    answer = clear(send, "thanh-vien-1", 2, op_id=op_id)
    assert answer.status_code == 409
    assert "<b>chưa chấm</b>" in answer.text and "<b>7</b>" in answer.text and "Bỏ điểm, như tôi" in answer.text
    assert clear(send, "thanh-vien-1", 2, op_id=op_id).status_code == 409
    assert kinds(app, world.open_id)[-1] == "conflict.proposed" and revision(app, world) == 4
    assert clear(send, "thanh-vien-1", 3).status_code == 200
    assert scores(app) == []


def test_scoring_what_was_cleared_meanwhile_shows_both(app, world, send) -> None:  # noqa: F811
    send("truong-doan", perspective="agreed", points="8")
    clear(send, "truong-doan", 2, perspective="agreed")
    op_id = new_op()
    late = {"perspective": "agreed", "points": "6", "op_id": op_id}
    answer = send("truong-doan", base_version="2", **late)
    assert answer.status_code == 409
    assert "<b>6</b>" in answer.text and "<b>chưa chấm</b>" in answer.text and "đã bỏ điểm lúc" in answer.text
    assert 'data-version="3"' in answer.text and "Nguyễn Văn Lạng" in answer.text
    assert send("truong-doan", base_version="2", **late).text == answer.text
    assert send("truong-doan", perspective="agreed", points="6", base_version="3").status_code == 200
    assert scores(app) == [("agreed", 600, "")]
    assert check(app).exit_code == 0


def test_who_saw_nothing_standing_may_score_after_a_clearing(app, send) -> None:  # noqa: F811
    send("thanh-vien-1", points="8")
    clear(send, "thanh-vien-1", 2)
    assert send("thanh-vien-1", points="6", base_version="0").status_code == 200


def test_clearing_what_is_cleared_already_changes_nothing(app, send) -> None:  # noqa: F811
    send("thanh-vien-1", points="8")
    clear(send, "thanh-vien-1", 2)
    assert clear(send, "thanh-vien-1", 3).status_code == 200
    assert scores(app) == [] and check(app).exit_code == 0


@pytest.mark.parametrize("username", ["thu-ky", "don-vi", "can-bo", "nguoi-ngoai"])
def test_nobody_clears_what_he_may_not_score(app, send, username) -> None:  # noqa: F811
    send("truong-doan", perspective="agreed", points="8")
    assert clear(send, username, 2, perspective="agreed").status_code == 403
    assert scores(app) == [("agreed", 800, "")]


def test_a_closed_session_keeps_its_scores(app, world, send) -> None:  # noqa: F811
    send("truong-doan", perspective="agreed", points="8")
    close(app, world)
    assert clear(send, "truong-doan", 2, perspective="agreed").status_code == 409
    assert scores(app) == [("agreed", 800, "")]
