"""The card of the result: what it says of a half-day without scores, where it leads, and the PDF offered once."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import new_op
from tests.world import MORNING, World
from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession, Paper


@pytest.fixture
def unscored(app: Flask, world: World) -> int:
    """A half-day closed without one agreed score; the conclusion's id."""
    with app.app_context():
        begin_writing()
        room = db.session.get_one(ChecklistSession, world.open_id)
        room.close(by=world.truong_doan, at=MORNING, op_id=new_op())
        db.session.commit()
    return world.conclusion_id


def test_nothing_scored_is_no_zero_and_no_rating_before_and_after_freezing(app, unscored, client_of) -> None:
    head = client_of("truong-doan")
    page = head.get(f"/conclusions/{unscored}").text
    assert head.post(f"/conclusions/{unscored}/minutes", data={"op_id": new_op(), "accept_missing": "y"})
    for shown in (page, head.get(f"/conclusions/{unscored}").text):
        figures = shown.partition('<div class="result__figures">')[2].partition("</div>")[0]
        assert '<b class="big-number">–</b>' in figures and "<b>Chưa xếp loại</b>" in figures
        assert "tạm tính" not in figures and "Yếu" not in figures
    assert "Theo kết quả tính: chưa xếp loại" in page
    with app.app_context():
        assert json.loads(db.session.scalars(select(Paper.frozen)).one())["grade"] == ""


def test_the_pdf_is_offered_in_one_place(closed, client_of) -> None:
    head, pdf = client_of("truong-doan"), f'href="/conclusions/{closed}/minutes.pdf"'
    before = head.get(f"/conclusions/{closed}").text
    assert before.count(pdf) == 1 and "Xem bản dự thảo" in before
    head.post(f"/conclusions/{closed}/minutes", data={"op_id": new_op(), "accept_missing": "y"})
    after = head.get(f"/conclusions/{closed}").text
    assert after.count(pdf) == 1 and pdf in after.partition('id="signing"')[2] and "Xem bản in" not in after


def test_scoring_that_is_closed_tells_the_head_the_way_back(closed, client_of, world) -> None:
    back = f'href="/checklist-sessions/{world.open_id}/meeting#act"'
    address = f"/checklist-sessions/{world.open_id}?criterion=7"
    assert back in client_of("truong-doan").get(address).text
    assert back not in client_of("thu-ky").get(address).text
