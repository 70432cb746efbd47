"""What everybody has proposed alike is taken at once, told, and taken back with one press."""

import json

import pytest

from tests.checklist_sessions.rooms import here, kinds, rows
from tests.checklist_sessions.test_scores import close, scores, send  # noqa: F401
from tests.commands.test_check import check
from tests.conftest import new_op
from thidua.models import JournalEntry

TEAM = ("thu-ky", "thanh-vien-1", "thanh-vien-2", "thanh-vien-3")
AGREE = {"1.1": "4", "1.2": "3", "1.4": "8"}


@pytest.fixture
def agreed_by_all(send):  # noqa: F811
    """Three criteria proposed alike, one with a difference, one with a proposal missing."""
    for username in TEAM:
        for number, points in AGREE.items():
            assert send(username, number=number, points=points).status_code == 200
        assert send(username, number="1.5", points="1" if username == "thu-ky" else "2").status_code == 200
        if username != "thu-ky":
            send(username, number="1.6", points="2")


@pytest.fixture
def press(world, client_of):
    def post(username: str, path: str = "", **fields: str):
        return client_of(username).post(here(world.open_id, f"/common-values{path}"), data={"op_id": new_op()} | fields)

    return post


def agreed(app) -> list[tuple[str, int | None, str]]:
    return [one for one in scores(app) if one[0] == "agreed"]


def board(client_of, world, query: str = "") -> str:
    return client_of("truong-doan").get(here(world.open_id, f"/board{query}")).text


def test_all_equal_proposals_are_settled_each_with_its_own_entry(app, world, client_of, agreed_by_all, press) -> None:
    op_id, before = new_op(), len(kinds(app, world.open_id))
    assert "Lấy điểm chung (3 tiêu chí)" in board(client_of, world)
    assert press("truong-doan", op_id=op_id).status_code == 303
    assert agreed(app) == [("agreed", 400, ""), ("agreed", 300, ""), ("agreed", 800, "")]
    entries = rows(app, JournalEntry, world.open_id)[before:]
    assert [entry.kind for entry in entries] == ["score.agreed"] * 3
    assert {json.loads(entry.payload)["batch"] for entry in entries} == {op_id}
    told = board(client_of, world)
    assert "Đã lấy điểm chung cho 3 tiêu chí:" in told and "1.1 (4), 1.2 (3), 1.4 (8)" in told
    assert "Hoàn tác cả 3 điểm" in told and "Lấy điểm chung (" not in told
    assert check(app).exit_code == 0


def test_the_whole_batch_is_taken_back_with_one_press(app, world, client_of, agreed_by_all, press) -> None:
    op_id, undo = new_op(), new_op()
    press("truong-doan", op_id=op_id)
    for _ in range(2):
        assert press("truong-doan", "/undoing", batch=op_id, op_id=undo).status_code == 303
    assert agreed(app) == [] and kinds(app, world.open_id).count("score.agreed") == 6
    assert "board-taken" in board(client_of, world) and "Đã lấy điểm chung" not in board(client_of, world)
    assert check(app).exit_code == 0


def test_what_was_changed_since_stays(app, world, client_of, agreed_by_all, press, send) -> None:  # noqa: F811
    op_id = new_op()
    press("truong-doan", op_id=op_id)
    version = rows(app, JournalEntry, world.open_id)[-1].revision
    send("truong-doan", perspective="agreed", points="7", base_version=str(version))
    assert "1 tiêu chí đã đổi sau đó" in board(client_of, world)
    assert press("truong-doan", "/undoing", batch=op_id).status_code == 303
    assert agreed(app) == [("agreed", 700, "")]
    assert press("truong-doan", "/undoing", batch=op_id).status_code == 409


def test_a_settled_value_is_never_replaced(app, agreed_by_all, press, send) -> None:  # noqa: F811
    send("truong-doan", perspective="agreed", points="6")
    press("truong-doan")
    assert agreed(app) == [("agreed", 600, ""), ("agreed", 400, ""), ("agreed", 300, "")]


def test_the_same_press_twice_takes_once(app, world, agreed_by_all, press) -> None:
    op_id = new_op()
    assert [press("truong-doan", op_id=op_id).status_code for _ in range(2)] == [303, 303]
    assert kinds(app, world.open_id).count("score.agreed") == 3


def test_without_anything_in_common_nothing_is_taken(app, world, press) -> None:
    assert press("truong-doan").status_code == 409
    assert kinds(app, world.open_id) == ["opened"]


@pytest.mark.parametrize("batch", ["", "x", "00000000-0000-4000-8000-000000000001"])
def test_an_unknown_batch_is_refused(press, batch) -> None:
    assert press("truong-doan", "/undoing", batch=batch).status_code == 422


@pytest.mark.parametrize("username", ["thu-ky", "thanh-vien-1", "don-vi", "can-bo", "quan-tri", "nguoi-ngoai"])
def test_only_the_head_takes_and_takes_back(app, agreed_by_all, press, username) -> None:
    assert press(username).status_code == 403
    assert press(username, "/undoing", batch=new_op()).status_code == 403
    assert agreed(app) == []


def test_a_closed_session_takes_nothing(app, world, agreed_by_all, press) -> None:
    close(app, world)
    assert press("truong-doan").status_code == 409


def test_the_outbox_is_answered_with_what_was_taken(world, client_of, agreed_by_all) -> None:
    op_id = new_op()
    answer = client_of("truong-doan").post(
        here(world.open_id, "/common-values"), data={"op_id": op_id}, headers={"X-Requested-With": "outbox"}
    )
    assert (answer.status_code, answer.headers["X-Op-Id"]) == (200, op_id)
    assert 'id="board-taken"' in answer.text and "1.4 (8)" in answer.text


def test_the_board_shows_what_is_asked_for(world, client_of, agreed_by_all, send) -> None:  # noqa: F811
    send("truong-doan", perspective="agreed", number="1.1", points="4")
    assert board(client_of, world).count('<article id="row-') == 12
    assert board(client_of, world, "?show=unsettled").count('<article id="row-') == 11
    assert board(client_of, world, "?show=differing").count('<article id="row-') == 1
    assert board(client_of, world, "?show=x&sort=y").count('<article id="row-') == 12


def test_only_the_head_finds_keys_to_settle_on_the_board(world, client_of) -> None:
    assert board(client_of, world).count('data-perspective="agreed"') == 12
    assert 'data-perspective="agreed"' not in client_of("thu-ky").get(here(world.open_id, "/board")).text
