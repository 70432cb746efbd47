from dataclasses import replace

import pytest

from tests.rules.half_day import FULL
from thidua.rules.minutes_facts import Said
from thidua.rules.wording import compose_minutes


@pytest.fixture(scope="module")
def minutes():
    return compose_minutes(FULL)


def test_exchanges_name_their_speakers(minutes):
    assert minutes.block("exchanges").items == (
        "Đồng chí Phạm Tiến Ích hỏi về mục 1.1: Vì sao đợt 2 chưa có minh chứng?",
        "Đồng chí Đỗ Thị Nga trả lời: Do dịch covid 19, hồ sơ gửi chậm.",
    )
    both = (Said("rebuttal", "Bà Nga", "điểm thấp"), Said("explanation", "Ông Hải", "đã nộp."))
    spoken = compose_minutes(replace(FULL, exchanges=both)).block("exchanges").items
    assert spoken == ("Bà Nga phản biện: Điểm thấp;", "Ông Hải giải trình: Đã nộp.")


def test_whoever_speaks_is_called_as_in_the_list_of_those_present():
    said = (
        Said("question", "Võ Sở", "vì sao chậm?"),
        Said("answer", "đồng chí đỗ thị nga", "do dịch."),
        Said("explanation", "Kế toán của Hội", "đã chi đủ"),
    )
    assert compose_minutes(replace(FULL, exchanges=said)).block("exchanges").items == (
        "Thiếu tướng Võ Sở hỏi: Vì sao chậm?",
        "Đồng chí Đỗ Thị Nga trả lời: Do dịch.",
        "Kế toán của Hội giải trình: Đã chi đủ.",
    )


def test_without_ranks_speakers_have_none_either():
    said = (Said("question", "Thiếu tướng Võ Sở", "vì sao chậm?"), Said("answer", "Kế toán Võ Sở", "đã chi"))
    document = compose_minutes(replace(FULL, exchanges=said).without_ranks())
    assert document.block("exchanges").items == (
        "Đồng chí Võ Sở hỏi: Vì sao chậm?", "Kế toán Võ Sở trả lời: Đã chi.",
    )  # fmt: skip


def test_a_request_is_told_as_one_and_an_answer_does_not_repeat_what_it_is_about():
    said = (
        Said("question", "Phạm Tiến Ích", "Đề nghị nói rõ việc bình xét.", "1.1"),
        Said("answer", "Đỗ Thị Nga", "làm từ chi hội", "1.1"),
        Said("rebuttal", "Đỗ Thị Nga", "điểm thấp", "1.2"),
    )
    document = compose_minutes(replace(FULL, exchanges=said))
    assert document.block("exchanges").items == (
        "Về mục 1.1, đồng chí Phạm Tiến Ích đề nghị nói rõ việc bình xét;",
        "Đồng chí Đỗ Thị Nga trả lời: Làm từ chi hội;",
        "Đồng chí Đỗ Thị Nga phản biện về mục 1.2: Điểm thấp.",
    )
    assert document.block("exchanges-count").text == (
        "Có ba ý kiến, gồm một câu hỏi, một ý kiến trả lời và một ý kiến phản biện, cụ thể:"
    )
