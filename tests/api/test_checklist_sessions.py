"""The read API of checklist sessions: the same facts and the same permissions as the pages."""

from typing import Any

import pytest
from flask import Flask

from tests.api.scored import score, settle_everything
from tests.world import World
from thidua.rules.entries import Entry


def read(client: Any, world: World, more: str = "") -> Any:
    return client.get(f"/api/checklist-sessions/{world.open_id}{more}").get_json()


def test_the_list_names_unit_plan_state_and_revision(client_of, world: World) -> None:
    listed = client_of("can-bo").get("/api/checklist-sessions?state=open").get_json()
    assert [{name: one[name] for name in ("id", "unit", "plan", "state", "revision")} for one in listed] == [
        {
            "id": world.open_id,
            "unit": "Hội Trường Sơn tỉnh Bắc Giang",
            "plan": "Kế hoạch 72/HTS",
            "state": "open",
            "revision": 1,
        }
    ]


@pytest.mark.parametrize(
    ("username", "count"),
    [
        ("can-bo", 2),
        ("quan-tri", 2),
        ("truong-doan", 2),
        ("thanh-vien-3", 2),
        ("don-vi", 1),
        ("don-vi-khac", 1),
        ("nguoi-ngoai", 0),
    ],
)
def test_everybody_is_told_only_of_the_sessions_he_may_see(client_of, username: str, count: int) -> None:
    assert len(client_of(username).get("/api/checklist-sessions").get_json()) == count


def test_an_unknown_state_is_refused_in_words(client_of) -> None:
    answer = client_of("can-bo").get("/api/checklist-sessions?state=done")
    assert answer.status_code == 422 and "Không có tình trạng “done”" in answer.get_json()["error"]


def test_nothing_scored_zero_and_not_applicable_are_three_things(app: Flask, client_of, world: World) -> None:
    score(app, world, "truong-doan", Entry(points=0), leaf=0)
    score(app, world, "truong-doan", Entry(not_applicable=True), leaf=1)
    first, second, third, *_rest = read(client_of("truong-doan"), world)["criteria"]
    assert (first["agreed"]["points"], first["agreed"]["not_applicable"]) == ("0.00", False)
    assert (second["agreed"]["points"], second["agreed"]["not_applicable"]) == (None, True)
    assert third["agreed"] is None and third["version"] == 0


def test_a_criterion_carries_the_three_perspectives_with_points_as_text(app: Flask, client_of, world: World) -> None:
    score(app, world, "don-vi", Entry(points=450), reason="Báo cáo số 12")
    score(app, world, "thanh-vien-1", Entry(points=400), reason="Thiếu hồ sơ")
    score(app, world, "truong-doan", Entry(points=425))
    criterion = read(client_of("thu-ky"), world)["criteria"][0]
    assert (criterion["self"]["points"], criterion["self"]["reason"]) == ("4.50", "Báo cáo số 12")
    assert [(one["by"], one["points"], one["reason"]) for one in criterion["proposed"]] == [
        ("Trần Thị Hòa", "4.00", "Thiếu hồ sơ")
    ]
    assert criterion["agreed"]["points"] == "4.25" and criterion["version"] == 4
    assert {"id", "number", "text", "maximum", "step", "kind"} <= set(criterion) and "." in criterion["maximum"]


def test_the_unit_is_not_told_of_proposals_nor_that_there_are_any(app: Flask, client_of, world: World) -> None:
    score(app, world, "don-vi", Entry(points=450))
    score(app, world, "thanh-vien-1", Entry(points=400))
    told = read(client_of("don-vi"), world)["criteria"][0]
    assert told["proposed"] == [] and told["version"] == 2
    assert len(read(client_of("truong-doan"), world)["criteria"][0]["proposed"]) == 1


def test_totals_add_up_what_is_agreed(app: Flask, client_of, world: World) -> None:
    score(app, world, "truong-doan", Entry(points=450), leaf=0)
    score(app, world, "truong-doan", Entry(points=300), leaf=1)
    score(app, world, "thanh-vien-1", Entry(points=100), leaf=2)
    answer = read(client_of("truong-doan"), world)
    assert answer["totals"]["points"] == "7.50" and answer["totals"]["maximum"] == "100.00"
    assert answer["totals"]["scored"] == 2 and answer["totals"]["sections"][0]["points"] == "7.50"
    assert answer["grade"] is None, "a grade before everything is scored would be a guess"


def test_the_grade_is_told_when_everything_is_scored_and_to_the_unit_only_after_freezing(
    app: Flask, client_of, world: World
) -> None:
    settle_everything(app, world)
    team, unit = read(client_of("truong-doan"), world), read(client_of("don-vi"), world)
    assert team["totals"]["missing"] == 0 and team["grade"] == "Xuất sắc"
    assert unit["totals"]["points"] == team["totals"]["points"] and unit["grade"] is None


def test_the_journal_is_told_in_order_with_its_chain(app: Flask, client_of, world: World) -> None:
    score(app, world, "thanh-vien-1", Entry(points=400))
    entries = read(client_of("truong-doan"), world, "/journal")
    assert [(one["revision"], one["kind"]) for one in entries] == [(1, "opened"), (2, "score.proposed")]
    assert entries[1]["prev_hash"] == entries[0]["hash"] and entries[1]["payload"]["points"] == 400
    assert [one["revision"] for one in read(client_of("truong-doan"), world, "/journal?after=1")] == [2]


@pytest.mark.parametrize(
    ("username", "session_status", "journal_status"),
    [
        ("truong-doan", 200, 200),
        ("thanh-vien-2", 200, 200),
        ("can-bo", 200, 200),
        ("don-vi", 200, 403),
        ("don-vi-khac", 403, 403),
        ("nguoi-ngoai", 403, 403),
        ("", 401, 401),
    ],
)
def test_the_api_refuses_whom_the_pages_refuse(
    client_of, world: World, username: str, session_status: int, journal_status: int
) -> None:
    client, address = client_of(username), f"/api/checklist-sessions/{world.open_id}"
    one, journal = client.get(address), client.get(f"{address}/journal")
    assert (one.status_code, journal.status_code) == (session_status, journal_status)
    assert all(set(answer.get_json()) == {"error"} for answer in (one, journal) if answer.status_code >= 400)


def test_an_unknown_session_or_address_is_told_as_json(client_of) -> None:
    for address in ("/api/checklist-sessions/99999", "/api/nothing"):
        answer = client_of("can-bo").get(address)
        assert answer.status_code == 404 and answer.get_json()["error"]


def test_a_revision_larger_than_any_has_nothing_after_it(client_of, world: World) -> None:
    assert read(client_of("can-bo"), world, f"/journal?after={10**20}") == []
    assert len(read(client_of("can-bo"), world, f"/journal?after=-{10**20}")) == 1
