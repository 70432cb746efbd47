"""The values a criterion has had, and letting an earlier one hold again."""

import json
import re

import pytest

from tests.checklist_sessions.rooms import here, kinds, rows
from tests.checklist_sessions.test_clearing import clear
from tests.checklist_sessions.test_scores import close, criterion_id, scores, send  # noqa: F401
from tests.commands.test_check import check
from tests.conftest import new_op
from thidua.models import JournalEntry, Score


@pytest.fixture
def restore(app, world, client_of):
    def post(username: str, revision: int, base_version: int, **fields: str):
        address = here(world.open_id, f"/criteria/{criterion_id(app, world, '1.4')}/restoring")
        sent = {"revision": str(revision), "base_version": str(base_version), "op_id": new_op()} | fields
        return client_of(username).post(address, data=sent)

    return post


def page(app, world, client_of, username: str = "thu-ky") -> str:
    return client_of(username).get(here(world.open_id, f"/criteria/{criterion_id(app, world, '1.4')}/history")).text


def test_every_value_is_told_with_who_when_why_and_what_came_late(app, world, client_of, send) -> None:  # noqa: F811
    send("thanh-vien-1", points="8", reason="Lần đầu")
    send("thanh-vien-1", points="6", base_version="2")
    send("thanh-vien-1", points="5")
    send("thu-ky", points="9,5", **{"for": str(world.people["thanh-vien-2"].id)})
    clear(send, "thanh-vien-1", 3)
    told = page(app, world, client_of)
    values = re.findall(r"<b>([^<]+)</b>", told.split('id="score-history"')[1])
    assert values == ["chưa chấm", "9,5", "5", "6", "8"]
    assert "Lần đầu" in told and "Phạm Tiến Ích nhập hộ" in told and "đến sau, chưa dùng" in told
    assert told.count("đang dùng") == 1


def test_head_and_secretary_may_restore_and_members_only_read(app, world, client_of, send) -> None:  # noqa: F811
    send("truong-doan", perspective="agreed", points="8")
    send("truong-doan", perspective="agreed", points="7", base_version="2")
    told = {username: page(app, world, client_of, username) for username in ("truong-doan", "thu-ky", "thanh-vien-1")}
    assert {username: text.count("Khôi phục điểm này") for username, text in told.items()} == {
        "truong-doan": 1,
        "thu-ky": 1,
        "thanh-vien-1": 0,
    }


def test_a_members_proposal_is_restored_for_him(app, world, send, restore) -> None:  # noqa: F811
    send("thanh-vien-1", points="8", reason="Đủ hồ sơ")
    send("thanh-vien-1", points="6", base_version="2")
    assert restore("thu-ky", 2, 3).status_code == 303
    [row] = rows(app, Score, world.open_id)
    member = world.people["thanh-vien-1"]
    assert (row.points, row.reason, row.holder) == (800, "Đủ hồ sơ", member.id)
    assert (row.by_name, row.by_label, row.scribe_name) == (member.name, "TV 1", "Phạm Tiến Ích")
    said = json.loads(rows(app, JournalEntry, world.open_id)[-1].payload)
    assert (said["restored_from"], said["for_id"]) == (2, member.id)
    assert check(app).exit_code == 0


def test_the_head_restores_the_agreed_score_as_his_own(app, world, send, restore) -> None:  # noqa: F811
    send("truong-doan", perspective="agreed", points="8")
    send("truong-doan", perspective="agreed", points="6", base_version="2")
    assert restore("truong-doan", 2, 3).status_code == 303
    [row] = rows(app, Score, world.open_id)
    assert (row.points, row.by_name, row.scribe_name) == (800, "Nguyễn Văn Lạng", "")
    assert restore("thu-ky", 3, 4).status_code == 303
    [row] = rows(app, Score, world.open_id)
    assert (row.points, row.by_name, row.scribe_name) == (600, "Nguyễn Văn Lạng", "Phạm Tiến Ích")


def test_a_cleared_score_and_the_clearing_itself_can_be_restored(app, world, send, restore) -> None:  # noqa: F811
    send("don-vi", perspective="self", points="9")
    clear(send, "don-vi", 2, perspective="self")
    assert restore("thu-ky", 2, 3).status_code == 303
    assert scores(app) == [("self", 900, "")]
    assert restore("thu-ky", 3, 4).status_code == 303
    assert scores(app) == [] and check(app).exit_code == 0


def test_a_value_that_came_too_late_can_be_restored(app, world, send, restore) -> None:  # noqa: F811
    send("thanh-vien-1", points="8")
    send("thanh-vien-1", points="5")
    assert restore("truong-doan", 3, 2).status_code == 303
    assert scores(app) == [("proposed", 500, "")]


def test_the_same_restoring_twice_is_applied_once(app, world, send, restore) -> None:  # noqa: F811
    send("thanh-vien-1", points="8")
    send("thanh-vien-1", points="6", base_version="2")
    op_id = new_op()
    for _ in range(2):
        assert restore("thu-ky", 2, 3, op_id=op_id).status_code == 303
    assert kinds(app, world.open_id).count("score.proposed") == 3
    assert restore("thu-ky", 3, 4, op_id=op_id).status_code == 409


def test_what_changed_while_one_read_is_not_overwritten(app, send, restore) -> None:  # noqa: F811
    send("thanh-vien-1", points="8")
    send("thanh-vien-1", points="6", base_version="2")
    send("thanh-vien-1", points="7", base_version="3")
    answer = restore("thu-ky", 2, 3)
    assert answer.status_code == 409 and "vừa được thay đổi" in answer.text
    assert scores(app) == [("proposed", 700, "")]


@pytest.mark.parametrize("revision", ["99", "1", "x", ""])
def test_a_step_that_holds_no_value_of_this_criterion_is_refused(app, send, restore, revision) -> None:  # noqa: F811
    send("thanh-vien-1", points="8")
    assert restore("thu-ky", revision, 2).status_code == 422


@pytest.mark.parametrize("username", ["thanh-vien-1", "don-vi", "can-bo", "quan-tri", "nguoi-ngoai"])
def test_nobody_else_restores(send, restore, username) -> None:  # noqa: F811
    send("thanh-vien-1", points="8")
    assert restore(username, 2, 2).status_code == 403


def test_a_closed_session_restores_nothing(app, world, client_of, send, restore) -> None:  # noqa: F811
    send("thanh-vien-1", points="8")
    send("thanh-vien-1", points="6", base_version="2")
    close(app, world)
    assert "Khôi phục điểm này" not in page(app, world, client_of)
    assert restore("thu-ky", 2, 3).status_code == 409


def test_the_outbox_gets_the_list_and_the_facts(app, world, client_of, send) -> None:  # noqa: F811
    send("thanh-vien-1", points="8")
    send("thanh-vien-1", points="6", base_version="2")
    op_id = new_op()
    answer = client_of("thu-ky").post(
        here(world.open_id, f"/criteria/{criterion_id(app, world, '1.4')}/restoring"),
        data={"revision": "2", "base_version": "3", "op_id": op_id},
        headers={"X-Requested-With": "outbox"},
    )
    assert (answer.status_code, answer.headers["X-Op-Id"]) == (200, op_id)
    assert 'id="score-history"' in answer.text and 'id="facts-' in answer.text
