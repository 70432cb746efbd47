"""The life of a checklist session: planned → open → closed → frozen → signed, and what each state allows."""

from typing import Final, NoReturn

from thidua.rules.errors import Refused

PLANNED: Final = "planned"
OPEN: Final = "open"
CLOSED: Final = "closed"
FROZEN: Final = "frozen"
SIGNED: Final = "signed"

STATES: Final = (PLANNED, OPEN, CLOSED, FROZEN, SIGNED)
BEFORE_MINUTES: Final = frozenset({PLANNED, OPEN, CLOSED})
LABELS: Final = {
    PLANNED: "Chưa bắt đầu",
    OPEN: "Đang diễn ra",
    CLOSED: "Đã khóa điểm",
    FROZEN: "Đã chốt biên bản",
    SIGNED: "Đã ký biên bản",
}

_KEPT = "Điều đồng chí vừa nhập vẫn còn trên màn hình."
_ADDENDUM = "Nếu có sai sót, xin lập biên bản bổ sung."
_NOT_YET = "Buổi kiểm tra chưa bắt đầu"
_WAIT = "Xin chờ Trưởng đoàn mở buổi kiểm tra"
_FINISHED = {FROZEN: "Biên bản đã chốt, đang chờ ký", SIGNED: "Biên bản đã ký"}


def require_can_self_score(state: str) -> None:
    """The unit scores itself before and during the half-day."""
    if state not in (PLANNED, OPEN):
        _refuse_points(state)


def require_can_propose(state: str) -> None:
    """Members propose points while the half-day is open."""
    if state == PLANNED:
        raise Refused(f"{_NOT_YET} nên chưa nhận điểm đề xuất. {_WAIT}. {_KEPT}")
    if state != OPEN:
        _refuse_points(state)


def require_can_settle(state: str) -> None:
    """The head of team settles agreed points while the half-day is open."""
    if state == PLANNED:
        raise Refused(f"{_NOT_YET} nên chưa thống nhất được điểm. Xin mở buổi kiểm tra trước. {_KEPT}")
    if state != OPEN:
        _refuse_points(state)


def require_can_record(state: str) -> None:
    """Attendance and agenda: prepared beforehand, kept up while open."""
    if state not in (PLANNED, OPEN):
        _refuse_words(state)


def require_is_open(state: str) -> None:
    """What happens in the room itself: steps of the agenda, exchanges, the criterion on the projector."""
    if state == PLANNED:
        raise Refused(f"{_NOT_YET} nên chưa ghi được việc này. {_WAIT}. {_KEPT}")
    if state != OPEN:
        _refuse_words(state)


def require_can_hold_total_back(state: str) -> None:
    """The total is kept back or announced until the minutes, which tell it, are frozen."""
    if state not in BEFORE_MINUTES:
        raise Refused(f"{_FINISHED[state]}, trong đó đã có tổng điểm.")


def require_can_remark(state: str) -> None:
    """Remarks, recommendations, exemplars, the unit's opinion: from the opening until the minutes freeze."""
    if state == PLANNED:
        raise Refused(f"{_NOT_YET} nên chưa ghi nhận xét được. {_WAIT}. {_KEPT}")
    if state not in (OPEN, CLOSED):
        _refuse_words(state)


def require_can_review(state: str) -> None:
    """Last time's recommendations: prepared beforehand, answered until the minutes freeze."""
    if state not in (PLANNED, OPEN, CLOSED):
        _refuse_words(state)


def require_can_add_evidence(state: str, side: str) -> None:
    """The unit lays its evidence out before and during the half-day; the team adds from the opening until the minutes
    freeze. ``side`` is "unit" or "team", whose evidence it is."""
    if side == "unit":
        if state not in (PLANNED, OPEN):
            _refuse_words(state)
        return
    if state == PLANNED:
        raise Refused(f"{_NOT_YET} nên chưa nhận minh chứng của Đoàn. {_WAIT}. {_KEPT}")
    if state not in (OPEN, CLOSED):
        _refuse_words(state)


def require_can_withdraw_evidence(state: str, side: str) -> None:
    """As long as the side of the person who withdraws may still add; the team also tidies up before the opening."""
    if side == "unit" or state != PLANNED:
        require_can_add_evidence(state, side)


def require_can_enter(state: str) -> None:
    """The room is entered with numbers, before the opening too, until the minutes are signed."""
    if state == SIGNED:
        raise Refused("Biên bản đã ký đủ nên phòng họp đã đóng. Muốn xem lại, xin đăng nhập bằng mật khẩu.")


def require_can_check(state: str) -> None:
    """Reading agreed scores back and confirming them: until the minutes freeze."""
    if state == PLANNED:
        raise Refused(f"{_NOT_YET} nên chưa đọc lại điểm được. {_WAIT}.")
    if state not in (OPEN, CLOSED):
        _refuse_words(state)


def require_can_open(state: str) -> None:
    if state == OPEN:
        raise Refused("Buổi kiểm tra đang diễn ra rồi, không cần mở lại.")
    if state == CLOSED:
        raise Refused("Buổi kiểm tra đã khóa điểm. Nếu cần chấm tiếp, xin chọn “Mở lại buổi kiểm tra”.")
    if state != PLANNED:
        raise Refused(f"{_FINISHED[state]} nên không thể mở buổi kiểm tra nữa.")


def require_can_close(state: str) -> None:
    if state == PLANNED:
        raise Refused(f"{_NOT_YET} nên chưa thể khóa điểm. Xin mở buổi kiểm tra trước.")
    if state == CLOSED:
        raise Refused("Buổi kiểm tra đã khóa điểm trước đó, không cần khóa lại.")
    if state != OPEN:
        raise Refused(f"{_FINISHED[state]}, điểm đã khóa từ trước.")


def require_can_reopen(state: str) -> None:
    """Back to scoring, only until the minutes are frozen."""
    if state == PLANNED:
        raise Refused(f"{_NOT_YET}. Xin chọn “Mở buổi kiểm tra”.")
    if state == OPEN:
        raise Refused("Buổi kiểm tra đang diễn ra rồi, không cần mở lại.")
    if state != CLOSED:
        raise Refused(f"{_FINISHED[state]} nên không thể mở lại để chấm điểm. {_ADDENDUM}")


def require_can_conclude(state: str) -> None:
    """The conclusion is written and the rating settled after scoring has closed."""
    _require_closed(state, "chưa thể ghi kết luận")


def require_can_write_minutes(state: str) -> None:
    """Paragraphs of the minutes are reworded from the opening on, as the secretary writes while the room works; what
    is composed anew afterwards never overwrites an edit."""
    if state == PLANNED:
        raise Refused(f"{_NOT_YET} nên chưa có gì để sửa trong biên bản. {_WAIT}. {_KEPT}")
    if state not in (OPEN, CLOSED):
        _refuse_words(state)


def require_can_read_aloud(state: str) -> None:
    """The minutes are read to the room (thông qua biên bản) when the scores no longer change, before they freeze."""
    _require_closed(state, "chưa đọc biên bản được")


def require_can_freeze(state: str) -> None:
    _require_closed(state, "chưa thể chốt biên bản")


def require_can_sign(state: str) -> None:
    if state == SIGNED:
        raise Refused("Biên bản đã có đủ chữ ký, không cần ký thêm.")
    if state != FROZEN:
        raise Refused("Biên bản chưa chốt nên chưa thể ký. Xin chốt biên bản trước.")


def _require_closed(state: str, not_yet: str) -> None:
    if state in (PLANNED, OPEN):
        begun = _NOT_YET if state == PLANNED else "Buổi kiểm tra chưa khóa điểm"
        raise Refused(f"{begun} nên {not_yet}. Xin khóa điểm trước.")
    if state != CLOSED:
        _refuse_words(state)


def _refuse_points(state: str) -> NoReturn:
    if state == CLOSED:
        raise Refused(f"Buổi kiểm tra đã khóa điểm nên không nhận thêm điểm. {_KEPT}")
    raise Refused(f"{_FINISHED[state]} nên không nhận thêm điểm. {_KEPT}")


def _refuse_words(state: str) -> NoReturn:
    if state == CLOSED:
        raise Refused(f"Buổi kiểm tra đã khóa nên không ghi thêm được. {_KEPT}")
    raise Refused(f"{_FINISHED[state]} nên không sửa được nữa. {_ADDENDUM} {_KEPT}")
