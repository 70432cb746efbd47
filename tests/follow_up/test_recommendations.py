"""The page of last time's recommendations, and answering them."""

import pytest
from flask import Flask

from tests.checklist_sessions.rooms import Client, close, here, kinds, rows
from tests.conftest import new_op
from tests.earlier_inspection import RECOMMENDED, hold_earlier_inspection
from tests.world import World
from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession, JournalEntry, RecommendationReview

OUTBOX = {"X-Requested-With": "outbox"}


def post(client, world: World, remark_id: int, answer: str = "partly", **fields):
    form = {"op_id": new_op(), "answer": answer, "note": "", "base_version": "0"} | fields
    headers = form.pop("headers", {})
    return client.post(here(world.open_id, f"/recommendations/{remark_id}"), data=form, headers=headers)


def test_the_page_shows_what_the_latest_inspection_recommended(app: Flask, world: World, client_of: Client) -> None:
    hold_earlier_inspection(app, world, 2018, recommended=("Kiến nghị cũ hơn.",))
    hold_earlier_inspection(app, world, 2019)
    page = client_of("thu-ky").get(here(world.open_id, "/recommendations")).text
    for text in (*RECOMMENDED, "Ban Thường vụ Hội", "hạn 31/03/2020", "quá hạn 6 tháng", "Biên bản 19/BB-HTS"):
        assert text in page
    assert "Kiến nghị cũ hơn." not in page
    assert page.count('value="done"') == 2 and "Đã trả lời 0/2" in page


def test_an_answer_is_a_row_a_journal_entry_and_stands_on_the_page(app: Flask, world: World, client_of: Client) -> None:
    _, [first, _second] = hold_earlier_inspection(app, world, 2019)
    answer = post(client_of("truong-doan"), world, first, note=" Còn 6 chi hội. ")
    assert answer.status_code == 303 and answer.location.endswith(f"/recommendations#recommendation-{first}")
    [review] = rows(app, RecommendationReview, world.open_id)
    entry = rows(app, JournalEntry, world.open_id)[-1]
    assert (review.remark_id, review.answer, review.note, review.by_name, review.version) == (
        first, "partly", "Còn 6 chi hội.", "Nguyễn Văn Lạng", entry.revision,
    )  # fmt: skip
    assert entry.kind == "review.answered"
    assert entry.content == {"remark_id": first, "answer": "partly", "note": "Còn 6 chi hội.", "text": RECOMMENDED[0]}
    page = client_of("don-vi").get(here(world.open_id, "/recommendations")).text
    assert "Đã trả lời 1/2" in page and "Thực hiện một phần</span>" in page and "Còn 6 chi hội. · " in page


def test_an_older_recommendation_stays_until_it_is_done(app: Flask, world: World, client_of: Client) -> None:
    _, [old] = hold_earlier_inspection(app, world, 2018, recommended=("Kiến nghị năm 2018.",))
    later, _ = hold_earlier_inspection(app, world, 2019, state="closed")
    client = client_of("thu-ky")
    assert client.post(
        here(later, f"/recommendations/{old}"), data={"op_id": new_op(), "answer": "not", "note": "Chưa có kinh phí"}
    ).status_code == 303  # fmt: skip
    with app.app_context():
        begin_writing()
        db.session.get_one(ChecklistSession, later).state = "signed"
        db.session.commit()
    page = client_of("thu-ky").get(here(world.open_id, "/recommendations")).text
    assert "Kiến nghị năm 2018." in page and "chưa thực hiện – Chưa có kinh phí" in page


def test_the_same_operation_again_changes_nothing(app: Flask, world: World, client_of: Client) -> None:
    _, [first, _] = hold_earlier_inspection(app, world, 2019)
    client, op_id = client_of("thu-ky"), new_op()
    assert [post(client, world, first, op_id=op_id).status_code for _ in range(2)] == [303, 303]
    assert kinds(app, world.open_id).count("review.answered") == 1


def test_a_repetition_names_its_own_revision_not_that_of_a_later_answer(
    app: Flask, world: World, client_of: Client
) -> None:
    """What the same device sends next is based on it: a later one would hide the other person's answer."""
    _, [first, _] = hold_earlier_inspection(app, world, 2019)
    client, op_id = client_of("thu-ky"), new_op()
    revision = post(client, world, first, op_id=op_id, headers=OUTBOX).headers["X-Revision"]
    assert post(client_of("truong-doan"), world, first, "not", base_version=revision).status_code == 303
    assert post(client, world, first, op_id=op_id, headers=OUTBOX).headers["X-Revision"] == revision


def test_the_same_answer_again_changes_nothing_another_note_does(app: Flask, world: World, client_of: Client) -> None:
    _, [first, _] = hold_earlier_inspection(app, world, 2019)
    client = client_of("thu-ky")
    post(client, world, first, "done")
    post(client, world, first, "done")
    [review] = rows(app, RecommendationReview, world.open_id)
    assert kinds(app, world.open_id).count("review.answered") == 1
    post(client, world, first, "done", note="Đủ 24 chi hội", base_version=str(review.version))
    assert rows(app, RecommendationReview, world.open_id)[0].note == "Đủ 24 chi hội"


def test_an_answer_based_on_an_older_one_shows_both(app: Flask, world: World, client_of: Client) -> None:
    _, [first, _] = hold_earlier_inspection(app, world, 2019)
    post(client_of("thu-ky"), world, first, "done")
    answer = post(client_of("truong-doan"), world, first, "not", note="Tôi chưa thấy hồ sơ")
    assert answer.status_code == 409
    assert "Phạm Tiến Ích vừa trả lời kiến nghị này: “Đã thực hiện”" in answer.text
    assert "Tôi chưa thấy hồ sơ</textarea>" in answer.text and "Giữ câu trả lời của Phạm Tiến Ích" in answer.text
    assert rows(app, RecommendationReview, world.open_id)[0].answer == "done"


def test_an_unknown_answer_is_refused_and_the_note_stays(app: Flask, world: World, client_of: Client) -> None:
    _, [first, _] = hold_earlier_inspection(app, world, 2019)
    answer = post(client_of("thu-ky"), world, first, "maybe", note="Đang ghi dở")
    assert answer.status_code == 422
    assert "Xin bấm một trong ba nút" in answer.text and "Đang ghi dở</textarea>" in answer.text
    assert rows(app, RecommendationReview, world.open_id) == []


def test_the_outbox_gets_the_live_parts_or_the_sentence(app: Flask, world: World, client_of: Client) -> None:
    _, [first, _] = hold_earlier_inspection(app, world, 2019)
    client = client_of("thu-ky")
    taken = post(client, world, first, "done", headers=OUTBOX)
    assert (
        taken.status_code == 200 and f'id="recommendation-{first}"' in taken.text and 'id="reviews-panel"' in taken.text
    )
    assert "csrf_token" not in taken.text
    refused = post(client_of("truong-doan"), world, first, "not", headers=OUTBOX)
    assert refused.status_code == 409 and "data-message" in refused.text


@pytest.mark.parametrize("username", ["thanh-vien-1", "don-vi", "can-bo", "nguoi-ngoai", "don-vi-khac"])
def test_only_head_and_secretary_answer(app: Flask, world: World, client_of: Client, username: str) -> None:
    _, [first, _] = hold_earlier_inspection(app, world, 2019)
    assert post(client_of(username), world, first).status_code == 403
    assert rows(app, RecommendationReview, world.open_id) == []


def test_readers_see_answers_and_no_buttons(app: Flask, world: World, client_of: Client) -> None:
    hold_earlier_inspection(app, world, 2019)
    page = client_of("don-vi").get(here(world.open_id, "/recommendations")).text
    assert RECOMMENDED[0] in page and 'name="answer"' not in page
    assert "Chưa trả lời" in page


def test_only_what_this_half_day_comes_back_to_can_be_answered(app: Flask, world: World, client_of: Client) -> None:
    _, [old, _] = hold_earlier_inspection(app, world, 2018)
    hold_earlier_inspection(app, world, 2019)
    assert post(client_of("thu-ky"), world, old).status_code == 404
    assert post(client_of("thu-ky"), world, 2**31 - 1).status_code == 404


def test_a_half_day_not_yet_begun_can_be_prepared_and_frozen_minutes_stay(
    app: Flask, world: World, client_of: Client
) -> None:
    earlier, _ = hold_earlier_inspection(app, world, 2019, state="frozen")
    _, [older, _] = hold_earlier_inspection(app, world, 2018)
    client = client_of("thu-ky")
    answer = client.post(
        here(earlier, f"/recommendations/{older}"), data={"op_id": new_op(), "answer": "done", "note": ""}
    )
    assert answer.status_code == 409 and "Biên bản đã chốt" in answer.text
    assert rows(app, RecommendationReview, earlier) == []
    page = client.get(here(world.planned_id, "/recommendations")).text
    assert "Không có kiến nghị nào cần xem lại" in page


def test_before_scoring_the_head_is_asked_first_and_readers_are_told(
    app: Flask, world: World, client_of: Client
) -> None:
    _, ids = hold_earlier_inspection(app, world, 2019)
    asked = client_of("truong-doan").get(here(world.open_id)).text
    assert "Trước khi chấm: 2 kiến nghị lần trước" in asked and 'before-scoring__card" open' in asked
    assert "Chấm điểm trước, trả lời sau" in asked
    told = client_of("thanh-vien-1").get(here(world.open_id)).text
    assert "2 kiến nghị lần trước chưa được trả lời" in told and "Trước khi chấm" not in told
    for one in ids:
        post(client_of("truong-doan"), world, one, "done")
    answered = client_of("truong-doan").get(here(world.open_id)).text
    assert "Trước khi chấm" not in answered


def test_without_an_earlier_inspection_nothing_stands_before_the_cards(world: World, client_of: Client) -> None:
    page = client_of("truong-doan").get(here(world.open_id)).text
    assert "Trước khi chấm" not in page and 'id="reviews-panel"' in page


def test_the_journal_tells_the_answer_in_words(app: Flask, world: World, client_of: Client) -> None:
    _, [first, _] = hold_earlier_inspection(app, world, 2019)
    post(client_of("thu-ky"), world, first, "not", note="Chưa có kinh phí")
    page = client_of("truong-doan").get(here(world.open_id, "/history")).text
    assert "Kiến nghị lần trước: chưa thực hiện" in page and "(Chưa có kinh phí)" in page


def test_what_is_unanswered_is_named_before_freezing(app: Flask, world: World, client_of: Client) -> None:
    _, [first, second] = hold_earlier_inspection(app, world, 2019)
    post(client_of("truong-doan"), world, first, "done")
    close(client_of("truong-doan"), world.open_id)
    page = client_of("truong-doan").get(f"/conclusions/{world.conclusion_id}").text
    assert "Kiến nghị lần trước thứ 2 chưa được trả lời: Lập sổ theo dõi thi đua." in page
    assert f"/checklist-sessions/{world.open_id}/recommendations#recommendation-{second}" in page
    assert "(Biên bản số 19/BB-HTS ngày 16 tháng 10 năm 2019): đã thực hiện" in page


def test_the_page_of_the_meeting_tells_everybody_how_far_the_answers_are(
    app: Flask, world: World, client_of: Client
) -> None:
    nothing = client_of("don-vi").get(here(world.open_id, "/meeting")).text
    assert "Kiến nghị lần trước" not in nothing
    _, [first, _] = hold_earlier_inspection(app, world, 2019)
    answer = post(client_of("thu-ky"), world, first, "done", headers=OUTBOX)
    assert 'id="reviews-link"' in answer.text
    page = client_of("don-vi").get(here(world.open_id, "/meeting")).text
    assert "Kiến nghị lần trước: đã trả lời 1/2." in page and f'"{here(world.open_id, "/recommendations")}"' in page
