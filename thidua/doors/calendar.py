"""Calendar files (.ics, RFC 5545): half-days and due days for anybody's calendar on phone or computer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import icalendar

PRODUCT = "-//Thi đua Trường Sơn//Lịch kiểm tra//VI"
NO_MAIL = "invalid:nomail"
DAY_BEFORE = timedelta(days=-1)


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """``begins`` and ``ends`` are aware moments, or days for a whole day (``ends`` is then the last one).

    ``uid`` stays the same however often the event is changed; ``sequence`` grows with its changes. ``reminder`` is the
    text of an alarm on the day before, empty for none.
    """

    uid: str
    summary: str
    begins: datetime | date
    ends: datetime | date
    sequence: int
    location: str = ""
    description: str = ""
    organiser: str = ""
    contact: str = ""
    address: str = ""
    reminder: str = ""


def render_calendar(events: Iterable[CalendarEvent], *, name: str, at: datetime) -> bytes:
    """The file; ``at`` is when it was asked for. Moments are written in UTC, so that no table of zones is needed.

    Raises ValueError for a moment without time zone.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    for event in events:
        calendar.add_component(_component(event, at))
    content: bytes = calendar.to_ical()
    return content


def _component(event: CalendarEvent, at: datetime) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", event.uid)
    made.add("summary", event.summary)
    made.add("dtstamp", at.astimezone(UTC))
    made.add("last-modified", at.astimezone(UTC))
    made.add("sequence", event.sequence)
    is_whole_day = not isinstance(event.begins, datetime)
    if isinstance(event.begins, datetime) and isinstance(event.ends, datetime):
        made.add("dtstart", _utc(event.begins))
        made.add("dtend", _utc(event.ends))
    else:
        made.add("dtstart", event.begins)
        made.add("dtend", event.ends + timedelta(days=1))
    made.add("transp", "TRANSPARENT" if is_whole_day else "OPAQUE")
    made.add("status", "CONFIRMED")
    for key, text in (("location", event.location), ("description", event.description), ("contact", event.contact)):
        if text:
            made.add(key, text)
    if event.address:
        made.add("url", event.address)
    if event.organiser:
        organiser = icalendar.vCalAddress(NO_MAIL)
        organiser.params["CN"] = event.organiser
        made.add("organizer", organiser)
    if event.reminder:
        made.add_component(_alarm(event.reminder))
    return made


def _alarm(text: str) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", DAY_BEFORE)
    alarm.add("description", text)
    return alarm


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment in a calendar needs its time zone")
    return moment.astimezone(UTC)
