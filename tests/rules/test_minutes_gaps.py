from dataclasses import replace
from datetime import date

import pytest

from tests.rules.half_day import FULL, SCORES
from thidua.rules.minutes_facts import Attendee, Recommended, Reviewed
from thidua.rules.minutes_gaps import agenda_advice, missing_before_signing
from thidua.rules.minutes_signers import signing_parts


def missing(**changes):
    return missing_before_signing(replace(FULL, **changes))


def line(number, **changes):
    return tuple(replace(one, **changes) if one.number == number else one for one in SCORES)


def test_nothing_is_missing_from_a_half_day_fully_recorded():
    assert missing() == ()


def test_a_criterion_not_scored_is_missing_and_leads_to_it():
    (gap,) = missing(scores=line("1.2", agreed=None))
    assert (gap.code, gap.anchor) == ("not_scored", "criterion-2")
    assert gap.sentence == "Tiêu chí 1.2 chưa có điểm thống nhất."


def test_zero_and_not_applicable_are_not_missing():
    assert missing(scores=line("2.1", agreed=0, self_points=0)) == ()
    assert missing(scores=line("2.1", agreed=None, not_applicable=True)) == ()


def test_a_difference_without_a_reason_is_missing():
    (gap,) = missing(scores=line("1.1", reason="  "))
    assert gap.code == "no_reason"
    assert gap.sentence == "Tiêu chí 1.1: điểm thống nhất 36,5 khác điểm tự chấm 39, chưa ghi lý do."


def test_without_a_score_of_the_unit_no_reason_is_asked():
    assert missing(scores=line("1.1", reason="", self_points=None)) == ()


def test_an_unsettled_disagreement_is_told_once():
    (gap,) = missing(scores=line("1.2", agreed=None, unsettled=True))
    assert gap.code == "unsettled" and "Trưởng đoàn chưa chốt điểm" in gap.sentence


@pytest.mark.parametrize(
    ("one", "lacking"),
    [
        (Recommended("a", "", None, "remark-1"), "người thực hiện và thời hạn"),
        (Recommended("a", "b", None, "remark-1"), "thời hạn"),
        (Recommended("a", " ", date(2020, 1, 1), "remark-1"), "người thực hiện"),
    ],
)
def test_a_recommendation_needs_owner_and_deadline(one, lacking):
    (gap,) = missing(recommendations=(one,))
    assert (gap.sentence, gap.anchor) == (f"Kiến nghị 1 chưa ghi {lacking}.", "remark-1")


@pytest.mark.parametrize(("signs", "code"), [("head", "head_not_present"), ("secretary", "secretary_not_present")])
def test_head_and_secretary_must_be_recorded_as_present(signs, code):
    others = tuple(person for person in FULL.attendees if person.signs != signs)
    assert [gap.code for gap in missing(attendees=others)] == [code]
    only_expected = (*others, Attendee("team", "A", presence="expected", signs=signs))
    assert [gap.code for gap in missing(attendees=only_expected)] == [code]


def test_opinion_of_the_unit_and_conclusion_of_the_head_are_needed():
    assert [gap.code for gap in missing(unit_opinions=(" ",), conclusion="")] == ["no_unit_opinion", "no_conclusion"]


def test_an_earlier_recommendation_nobody_answered_is_missing_and_leads_to_it():
    unanswered = Reviewed("Hoàn thiện hồ sơ", "02/BB-HTS", date(2019, 10, 16), anchor="recommendation-7")
    (gap,) = missing(reviews=(replace(unanswered, answer="done"), unanswered))
    assert (gap.code, gap.anchor) == ("review_unanswered", "recommendation-7")
    assert gap.sentence == "Kiến nghị lần trước thứ 2 chưa được trả lời: Hoàn thiện hồ sơ"


def test_where_a_deputy_was_chosen_or_anybody_of_a_group_signs_the_usual_person_need_not_have_come():
    away = tuple(replace(one, presence="absent") if one.signs == "head" else one for one in FULL.attendees)
    usual = signing_parts(away, {}, {})
    (gap,) = missing(attendees=away, parts=usual)
    assert gap.code == "head_not_present"
    deputy = signing_parts(away, {}, {"head": {"name": "Phạm Tiến Ích", "formula": "KT."}})
    assert missing(attendees=away, parts=deputy) == ()
    assert missing(attendees=away, parts=signing_parts(away, {"groups": ["head"]}, {})) == ()


def test_a_step_of_the_agenda_left_open_or_never_begun_is_advised_and_stops_nobody():
    assert missing() == ()
    assert [(one.code, one.sentence, one.anchor) for one in agenda_advice(FULL)] == [
        ("step_not_ended", "Bước 4 “Trưởng Đoàn nhận xét, kết luận” chưa kết thúc.", "agenda"),
        ("step_not_begun", "Bước 5 “Chưa tiến hành” chưa tiến hành, chưa ghi lý do bỏ qua.", "agenda"),
    ]
