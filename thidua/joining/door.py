"""What the door of the room answers: names and a field, why it is closed, how long to wait."""

import re

from flask import render_template
from flask.typing import ResponseReturnValue

from thidua.extensions import db
from thidua.identity import now
from thidua.joining.forms import EnterForm
from thidua.joining.queries import has_number_today, number_days, session_of_code
from thidua.models import ChecklistSession
from thidua.models.joining import room_people
from thidua.rules import lifecycle
from thidua.rules.words import date_screen, day_of


def reason_closed(checklist_session: ChecklistSession) -> str:
    """Why nobody enters now; empty when the door is open."""
    if checklist_session.state == lifecycle.SIGNED:
        return "Biên bản đã ký đủ nên phòng họp đã đóng. Muốn xem lại, xin đăng nhập bằng mật khẩu."
    if has_number_today(checklist_session.id, now()):
        return ""
    days = [date_screen(day) for day in number_days(checklist_session.id) if day > day_of(now())]
    if days:
        return f"Số vào phòng chỉ dùng trong ngày {days[0]}. Hôm đó xin mở lại địa chỉ này."
    return "Hôm nay chưa có số vào phòng. Xin Thư ký hoặc Trưởng đoàn làm số mới ở trang Phòng họp."


def show_door(
    checklist_session: ChecklistSession, form: EnterForm, *, goes_on_to: str = "", status: int = 200, wait: int = 0
) -> ResponseReturnValue:
    """The page; ``goes_on_to`` when this device is in already, ``wait`` seconds to name to a script."""
    people = room_people(db.session(), checklist_session)
    closed = reason_closed(checklist_session)
    form.offer(people)
    html = render_template(
        "joining/join.html",
        join_code=checklist_session.join_code,
        unit_name=checklist_session.unit.name,
        plan_label=checklist_session.plan.label,
        plan_unit=checklist_session.plan_unit,
        state=checklist_session.state,
        people=[] if closed else people,
        form=form,
        closed=closed,
        goes_on_to=goes_on_to,
    )
    headers = {"Retry-After": str(wait)} if wait else {}
    return html, 409 if closed and status != 200 else status, headers


def unknown_room() -> ResponseReturnValue:
    """No room has this code, or not any more."""
    return render_template("joining/unknown.html"), 404


def ask_to_wait(checklist_session: ChecklistSession, form: EnterForm, seconds: int) -> ResponseReturnValue:
    """429: nothing was looked at."""
    form.form_errors.append(f"Đã nhập sai nhiều lần. Xin chờ {seconds} giây rồi thử lại.")
    return show_door(_again(checklist_session), form, status=429, wait=seconds)


def refuse(checklist_session: ChecklistSession, form: EnterForm, words: str) -> ResponseReturnValue:
    """422: the name stays, the number is to be typed again."""
    form.form_errors.append(words)
    form.number.data = form.number.raw_data = None
    return show_door(_again(checklist_session), form, status=422)


def _again(checklist_session: ChecklistSession) -> ChecklistSession:
    """Read anew: the transaction in which it was found has ended."""
    db.session.rollback()
    return session_of_code(checklist_session.join_code or "") or checklist_session


def inside(checklist_session_id: int, address: str) -> str:
    """The page to go to: the one asked for when it belongs to this room, otherwise the scoring screen."""
    here = f"/checklist-sessions/{checklist_session_id}"
    is_ours = re.fullmatch(rf"({here}|/conclusions/\d+)([/?][\w/?=&%.,-]*)?", address)
    return address if is_ours else here
