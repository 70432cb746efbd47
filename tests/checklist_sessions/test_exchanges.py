"""What was asked and answered, with its speaker."""

import pytest

from tests.checklist_sessions.rooms import close, here, kinds, rows
from tests.conftest import new_op
from thidua.models import Attendance, Exchange


def say(client, room: int, **fields: str):
    data = {
        "kind": "question",
        "attendance_id": "0",
        "speaker": "Đồng chí Thanh",
        "text": "Quỹ bao nhiêu?",
        "criterion_id": "0",
        "op_id": new_op(),
    } | fields
    return client.post(here(room, "/exchanges"), data=data)


def said(app, world):
    return [(one.kind, one.speaker, one.text, one.attendance_id) for one in rows(app, Exchange, world.open_id)]


def test_the_speaker_is_picked_from_those_present(app, client_of, world) -> None:
    leader = rows(app, Attendance, world.open_id)[-1]
    answer = say(client_of("thanh-vien-1"), world.open_id, attendance_id=str(leader.id), speaker="")
    assert answer.status_code == 303 and "kind=answer" in answer.location
    assert said(app, world) == [("question", "Hoàng Văn Bắc", "Quỹ bao nhiêu?", leader.id)]
    page = client_of("don-vi").get(here(world.open_id, "/exchanges")).text
    assert "Hoàng Văn Bắc" in page and "Quỹ bao nhiêu?" in page


def test_the_latest_question_stands_first_with_its_answers_under_it(client_of, world) -> None:
    member = client_of("thanh-vien-1")
    for kind, text in (("question", "Hỏi một"), ("answer", "Đáp một"), ("question", "Hỏi hai"), ("answer", "Đáp hai")):
        say(member, world.open_id, kind=kind, text=text)
    page = member.get(here(world.open_id, "/exchanges")).text
    places = [page.index(text) for text in ("Hỏi hai", "Đáp hai", "Hỏi một", "Đáp một")]
    assert places == sorted(places)


def test_the_speaker_may_be_typed(app, client_of, world) -> None:
    say(client_of("thu-ky"), world.open_id)
    assert said(app, world) == [("question", "Đồng chí Thanh", "Quỹ bao nhiêu?", None)]


def test_who_is_absent_is_not_offered(app, client_of, world) -> None:
    secretary, leader = client_of("thu-ky"), rows(app, Attendance, world.open_id)[-1]
    option = f'<option value="{leader.id}">{leader.name}'
    assert option in secretary.get(here(world.open_id, "/exchanges")).text
    secretary.post(here(world.open_id, f"/attendance/{leader.id}"), data={"presence": "absent"})
    assert option not in secretary.get(here(world.open_id, "/exchanges")).text


def test_the_same_operation_is_written_once(app, client_of, world) -> None:
    member, op_id = client_of("thanh-vien-1"), new_op()
    for _ in range(2):
        assert say(member, world.open_id, op_id=op_id).status_code == 303
    assert len(said(app, world)) == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"speaker": ""}, "Xin chọn hoặc ghi tên người phát biểu."),
        ({"text": ""}, "Xin ghi nội dung phát biểu."),
        ({"kind": "shout"}, "Xin chọn: hỏi, trả lời, giải trình hoặc phản biện."),
        ({"attendance_id": "99999"}, "Xin chọn người phát biểu trong danh sách."),
        ({"criterion_id": "99999"}, "Tiêu chí này không có trong bảng điểm."),
    ],
)
def test_a_bad_exchange_comes_back_with_what_was_typed(app, client_of, world, fields, sentence) -> None:
    answer = say(client_of("thu-ky"), world.open_id, **fields)
    assert answer.status_code == 422 and sentence in answer.text
    assert fields.get("text", "Quỹ bao nhiêu?") in answer.text
    assert said(app, world) == []


@pytest.mark.parametrize("username", ["don-vi", "can-bo", "nguoi-ngoai"])
def test_only_the_team_keeps_the_log(app, client_of, world, username) -> None:
    assert say(client_of(username), world.open_id).status_code == 403
    assert said(app, world) == []


def test_after_closing_nothing_is_added_and_nothing_typed_is_lost(app, client_of, world) -> None:
    close(client_of("truong-doan"), world.open_id)
    answer = say(client_of("thu-ky"), world.open_id)
    assert answer.status_code == 409 and "Quỹ bao nhiêu?" in answer.text and 'id="exchange-form"' in answer.text
    assert said(app, world) == []


def test_the_author_or_the_secretary_takes_an_exchange_back(app, client_of, world) -> None:
    say(client_of("thanh-vien-1"), world.open_id)
    one = rows(app, Exchange, world.open_id)[0]
    address = here(world.open_id, f"/exchanges/{one.id}")
    assert "Rút lại" not in client_of("thanh-vien-2").get(address).text
    for username in ("thanh-vien-2", "don-vi", "nguoi-ngoai"):
        assert client_of(username).post(f"{address}/withdrawal", data={"op_id": new_op()}).status_code == 403
    assert "Rút lại" in client_of("thu-ky").get(address).text
    assert client_of("thu-ky").post(f"{address}/withdrawal", data={"op_id": new_op()}).status_code == 303
    assert kinds(app, world.open_id)[-1] == "exchange.withdrawn"
    assert "Quỹ bao nhiêu?" not in client_of("don-vi").get(here(world.open_id, "/exchanges")).text
