"""The total kept back until it is announced: nowhere where the unit or the room reads."""

import pytest

from tests.checklist_sessions.rooms import close, here, kinds, rows
from tests.conftest import new_op
from thidua.checklist_sessions.frames import change_html
from thidua.extensions import db
from thidua.models import ChecklistSession, JournalEntry
from thidua.models.finders import sheet_of

TOTAL = "21,5"
SUM = "21.50"


def switch(client, room: int, what: str, **fields: str):
    return client.post(here(room, f"/total/{what}"), data={"op_id": new_op()} | fields)


@pytest.fixture
def scored(app, client_of, world):
    """Two criteria are settled, 11,5 and 10, so that the total is no value of a single criterion."""
    with app.app_context():
        leaves = sheet_of(db.session(), world.checklist_id).leaves
    head = client_of("truong-doan")
    for leaf, points in ((leaves[0], "11,5"), (leaves[1], "10")):
        answer = head.post(
            here(world.open_id, f"/criteria/{leaf.id}/scores"),
            data={"perspective": "agreed", "points": points, "reason": "Có", "op_id": new_op(), "base_version": "0"},
        )
        assert answer.status_code == 200, answer.text
    return leaves


def frames_of(app, world, audience: str) -> str:
    """Everything the stream would say to this audience of the whole half-day."""
    with app.app_context():
        return "\n".join(
            change_html(world.open_id, entry.kind, entry.content, audience)
            for entry in rows(app, JournalEntry, world.open_id)
        )


def test_nowhere_the_unit_or_the_room_reads_the_total_until_it_is_announced(app, client_of, world, scored) -> None:
    secretary, unit = client_of("thu-ky"), client_of("don-vi")
    pages = [
        here(world.open_id),
        here(world.open_id, "/projector"),
        f"/units/{world.unit_id}",
        "/",
        "/checklist-sessions",
    ]
    api = f"/api/checklist-sessions/{world.open_id}"
    seen = [path for path in pages if TOTAL in unit.get(path).text]
    assert here(world.open_id) in seen and here(world.open_id, "/projector") in seen
    assert unit.get(api).json["totals"]["points"] == SUM

    assert switch(secretary, world.open_id, "hiding").status_code == 303
    assert [path for path in pages if TOTAL in unit.get(path).text] == []
    assert [audience for audience in ("unit", "projector") if TOTAL in frames_of(app, world, audience)] == []
    told = unit.get(api).json
    assert (told["totals"], told["grade"]) == (None, None)
    assert "công bố sau" in unit.get(here(world.open_id, "/projector")).text
    assert "công bố sau" in unit.get(here(world.open_id)).text

    assert switch(secretary, world.open_id, "announcement").status_code == 303
    assert [path for path in pages if TOTAL in unit.get(path).text] == seen
    assert TOTAL in frames_of(app, world, "projector") and TOTAL in frames_of(app, world, "unit")


def test_the_team_sees_its_total_all_the_time(app, client_of, world, scored) -> None:
    switch(client_of("thu-ky"), world.open_id, "hiding")
    for username in ("truong-doan", "thanh-vien-1", "can-bo"):
        assert TOTAL in client_of(username).get(here(world.open_id)).text
    assert TOTAL in frames_of(app, world, "team") and TOTAL in frames_of(app, world, "head")


def test_the_unit_reads_no_draft_of_the_conclusion_before_the_announcement(app, client_of, world, scored) -> None:
    head, unit = client_of("truong-doan"), client_of("don-vi")
    switch(head, world.open_id, "hiding")
    close(head, world.open_id)
    assert TOTAL not in unit.get(f"/conclusions/{world.conclusion_id}").text
    assert TOTAL in head.get(f"/conclusions/{world.conclusion_id}").text
    assert switch(head, world.open_id, "announcement").status_code == 303, "announced after scoring has closed, too"
    assert TOTAL in unit.get(f"/conclusions/{world.conclusion_id}").text


def test_the_same_tap_again_changes_nothing_and_the_journal_tells_both(app, client_of, world) -> None:
    secretary, op_id = client_of("thu-ky"), new_op()
    for _ in range(2):
        assert switch(secretary, world.open_id, "hiding", op_id=op_id).status_code == 303
    switch(secretary, world.open_id, "hiding")
    assert kinds(app, world.open_id) == ["opened", "total.hidden"]
    assert "Công bố tổng điểm" in secretary.get(here(world.open_id, "/meeting")).text
    switch(secretary, world.open_id, "announcement")
    told = secretary.get(here(world.open_id, "/history")).text
    assert "Ẩn tổng điểm trên màn chiếu" in told and "Công bố tổng điểm" in told


@pytest.mark.parametrize("username", ["thanh-vien-1", "don-vi", "can-bo", "nguoi-ngoai"])
def test_only_head_and_secretary_keep_the_total_back(app, client_of, world, username) -> None:
    client = client_of(username)
    assert [switch(client, world.open_id, what).status_code for what in ("hiding", "announcement")] == [403, 403]
    assert kinds(app, world.open_id) == ["opened"]


def test_frozen_minutes_tell_the_total_in_any_case(app, world) -> None:
    half_day = ChecklistSession(state="closed", total_hidden=True)
    assert half_day.keeps_total_back
    half_day.state = "frozen"
    assert not half_day.keeps_total_back
