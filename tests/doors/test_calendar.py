"""Calendar files: read back by a reader of the same standard, folded between letters, the same event every time."""

from datetime import UTC, date, datetime, timedelta, timezone

import icalendar
import pytest

from thidua.doors.calendar import CalendarEvent, render_calendar

AT = datetime(2020, 10, 1, 2, 0, tzinfo=UTC)
VIETNAM = timezone(timedelta(hours=7))
WORDS = "Kiểm tra, nắm tình hình công tác Thi đua khen thưởng năm 2020; nội dung: quán triệt, triển khai\nđủ dòng"
MEETING = CalendarEvent(
    "half-day-7@thidua",
    "Kiểm tra thi đua: Hội Trường Sơn tỉnh Bắc Giang",
    datetime(2020, 10, 20, 8, 0, tzinfo=VIETNAM),
    datetime(2020, 10, 20, 11, 30, tzinfo=VIETNAM),
    3,
    location="Hội trường tỉnh Bắc Giang; số 5, đường Hùng Vương",
    description=WORDS * 4,
    organiser="Thường trực Hội",
    contact="Đồng chí Phạm Tiến Ích",
    address="https://thi-dua.vn/checklist-sessions/7",
    reminder="Ngày mai: buổi kiểm tra",
)
DUE = CalendarEvent("due-7@thidua", "Hạn gửi hồ sơ", date(2020, 10, 15), date(2020, 10, 15), 3, reminder="Mai hết hạn")


def events_of(content):
    return {str(one["uid"]): one for one in icalendar.Calendar.from_ical(content).walk("VEVENT")}


def test_what_went_in_comes_out():
    calendar = render_calendar([MEETING, DUE], name="Lịch kiểm tra", at=AT)
    event = events_of(calendar)["half-day-7@thidua"]
    assert event.decoded("dtstart") == datetime(2020, 10, 20, 1, 0, tzinfo=UTC)
    assert event.decoded("dtend") == datetime(2020, 10, 20, 4, 30, tzinfo=UTC)
    assert (str(event["summary"]), str(event["location"])) == (MEETING.summary, MEETING.location)
    assert str(event["description"]) == MEETING.description
    assert event["organizer"].params["CN"] == "Thường trực Hội"
    assert (event.decoded("sequence"), event.decoded("last-modified")) == (3, AT)
    assert str(event["url"]) == MEETING.address


def test_a_due_day_lasts_the_whole_day_and_blocks_nothing():
    event = events_of(render_calendar([DUE], name="Lịch", at=AT))["due-7@thidua"]
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2020, 10, 15), date(2020, 10, 16))
    assert str(event["transp"]) == "TRANSPARENT"


def test_the_alarm_rings_the_day_before():
    alarms = icalendar.Calendar.from_ical(render_calendar([MEETING], name="Lịch", at=AT)).walk("VALARM")
    assert [alarm.decoded("trigger") for alarm in alarms] == [timedelta(days=-1)]
    assert str(alarms[0]["description"]) == MEETING.reminder


def test_long_lines_are_folded_at_75_bytes_and_never_inside_a_letter():
    content = render_calendar([MEETING], name="Lịch", at=AT)
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        line.decode("utf-8")
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_the_same_questions_give_the_same_file():
    assert render_calendar([MEETING, DUE], name="Lịch", at=AT) == render_calendar([MEETING, DUE], name="Lịch", at=AT)


def test_a_moment_without_zone_is_refused():
    naive = CalendarEvent("x", "x", datetime(2020, 10, 20, 8, 0), datetime(2020, 10, 20, 9, 0), 0)  # noqa: DTZ001
    with pytest.raises(ValueError):
        render_calendar([naive], name="Lịch", at=AT)


def test_an_empty_plan_is_still_a_calendar():
    assert events_of(render_calendar([], name="Lịch", at=AT)) == {}
