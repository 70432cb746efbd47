"""The journal told in plain Vietnamese: what somebody did, and the words that go with it. Pure functions."""

from collections.abc import Callable
from datetime import date

from thidua.checklist_sessions.paper_words import PAPER_TELLERS
from thidua.checklist_sessions.preparation_words import PREPARATION_TELLERS
from thidua.checklist_sessions.telling import Content, Criteria, Told, criterion_name
from thidua.checklist_sessions.view import display_of
from thidua.models.meeting import EXCHANGE_KINDS, PRESENCE, REMARK_KINDS, SIDES
from thidua.models.recommendation_review import REVIEW_ANSWERS
from thidua.models.score import plain_entry
from thidua.rules.words import date_screen


def told(kind: str, content: Content, criteria: Criteria) -> Told:
    """A journal entry in words; a kind not known here is named as it is, never left out."""
    family = kind.partition(".")[0]
    if kind in PLAIN:
        return Told(PLAIN[kind])
    if family in ("score", "conflict"):
        return _score(kind, content, criteria)
    teller = TELLERS.get(kind)
    return teller(content, criteria) if teller else Told(kind)


def told_blind(content: Content, criteria: Criteria) -> Told:
    """The same of a proposal whose value and reason a blind round hides."""
    return Told(f"Đề xuất {criterion_name(criteria, content.get('criterion_id'))} (đang chấm kín)")


PLAIN = {
    "opened": "Mở buổi kiểm tra",
    "closed": "Khóa điểm",
    "reopened": "Mở lại buổi kiểm tra để chấm tiếp",
    "minutes.frozen": "Chốt biên bản",
    "total.hidden": "Ẩn tổng điểm trên màn chiếu và với đơn vị",
    "total.announced": "Công bố tổng điểm",
}
SCORES = {
    "score.self": "Tự chấm",
    "score.proposed": "Đề xuất",
    "score.agreed": "Thống nhất",
    "conflict.self": "Gửi điểm tự chấm sau khi người khác đã ghi",
    "conflict.proposed": "Gửi điểm đề xuất sau khi đã ghi trên máy khác",
    "conflict.agreed": "Gửi điểm thống nhất sau khi người khác đã ghi",
}


def _score(kind: str, content: Content, criteria: Criteria) -> Told:
    criterion_id = content.get("criterion_id")
    criterion = criteria.get(criterion_id) if criterion_id is not None else None
    if content.get("cleared"):
        words = "Bỏ điểm" if kind.startswith("score.") else "Muốn bỏ điểm"
        perspective = SCORES[f"score.{kind.partition('.')[2]}"].lower()
        about = criterion_name(criteria, criterion_id)
        return Told(f"{words} {perspective} {about}{_circumstances(content)}")
    entry = plain_entry(content)
    value = display_of(criterion, entry) if criterion else ""
    if entry.not_applicable:
        value = "không xét"
    elif entry.text:
        value = "ghi nhận xét"
    elif value:
        value = f"{value} điểm"
    what = " · ".join(part for part in (criterion_name(criteria, criterion_id), value) if part)
    return Told(f"{SCORES.get(kind, kind)} {what}{_circumstances(content)}", content.get("reason") or entry.text)


def _circumstances(content: Content) -> str:
    """ " (nhập hộ Trần Thị Hòa; khôi phục từ bước 12)", or nothing."""
    said = []
    if content.get("for_name"):
        said.append(f"nhập hộ {content['for_name']}")
    if content.get("restored_from"):
        said.append(f"khôi phục từ bước {content['restored_from']}")
    if content.get("batch"):
        said.append("lấy điểm chung")
    if content.get("undoes"):
        said.append("hoàn tác lấy điểm chung")
    return f" ({'; '.join(said)})" if said else ""


def _attendance_expected(content: Content, _criteria: Criteria) -> Told:
    people = ", ".join(person["name"] for person in content["people"])
    return Told("Danh sách người dự thay đổi theo kế hoạch", people)


def _attendance_added(content: Content, _criteria: Criteria) -> Told:
    return Told(f"Thêm người dự: {content['name']}", SIDES.get(content["side"], ""))


def _attendance_marked(content: Content, _criteria: Criteria) -> Told:
    presence = PRESENCE.get(content["presence"], content["presence"]).lower()
    return Told(f"Điểm danh {content['name']}: {presence}", content.get("reason", ""))


def _attendance_all_present(content: Content, _criteria: Criteria) -> Told:
    return Told(f"Điểm danh tất cả có mặt: {SIDES.get(content['side'], '')}", ", ".join(content["names"]))


def _attendance_corrected(content: Content, _criteria: Criteria) -> Told:
    before, after = (_person_words(one) for one in (content["before"], content))
    return Told(f"Sửa người dự: {content['name']}", f"{before} → {after}")


def _attendance_removed(content: Content, _criteria: Criteria) -> Told:
    return Told(f"Xóa khỏi danh sách người dự: {content['name']}", SIDES.get(content["side"], ""))


def _person_words(person: Content) -> str:
    """ "Đại tá Trần Văn A, Chủ tịch Hội (Khách mời)"."""
    named = " ".join(part for part in (person["rank"], person["name"]) if part)
    told = ", ".join(part for part in (named, person["part"], person["office"]) if part)
    return f"{told} ({SIDES.get(person['side'], '')})"


def _planned(content: Content, _criteria: Criteria) -> Told:
    minutes = "; ".join(f"bước {position}: {length} phút" for position, length in content["minutes"].items())
    starts_at = content["starts_at"]
    return Told("Sửa giờ dự kiến của chương trình", f"{f'bắt đầu {starts_at}; ' if starts_at else ''}{minutes}")


def _exchange_changed(content: Content, criteria: Criteria) -> Told:
    label = EXCHANGE_KINDS.get(content["kind"], content["kind"])
    return Told(f"Sửa trao đổi ({label.lower()}) của {content['speaker']}", content["text"])


def _step(words: str) -> Callable[[Content, Criteria], Told]:
    def tell(content: Content, _criteria: Criteria) -> Told:
        return Told(f"{words} bước {content['position']}: {content['title']}", content.get("reason", ""))

    return tell


def _remark(words: str) -> Callable[[Content, Criteria], Told]:
    def tell(content: Content, criteria: Criteria) -> Told:
        about = criterion_name(criteria, content.get("criterion_id"))
        label = REMARK_KINDS.get(content.get("kind", ""), "")
        what = f"{words}{': ' + label if label else ''}{', ' + about if about else ''}"
        return Told(what, content.get("text", ""))

    return tell


def _exchange(content: Content, criteria: Criteria) -> Told:
    about = criterion_name(criteria, content.get("criterion_id"))
    label = EXCHANGE_KINDS.get(content["kind"], content["kind"])
    return Told(
        f"Ghi trao đổi ({label.lower()}) của {content['speaker']}{', ' + about if about else ''}", content["text"]
    )


def _exchange_withdrawn(content: Content, _criteria: Criteria) -> Told:
    return Told("Rút một trao đổi", content.get("text", ""))


def _reviewed(content: Content, _criteria: Criteria) -> Told:
    answer = REVIEW_ANSWERS.get(content["answer"], content["answer"]).lower()
    note = f" ({content['note']})" if content.get("note") else ""
    return Told(f"Kiến nghị lần trước: {answer}", f"{content.get('text', '')}{note}")


def _revealed(content: Content, criteria: Criteria) -> Told:
    names = [criterion_name(criteria, criterion_id) for criterion_id in content["criteria"]]
    return Told("Mở đề xuất đang chấm kín", ", ".join(names))


def _evidence(words: str) -> Callable[[Content, Criteria], Told]:
    def tell(content: Content, criteria: Criteria) -> Told:
        about = criterion_name(criteria, content.get("criterion_id"))
        return Told(f"{words}{', ' + about if about else ''}: {content.get('name', '')}", content.get("caption", ""))

    return tell


def _settings(content: Content, _criteria: Criteria) -> Told:
    chosen = [words for name, words in SETTINGS.items() if content.get(name)]
    return Told("Cách chấm điểm thay đổi theo kế hoạch", "; ".join(chosen) or "chấm mở, không đọc lại")


def _shown(content: Content, criteria: Criteria) -> Told:
    return Told(f"Đưa {criterion_name(criteria, content['criterion_id'])} lên màn chiếu")


def _conclusion(content: Content, _criteria: Criteria) -> Told:
    text = content.get("text", "")
    return Told("Ghi kết luận" if text else "Trở lại bản dự thảo kết luận", text)


def _grade(content: Content, _criteria: Criteria) -> Told:
    label = content.get("label", "")
    what = f"Xếp loại khác kết quả tính: {label}" if label else "Trở lại xếp loại theo kết quả tính"
    return Told(what, content.get("reason", ""))


def _gates(content: Content, _criteria: Criteria) -> Told:
    texts = content.get("texts", [])
    return Told("Áp dụng khống chế xếp loại" if texts else "Bỏ các khống chế đã áp dụng", "; ".join(texts))


def _room_opened(content: Content, _criteria: Criteria) -> Told:
    return Told("Đổi địa chỉ phòng họp" if content.get("again") else "Mở phòng họp để vào bằng số")


def _room_numbered(content: Content, _criteria: Criteria) -> Told:
    day = date_screen(date.fromisoformat(content["day"]))
    return Told(f"Làm số vào phòng cho ngày {day}", ", ".join(one["name"] for one in content["people"]))


def _room_joined(content: Content, _criteria: Criteria) -> Told:
    return Told(f"Vào phòng bằng số, trên {content['device']}")


def _room_locked(content: Content, _criteria: Criteria) -> Told:
    return Told(f"Máy chủ khóa số vào phòng của {content['name']}", "Đã nhập sai quá nhiều lần.")


def _room_expelled(content: Content, _criteria: Criteria) -> Told:
    return Told("Mời ra khỏi phòng", "; ".join(f"{one['name']}: {one['device']}" for one in content["devices"]))


SETTINGS = {"blind_first_round": "vòng đầu chấm kín", "two_person_check": "hai người cùng kiểm điểm"}


def _checked(words: str) -> Callable[[Content, Criteria], Told]:
    def tell(content: Content, criteria: Criteria) -> Told:
        return Told(f"{words} điểm thống nhất {criterion_name(criteria, content.get('criterion_id'))}")

    return tell


TELLERS: dict[str, Callable[[Content, Criteria], Told]] = {
    "attendance.expected": _attendance_expected,
    "attendance.added": _attendance_added,
    "attendance.marked": _attendance_marked,
    "attendance.all_present": _attendance_all_present,
    "attendance.corrected": _attendance_corrected,
    "attendance.removed": _attendance_removed,
    "step.planned": _planned,
    "step.reset": _step("Trả về chưa bắt đầu"),
    "step.started": _step("Bắt đầu"),
    "step.finished": _step("Kết thúc"),
    "step.skipped": _step("Bỏ qua"),
    "remark.added": _remark("Ghi nhận"),
    "remark.changed": _remark("Sửa ghi nhận"),
    "remark.withdrawn": _remark("Rút ghi nhận"),
    "exchange.added": _exchange,
    "exchange.changed": _exchange_changed,
    "exchange.withdrawn": _exchange_withdrawn,
    "evidence.added": _evidence("Thêm minh chứng"),
    "evidence.described": _evidence("Chú thích minh chứng"),
    "evidence.withdrawn": _evidence("Rút minh chứng"),
    "criterion.shown": _shown,
    "round.revealed": _revealed,
    "settings.followed": _settings,
    "review.answered": _reviewed,
    "check.read_back": _checked("Đọc lại"),
    "check.confirmed": _checked("Xác nhận"),
    "conclusion.written": _conclusion,
    "grade.overridden": _grade,
    "gates.declared": _gates,
    "room.opened": _room_opened,
    "room.numbered": _room_numbered,
    "room.joined": _room_joined,
    "room.locked": _room_locked,
    "room.expelled": _room_expelled,
    **PAPER_TELLERS,
    **PREPARATION_TELLERS,
}
