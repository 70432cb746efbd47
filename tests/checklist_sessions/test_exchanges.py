"""What was asked and answered, with its speaker."""

import pytest

from tests.checklist_sessions.rooms import close, here, kinds, rows
from tests.conftest import new_op
from thidua.extensions import db
from thidua.models import Attendance, Exchange, JournalEntry
from thidua.models.finders import sheet_of


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
    option = f'name="attendance_id" value="{leader.id}"'
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


def test_the_answers_of_three_questions_in_a_row_stand_under_their_own(app, client_of, world) -> None:
    secretary = client_of("thu-ky")
    for text in ("Hỏi một", "Hỏi hai"):
        say(secretary, world.open_id, text=text)
    first, second = rows(app, Exchange, world.open_id)
    say(secretary, world.open_id, kind="answer", text="Đáp một", answers_id=str(first.id))
    say(secretary, world.open_id, kind="answer", text="Đáp hai", answers_id=str(second.id))
    page = secretary.get(here(world.open_id, "/exchanges")).text
    places = [page.index(text) for text in ("Hỏi hai", "Đáp hai", "Hỏi một", "Đáp một")]
    assert places == sorted(places)
    assert [one.answers_id for one in rows(app, Exchange, world.open_id)] == [None, None, first.id, second.id]


def test_an_answer_to_what_was_withdrawn_meanwhile_comes_back_as_it_was_typed(app, client_of, world) -> None:
    secretary = client_of("thu-ky")
    say(secretary, world.open_id)
    [question] = rows(app, Exchange, world.open_id)
    secretary.post(here(world.open_id, f"/exchanges/{question.id}/withdrawal"), data={"op_id": new_op()})
    answer = say(secretary, world.open_id, kind="answer", text="Một trăm triệu.", answers_id=str(question.id))
    assert answer.status_code == 409 and "vừa được rút" in answer.text and "Một trăm triệu." in answer.text
    assert len(said(app, world)) == 1


def test_the_form_begins_with_the_criterion_on_the_wall_and_the_last_speaker_of_the_side(app, client_of, world) -> None:
    secretary = client_of("thu-ky")
    people = {one.name: one for one in rows(app, Attendance, world.open_id)}
    for kind, name in (("question", "Lê Đức Thắng"), ("answer", "Hoàng Văn Bắc")):
        say(secretary, world.open_id, kind=kind, attendance_id=str(people[name].id), speaker="")
    with app.app_context():
        leaf = sheet_of(db.session(), world.checklist_id).leaves[3]
    secretary.post(here(world.open_id, f"/criteria/{leaf.id}/showing"), data={"op_id": new_op()})
    page = secretary.get(here(world.open_id, "/exchanges?kind=answer")).text
    assert f'<option selected value="{leaf.id}">' in page
    assert f'value="{people["Hoàng Văn Bắc"].id}" data-side="unit" checked' in page
    page = secretary.get(here(world.open_id, "/exchanges")).text
    assert f'value="{people["Lê Đức Thắng"].id}" data-side="team" checked' in page


def test_an_answer_is_begun_by_a_link_at_the_question(app, client_of, world) -> None:
    secretary = client_of("thu-ky")
    with app.app_context():
        leaf = sheet_of(db.session(), world.checklist_id).leaves[1]
    say(secretary, world.open_id, criterion_id=str(leaf.id))
    [question] = rows(app, Exchange, world.open_id)
    page = secretary.get(here(world.open_id, f"/exchanges?kind=answer&to={question.id}")).text
    assert f'name="answers_id" type="hidden" value="{question.id}"' in page
    assert "Đồng chí Thanh: Quỹ bao nhiêu?" in page and f'<option selected value="{leaf.id}">' in page


def change(client, room: int, one: Exchange, **fields: str):
    data = {"text": "Quỹ năm nay bao nhiêu?", "before": one.text, "op_id": new_op()} | fields
    return client.post(here(room, f"/exchanges/{one.id}"), data=data)


def test_the_author_corrects_the_words_and_the_journal_keeps_the_old_ones(app, client_of, world) -> None:
    member, op_id = client_of("thanh-vien-1"), new_op()
    say(member, world.open_id)
    [one] = rows(app, Exchange, world.open_id)
    for _ in range(2):
        assert change(member, world.open_id, one, op_id=op_id).status_code == 303
    [changed] = rows(app, Exchange, world.open_id)
    assert changed.text == "Quỹ năm nay bao nhiêu?" and changed.changed_at
    entry = rows(app, JournalEntry, world.open_id)[-1]
    assert (entry.kind, entry.content["before"]) == ("exchange.changed", "Quỹ bao nhiêu?")
    assert "đã sửa" in client_of("don-vi").get(here(world.open_id, "/exchanges")).text
    assert "Sửa trao đổi (hỏi) của Đồng chí Thanh" in member.get(here(world.open_id, "/history")).text


def test_only_the_author_corrects_and_never_over_newer_words(app, client_of, world) -> None:
    member = client_of("thanh-vien-1")
    say(member, world.open_id)
    [one] = rows(app, Exchange, world.open_id)
    for username in ("thu-ky", "truong-doan", "thanh-vien-2", "don-vi", "nguoi-ngoai"):
        assert change(client_of(username), world.open_id, one).status_code == 403
    assert change(member, world.open_id, one, text=" ").status_code == 422
    answer = change(member, world.open_id, one, before="Lời khác", text="Lời của tôi")
    assert answer.status_code == 409 and "vừa được sửa trên máy khác" in answer.text and "Lời của tôi" in answer.text
    assert said(app, world)[0][2] == "Quỹ bao nhiêu?"
