"""The site's main navigation: the rooms a person may enter."""

from flask import Flask, current_app, request, url_for

from thidua.identity import current_person
from thidua.models import Actor
from thidua.permissions import may

ROOMS = (
    ("Hôm nay", "today.index", None),
    ("Buổi kiểm tra", "checklist_sessions.index", None),
    ("Kế hoạch", "plans.index", "see_plans"),
    ("Đơn vị", "units.index", "see_units"),
    ("Bảng điểm", "checklists.index", "see_checklists"),
    ("Tìm kiếm", "search.index", "search"),
    ("Tài khoản", "accounts.index", "see_accounts"),
)
OFFICE_ROOMS = (
    ("Cách ghi văn bản", "office.show", "edit_office"),
    ("Sổ văn bản", "register.index", "see_register"),
    ("Báo cáo tổng hợp", "reports.index", "see_reports"),
)
Link = tuple[str, str, bool]


def init_navigation(app: Flask) -> None:
    """Give every template ``nav`` and, for the sheet of the person, ``office_nav``: (label, address, is current)."""
    app.context_processor(lambda: {"nav": navigation(), "office_nav": office_navigation()})


def navigation() -> list[Link]:
    """The rooms of the person who asks; empty for a stranger."""
    person = current_person()
    if person and person.only_session_id is not None:
        return [("Buổi kiểm tra", url_for("today.index"), False)]
    return _open_to(person, ROOMS)


def office_navigation() -> list[Link]:
    """What only the office needs, seldom."""
    return _open_to(current_person(), OFFICE_ROOMS)


def _open_to(person: Actor | None, rooms: tuple[tuple[str, str, str | None], ...]) -> list[Link]:
    if person is None or person.only_session_id is not None:
        return []
    return [
        (label, url_for(endpoint), request.blueprint == endpoint.split(".")[0])
        for label, endpoint, action in rooms
        if endpoint in current_app.view_functions and (action is None or may(action, person))
    ]
