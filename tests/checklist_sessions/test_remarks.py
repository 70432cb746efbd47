"""Remarks: who writes which kind, who reads them when, and what happens when two write at once."""

import re

import pytest

from tests.checklist_sessions.rooms import close, here, kinds, rows
from tests.conftest import new_op
from thidua.extensions import db
from thidua.models import Remark
from thidua.models.finders import sheet_of


def add(client, room: int, kind: str = "strength", text: str = "Phong trào đều khắp", **fields: str):
    data = {"kind": kind, "text": text, "criterion_id": "0", "op_id": new_op()} | fields
    return client.post(here(room, "/remarks"), data=data)


def remarks(app, world):
    return rows(app, Remark, world.open_id)


def test_a_member_writes_a_remark_on_a_criterion(app, client_of, world) -> None:
    with app.app_context():
        leaf = sheet_of(db.session(), world.checklist_id).numbered("1.4")
    member = client_of("thanh-vien-1")
    answer = add(member, world.open_id, text="  Đã có  quy chế ", criterion_id=str(leaf.id))
    assert (answer.status_code, answer.location) == (303, here(world.open_id, "/remarks?kind=strength"))
    assert [(one.kind, one.text, one.criterion_id, one.by_name) for one in remarks(app, world)] == [
        ("strength", "Đã có quy chế", leaf.id, "Trần Thị Hòa")
    ]
    page = member.get(answer.location).text
    assert "Đã ghi vào mục Ưu điểm." in page and "Tiêu chí 1.4" in page
    assert 'value="strength" checked' in page or 'checked id="kind-3" name="kind" type="radio" value="strength"' in page


def test_the_same_operation_writes_once(app, client_of, world) -> None:
    member, op_id = client_of("thanh-vien-1"), new_op()
    for _ in range(2):
        assert add(member, world.open_id, op_id=op_id).status_code == 303
    assert len(remarks(app, world)) == 1


def test_other_words_under_an_operation_that_was_sent_are_not_lost(app, client_of, world) -> None:
    member, op_id = client_of("thanh-vien-1"), new_op()
    add(member, world.open_id, op_id=op_id)
    answer = add(member, world.open_id, text="Quỹ thi đua minh bạch", op_id=op_id)
    assert answer.status_code == 409 and "Quỹ thi đua minh bạch" in answer.text and "chưa được ghi" in answer.text
    fresh = re.search(r'name="op_id"[^>]*value="([^"]+)"', answer.text)[1]
    assert fresh != op_id and add(member, world.open_id, text="Quỹ thi đua minh bạch", op_id=fresh).status_code == 303
    assert [one.text for one in remarks(app, world)] == ["Phong trào đều khắp", "Quỹ thi đua minh bạch"]


def test_a_remark_that_was_withdrawn_meanwhile_is_not_changed(app, client_of, world) -> None:
    member = client_of("thanh-vien-1")
    add(member, world.open_id)
    (one,) = remarks(app, world)
    address = here(world.open_id, f"/remarks/{one.id}")
    client_of("thu-ky").post(f"{address}/withdrawal", data={"op_id": new_op()})
    data = {"text": "Phong trào rộng khắp", "op_id": new_op(), "base_version": str(one.version)}
    answer = member.post(address, data=data)
    assert answer.status_code == 409 and "đã được rút" in answer.text
    assert [one.text for one in remarks(app, world)] == ["Phong trào đều khắp"]


def test_a_recommendation_has_an_owner_and_a_deadline(app, client_of, world) -> None:
    duty = {"owner": "Ban Thường vụ Hội", "due_on": "31/12/2020"}
    add(client_of("thu-ky"), world.open_id, "recommendation", "Ban hành quy chế", **duty)
    add(client_of("thu-ky"), world.open_id, "shortcoming", "Chưa có quy chế", **duty)
    recommendation, shortcoming = remarks(app, world)
    assert (recommendation.owner, f"{recommendation.due_on}") == ("Ban Thường vụ Hội", "2020-12-31")
    assert (shortcoming.owner, shortcoming.due_on) == ("", None)
    page = client_of("thanh-vien-1").get(here(world.open_id, "/remarks")).text
    assert "Ban Thường vụ Hội" in page and "31/12/2020" in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": " "}, "Xin ghi nội dung."),
        ({"kind": "nonsense"}, "Xin chọn loại ghi nhận."),
        ({"criterion_id": "99999"}, "Tiêu chí này không có trong bảng điểm."),
        ({"kind": "recommendation", "due_on": "mai"}, "không phải là ngày"),
    ],
)
def test_a_bad_remark_comes_back_with_what_was_typed(app, client_of, world, fields, sentence) -> None:
    answer = add(client_of("thu-ky"), world.open_id, owner="Chi hội 3", **fields)
    assert answer.status_code == 422
    assert sentence in answer.text and 'value="Chi hội 3"' in answer.text
    assert remarks(app, world) == []


@pytest.mark.parametrize("kind", ["difficulty", "proposal", "opinion"])
def test_the_unit_writes_its_difficulties_proposals_and_opinion(app, client_of, world, kind) -> None:
    unit = client_of("don-vi")
    assert add(unit, world.open_id, kind, "Nhất trí với Đoàn").status_code == 303
    assert "Nhất trí với Đoàn" in unit.get(here(world.open_id, "/remarks")).text


def test_the_unit_writes_no_other_kind(app, client_of, world) -> None:
    assert add(client_of("don-vi"), world.open_id, "strength").status_code == 422
    assert remarks(app, world) == []


def test_a_member_does_not_speak_for_the_unit_but_the_secretary_may(app, client_of, world) -> None:
    assert add(client_of("thanh-vien-1"), world.open_id, "opinion", "Nhất trí").status_code == 422
    assert add(client_of("thu-ky"), world.open_id, "opinion", "Nhất trí").status_code == 303


@pytest.mark.parametrize("username", ["can-bo", "quan-tri", "nguoi-ngoai", "don-vi-khac"])
def test_the_others_write_nothing(app, client_of, world, username) -> None:
    assert add(client_of(username), world.open_id, "opinion").status_code == 403
    assert remarks(app, world) == []


def test_the_unit_reads_what_the_team_wrote_only_after_closing(app, client_of, world) -> None:
    add(client_of("thu-ky"), world.open_id, "shortcoming", "Chưa có quy chế")
    unit, remark = client_of("don-vi"), remarks(app, world)[0]
    assert "Chưa có quy chế" not in unit.get(here(world.open_id, "/remarks")).text
    assert unit.get(here(world.open_id, f"/remarks/{remark.id}")).status_code == 404
    close(client_of("truong-doan"), world.open_id)
    assert "Chưa có quy chế" in unit.get(here(world.open_id, "/remarks")).text
    assert unit.get(here(world.open_id, f"/remarks/{remark.id}")).status_code == 200


def test_remarks_wait_for_the_opening_and_keep_what_was_typed(app, client_of, world) -> None:
    answer = add(client_of("thu-ky"), world.planned_id, text="Viết sớm quá")
    assert answer.status_code == 409
    assert "chưa bắt đầu" in answer.text and "Viết sớm quá" in answer.text


def test_the_author_corrects_a_remark_and_the_journal_keeps_both(app, client_of, world) -> None:
    member = client_of("thanh-vien-1")
    add(member, world.open_id)
    one = remarks(app, world)[0]
    address = here(world.open_id, f"/remarks/{one.id}")
    assert f'name="base_version" value="{one.version}"' in member.get(address).text
    answer = member.post(address, data={"text": "Phong trào mạnh", "base_version": str(one.version), "op_id": new_op()})
    assert answer.status_code == 303
    assert remarks(app, world)[0].text == "Phong trào mạnh"
    assert kinds(app, world.open_id)[-2:] == ["remark.added", "remark.changed"]


def test_two_who_correct_at_once_see_both_texts(app, client_of, world) -> None:
    member, secretary = client_of("thanh-vien-1"), client_of("thu-ky")
    add(member, world.open_id)
    one = remarks(app, world)[0]
    address, seen = here(world.open_id, f"/remarks/{one.id}"), {"base_version": str(one.version)}
    secretary.post(address, data=seen | {"text": "Bản của thư ký", "op_id": new_op()})
    answer = member.post(address, data=seen | {"text": "Bản của thành viên", "op_id": new_op()})
    assert answer.status_code == 409
    assert "Bản của thư ký" in answer.text and "Bản của thành viên" in answer.text and "Phạm Tiến Ích" in answer.text
    assert remarks(app, world)[0].text == "Bản của thư ký"
    fresh = str(remarks(app, world)[0].version)
    assert f'name="base_version" value="{fresh}"' in answer.text
    assert member.post(address, data={"text": "Bản chung", "base_version": fresh, "op_id": new_op()}).status_code == 303
    assert remarks(app, world)[0].text == "Bản chung"


def test_an_empty_correction_comes_back(app, client_of, world) -> None:
    member = client_of("thanh-vien-1")
    add(member, world.open_id)
    one = remarks(app, world)[0]
    answer = member.post(
        here(world.open_id, f"/remarks/{one.id}"),
        data={"text": " ", "base_version": str(one.version), "op_id": new_op()},
    )
    assert answer.status_code == 422 and "Xin ghi nội dung." in answer.text
    assert remarks(app, world)[0].text == "Phong trào đều khắp"


def test_somebody_elses_remark_is_only_for_head_and_secretary_to_change(app, client_of, world) -> None:
    add(client_of("thanh-vien-1"), world.open_id)
    one = remarks(app, world)[0]
    address = here(world.open_id, f"/remarks/{one.id}")
    for username in ("thanh-vien-2", "can-bo", "nguoi-ngoai"):
        assert client_of(username).post(address, data={"text": "Khác", "op_id": new_op()}).status_code == 403
        assert client_of(username).post(f"{address}/withdrawal", data={"op_id": new_op()}).status_code == 403
    assert client_of("don-vi").post(f"{address}/withdrawal", data={"op_id": new_op()}).status_code == 404
    assert remarks(app, world)[0].withdrawn_at is None
    assert client_of("truong-doan").post(f"{address}/withdrawal", data={"op_id": new_op()}).status_code == 303
    assert remarks(app, world)[0].withdrawn_at


def test_a_withdrawn_remark_can_be_written_again(app, client_of, world) -> None:
    member = client_of("thanh-vien-1")
    add(member, world.open_id, "cause", "Kinh phí ít")
    one = remarks(app, world)[0]
    member.post(here(world.open_id, f"/remarks/{one.id}/withdrawal"), data={"op_id": new_op()})
    assert "Đã rút (1)" in member.get(here(world.open_id, "/remarks")).text
    assert ">\r\nKinh phí ít</textarea>" in member.get(here(world.open_id, f"/remarks?again={one.id}")).text


def test_htmx_gets_the_page_from_which_it_takes_form_and_list(client_of, world) -> None:
    answer = client_of("thu-ky").post(
        here(world.open_id, "/remarks"),
        follow_redirects=True,
        headers={"HX-Request": "true"},
        data={"kind": "cause", "text": "Kinh phí ít", "op_id": new_op()},
    )
    assert answer.status_code == 200
    assert 'id="remark-form"' in answer.text and 'id="remarks"' in answer.text and "Kinh phí ít" in answer.text
