"""Last time's agreed score and its reason beside each criterion: on the card, on the board, in the API."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import event

from tests.checklist_sessions.rooms import Client, here
from tests.earlier_inspection import hold_earlier_inspection
from tests.rules.sheets import checklist72, leaf, section
from tests.world import MORNING, World
from thidua.extensions import db
from thidua.models import Checklist
from thidua.models.finders import sheet_of

LINE = "<span>Lần trước (2019):</span>"


@pytest.mark.parametrize("username", ["truong-doan", "thu-ky", "thanh-vien-1", "don-vi", "can-bo"])
def test_team_and_unit_see_last_times_score_and_reason_on_every_card(
    app: Flask, world: World, client_of: Client, username: str
) -> None:
    hold_earlier_inspection(app, world, 2018)
    hold_earlier_inspection(app, world, 2019)
    page = client_of(username).get(here(world.open_id)).text
    with app.app_context():
        leaves = sheet_of(db.session(), world.checklist_id).leaves
    assert page.count(LINE) == len(leaves) and "Lần trước (2018)" not in page
    assert f"{LINE} <b>9,5 / 10</b> – Lý do 1.4" in page


def test_the_board_tells_it_too(app: Flask, world: World, client_of: Client) -> None:
    hold_earlier_inspection(app, world, 2019)
    assert f"{LINE} <b>9,5 / 10</b> – Lý do 1.4" in client_of("truong-doan").get(here(world.open_id, "/board")).text


def test_minutes_not_yet_signed_are_not_last_time(app: Flask, world: World, client_of: Client) -> None:
    hold_earlier_inspection(app, world, 2019, state="frozen")
    assert "Lần trước (" not in client_of("truong-doan").get(here(world.open_id)).text


def test_a_later_inspection_is_not_last_time(app: Flask, world: World, client_of: Client) -> None:
    hold_earlier_inspection(app, world, 2021)
    assert "Lần trước (" not in client_of("truong-doan").get(here(world.open_id)).text


def test_of_another_checklist_only_what_is_the_same_is_compared(app: Flask, world: World, client_of: Client) -> None:
    same = checklist72().numbered("1.4").text.upper()
    old = replace(
        checklist72(), bands=(), gates=(),
        roots=(section(1, replace(leaf(2, 2000), number="3.9", text=same), leaf(3), leaf(4)),),
    )  # fmt: skip
    checklist = Checklist.from_sheet(old, at=MORNING)
    checklist.publish(at=MORNING)
    hold_earlier_inspection(app, world, 2019, checklist=checklist)
    page = client_of("thanh-vien-1").get(here(world.open_id)).text
    assert page.count(LINE) == 1
    assert f"{LINE} <b>98 % (19,5 / 20)</b> – Lý do 3.9" in page


def test_the_api_says_it(app: Flask, world: World, client_of: Client) -> None:
    hold_earlier_inspection(app, world, 2019)
    criteria = client_of("don-vi").get(f"/api/checklist-sessions/{world.open_id}").json["criteria"]
    one = next(each for each in criteria if each["number"] == "1.4")
    assert one["last_time"] == {
        "year": 2019, "points": "9.50", "maximum": "10.00", "value": "9,5 / 10", "reason": "Lý do 1.4",
    }  # fmt: skip
    other = client_of("don-vi-khac").get(f"/api/checklist-sessions/{world.planned_id}").json["criteria"]
    assert {each["last_time"] for each in other} == {None}


def test_the_scoring_page_pays_two_queries_for_it(app: Flask, world: World, client_of: Client) -> None:
    client = client_of("truong-doan")
    client.get(here(world.open_id))
    before = queries(app, client, world)
    hold_earlier_inspection(app, world, 2019, recommended=())
    assert queries(app, client, world) <= before + 1  # the first of the two is asked in any case


def queries(app: Flask, client, world: World) -> int:
    asked = []
    with app.app_context():
        engine = db.engine

    def count(*arguments: object) -> None:
        asked.append(arguments[2])

    event.listen(engine, "before_cursor_execute", count)
    client.get(here(world.open_id))
    event.remove(engine, "before_cursor_execute", count)
    return len(asked)
