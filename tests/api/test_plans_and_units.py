"""The read API of plans and units."""

from flask import Flask

from tests.world import World


def test_units_stand_in_the_federations_own_order(client_of, world: World) -> None:
    listed = client_of("don-vi").get("/api/units").get_json()
    assert [one["name"] for one in listed] == ["Hội Trường Sơn tỉnh Bắc Giang", "Hội Trường Sơn tỉnh Hải Dương"]
    assert listed[0]["id"] == world.unit_id and listed[0]["area"] == "Bắc Giang"


def test_plans_are_listed_with_their_number(client_of, world: World) -> None:
    assert [(one["id"], one["label"], one["year"]) for one in client_of("don-vi").get("/api/plans").get_json()] == [
        (world.plan_id, "Kế hoạch 72/HTS", 2020)
    ]


def test_a_plan_carries_half_days_and_teams(client_of, world: World) -> None:
    plan = client_of("can-bo").get(f"/api/plans/{world.plan_id}").get_json()
    first = plan["units"][0]
    assert (first["on_date"], first["half"], first["checklist_session_id"]) == ("2020-10-20", "morning", world.open_id)
    assert plan["teams"][0]["members"][0] == {"name": "Nguyễn Văn Lạng", "role": "head"}


def test_an_unknown_plan_is_not_found(client_of) -> None:
    assert client_of("can-bo").get("/api/plans/99999").status_code == 404


def test_a_stranger_is_told_nothing(app: Flask, world: World) -> None:
    for address in ("/api/units", "/api/plans", f"/api/plans/{world.plan_id}", "/api/checklist-sessions"):
        assert app.test_client().get(address).status_code == 401
