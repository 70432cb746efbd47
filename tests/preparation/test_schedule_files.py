"""Calendar files of a half-day and of a plan, read back by a reader of the standard."""

from datetime import UTC, datetime, time, timedelta

import icalendar
import pytest

from tests.conftest import new_op
from tests.preparation.boards import DUE, HALF_DAY, day, put_on
from tests.preparation.rooms import area
from thidua.rules.words import VIETNAM


@pytest.fixture
def room(app, world):
    """The half-day in the afternoon, twenty days from now."""
    put_on(app, world.planned_id, HALF_DAY)
    return world.planned_id


def events(client, address):
    answer = client.get(address)
    assert answer.status_code == 200 and answer.content_type == "text/calendar; charset=utf-8"
    return {str(one["uid"]): one for one in icalendar.Calendar.from_ical(answer.data).walk("VEVENT")}


def test_the_half_day_and_its_due_day_are_two_events(client_of, room):
    found = events(client_of("don-vi-khac"), f"/checklist-sessions/{room}/schedule.ics")
    half_day, due = (next(one for uid, one in found.items() if uid.startswith(name)) for name in ("half-day", "due"))
    begins = datetime.combine(HALF_DAY, time(14), VIETNAM)
    assert half_day.decoded("dtstart") == begins.astimezone(UTC)
    assert half_day.decoded("dtend") == (begins + timedelta(minutes=210)).astimezone(UTC)
    assert "Hội Trường Sơn tỉnh Hải Dương" in str(half_day["summary"])
    assert "Trưởng đoàn: Nguyễn Văn Lạng" in str(half_day["description"])
    assert (due.decoded("dtstart"), due.decoded("dtend")) == (DUE, DUE + timedelta(days=1))
    assert all(one.walk("VALARM") for one in found.values())


def test_moved_it_is_the_same_event_with_a_higher_sequence(app, client_of, room):
    client, address = client_of("can-bo"), f"/checklist-sessions/{room}/schedule.ics"
    before = events(client, address)
    put_on(app, room, HALF_DAY + timedelta(days=2))
    client.post(area(room, "/due"), data={"op_id": new_op(), "due_on": day(DUE)})
    after = events(client, address)
    assert set(before) == set(after)
    for uid, one in after.items():
        assert one.decoded("sequence") > before[uid].decoded("sequence")
        assert one.decoded("last-modified") >= before[uid].decoded("last-modified")


def test_the_calendar_of_the_plan_has_every_dated_half_day(app, client_of, world, room):
    address = f"/plans/{world.plan_id}/schedule.ics"
    found = events(client_of("can-bo"), address)
    assert sorted(uid.partition("-2")[0] for uid in found) == ["due", "half-day", "half-day"]
    assert {str(one["uid"]) for one in events(client_of("don-vi"), address).values()} == {
        uid for uid in found if uid.startswith("half-day")
    }, "due days are for the office and the teams"
    put_on(app, room, None)
    assert len(events(client_of("can-bo"), address)) == 1


def test_a_half_day_without_date_is_an_empty_calendar(app, client_of, room):
    put_on(app, room, None)
    assert events(client_of("can-bo"), f"/checklist-sessions/{room}/schedule.ics") == {}


def test_strangers_get_no_calendar_of_a_half_day(client_of, world, room):
    address = f"/checklist-sessions/{room}/schedule.ics"
    assert client_of("don-vi").get(address).status_code == 403
    assert client_of("nguoi-ngoai").get(address).status_code == 403
    assert client_of("can-bo").get("/plans/9999/schedule.ics").status_code == 404
