from dataclasses import replace
from datetime import date

import pytest

from tests.rules.half_day import BARE, FULL
from thidua.rules.conclusion_draft import draft_conclusion
from thidua.rules.minutes_facts import Rated, Recommended


def sentences(text):
    return [part for part in text.replace("?", ".").split(". ") if part]


def test_the_draft_tells_result_strengths_shortcomings_and_what_to_do():
    assert draft_conclusion(FULL) == (
        "Qua kiểm tra, Hội Trường Sơn thành phố Hải Phòng đạt 92,5/100 điểm, xếp loại Tốt. "
        "Đoàn ghi nhận những ưu điểm chính: công tác tuyên truyền được đẩy mạnh, hội viên "
        "tham gia đông đủ và quỹ "
        "nghĩa tình vượt chỉ tiêu. "
        "Tuy nhiên, đơn vị còn hạn chế cần khắc phục: minh chứng chưa đầy đủ. "
        "Đề nghị đơn vị thực hiện đầy đủ hai kiến nghị của Đoàn, đúng thời hạn của từng kiến nghị, "
        "chậm nhất ngày 31 tháng 12 năm 2020."
    )


def test_the_draft_names_at_most_three_points():
    many = tuple(f"Mặt thứ {at} tốt" for at in range(1, 7))
    text = draft_conclusion(replace(FULL, strengths=many))
    assert "mặt thứ 3" in text and "mặt thứ 4" not in text


def test_points_with_commas_are_kept_apart_by_semicolons():
    text = draft_conclusion(replace(FULL, shortcomings=("Chậm, thiếu.", "Chưa đều")))
    assert "khắc phục: chậm, thiếu; chưa đều." in text


def test_shortcomings_alone_do_not_begin_with_however():
    text = draft_conclusion(replace(FULL, strengths=()))
    assert "Tuy nhiên" not in text and "Đơn vị còn hạn chế" in text


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (Recommended("Kiện toàn Hội đồng."), "Đề nghị đơn vị kiện toàn Hội đồng."),
        (
            Recommended("Bổ sung hồ sơ", "Ban Thường vụ", date(2020, 12, 1)),
            "Đề nghị Ban Thường vụ bổ sung hồ sơ, hoàn thành chậm nhất ngày 01 tháng 12 năm 2020.",
        ),
        (Recommended("Đề nghị đơn vị bổ sung hồ sơ"), "Đề nghị đơn vị bổ sung hồ sơ."),
    ],
)
def test_a_single_recommendation_is_told_itself(one, expected):
    assert draft_conclusion(replace(FULL, recommendations=(one,))).endswith(expected)


def test_a_rating_without_points_and_points_without_a_rating_are_told():
    assert draft_conclusion(replace(BARE, rated=Rated("Khá", "Khá", "Khá"))) == "Qua kiểm tra, Hội A xếp loại Khá."
    assert draft_conclusion(replace(BARE, total_agreed=8000)) == "Qua kiểm tra, Hội A đạt 80 điểm."


def test_from_nothing_nothing_is_drafted():
    assert draft_conclusion(BARE) == ""
