"""How far the unit itself is with each thing it prepares: Kế hoạch 72/HTS, mục III.1. Days: ``rules.readiness``."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from thidua.rules.errors import Refused
from thidua.rules.lifecycle import OPEN, PLANNED
from thidua.rules.words import date_screen

NONE, PARTIAL, FULL = "none", "partial", "full"
STATE_LABELS = {NONE: "Chưa có", PARTIAL: "Đang làm", FULL: "Đủ"}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing asked of the unit. ``asked``: sending without it is asked about; ``words`` is how far it is."""

    key: str
    title: str
    state: str
    words: str
    asked: bool = False

    @property
    def state_label(self) -> str:
        """ "Chưa có", "Đang làm", "Đủ"."""
        return STATE_LABELS[self.state]


def share_state(done: int, count: int) -> str:
    """None of them, some, all."""
    if done <= 0:
        return NONE
    return FULL if done >= count else PARTIAL


def report_state(summary: str, files: int) -> str:
    """The report is a file; its summary alone is a beginning."""
    return FULL if files else PARTIAL if summary.strip() else NONE


def figures_state(this_year: Iterable[str], files: int) -> str:
    """Every row has this year's figure; an appendix sent as a file without any row filled in is a beginning."""
    rows = list(this_year)
    filled = sum(bool(one) for one in rows)
    if not filled:
        return PARTIAL if files else NONE
    return share_state(filled, len(rows))


SENT = (
    "Hồ sơ chuẩn bị đã gửi nên không sửa được nữa. Điều đồng chí vừa nhập vẫn còn trên màn hình; "
    "nếu cần sửa, xin báo Thư ký đoàn hoặc cán bộ phụ trách."
)
_OVER = "Buổi kiểm tra đã khóa nên không sửa hồ sơ chuẩn bị được nữa. Điều đồng chí vừa nhập vẫn còn trên màn hình."


def require_can_prepare(state: str) -> None:
    """The unit prepares until scoring is closed. Raises ``Refused``."""
    if state not in (PLANNED, OPEN):
        raise Refused(_OVER)


def is_sealed(state: str, *, sealed_at: datetime, is_returned: bool, scored_at: datetime | None) -> bool:
    """Whether a self-score no longer changes after the unit has sent its preparation at ``sealed_at``.

    Before the opening all are sealed but those returned; in the room a criterion that was sent without a score, or was
    scored there, is still the unit's.
    """
    if is_returned:
        return False
    return state == PLANNED or (scored_at is not None and scored_at <= sealed_at)


def sealed_words(number: str) -> str:
    """Why a self-score does not change, and what helps."""
    return (
        f"Đơn vị đã gửi hồ sơ chuẩn bị nên điểm tự chấm tiêu chí {number} đã khóa. Muốn sửa, xin nhờ Đoàn kiểm tra "
        "trả lại tiêu chí này. Điều đồng chí vừa nhập vẫn còn trên màn hình."
    )


def document_words(number: str, issued_on: date | None, title: str) -> str:
    """ "Số 12/QĐ-HTS ngày 03/02/2020"; without a number the title."""
    named = f"Số {number}" if number else title
    return f"{named} ngày {date_screen(issued_on)}" if issued_on else named
