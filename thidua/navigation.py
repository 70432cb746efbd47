"""The site's main navigation: the rooms a person may enter."""

from flask import Flask, current_app, request, url_for

from thidua.identity import current_person
from thidua.permissions import may

ROOMS = (
    ("Hôm nay", "today.index", None),
    ("Buổi kiểm tra", "checklist_sessions.index", None),
    ("Kế hoạch", "plans.index", "see_plans"),
    ("Đơn vị", "units.index", "see_units"),
    ("Bảng điểm", "checklists.index", "see_checklists"),
    ("Tìm kiếm", "search.index", "search"),
    ("Văn bản", "office.show", "edit_office"),
    ("Tài khoản", "accounts.index", "see_accounts"),
)


def init_navigation(app: Flask) -> None:
    """Give every template ``nav``: (label, address, is current)."""
    app.context_processor(lambda: {"nav": navigation()})


def navigation() -> list[tuple[str, str, bool]]:
    """The rooms of the person who asks; empty for a stranger."""
    person = current_person()
    if person is None:
        return []
    if person.only_session_id is not None:
        return [("Buổi kiểm tra", url_for("today.index"), False)]
    return [
        (label, url_for(endpoint), request.blueprint == endpoint.split(".")[0])
        for label, endpoint, action in ROOMS
        if endpoint in current_app.view_functions and (action is None or may(action, person))
    ]
