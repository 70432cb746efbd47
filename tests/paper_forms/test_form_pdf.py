"""The blank form as it comes out of the printer."""

import re

import pytest
from flask import Flask

from tests.checklist_sessions.rooms import Client, here
from tests.conftest import new_op
from tests.doors.papers import pages_of
from tests.world import World
from thidua.extensions import db
from thidua.models.finders import sheet_of
from thidua.rules.form_code import form_code


def text_of(answer) -> str:
    assert answer.status_code == 200 and answer.mimetype == "application/pdf"
    return re.sub(r"\s+", " ", " ".join(pages_of(answer.data)))


def test_the_form_has_every_row_in_order_its_code_and_pages(app: Flask, world: World, client_of: Client) -> None:
    answer = client_of("thanh-vien-1").get(here(world.open_id, "/form.pdf"))
    text, code = text_of(answer), form_code("HTS", 72, world.open_id)
    with app.app_context():
        numbers = [leaf.number for leaf in sheet_of(db.session(), world.checklist_id).leaves]
    places = [text.index(f" {number} ") for number in numbers]
    assert places == sorted(places)
    for words in (
        "PHIẾU CHẤM ĐIỂM", f"Mã phiếu: {code}", f"Mã phiếu {code} · Trang 1/2", f"Mã phiếu {code} · Trang 2/2",
        "Đơn vị được kiểm tra: Hội Trường Sơn tỉnh Bắc Giang", "Căn cứ: Kế hoạch 72/HTS ngày 08/09/2020",
        "Thời gian: Buổi sáng, ngày 20/10/2020", "Địa điểm: Hội trường tỉnh Bắc Giang", "Người chấm: ....",
        "1) Có quyết định, đủ thành phần, hoạt động thường xuyên: 8 điểm", "Tổng cộng", "NGƯỜI CHẤM",
    ):  # fmt: skip
        assert words in text, words
    assert code in answer.headers["Content-Disposition"]


def test_a_name_and_the_units_own_scores_are_printed_when_known(app: Flask, world: World, client_of: Client) -> None:
    with app.app_context():
        leaf = sheet_of(db.session(), world.checklist_id).leaves[0]
    scored = client_of("don-vi").post(
        here(world.open_id, f"/criteria/{leaf.id}/scores"),
        data={"perspective": "self", "points": "11,5", "op_id": new_op()},
    )
    assert scored.status_code == 200
    text = text_of(client_of("thu-ky").get(here(world.open_id, f"/form.pdf?for={world.people['thanh-vien-2'].id}")))
    assert "Người chấm: Lê Đức Thắng (TV 2)" in text and " 12 11,5 " in text
    assert "Người chấm: Hội Trường Sơn tỉnh Bắc Giang" in text_of(
        client_of("don-vi").get(here(world.open_id, "/form.pdf?for=unit"))
    )


@pytest.mark.parametrize("meant", ["999999", "xyz", "-1"])
def test_a_form_for_nobody_of_the_team_is_not_found(world: World, client_of: Client, meant: str) -> None:
    assert client_of("thu-ky").get(here(world.open_id, f"/form.pdf?for={meant}")).status_code == 404


def test_a_half_day_without_date_leaves_room_for_it(world: World, client_of: Client) -> None:
    text = text_of(client_of("thu-ky").get(here(world.planned_id, "/form.pdf")))
    assert form_code("HTS", 72, world.planned_id) in text
