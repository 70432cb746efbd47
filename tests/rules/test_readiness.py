"""What is ready, missing, returned and late, to the day, by the Vietnamese calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from thidua.rules.readiness import (
    OpenReturn,
    Prepared,
    attention,
    counts,
    days_words,
    due_day,
    missing_words,
    readiness_of,
)
from thidua.rules.words import day_of

HALF_DAY = date(2020, 10, 20)
DUE = date(2020, 10, 15)
BEFORE = date(2020, 10, 10)
SENT = datetime(2020, 10, 12, 3, 0, tzinfo=UTC)
NOTHING = Prepared(state="planned", on_date=HALF_DAY, self_count=30)
FULL = replace(
    NOTHING,
    has_report=True,
    has_figures=True,
    self_scored=30,
    has_documents=True,
    has_attendees=True,
    is_confirmed=True,
    submitted_at=SENT,
    first_submitted_at=SENT,
)


def states(prepared, today):
    return {part.name: part.state for part in readiness_of(prepared, today).parts}


def test_the_usual_due_day_is_five_days_before_and_one_set_for_the_unit_goes_before_it():
    assert due_day(None, HALF_DAY) == DUE
    assert due_day(None, HALF_DAY, 7) == date(2020, 10, 13)
    assert due_day(date(2020, 10, 18), HALF_DAY) == date(2020, 10, 18)
    assert due_day(None, None) is None


def test_nothing_done_is_missing_and_from_the_day_after_the_due_day_late():
    on_the_day, after = readiness_of(NOTHING, DUE), readiness_of(NOTHING, date(2020, 10, 16))
    assert (on_the_day.status, on_the_day.days_left, on_the_day.late_by) == ("missing", 0, 0)
    assert (after.status, after.days_left, after.late_by) == ("late", -1, 1)
    assert set(states(NOTHING, DUE).values()) == {"missing"}
    assert set(states(NOTHING, date(2020, 10, 16)).values()) == {"late"}


@pytest.mark.parametrize(
    ("moment", "status", "late_by"),
    [
        (datetime(2020, 10, 15, 16, 59, tzinfo=UTC), "missing", 0),  # 23 giờ 59 of the due day in Vietnam
        (datetime(2020, 10, 15, 17, 0, tzinfo=UTC), "late", 1),  # 0 giờ of the 16th there
    ],
)
def test_the_due_day_ends_at_midnight_in_vietnam(moment, status, late_by):
    found = readiness_of(NOTHING, day_of(moment))
    assert (found.status, found.late_by) == (status, late_by)


def test_how_late_it_came_is_told_by_the_vietnamese_day_of_the_first_sending():
    in_time = replace(FULL, first_submitted_at=datetime(2020, 10, 15, 16, 59, tzinfo=UTC))
    late = replace(FULL, first_submitted_at=datetime(2020, 10, 16, 17, 0, tzinfo=UTC))
    again = replace(late, submitted_at=datetime(2020, 10, 18, 3, 0, tzinfo=UTC))
    assert [readiness_of(one, date(2020, 10, 19)).late_by for one in (in_time, late, again)] == [0, 2, 2]
    assert readiness_of(late, date(2020, 10, 19)).status == "ready"


def test_everything_there_and_sent_is_ready_and_stays_so_after_the_due_day():
    for today in (BEFORE, DUE, HALF_DAY):
        found = readiness_of(FULL, today)
        assert (found.status, found.missing, missing_words(found)) == ("ready", (), ())
        assert set(states(FULL, today).values()) == {"ready"}


def test_everything_there_but_not_sent_is_missing_the_sending_itself():
    found = readiness_of(replace(FULL, submitted_at=None, first_submitted_at=None), BEFORE)
    assert (found.status, missing_words(found)) == ("missing", ("bấm Gửi (mọi phần đã đủ)",))


@pytest.mark.parametrize(
    ("left_out", "part", "words"),
    [
        ({"has_report": False}, "report", "báo cáo ngắn gọn về ba nội dung"),
        ({"has_figures": False}, "figures", "phụ lục số liệu"),
        ({"self_scored": 27}, "self_score", "tự chấm 3 tiêu chí"),
        ({"self_scored": 0}, "self_score", "tự chấm điểm (30 tiêu chí)"),
        ({"has_documents": False}, "documents", "danh mục quyết định, quy chế, quy định về thi đua, khen thưởng"),
        ({"has_attendees": False}, "attendees", "danh sách người dự"),
        ({"is_confirmed": False}, "schedule", "xác nhận lịch kiểm tra"),
    ],
)
def test_each_thing_left_out_is_named_even_when_it_was_sent_without(left_out, part, words):
    prepared = replace(FULL, **left_out)
    assert missing_words(readiness_of(prepared, BEFORE)) == (words,)
    assert readiness_of(prepared, BEFORE).status == "missing"
    assert {name for name, state in states(prepared, BEFORE).items() if state != "ready"} == {part}
    assert states(prepared, date(2020, 10, 16))[part] == "late"


def test_a_returned_criterion_is_returned_until_its_own_day_is_over():
    prepared = replace(FULL, returns=(OpenReturn("1.4", date(2020, 10, 18), "Thiếu quyết định."),))
    found = readiness_of(prepared, date(2020, 10, 18))
    assert (found.status, found.next_due, found.days_left) == ("returned", date(2020, 10, 18), 0)
    assert found.due_on == DUE
    assert states(prepared, date(2020, 10, 18))["self_score"] == "returned"
    assert missing_words(found) == ("tiêu chí 1.4 bị trả lại: Thiếu quyết định (hạn 18/10/2020)",)
    late = readiness_of(prepared, date(2020, 10, 19))
    assert (late.status, late.days_left) == ("late", -1)
    assert states(prepared, date(2020, 10, 19))["self_score"] == "late"


def test_the_earliest_of_several_returns_is_next_and_one_without_a_day_is_never_late():
    several = (OpenReturn("1", date(2020, 10, 18)), OpenReturn("2", date(2020, 10, 17)), OpenReturn("3"))
    assert readiness_of(replace(FULL, returns=several), BEFORE).next_due == date(2020, 10, 17)
    found = readiness_of(replace(FULL, returns=(OpenReturn("3"),)), date(2020, 10, 19))
    assert found.status == "returned"


def test_a_half_day_under_way_or_over_is_nobodys_reminder():
    for state in ("open", "closed", "frozen", "signed"):
        found = readiness_of(replace(NOTHING, state=state), HALF_DAY)
        assert (found.status, found.is_reminded, found.late_by) == ("over", False, 0)
        assert {part.state for part in found.parts} == {"missing"}


def test_a_unit_without_date_is_missing_things_but_never_late():
    found = readiness_of(replace(NOTHING, on_date=None), date(2030, 1, 1))
    assert (found.status, found.due_on, found.days_left, found.late_by) == ("missing", None, None, 0)


def test_a_unit_without_half_day_is_told_apart():
    assert readiness_of(Prepared(on_date=HALF_DAY), BEFORE).status == "none"


def test_what_needs_attention_comes_first():
    today = date(2020, 10, 16)
    cast = {
        "đủ": FULL,
        "xong": replace(NOTHING, state="signed"),
        "trễ": NOTHING,
        "trễ hơn": replace(NOTHING, due_on=date(2020, 10, 1)),
        "thiếu": replace(NOTHING, due_on=date(2020, 10, 30)),
        "thiếu gấp": replace(NOTHING, due_on=date(2020, 10, 17)),
        "trả lại": replace(FULL, returns=(OpenReturn("1", date(2020, 10, 19)),)),
        "chưa có": Prepared(on_date=HALF_DAY),
    }
    found = {name: readiness_of(one, today) for name, one in cast.items()}
    ordered = sorted(found, key=lambda name: attention(found[name], 1))
    assert ordered == ["trễ hơn", "trễ", "trả lại", "thiếu gấp", "thiếu", "chưa có", "đủ", "xong"]
    assert attention(found["đủ"], 1) < attention(found["đủ"], 2)
    assert counts(found.values()) == {"late": 2, "returned": 1, "missing": 2, "ready": 1, "over": 1, "none": 1}


def test_days_are_told_in_words():
    told = [days_words(days) for days in (5, 1, 0, -1, None)]
    assert told == ["còn 5 ngày", "còn 1 ngày", "hôm nay là hạn cuối", "quá hạn 1 ngày", ""]


def test_more_scores_than_criteria_are_no_more_than_all():
    found = readiness_of(replace(FULL, self_scored=31), BEFORE)
    assert next(part.count for part in found.parts if part.name == "self_score") == "30/30"
