"""Planned clocks of the agenda, delays in words, the moments at which the timer warns."""

from datetime import UTC, date, datetime, timedelta

import pytest

from thidua.rules.agenda import NO_TIME, STEPS, ready_reasons
from thidua.rules.errors import InvalidEntry
from thidua.rules.timetable import (
    UNSCHEDULED,
    agenda_day,
    countdown,
    delay,
    delay_words,
    duration_words,
    planned_slots,
    read_clock,
)

DAY = date(2020, 10, 20)
EIGHT = datetime(2020, 10, 20, 1, 0, tzinfo=UTC)  # 8 giờ in Vietnam


def words(slots):
    return [slot.words for slot in slots]


def test_the_steps_follow_each_other_from_the_planned_start() -> None:
    slots = planned_slots(DAY, "08:15", "morning", [40, 30, 90])
    assert words(slots) == ["8 giờ 15 – 8 giờ 55", "8 giờ 55 – 9 giờ 25", "9 giờ 25 – 10 giờ 55"]
    assert slots[0].begins == EIGHT + timedelta(minutes=15)


def test_without_an_hour_of_its_own_a_morning_begins_at_8_and_an_afternoon_at_14() -> None:
    assert words(planned_slots(DAY, "", "morning", [40])) == ["8 giờ – 8 giờ 40"]
    assert words(planned_slots(DAY, "", "afternoon", [40])) == ["14 giờ – 14 giờ 40"]


def test_the_usual_agenda_fills_a_morning() -> None:
    slots = planned_slots(DAY, "", "morning", [step.minutes for step in STEPS])
    assert slots[-1].ends == EIGHT + timedelta(hours=3, minutes=30)


def test_a_step_without_minutes_has_only_a_beginning_and_an_agenda_without_any_has_no_clocks() -> None:
    assert words(planned_slots(DAY, "", "morning", [40, 0, 20])) == ["8 giờ – 8 giờ 40", "8 giờ 40", "8 giờ 40 – 9 giờ"]
    assert planned_slots(DAY, "", "morning", [0, 0]) == ()


@pytest.mark.parametrize(
    ("typed", "read"),
    [("8", "08:00"), ("8:30", "08:30"), ("8 giờ 30", "08:30"), ("8h5", "08:05"), ("13g", "13:00"),
     ("8 giờ 30 phút", "08:30"), ("08.30", "08:30"), ("14H00", "14:00")],
)  # fmt: skip
def test_an_hour_is_read_as_people_write_it(typed, read) -> None:
    assert read_clock(typed) == read


@pytest.mark.parametrize("typed", ["", "25:00", "8:61", "sáng", "8 giờ rưỡi", "830000", "8:30:00"])
def test_what_is_no_hour_is_refused_in_words(typed) -> None:
    with pytest.raises(InvalidEntry, match="xin ghi như 8 giờ 30") as refused:
        read_clock(typed)
    assert refused.value.field == "starts_at"


def test_the_clocks_stand_on_the_day_it_really_began() -> None:
    assert agenda_day(DAY, None) == DAY
    assert agenda_day(DAY, EIGHT + timedelta(days=1)) == date(2020, 10, 21)
    assert agenda_day(None, datetime(2020, 10, 20, 18, 0, tzinfo=UTC)) == date(2020, 10, 21)
    assert agenda_day(None, None) == UNSCHEDULED


@pytest.mark.parametrize(
    ("minutes", "told"),
    [(0, "đúng giờ dự kiến"), (4, "đúng giờ dự kiến"), (-4, "đúng giờ dự kiến"),
     (5, "chậm 5 phút so với dự kiến"), (10, "chậm 10 phút so với dự kiến"), (80, "chậm 1 giờ 20 phút so với dự kiến"),
     (-30, "sớm 30 phút so với dự kiến"), (None, "")],
)  # fmt: skip
def test_a_delay_is_told_in_words(minutes, told) -> None:
    assert delay_words(minutes) == told


def test_a_delay_counts_whole_minutes_and_only_on_the_same_day() -> None:
    assert delay(EIGHT + timedelta(minutes=10, seconds=59), EIGHT) == 10
    assert delay(EIGHT - timedelta(minutes=10), EIGHT) == -10
    assert delay(EIGHT + timedelta(days=1), EIGHT) is None


def test_durations() -> None:
    assert [duration_words(minutes) for minutes in (0, 40, 60, 80)] == ["0 phút", "40 phút", "1 giờ", "1 giờ 20 phút"]


def test_the_timer_warns_five_minutes_before_the_end() -> None:
    counted = countdown(EIGHT, 40)
    assert counted.warns == EIGHT + timedelta(minutes=35) and counted.ends == EIGHT + timedelta(minutes=40)


def test_a_short_step_is_warned_of_in_its_second_half_only() -> None:
    assert countdown(EIGHT, 6).warns == EIGHT + timedelta(minutes=3)


def test_a_step_without_planned_minutes_only_counts() -> None:
    counted = countdown(EIGHT, 0)
    assert (counted.warns, counted.ends) == (None, None)


def test_the_field_visit_offers_ready_reasons_and_an_own_step_one() -> None:
    assert "Đơn vị không đăng ký điển hình" in ready_reasons("Tham quan thực tế")
    assert ready_reasons("Bước tự đặt") == (NO_TIME,)
