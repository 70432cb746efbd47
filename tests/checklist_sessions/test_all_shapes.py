"""A half-day scored with every shape: cards, outline, board, wall, closing, paper and minutes tell it rightly."""

import re

import pytest

from tests.checklist_sessions.rooms import close, here
from tests.checklists.all_shapes import give_all_shapes
from tests.conftest import new_op
from thidua.checklist_sessions.frames import change_html
from thidua.conclusions.facts import half_day
from thidua.extensions import db
from thidua.models import Conclusion
from thidua.rules.wording import missing_before_signing

AGREED = {
    "I.1": "10",
    "I.2": "level 1",
    "I.3": "count 5",
    "I.4": "count 2",
    "I.5.1": "4,25",
    "I.5.2": "8",
    "II.1.1": "count 2",
    "II.1.2": "count 5",
    "II.1.3": "level 0",
    "III.1.2": "9",
    "III.2.1": "5",
    "III.2.2": "4",
    "IV.1": "2,25",
    "IV.2": "count 3",
    "V.1": "count 1",
    "V.2": "3",
}


@pytest.fixture
def ids(app, world) -> dict[str, int]:
    return give_all_shapes(app, world.open_id, "hoi_tinh")


@pytest.fixture
def agree(client_of, world, ids):
    head = client_of("truong-doan")

    def agree(number: str, meant: str):
        kind, _, value = meant.rpartition(" ")
        entered = {"not_applicable": "1"} if meant == "na" else {kind or "points": value}
        fields = {"perspective": "agreed", "op_id": new_op(), "base_version": "0", "reason": "Đoàn thống nhất"}
        answer = head.post(here(world.open_id, f"/criteria/{ids[number]}/scores"), data=fields | entered)
        assert answer.status_code == 200, answer.text
        return answer.text

    return agree


def card(page: str, criterion_id: int) -> str:
    """The card of a criterion, from its article to the next."""
    return page.split(f'id="criterion-{criterion_id}"')[1].split("</article>")[0]


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_everything_scored_comes_to_what_was_worked_out_by_hand(client_of, world, agree) -> None:
    for number, meant in AGREED.items():
        agree(number, meant)
    # I: 10 + 6 + (5 × 2,5 = 12,5, nhiều nhất 10) + (5 − 2) + (4,25 + 8) = 41,25 · II: 25 − 4 − (5, nhiều nhất 3) = 18
    # III: 9 + 5 (cao nhất của 5 và 4) = 14 · IV: 2,25 + 9 = 11,25, tính 10 · V: −10 − 3 = −13
    # 41,25 + 18 + 14 + 10 − 13 = 70,25 trên 95 (Hội tỉnh không có mục II.2); 70,25 ≥ 61: Khá
    page = client_of("truong-doan").get(here(world.open_id)).text
    totals = words_of(page.split('id="totals"')[1].split("</div>")[0])
    assert "70,25 / 95" in totals
    assert "đã chấm 17/17" in totals
    assert "Khá" in totals


def test_what_is_for_other_kinds_of_unit_is_not_on_the_sheet(app, client_of, world) -> None:
    without = give_all_shapes(app, world.open_id, "hoi_tinh")
    assert "II.2" not in without
    assert "Công tác phụ nữ" not in client_of("thu-ky").get(here(world.open_id)).text
    assert "II.2" in give_all_shapes(app, world.planned_id, "hoi_nu")


def test_the_card_tells_of_the_group_around_its_criterion(client_of, world, ids) -> None:
    page = client_of("thanh-vien-1").get(here(world.open_id)).text
    late = words_of(card(page, ids["II.1.1"]))
    assert "II.1. Chấp hành nền nếp" in late
    assert "Bắt đầu từ 25 điểm, trừ theo lần." in late
    assert "Trừ mỗi lần vi phạm." in late  # the guidance of the group
    assert "2 điểm trừ mỗi lần" in late
    assert "Chọn một trong các nội dung" in words_of(card(page, ids["III.1.1"]))
    assert "Chỉ tính nội dung cao nhất" in words_of(card(page, ids["III.2.1"]))
    assert "I.5. Chương trình công tác" in words_of(card(page, ids["I.5.1"]))
    assert "Cả mục không quá 10 điểm" in words_of(card(page, ids["IV.1"]))


def test_what_is_counted_has_a_stepper_of_times(client_of, world, ids) -> None:
    page = client_of("thanh-vien-1").get(here(world.open_id)).text
    for number, told in (
        ("I.3", "Cộng 2,5 điểm mỗi lần"),
        ("I.4", "Bắt đầu từ 5 điểm, trừ 1 điểm mỗi lần"),
        ("II.1.1", "Trừ 2 điểm mỗi lần."),
        ("II.1.2", "Trừ 1 điểm mỗi lần, nhiều nhất 3 điểm."),
        ("IV.2", "Cộng 3 điểm mỗi lần"),
    ):
        here_is = card(page, ids[number])
        assert "stepper--count" in here_is
        assert told in here_is
    levels = card(page, ids["I.2"])
    assert levels.count("key--level") == 5 and "-1" in words_of(levels)


def test_points_taken_away_have_keys_down_to_their_limit(client_of, world, ids) -> None:
    taken = card(client_of("thanh-vien-1").get(here(world.open_id)).text, ids["V.2"])
    assert 'data-min="-1000"' in taken and 'data-max="0"' in taken
    assert "10 điểm trừ tối đa" in words_of(taken)
    assert "-10 trừ hết" in words_of(taken)


def test_an_alternative_that_was_not_chosen_is_not_missing(client_of, world, ids, agree) -> None:
    head = client_of("truong-doan")
    before = words_of(head.get(here(world.open_id, "/closure")).text)
    assert "Mô hình kinh tế" in before and "Mô hình nghĩa tình" in before
    told = agree("III.1.2", "9")
    assert f'id="outline-link-{ids["III.1.1"]}"' in told and "mark--spared" in told
    assert f'id="row-{ids["III.1.1"]}"' in told and "không phải chấm" in told
    after = words_of(head.get(here(world.open_id, "/closure")).text)
    assert "Mô hình kinh tế" not in after and "Danh hiệu" not in after and "Cấp tỉnh" in after
    page = head.get(here(world.open_id)).text
    outline = page.split('id="outline-count-III"')[1].split("</span>")[0]
    assert "2/4" in words_of("<" + outline)
    board = head.get(here(world.open_id, "/board")).text
    assert "Đã thống nhất <b>2/18" in board
    assert f'id="row-{ids["III.1.1"]}"' not in head.get(here(world.open_id, "/board?show=unsettled")).text


def test_taking_the_choice_back_makes_both_missing_again(client_of, world, ids, agree) -> None:
    agree("III.1.2", "9")
    head = client_of("truong-doan")
    fields = {"perspective": "agreed", "op_id": new_op(), "base_version": "99", "cleared": "1"}
    answer = head.post(here(world.open_id, f"/criteria/{ids['III.1.2']}/scores"), data=fields)
    assert answer.status_code == 200
    assert "mark--spared" not in answer.text
    assert "Mô hình kinh tế" in words_of(head.get(here(world.open_id, "/closure")).text)


def test_the_unit_hears_of_the_choice_but_of_no_row(app, world, ids, agree) -> None:
    agree("III.1.2", "9")
    with app.app_context():
        content = {"criterion_id": ids["III.1.2"]}
        unit = change_html(world.open_id, "score.agreed", content, "unit")
        wall = change_html(world.open_id, "score.agreed", content, "projector")
    assert f'id="outline-link-{ids["III.1.1"]}"' in unit and 'id="row-' not in unit
    assert f'id="point-{ids["III.1.1"]}" class="projector__spared"' in wall


def test_the_unit_is_not_asked_for_the_other_alternative(client_of, world, ids) -> None:
    unit = client_of("don-vi")
    fields = {"perspective": "self", "op_id": new_op(), "base_version": "0", "points": "8"}
    assert unit.post(here(world.open_id, f"/criteria/{ids['III.1.1']}/scores"), data=fields).status_code == 200
    assert "mark--spared" not in unit.get(here(world.open_id)).text  # only what the team agreed decides


def test_the_wall_shows_most_points_with_their_sign(client_of, world, ids, agree) -> None:
    agree("V.2", "3")
    wall = words_of(client_of("thu-ky").get(here(world.open_id, "/projector")).text)
    assert "Tối đa -10" in wall and "Thống nhất -3" in wall


def test_the_paper_form_tells_how_each_group_adds_up(client_of, world, ids) -> None:
    client = client_of("thu-ky")
    answer = client.get(here(world.open_id, "/form.pdf"))
    assert answer.status_code == 200 and answer.data.startswith(b"%PDF")


def test_a_filled_paper_may_carry_the_total_by_the_rules(client_of, world, ids) -> None:
    secretary, meant = client_of("thu-ky"), str(world.people["thanh-vien-1"].id)
    page = secretary.get(here(world.open_id, f"/typing?for={meant}")).text
    assert "bắt đầu từ 25 điểm, trừ theo lần" in page and 'data-started="2500"' in page
    rows = {f"value-{ids['I.1']}": "10", f"value-{ids['II.1.1']}": "2"}
    fields = {"for": meant, "op_id": new_op(), "code": "", "total": "31"} | rows  # 10 + (25 − 2 × 2) = 31
    assert secretary.post(here(world.open_id, "/typing"), data=fields).status_code == 303


def test_the_minutes_tell_what_was_not_chosen_and_how_often(app, client_of, world, agree) -> None:
    for number, meant in AGREED.items():
        agree(number, meant)
    close(client_of("truong-doan"), world.open_id)
    with app.app_context():
        read = half_day(db.session(), db.session.get_one(Conclusion, world.conclusion_id))
        lines = {line.number: line for line in read.facts.scores}
        missing = [one for one in missing_before_signing(read.facts) if one.code == "not_scored"]
        assert missing == []
        assert (read.totals.points, read.grade.label) == (7025, "Khá")
        assert lines["III.1.1"].spared and not lines["III.1.2"].spared
        assert (lines["II.1.1"].maximum, lines["II.1.1"].agreed, lines["II.1.1"].times) == (None, -400, 2)
        assert lines["II.1"].text == "Chấp hành nền nếp (bắt đầu từ 25 điểm, trừ theo lần)"
        assert (lines["V.2"].maximum, lines["V"].maximum, lines["V"].agreed) == (-1000, None, -1300)
    page = words_of(client_of("truong-doan").get(f"/conclusions/{world.conclusion_id}").text)
    assert "70,25" in page
