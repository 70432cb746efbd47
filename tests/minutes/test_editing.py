"""Paragraphs of the minutes are reworded; what was composed, what was edited and by whom stays known."""

import html
import re

import pytest
from sqlalchemy import select

from tests.checklist_sessions.rooms import here, kinds
from tests.conclusions.test_minutes import freeze, text_of, write
from tests.conftest import new_op
from thidua.extensions import db
from thidua.models import TextEdit
from thidua.models.manuscript import fingerprint

COMPOSED = "Phong trào đền ơn đáp nghĩa nền nếp."
MINE = "Phong trào đền ơn đáp nghĩa được duy trì nền nếp, đều khắp."


def block(conclusion_id, block_id="strengths", verb=""):
    return f"/conclusions/{conclusion_id}/minutes/blocks/{block_id}{verb}"


def reword(client, conclusion_id, text=MINE, *, verb="", block_id="strengths", seen=COMPOSED, **fields):
    data = {"text": text, "seen": fingerprint(seen), "base_version": "0", "op_id": new_op()} | fields
    return client.post(block(conclusion_id, block_id, verb), data=data)


def remark(client, room, text, kind="strength"):
    data = {"kind": kind, "text": text, "criterion_id": "0", "op_id": new_op()}
    assert client.post(here(room, "/remarks"), data=data).status_code == 303


def edit_of(app):
    with app.app_context():
        return db.session.scalars(select(TextEdit)).one_or_none()


@pytest.fixture
def secretary(client_of):
    return client_of("thu-ky")


def test_an_edit_stands_with_its_author_and_the_composed_text_is_kept_beside_it(app, closed, secretary) -> None:
    assert reword(secretary, closed).status_code == 303
    page = secretary.get(f"/conclusions/{closed}/minutes").text
    assert MINE in page and "Phạm Tiến Ích sửa lúc" in page and "Đã sửa bằng tay" in page
    assert COMPOSED in edit_of(app).generated
    assert "<ins>" in secretary.get(block(closed)).text


def test_who_may_reword_and_who_may_not(closed, client_of) -> None:
    assert reword(client_of("truong-doan"), closed).status_code == 303
    for username in ("thanh-vien-1", "don-vi", "can-bo", "quan-tri", "nguoi-ngoai"):
        assert reword(client_of(username), closed, "Của tôi.").status_code == 403, username
        for verb in ("/keeping", "/restoration", "/omission"):
            assert reword(client_of(username), closed, verb=verb).status_code == 403, username


def test_every_verb_sent_twice_is_done_once_and_acknowledged_twice(app, closed, world, secretary) -> None:
    done = kinds(app, world.open_id)

    def twice(kind, text=MINE, **fields):
        again = {"op_id": new_op()} | fields
        answers = [reword(secretary, closed, text, **again) for _ in range(2)]
        assert [one.headers.get("X-Op-Id") for one in answers] == [again["op_id"]] * 2, answers[0].text
        done.append(kind)
        assert kinds(app, world.open_id) == done

    twice("text.edited")
    remark(secretary, world.open_id, "Quỹ khen thưởng đúng quy định.")
    done.append("remark.added")
    now = "Phong trào đền ơn đáp nghĩa nền nếp;\nQuỹ khen thưởng đúng quy định."
    twice("text.kept", verb="/keeping", seen=now, base_version="99")
    twice("text.restored", now, seen=now, base_version="99")  # the composed words typed again
    twice("text.edited", verb="/omission", seen=now)
    twice("text.restored", verb="/restoration", base_version="99")


def test_composing_anew_never_overwrites_an_edit_and_both_are_shown_with_two_buttons(closed, world, secretary) -> None:
    reword(secretary, closed)
    remark(secretary, world.open_id, "Quỹ khen thưởng đúng quy định.")
    page = secretary.get(f"/conclusions/{closed}/minutes").text
    assert MINE in page and "số liệu đã đổi" in page
    assert "Số liệu đã đổi sau khi sửa đoạn" in page  # in the check list, too
    page = secretary.get(block(closed)).text
    assert "Giữ bản đã sửa" in page and "Lấy bản máy soạn mới" in page and "Quỹ khen thưởng" in page


def test_who_saves_what_has_moved_meanwhile_sees_it_first_and_loses_nothing(app, closed, world, secretary) -> None:
    remark(secretary, world.open_id, "Quỹ khen thưởng đúng quy định.")
    answer = reword(secretary, closed)
    assert answer.status_code == 409 and MINE in answer.text and "Số liệu vừa đổi" in answer.text
    assert edit_of(app) is None
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', answer.text)
    assert reword(secretary, closed, **{"seen": ""} | {"op_id": new_op()}).status_code == 409
    data = {"text": MINE, "seen": seen[1], "base_version": "0", "op_id": new_op()}
    assert secretary.post(block(closed), data=data).status_code == 303


def test_two_people_at_one_paragraph_are_told_of_each_other(app, closed, client_of, secretary) -> None:
    reword(secretary, closed, "Của thư ký.")
    answer = reword(client_of("truong-doan"), closed, "Của Trưởng đoàn.")
    assert answer.status_code == 409 and "Của Trưởng đoàn." in answer.text and "Của thư ký." in answer.text
    assert edit_of(app).text == "Của thư ký."


def test_a_paragraph_left_out_is_told_and_comes_back(closed, secretary) -> None:
    assert reword(secretary, closed, "").status_code == 422
    assert reword(secretary, closed, verb="/omission").status_code == 303
    page = secretary.get(f"/conclusions/{closed}/minutes").text
    assert 'id="block-strengths"' not in page and "Đã bỏ:" in page
    reword(secretary, closed, verb="/restoration", base_version="99")
    assert 'id="block-strengths"' in secretary.get(f"/conclusions/{closed}/minutes").text


def test_words_of_a_paragraph_that_is_gone_stay_until_somebody_drops_them(app, closed, world, secretary) -> None:
    reword(secretary, closed)
    page = secretary.get(here(world.open_id, "/remarks")).text
    number = re.search(r'id="remark-(\d+)">\s*<p class="remark__text">Phong trào', page)[1]
    secretary.post(here(world.open_id, f"/remarks/{number}/withdrawal"), data={"op_id": new_op()})
    page = secretary.get(f"/conclusions/{closed}/minutes").text
    assert "không còn chỗ" in page
    assert MINE in secretary.get(block(closed)).text
    assert reword(secretary, closed, "Sửa nữa.", base_version="99").status_code == 409
    assert reword(secretary, closed, verb="/restoration", base_version="99").status_code == 303
    assert secretary.get(block(closed)).status_code == 404


def test_hostile_words_are_only_words(closed, secretary) -> None:
    hostile = "<script>alert(1)</script> javascript:x \u202eđảo\u202c 🎖 e\u0301"
    reword(secretary, closed, hostile)
    page = secretary.get(f"/conclusions/{closed}/minutes").text
    assert "<script>alert" not in page and "\u202e" not in page
    assert html.escape("<script>alert(1)</script> javascript:x đảo 🎖 é") in page
    assert reword(secretary, closed, "chữ " * 6000, base_version="99").status_code == 422


def test_the_head_of_teams_words_are_changed_on_the_page_of_the_conclusion(closed, secretary) -> None:
    answer = secretary.get(block(closed, "conclusion"))
    assert (answer.status_code, answer.location) == (303, f"/conclusions/{closed}#conclusion")
    assert reword(secretary, closed, block_id="conclusion").status_code == 409


def test_frozen_minutes_say_what_was_edited_and_are_edited_no_more(app, closed, client_of, secretary) -> None:
    reword(secretary, closed)
    head = client_of("truong-doan")
    write(head, closed)
    assert freeze(head, closed).status_code == 303
    answer = reword(secretary, closed, "Muộn rồi.", base_version="99")
    assert answer.status_code == 409 and "biên bản bổ sung" in answer.text and "Muộn rồi." in answer.text
    page = secretary.get(f"/conclusions/{closed}/minutes").text
    assert MINE in page and "Phạm Tiến Ích sửa lúc" in page and ">Sửa<" not in page
    assert MINE in text_of(head.get(f"/conclusions/{closed}/minutes.pdf").data)


def test_before_the_opening_nothing_can_be_reworded(world, client_of) -> None:
    other = world.conclusion_id + 1
    answer = reword(client_of("thu-ky"), other, block_id="opening")
    assert answer.status_code == 409 and "chưa bắt đầu" in answer.text


def test_the_unit_reads_the_draft_once_scoring_is_closed(closed, world, client_of) -> None:
    unit = client_of("don-vi")
    page = unit.get(f"/conclusions/{closed}/minutes").text
    assert COMPOSED in page and "Sửa<" not in page
    assert COMPOSED not in unit.get(f"/conclusions/{world.conclusion_id + 1}/minutes").text


def test_the_live_part_is_sent_only_when_the_screen_shows_another(closed, secretary) -> None:
    first = secretary.get(f"/conclusions/{closed}/minutes/document")
    shown = first.headers["X-Shown"]
    assert secretary.get(f"/conclusions/{closed}/minutes/document?shown={shown}").status_code == 204
    reword(secretary, closed)
    assert MINE in secretary.get(f"/conclusions/{closed}/minutes/document?shown={shown}").text
