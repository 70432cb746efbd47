"""The session as the header of each of its pages shows it."""

from typing import Any

from thidua.extensions import db
from thidua.rules import lifecycle
from thidua.session_pages.finding import Found
from thidua.session_pages.presence import presence_now
from thidua.session_pages.schedule import schedule_of, server_milliseconds
from thidua.session_pages.tabs import tabs_of

SETTINGS = {
    "blind_first_round": "vòng đầu chấm kín, đủ người mới mở đề xuất",
    "two_person_check": "hai người cùng kiểm điểm: Thư ký đọc lại, thành viên xác nhận",
}


def room_of(found: Found, audience: str, tab: str) -> dict[str, Any]:
    """What ``checklist_sessions/_header.html`` needs; ``tab`` is the key of the page shown."""
    checklist_session = found.checklist_session
    return {
        "id": checklist_session.id,
        "unit_name": found.unit_name,
        "plan_label": found.plan_label,
        "state": checklist_session.state,
        "state_label": lifecycle.LABELS[checklist_session.state],
        "revision": checklist_session.revision,
        "audience": audience,
        "presence": presence_now(found, audience),
        "saved_words": "",
        "readonly_reason": "",
        "links": tabs_of(found, tab),
        "settings": [words for name, words in SETTINGS.items() if getattr(checklist_session, name)],
        "schedule": schedule_of(db.session(), checklist_session.id),
        "clock": clock_of(checklist_session.id),
    }


def clock_of(checklist_session_id: int) -> dict[str, Any]:
    """What ``checklist_sessions/_server_clock.html`` needs: the server's clock now, and where to ask for it again."""
    return {"milliseconds": server_milliseconds(), "url": f"/checklist-sessions/{checklist_session_id}/clock"}
