"""Typing a filled paper in: whose it is, and without scripts the whole table at once."""

import pytest
from flask import Flask

from tests.checklist_sessions.rooms import Client, close, here, kinds, rows
from tests.conftest import new_op
from tests.world import World
from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession, JournalEntry, Score
from thidua.models.finders import sheet_of
from thidua.rules.form_code import form_code

VALUES = ("12", "11,5", "9", "k", "8", "0", "8", "m2", "7", "6,5", "5", "6")


def leaves(app: Flask, world: World) -> list:
    with app.app_context():
        return list(sheet_of(db.session(), world.checklist_id).leaves)


def member(world: World, username: str = "thanh-vien-2") -> str:
    return str(world.people[username].id)


def table(app: Flask, world: World, values=VALUES, **fields: str) -> dict[str, str]:
    filled = {f"value-{leaf.id}": value for leaf, value in zip(leaves(app, world), values, strict=False)}
    return {"for": member(world), "op_id": new_op()} | filled | fields


def post(client, world: World, data: dict[str, str]):
    return client.post(here(world.open_id, "/typing"), data=data)


def test_the_page_asks_whose_paper_it_is(world: World, client_of: Client) -> None:
    page = client_of("thu-ky").get(here(world.open_id, "/typing")).text
    for words in ("Phiếu của ai?", "Nguyễn Văn Lạng", "Lê Đức Thắng", "Phạm Tiến Ích", 'value="unit"', 'value="head"'):
        assert words in page
    assert form_code("HTS", 72, world.open_id) in page


def test_the_code_on_the_paper_is_compared(world: World, client_of: Client) -> None:
    client = client_of("thu-ky")
    other = form_code("HTS", 72, world.planned_id)
    refused = client.get(here(world.open_id, f"/typing?for={member(world)}&code={other}")).text
    assert "phiếu của buổi kiểm tra khác" in refused and 'id="typing"' not in refused and f'value="{other}"' in refused
    right = form_code("HTS", 72, world.open_id)
    assert 'id="typing"' in client.get(here(world.open_id, f"/typing?for={member(world)}&code={right}")).text


def test_a_whole_table_becomes_one_score_and_one_entry_each(app: Flask, world: World, client_of: Client) -> None:
    first = leaves(app, world)[0]
    answer = post(client_of("thu-ky"), world, table(app, world, **{f"reason-{first.id}": "Đủ hồ sơ"}))
    assert answer.status_code == 303 and answer.location.endswith(f"/typing?for={member(world)}")
    found = rows(app, Score, world.open_id)
    assert [(s.points, s.level, s.not_applicable) for s in found] == [
        (1200, None, False), (1150, None, False), (900, None, False), (None, None, True), (800, None, False),
        (0, None, False), (None, 0, False), (None, 1, False), (700, None, False), (650, None, False),
        (500, None, False), (600, None, False),
    ]  # fmt: skip
    assert {(s.perspective, s.by_name, s.by_label, s.scribe_name) for s in found} == {
        ("proposed", "Lê Đức Thắng", "TV 2", "Phạm Tiến Ích")
    }
    assert found[0].reason == "Đủ hồ sơ"
    assert kinds(app, world.open_id).count("score.proposed") == len(VALUES)
    assert rows(app, JournalEntry, world.open_id)[-1].content["for_name"] == "Lê Đức Thắng"


@pytest.mark.parametrize(("meant", "perspective"), [("unit", "self"), ("head", "agreed")])
def test_papers_of_unit_and_head(app: Flask, world: World, client_of: Client, meant: str, perspective: str) -> None:
    assert post(client_of("thu-ky"), world, table(app, world, ("12",), **{"for": meant})).status_code == 303
    [score] = rows(app, Score, world.open_id)
    assert (score.perspective, score.holder, score.scribe_name) == (perspective, 0, "Phạm Tiến Ích")


def test_the_heads_own_paper_is_nobodys_scribing(app: Flask, world: World, client_of: Client) -> None:
    assert post(client_of("truong-doan"), world, table(app, world, ("12",), **{"for": "head"})).status_code == 303
    [score] = rows(app, Score, world.open_id)
    assert (score.perspective, score.by_name, score.scribe_name) == ("agreed", "Nguyễn Văn Lạng", "")


def test_one_wrong_row_keeps_all_as_typed_and_writes_none(app: Flask, world: World, client_of: Client) -> None:
    answer = post(client_of("thu-ky"), world, table(app, world, ("12", "99", "9"), total="30"))
    assert answer.status_code == 422
    assert "Chưa ghi dòng nào: 1 dòng cần xem lại" in answer.text and "điểm phải từ 0 đến 12" in answer.text
    assert 'value="99"' in answer.text and 'value="9"' in answer.text and 'value="30"' in answer.text
    assert rows(app, Score, world.open_id) == []


def test_a_reason_without_points_is_asked_about(app: Flask, world: World, client_of: Client) -> None:
    first = leaves(app, world)[0]
    answer = post(client_of("thu-ky"), world, table(app, world, (), **{f"reason-{first.id}": "Thiếu hồ sơ"}))
    assert answer.status_code == 422 and "Có lý do nhưng chưa có điểm" in answer.text and "Thiếu hồ sơ" in answer.text


def test_a_value_that_is_there_is_not_replaced_without_asking(app: Flask, world: World, client_of: Client) -> None:
    client, first = client_of("thu-ky"), leaves(app, world)[0]
    post(client, world, table(app, world, ("12", "10")))
    asked = post(client, world, table(app, world, ("11", "10", "9")))
    assert asked.status_code == 422 and f'name="replace-{first.id}"' in asked.text and "Thay 12 bằng 11" in asked.text
    assert [score.points for score in rows(app, Score, world.open_id)] == [1200, 1000]
    shown = rows(app, Score, world.open_id)[0].version
    agreed_to = table(app, world, ("11", "10", "9"), **{f"replace-{first.id}": str(shown)})
    own = {"perspective": "proposed", "points": "9,5", "op_id": new_op(), "base_version": str(shown)}
    address = here(world.open_id, f"/criteria/{first.id}/scores")
    assert client_of("thanh-vien-2").post(address, data=own).status_code == 200
    again = post(client, world, agreed_to)
    assert again.status_code == 422 and "Thay 9,5 bằng 11" in again.text, "what was agreed to stands no more"
    shown = rows(app, Score, world.open_id)[0].version
    answered = post(client, world, agreed_to | {f"replace-{first.id}": str(shown)})
    assert answered.status_code == 303
    assert sorted(score.points for score in rows(app, Score, world.open_id)) == [900, 1000, 1100]
    assert kinds(app, world.open_id).count("score.proposed") == 5  # the row that said the same made no entry


def test_the_same_table_twice_changes_nothing(app: Flask, world: World, client_of: Client) -> None:
    client, data = client_of("thu-ky"), table(app, world)
    assert [post(client, world, data).status_code for _ in range(2)] == [303, 303]
    assert kinds(app, world.open_id).count("score.proposed") == len(VALUES)


def test_a_total_on_the_paper_that_differs_is_told(app: Flask, world: World, client_of: Client) -> None:
    answer = post(client_of("thu-ky"), world, table(app, world, ("12", "10"), total="21"))
    assert answer.status_code == 422 and "khác tổng các dòng" in answer.text
    assert rows(app, Score, world.open_id) == []
    assert post(client_of("thu-ky"), world, table(app, world, ("12", "10"), total="22")).status_code == 303


def test_another_half_days_code_writes_nothing(app: Flask, world: World, client_of: Client) -> None:
    other = form_code("HTS", 72, world.planned_id)
    assert post(client_of("thu-ky"), world, table(app, world, code=other)).status_code == 422
    assert rows(app, Score, world.open_id) == []


def test_a_blind_round_hides_what_the_member_wrote(app: Flask, world: World, client_of: Client) -> None:
    first = leaves(app, world)[0]
    client_of("thanh-vien-2").post(
        here(world.open_id, f"/criteria/{first.id}/scores"),
        data={"perspective": "proposed", "points": "3,5", "reason": "Riêng tôi", "op_id": new_op()},
    )
    with app.app_context():
        begin_writing()
        db.session.get_one(ChecklistSession, world.open_id).blind_first_round = True
        db.session.commit()
    page = client_of("thu-ky").get(here(world.open_id, f"/typing?for={member(world)}")).text
    assert "3,5" not in page and "p350" not in page and "Riêng tôi" not in page
    assert "đã đề xuất, chưa công bố" in page


@pytest.mark.parametrize("username", ["thanh-vien-1", "don-vi", "can-bo", "nguoi-ngoai", "don-vi-khac"])
def test_only_head_and_secretary_type_in(app: Flask, world: World, client_of: Client, username: str) -> None:
    assert client_of(username).get(here(world.open_id, "/typing")).status_code == 403
    assert post(client_of(username), world, table(app, world)).status_code == 403
    assert rows(app, Score, world.open_id) == []


def test_nobodys_paper_is_refused(app: Flask, world: World, client_of: Client) -> None:
    answer = post(client_of("thu-ky"), world, table(app, world, **{"for": "999999"}))
    assert answer.status_code == 422 and "Xin chọn phiếu của ai" in answer.text


def test_before_the_half_day_only_the_units_paper_and_after_closing_none(
    app: Flask, world: World, client_of: Client
) -> None:
    before = client_of("thu-ky").get(here(world.planned_id, "/typing")).text
    assert 'value="unit"' in before and "Lê Đức Thắng" not in before
    close(client_of("truong-doan"), world.open_id)
    assert "Lúc này chưa nhập được phiếu" in client_of("thu-ky").get(here(world.open_id, "/typing")).text
    assert post(client_of("thu-ky"), world, table(app, world)).status_code == 422
    assert rows(app, Score, world.open_id) == []
