"""Returning single criteria with a remark and a new day, withdrawing it, and what stays to be seen of it."""

import re
from datetime import timedelta

import pytest

from tests.checklist_sessions.rooms import kinds
from tests.conftest import new_op
from tests.preparation.boards import HALF_DAY, TODAY, day, give_back, put_on, returns_of, send
from tests.preparation.rooms import OUTBOX, area
from thidua.commands.check_returns import return_damages
from thidua.extensions import begin_writing, db
from thidua.models import PreparationReturn

UNIT, OFFICE = "don-vi-khac", "can-bo"
REMARK = "Thiếu quyết định thành lập Hội đồng."


@pytest.fixture
def room(app, world, client_of):
    """A half-day to come whose unit has sent its preparation."""
    put_on(app, world.planned_id, HALF_DAY)
    send(client_of(UNIT), world.planned_id)
    return world.planned_id


def damages(app):
    with app.app_context():
        return list(return_damages(db.session()))


def test_several_criteria_are_returned_at_once_as_one_entry_of_the_journal(app, client_of, room, criteria):
    due = TODAY + timedelta(days=4)
    answer = give_back(client_of("thu-ky"), room, {criteria[0]: REMARK, criteria[3]: "Xem lại số liệu"}, due)
    assert answer.headers["Location"] == area(room, "/returns")
    rows = returns_of(app, room)
    assert [(one.criterion_id, one.remark, one.due_on, one.answered_at) for one in rows] == [
        (criteria[0], REMARK, due, None), (criteria[3], "Xem lại số liệu", due, None),
    ]  # fmt: skip
    assert kinds(app, room).count("preparation.returned") == 1
    page = client_of("thu-ky").get(area(room, "/returns")).text
    assert "Đang chờ đơn vị gửi lại (2)" in page and REMARK in page and day(due) in page
    assert damages(app) == []


def test_the_unit_sees_it_at_the_top_of_its_page_and_answers(app, client_of, room, criteria):
    give_back(client_of(OFFICE), room, {criteria[0]: REMARK})
    page = client_of(UNIT).get(area(room)).text
    assert "Tiêu chí được trả lại (1)" in page and REMARK in page
    assert page.index("Tiêu chí được trả lại") < page.index('id="read-scores"')
    client_of(UNIT).post(area(room, "/answers"), data={"op_id": new_op(), "criterion_id": str(criteria[0])})
    assert returns_of(app, room)[0].answered_at is not None
    assert "Đã gửi lại" in client_of(UNIT).get(area(room)).text.partition('id="return-history"')[2]
    page = client_of(OFFICE).get(area(room, "/returns")).text
    assert "Đã gửi lại" in page and REMARK in page and "Đang chờ đơn vị gửi lại (" not in page
    assert damages(app) == []


def test_the_same_criterion_may_be_returned_again_after_it_was_answered_and_both_stay_visible(
    app, client_of, room, criteria
):
    give_back(client_of(OFFICE), room, {criteria[0]: REMARK})
    client_of(UNIT).post(area(room, "/answers"), data={"op_id": new_op(), "criterion_id": str(criteria[0])})
    assert give_back(client_of(OFFICE), room, {criteria[0]: "Vẫn thiếu dấu"}).status_code == 303
    history = client_of(OFFICE).get(area(room, "/returns")).text.partition('id="return-history"')[2]
    assert REMARK in history and "Vẫn thiếu dấu" in history
    assert history.index("Vẫn thiếu dấu") < history.index(REMARK)
    assert damages(app) == []


def test_a_criterion_that_waits_is_not_returned_twice(app, client_of, room, criteria):
    give_back(client_of(OFFICE), room, {criteria[0]: REMARK})
    again = give_back(client_of("truong-doan"), room, {criteria[0]: "Một lần nữa", criteria[1]: "Số khác"})
    assert again.status_code == 409 and "đang chờ đơn vị gửi" in again.text
    assert "Số khác" in again.text, "what was typed stays"
    assert len(returns_of(app, room)) == 1


def test_a_return_is_withdrawn_and_the_history_keeps_it(app, client_of, room, criteria):
    give_back(client_of(OFFICE), room, {criteria[0]: REMARK})
    one, fields = returns_of(app, room)[0], {"op_id": new_op()}
    for _ in range(2):
        answer = client_of("truong-doan").post(area(room, f"/returns/{one.id}/withdrawal"), data=fields)
        assert answer.status_code == 303
    assert returns_of(app, room) == []
    assert kinds(app, room).count("preparation.return_withdrawn") == 1
    page = client_of(OFFICE).get(area(room, "/returns")).text
    assert "Đã rút" in page and REMARK in page
    assert "Tiêu chí được trả lại" not in client_of(UNIT).get(area(room)).text
    assert client_of(OFFICE).post(area(room, f"/returns/{one.id}/withdrawal"), data={}).status_code == 404
    assert damages(app) == []


def test_what_was_answered_is_not_withdrawn(app, client_of, room, criteria):
    give_back(client_of(OFFICE), room, {criteria[0]: REMARK})
    client_of(UNIT).post(area(room, "/answers"), data={"op_id": new_op()})
    one = returns_of(app, room)[0]
    answer = client_of(OFFICE).post(area(room, f"/returns/{one.id}/withdrawal"), data={"op_id": new_op()})
    assert answer.status_code == 409 and len(returns_of(app, room)) == 1


def test_sent_twice_it_is_returned_once(app, client_of, room, criteria):
    fields = {f"remark-{criteria[0]}": REMARK, "due_on": day(HALF_DAY), "op_id": new_op()}
    answers = [client_of(OFFICE).post(area(room, "/returns"), data=fields, headers=OUTBOX) for _ in range(2)]
    assert [answer.headers.get("X-Op-Id") for answer in answers] == [fields["op_id"]] * 2
    assert len(returns_of(app, room)) == 1


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        ("", "Xin ghi ngày đơn vị gửi lại"),
        ("mai", "“mai” không phải là ngày"),
        (day(TODAY - timedelta(days=1)), "Hạn gửi phải từ hôm nay"),
        (day(HALF_DAY + timedelta(days=1)), "phải không sau ngày kiểm tra"),
    ],
)
def test_a_wrong_day_is_refused_and_the_remark_stays(app, client_of, room, criteria, due_on, words):
    fields = {f"remark-{criteria[0]}": REMARK, "due_on": due_on, "op_id": new_op()}
    answer = client_of(OFFICE).post(area(room, "/returns"), data=fields)
    assert answer.status_code == 422 and words in answer.text
    assert f">\n{REMARK}</textarea>" in answer.text and f'value="{due_on}"' in answer.text
    assert returns_of(app, room) == []


def test_a_return_needs_a_remark(app, client_of, room, criteria):
    nothing = give_back(client_of(OFFICE), room, {})
    assert nothing.status_code == 422 and "ít nhất một tiêu chí" in nothing.text
    chosen = give_back(client_of(OFFICE), room, {criteria[2]: "   "}, criterion=str(criteria[2]))
    assert chosen.status_code == 422
    assert f'id="remark-{criteria[2]}-error"' in chosen.text and "Xin ghi điều đơn vị cần bổ sung" in chosen.text
    long = give_back(client_of(OFFICE), room, {criteria[2]: "dài " * 600})
    assert long.status_code == 422 and "dài quá 2000 chữ" in long.text
    foreign = give_back(client_of(OFFICE), room, {999_999: REMARK})
    assert foreign.status_code == 422
    assert returns_of(app, room) == []


def test_nothing_is_returned_before_the_unit_has_sent_or_after_the_opening(app, client_of, world, criteria):
    put_on(app, world.planned_id, HALF_DAY)
    page = client_of(OFFICE).get(area(world.planned_id, "/returns")).text
    assert "chưa gửi hồ sơ chuẩn bị" in page and 'id="returns-form"' not in page
    for room in (world.planned_id, world.open_id):
        assert give_back(client_of(OFFICE), room, {criteria[0]: REMARK}).status_code == 409
        assert returns_of(app, room) == []


def test_strangers_and_the_unit_return_nothing(app, client_of, room, criteria):
    give_back(client_of(OFFICE), room, {criteria[0]: REMARK})
    one = returns_of(app, room)[0]
    for username in ("nguoi-ngoai", "don-vi", UNIT, "thanh-vien-1"):
        assert give_back(client_of(username), room, {criteria[1]: "x"}).status_code == 403, username
        answer = client_of(username).post(area(room, f"/returns/{one.id}/withdrawal"), data={"op_id": new_op()})
        assert answer.status_code == 403, username
        assert client_of(username).get(area(room, "/returns")).status_code == 403, username
    assert len(returns_of(app, room)) == 1


def test_a_link_at_each_criterion_opens_it(client_of, room, criteria):
    page = client_of(OFFICE).get(area(room)).text
    assert f'href="{area(room)}/returns?criterion={criteria[4]}"' in page
    opened = client_of(OFFICE).get(area(room, f"/returns?criterion={criteria[4]}")).text
    first = re.search(r'<details class="give-back" id="give-back-(\d+)"( open)?>', opened)
    assert (int(first.group(1)), first.group(2)) == (criteria[4], " open")
    assert "returns?criterion" not in client_of(UNIT).get(area(room)).text


def test_flask_check_finds_what_was_changed_behind_the_journal(app, client_of, room, criteria):
    give_back(client_of(OFFICE), room, {criteria[0]: REMARK})
    client_of(OFFICE).post(area(room, "/due"), data={"op_id": new_op(), "due_on": day(HALF_DAY)})
    assert damages(app) == []
    with app.app_context():
        begin_writing()
        db.session.execute(db.update(PreparationReturn).values(remark="Khác"))
        db.session.commit()
    assert damages(app) == [f"Buổi kiểm tra {room}: các tiêu chí đã trả lại không khớp với nhật ký."]
