from dataclasses import replace
from datetime import date

from tests.rules.half_day import BARE, FULL
from thidua.rules.documents import Listing, Paragraph
from thidua.rules.minutes_facts import Reviewed
from thidua.rules.wording import compose_minutes

DONE = Reviewed("Kiện toàn Hội đồng.", "02/BB-HTS", date(2019, 10, 16), "done")
PARTLY = Reviewed("Hoàn thiện hồ sơ", "02/BB-HTS", date(2019, 10, 16), "partly", "Còn 06 chi hội.")
NOT = Reviewed("Lập sổ theo dõi", "01/BB-HTS", date(2018, 2, 5), "not")
LEFT = Reviewed("Mở lớp bồi dưỡng", "01/BB-HTS", date(2018, 2, 5))


def blocks(*reviews):
    return {block.id: block for block in compose_minutes(replace(FULL, reviews=reviews)).blocks}


def test_each_answer_is_told_with_the_minutes_it_stands_in():
    listing = blocks(DONE, PARTLY, NOT, LEFT)["reviews"]
    assert isinstance(listing, Listing)
    assert listing.items == (
        "Kiện toàn Hội đồng (Biên bản số 02/BB-HTS ngày 16 tháng 10 năm 2019): đã thực hiện;",
        "Hoàn thiện hồ sơ (Biên bản số 02/BB-HTS ngày 16 tháng 10 năm 2019): thực hiện một phần, còn 06 chi hội;",
        "Lập sổ theo dõi (Biên bản số 01/BB-HTS ngày 05 tháng 02 năm 2018): chưa thực hiện;",
        "Mở lớp bồi dưỡng (Biên bản số 01/BB-HTS ngày 05 tháng 02 năm 2018): chưa được xem xét.",
    )


def test_they_come_first_in_the_work_done_and_the_other_parts_move_down():
    found = blocks(DONE)
    assert found["reviews-heading"].text == "1. Việc thực hiện kiến nghị của lần kiểm tra trước"
    assert found["report-heading"].text == "2. Báo cáo của đơn vị"
    assert isinstance(found["reviews"], Paragraph)


def test_without_earlier_recommendations_nothing_is_said():
    assert not [block_id for block_id in blocks() if block_id.startswith("reviews")]
    assert "kiến nghị của lần kiểm tra trước" not in str(compose_minutes(BARE))
