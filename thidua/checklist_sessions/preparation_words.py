"""The entries of the journal about the unit's preparation, in words."""

from collections.abc import Callable
from datetime import date

from thidua.checklist_sessions.telling import Content, Criteria, Told, criterion_name
from thidua.rules.words import date_screen


def _submitted(content: Content, _criteria: Criteria) -> Told:
    said = (
        f"{content.get('self_scored', 0)} tiêu chí tự chấm",
        f"{content.get('figures', 0)} số liệu",
        f"{content.get('documents', 0)} văn bản",
        f"{content.get('files', 0)} tệp",
    )
    people = ", ".join(one["name"] for one in content.get("attendees", ()))
    return Told(f"Đơn vị gửi hồ sơ chuẩn bị: {', '.join(said)}", f"Người dự: {people}" if people else "")


def _answered(content: Content, criteria: Criteria) -> Told:
    return Told(f"Đơn vị gửi lại {', '.join(criterion_name(criteria, one) for one in content['criteria'])}")


def _confirmed(_content: Content, _criteria: Criteria) -> Told:
    return Told("Đơn vị xác nhận lịch kiểm tra")


def _linked(content: Content, _criteria: Criteria) -> Told:
    return Told(f"Làm đường dẫn riêng {'mới ' if content.get('again') else ''}cho đơn vị chuẩn bị")


def _entered(content: Content, _criteria: Criteria) -> Told:
    return Told(f"Vào trang chuẩn bị bằng đường dẫn riêng, trên {content['device']}")


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
    "preparation.submitted": _submitted,
    "preparation.answered": _answered,
    "preparation.schedule_confirmed": _confirmed,
    "preparation.linked": _linked,
    "preparation.entered": _entered,
    "preparation.returned": _returned,
    "preparation.return_withdrawn": _return_withdrawn,
    "preparation.due_set": _due_set,
}
