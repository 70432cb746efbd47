"""The reminder lists exactly what is missing or returned, and by when."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.rules.notices import FACTS
from thidua.rules.readiness import OpenReturn, Prepared, readiness_of
from thidua.rules.reminder import answer_by, compose_reminder

HALF_DAY = date(2020, 10, 20)
SENT = datetime(2020, 10, 12, 3, 0, tzinfo=UTC)
STARTED = Prepared(state="planned", on_date=HALF_DAY, has_report=True, has_figures=True, self_scored=12, self_count=30)
FULL = replace(
    STARTED,
    self_scored=30,
    has_documents=True,
    has_attendees=True,
    is_confirmed=True,
    submitted_at=SENT,
    first_submitted_at=SENT,
)
RETURNED = replace(
    FULL, returns=(OpenReturn("1.4", date(2020, 10, 17), "Thiếu quyết định."), OpenReturn("2.1", None, "Sai số."))
)


def remind(prepared, today, **settings):
    return compose_reminder(FACTS, readiness_of(prepared, today), today=today, **settings)


def test_a_unit_that_has_sent_nothing_in_time_is_told_how_late_it_is_and_what_is_missing():
    document = remind(STARTED, date(2020, 10, 16))
    assert document.block("state").text == (
        "Hạn gửi hồ sơ chuẩn bị là ngày 15 tháng 10 năm 2020. Đến ngày 16 tháng 10 năm 2020, đã quá hạn 01 ngày, "
        "Thường trực Hội chưa nhận được hồ sơ của đơn vị. Còn những việc sau:"
    )
    items = document.block("missing").items
    assert [item.partition(" (")[0] for item in items] == [
        "Tự chấm 18 tiêu chí;",
        "Danh mục quyết định, quy chế, quy định về thi đua, khen thưởng;",
        "Danh sách người dự;",
        "Xác nhận lịch kiểm tra;",
        "Gửi hồ sơ chuẩn bị",
    ]
    assert document.block("by").text.endswith("chậm nhất ngày 18 tháng 10 năm 2020.")
    assert (document.kind, document.block("letterhead").number) == ("TB", "Số: 05/TB-HTS")


def test_before_the_due_day_it_is_told_what_is_due_then():
    document = remind(STARTED, date(2020, 10, 10))
    assert "hạn gửi ngày 15 tháng 10 năm 2020" in document.block("state").text
    assert document.block("by").text.endswith("chậm nhất ngày 15 tháng 10 năm 2020.")


def test_returned_criteria_stand_in_a_table_with_remark_and_day():
    document = remind(RETURNED, date(2020, 10, 16))
    assert [row.cells for row in document.block("returned").rows] == [
        ("1.4", "Thiếu quyết định.", "17/10/2020"),
        ("2.1", "Sai số.", "17/10/2020"),
    ]
    assert "đã nhận hồ sơ" in document.block("state").text
    with pytest.raises(KeyError):
        document.block("missing")


def test_a_unit_that_is_ready_is_not_reminded():
    with pytest.raises(ValueError):
        remind(FULL, date(2020, 10, 16))


@pytest.mark.parametrize(
    ("prepared", "today", "expected"),
    [
        (STARTED, date(2020, 10, 15), date(2020, 10, 15)),
        (STARTED, date(2020, 10, 16), date(2020, 10, 18)),
        (STARTED, date(2020, 10, 18), date(2020, 10, 19)),  # the half-day leaves no more
        (STARTED, date(2020, 10, 20), date(2020, 10, 20)),  # never before today
        (RETURNED, date(2020, 10, 16), date(2020, 10, 17)),
    ],
)
def test_by_when_is_asked(prepared, today, expected):
    assert answer_by(readiness_of(prepared, today), HALF_DAY, today) == expected


def test_another_day_may_be_asked_for():
    document = remind(STARTED, date(2020, 10, 16), answer_on=date(2020, 10, 17))
    assert document.block("by").text.endswith("chậm nhất ngày 17 tháng 10 năm 2020.")
