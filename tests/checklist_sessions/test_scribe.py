"""Nhập hộ: head or secretary enter a score for its holder; it is recorded as by one for the other."""

import json

import pytest

from tests.checklist_sessions.rooms import rows
from tests.checklist_sessions.test_scores import close, revision, scores, send  # noqa: F401
from tests.commands.test_check import check
from tests.conftest import new_op
from thidua.models import JournalEntry, Score


def held(app, world) -> list[tuple[str, int, str, str]]:
    return [(one.perspective, one.holder, one.by_name, one.scribe_name) for one in rows(app, Score, world.open_id)]


def last_entry(app, world) -> tuple[str, dict]:
    entry = rows(app, JournalEntry, world.open_id)[-1]
    return entry.actor_name, json.loads(entry.payload)


def test_the_secretary_enters_a_members_proposal(app, world, send) -> None:  # noqa: F811
    member = world.people["thanh-vien-2"]
    answer = send("thu-ky", points="7,5", **{"for": str(member.id)})
    assert answer.status_code == 200
    assert "TV 2 <b>7,5</b>" in answer.text and "nhập hộ" in answer.text
    assert held(app, world) == [("proposed", member.id, member.name, "Phạm Tiến Ích")]
    actor, said = last_entry(app, world)
    assert (actor, said["for_id"], said["for_name"]) == ("Phạm Tiến Ích", member.id, member.name)
    assert check(app).exit_code == 0


def test_the_member_changes_what_was_entered_for_him_and_the_mark_goes(app, world, send) -> None:  # noqa: F811
    member = world.people["thanh-vien-2"]
    send("thu-ky", points="7,5", **{"for": str(member.id)})
    assert send("thanh-vien-2", points="8", base_version="0").status_code == 409
    answer = send("thanh-vien-2", points="8", base_version="2")
    assert answer.status_code == 200 and "nhập hộ" not in answer.text
    assert held(app, world) == [("proposed", member.id, member.name, "")]


def test_the_holders_own_score_wins_over_a_late_scribe_and_both_are_kept(app, world, send) -> None:  # noqa: F811
    member = world.people["thanh-vien-2"]
    send("thanh-vien-2", points="8")
    op_id, late = new_op(), {"points": "6", "for": str(member.id)}
    answer = send("thu-ky", op_id=op_id, **late)
    assert answer.status_code == 409 and "nhập hộ Lê Đức Thắng" in answer.text
    assert send("thu-ky", op_id=op_id, **late).status_code == 409
    _, said = last_entry(app, world)
    assert (said["points"], said["for_id"]) == (600, member.id) and revision(app, world) == 3


def test_the_secretary_enters_the_agreed_score_for_the_head(app, world, send) -> None:  # noqa: F811
    head = world.people["truong-doan"]
    answer = send("thu-ky", perspective="agreed", points="8", **{"for": "head"})
    assert answer.status_code == 200 and "nhập hộ" in answer.text
    assert held(app, world) == [("agreed", 0, head.name, "Phạm Tiến Ích")]
    late = send("truong-doan", perspective="agreed", points="9")
    assert late.status_code == 409 and "Phạm Tiến Ích nhập hộ" in late.text
    assert send("truong-doan", perspective="agreed", points="9", base_version="2").status_code == 200
    assert held(app, world) == [("agreed", 0, head.name, "")]


def test_the_unit_is_entered_for_before_and_during_the_half_day(app, world, send) -> None:  # noqa: F811
    for room in (world.open_id, world.planned_id):
        assert send("thu-ky", room=room, perspective="self", points="9", **{"for": "unit"}).status_code == 200
    assert held(app, world) == [("self", 0, "Hội Trường Sơn tỉnh Bắc Giang", "Phạm Tiến Ích")]
    assert check(app).exit_code == 0


def test_a_score_entered_for_somebody_is_cleared_for_him_too(app, world, send) -> None:  # noqa: F811
    for_member = {"for": str(world.people["thanh-vien-2"].id)}
    send("thu-ky", points="7", **for_member)
    assert send("thu-ky", cleared="1", base_version="2", **for_member).status_code == 200
    assert scores(app) == [] and check(app).exit_code == 0


def test_the_same_entering_twice_is_applied_once_and_for_another_refused(app, world, send) -> None:  # noqa: F811
    op_id = new_op()
    first = send("thu-ky", points="7", op_id=op_id, **{"for": str(world.people["thanh-vien-1"].id)})
    again = send("thu-ky", points="7", op_id=op_id, **{"for": str(world.people["thanh-vien-1"].id)})
    assert (again.status_code, again.text) == (200, first.text) and revision(app, world) == 2
    other = send("thu-ky", points="7", op_id=op_id, **{"for": str(world.people["thanh-vien-2"].id)})
    assert other.status_code == 409 and revision(app, world) == 2


def test_for_oneself_is_ones_own_score(app, world, send) -> None:  # noqa: F811
    assert send("thu-ky", points="7", **{"for": str(world.people["thu-ky"].id)}).status_code == 200
    assert send("truong-doan", perspective="agreed", points="7", **{"for": "head"}).status_code == 200
    assert [scribe for *_, scribe in held(app, world)] == ["", ""]


@pytest.mark.parametrize("username", ["thanh-vien-1", "don-vi", "can-bo", "quan-tri", "nguoi-ngoai", "don-vi-khac"])
@pytest.mark.parametrize("perspective", ["proposed", "agreed", "self"])
def test_nobody_else_enters_for_others(app, world, send, username, perspective) -> None:  # noqa: F811
    meant = {"proposed": str(world.people["thanh-vien-2"].id), "agreed": "head", "self": "unit"}[perspective]
    assert send(username, perspective=perspective, points="8", **{"for": meant}).status_code == 403
    assert scores(app) == []


@pytest.mark.parametrize(
    ("perspective", "meant"),
    [("agreed", "unit"), ("self", "head"), ("proposed", "head"), ("proposed", "99999"), ("proposed", "x" * 50)],
)
def test_for_nobody_of_the_room_is_refused_in_words(app, send, perspective, meant) -> None:  # noqa: F811
    answer = send("thu-ky", perspective=perspective, points="8", **{"for": meant})
    assert answer.status_code == 422 and "nhập điểm hộ" in answer.text
    assert scores(app) == []


def test_the_secretary_without_for_still_settles_nothing(app, send) -> None:  # noqa: F811
    assert send("thu-ky", perspective="agreed", points="8").status_code == 403


def test_a_member_of_another_team_is_not_entered_for(app, world, send) -> None:  # noqa: F811
    answer = send("thu-ky", points="8", **{"for": str(world.people["nguoi-ngoai"].id)})
    assert answer.status_code == 422


def test_a_closed_session_takes_nothing_from_a_scribe(app, world, send) -> None:  # noqa: F811
    close(app, world)
    assert send("thu-ky", perspective="agreed", points="8", **{"for": "head"}).status_code == 409
