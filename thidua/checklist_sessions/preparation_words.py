"""The entries of the journal about the unit's preparation, in words."""

from collections.abc import Callable
from datetime import date

from thidua.checklist_sessions.telling import Content, Criteria, Told, criterion_name
from thidua.rules.words import date_screen


def _returned(content: Content, criteria: Criteria) -> Told:
    items = content["items"]
    names = ", ".join(criterion_name(criteria, one["criterion_id"]) for one in items)
    remarks = "; ".join(one["remark"].strip() for one in items)
    return Told(f"Trả lại hồ sơ chuẩn bị: {names}, gửi lại chậm nhất {_day(content)}", remarks)


def _return_withdrawn(content: Content, criteria: Criteria) -> Told:
    return Told(f"Rút việc trả lại {criterion_name(criteria, content['criterion_id'])}", content.get("remark", ""))


def _due_set(content: Content, _criteria: Criteria) -> Told:
    return Told(f"Đặt hạn gửi hồ sơ chuẩn bị: {_day(content)}")


def _day(content: Content) -> str:
    return date_screen(date.fromisoformat(content["due_on"]))


PREPARATION_TELLERS: dict[str, Callable[[Content, Criteria], Told]] = {
    "preparation.returned": _returned,
    "preparation.return_withdrawn": _return_withdrawn,
    "preparation.due_set": _due_set,
}
