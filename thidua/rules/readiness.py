"""How far units are with their preparation: what is there, what is missing, returned or late, and what comes first.

Kế hoạch 72/HTS, mục III.1: the unit prepares a short report with an appendix of figures, lays its decisions and
regulations ready, and names who attends; the centre tells date and hour by notice (IV.2). When things are to be sent is
not in the plan: proposed are five days before the half-day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, Literal

from thidua.rules.lifecycle import PLANNED
from thidua.rules.words import date_screen, day_of

USUAL_DAYS: Final = 5
"""So many days before the half-day the preparation is to be sent when nobody says otherwise."""
MOST_DAYS: Final = 90

PartState = Literal["ready", "missing", "returned", "late"]
Status = Literal["late", "returned", "missing", "ready", "over", "none"]

PART_LABELS: Final = {
    "report": "Báo cáo",
    "figures": "Phụ lục số liệu",
    "self_score": "Tự chấm điểm",
    "documents": "Văn bản",
    "attendees": "Người dự",
    "schedule": "Xác nhận lịch",
}
"""What is looked at, in the order of the board."""
STATE_LABELS: Final = {"ready": "đủ", "missing": "thiếu", "returned": "đã trả lại", "late": "trễ"}
STATUS_LABELS: Final = {
    "late": "Trễ hạn",
    "returned": "Bị trả lại",
    "missing": "Còn thiếu",
    "ready": "Đã đủ",
    "over": "Đã vào buổi kiểm tra",
    "none": "Chưa có buổi kiểm tra",
}
_ORDER: Final = {"late": 0, "returned": 1, "missing": 2, "none": 3, "ready": 4, "over": 5}


@dataclass(frozen=True, slots=True)
class OpenReturn:
    """A criterion that the centre asked for again and did not get yet."""

    number: str
    due_on: date | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What stands of one unit's preparation. ``state`` is the half-day's ("" when there is none yet).

    ``due_on`` is the day set for it (None: the usual one); ``self_scored`` of ``self_count`` criteria are scored.
    """

    state: str = ""
    on_date: date | None = None
    due_on: date | None = None
    has_report: bool = False
    has_figures: bool = False
    self_scored: int = 0
    self_count: int = 0
    has_documents: bool = False
    has_attendees: bool = False
    is_confirmed: bool = False
    submitted_at: datetime | None = None
    first_submitted_at: datetime | None = None
    returns: tuple[OpenReturn, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to prepare; ``count`` says how much of it ("12/30"), where that can be said."""

    name: str
    state: PartState
    count: str = ""

    @property
    def label(self) -> str:
        return PART_LABELS[self.name]

    @property
    def words(self) -> str:
        return STATE_LABELS[self.state]


@dataclass(frozen=True, slots=True)
class Readiness:
    """The state of one unit on one day.

    ``due_on`` is for the whole preparation, ``next_due`` for what is to be sent next (perhaps only a criterion that was
    returned); ``days_left`` counts to that and is negative after it. ``late_by``: so many days late it came, or is.
    """

    status: Status
    due_on: date | None
    next_due: date | None
    days_left: int | None
    parts: tuple[Part, ...] = ()
    submitted_at: datetime | None = None
    late_by: int = 0
    missing: tuple[str, ...] = ()
    returns: tuple[OpenReturn, ...] = field(default=())

    @property
    def label(self) -> str:
        return STATUS_LABELS[self.status]

    @property
    def is_reminded(self) -> bool:
        """Something is missing, returned or late: a reminder has something to say."""
        return self.status in ("late", "returned", "missing")


def due_day(set_for: date | None, on_date: date | None, days: int = USUAL_DAYS) -> date | None:
    """The last day to send the preparation: the one set, else so many days before the half-day; None without a date."""
    if set_for is not None:
        return set_for
    return on_date - timedelta(days=days) if on_date else None


def readiness_of(prepared: Prepared, today: date) -> Readiness:
    """The state on this Vietnamese calendar day; the due day itself still counts as in time."""
    due_on = due_day(prepared.due_on, prepared.on_date)
    next_due = _next_due(prepared, due_on)
    days_left = (next_due - today).days if next_due else None
    if not prepared.state:
        return Readiness("none", due_on, next_due, days_left)
    is_past = prepared.state == PLANNED and due_on is not None and due_on < today
    parts = tuple(_parts(prepared, is_past=is_past, today=today))
    missing = tuple(_missing(prepared))
    if prepared.state != PLANNED:
        status: Status = "over"
    elif any(_is_overdue(one, today) for one in prepared.returns) or (is_past and not prepared.submitted_at):
        status = "late"
    elif prepared.returns:
        status = "returned"
    elif missing or not prepared.submitted_at:
        status = "late" if is_past else "missing"
    else:
        status = "ready"
    return Readiness(
        status,
        due_on,
        next_due,
        days_left,
        parts,
        prepared.submitted_at,
        _late_by(prepared, due_on, today),
        missing,
        prepared.returns,
    )


def attention(readiness: Readiness, position: int) -> tuple[int, int, int]:
    """The key to sort by: late first, then returned, then missing, the most urgent first, then the plan's order."""
    urgency = readiness.days_left if readiness.days_left is not None else 10_000
    return (_ORDER[readiness.status], urgency if readiness.is_reminded else 0, position)


def counts(rows: Iterable[Readiness]) -> dict[str, int]:
    """How many units stand in each status, those that nobody is in included."""
    found = dict.fromkeys(STATUS_LABELS, 0)
    for one in rows:
        found[one.status] += 1
    return found


def days_words(days_left: int | None) -> str:
    """ "còn 5 ngày", "hôm nay là hạn cuối", "quá hạn 2 ngày"; "" without a due day."""
    if days_left is None:
        return ""
    if days_left == 0:
        return "hôm nay là hạn cuối"
    return f"còn {days_left} ngày" if days_left > 0 else f"quá hạn {-days_left} ngày"


def missing_words(readiness: Readiness) -> tuple[str, ...]:
    """What is still to be done, one phrase each: for the unit's line, and for the reminder."""
    told = list(readiness.missing)
    if not readiness.submitted_at and not told:
        told.append("bấm Gửi (mọi phần đã đủ)")
    return (*told, *(return_words(one) for one in readiness.returns))


def return_words(one: OpenReturn) -> str:
    """ "tiêu chí 1.4 bị trả lại: thiếu quyết định (hạn 12/10/2020)"."""
    remark = f": {one.remark.strip().rstrip('.')}" if one.remark.strip() else ""
    due = f" (hạn {date_screen(one.due_on)})" if one.due_on else ""
    return f"tiêu chí {one.number} bị trả lại{remark}{due}"


def _parts(prepared: Prepared, *, is_past: bool, today: date) -> Iterable[Part]:
    done = {
        "report": prepared.has_report,
        "figures": prepared.has_figures,
        "self_score": prepared.self_scored >= prepared.self_count,
        "documents": prepared.has_documents,
        "attendees": prepared.has_attendees,
        "schedule": prepared.is_confirmed,
    }
    for name in PART_LABELS:
        state: PartState = "ready" if done[name] else "late" if is_past else "missing"
        count = ""
        if name == "self_score":
            count = f"{min(prepared.self_scored, prepared.self_count)}/{prepared.self_count}"
            if prepared.returns:
                overdue = any(_is_overdue(one, today) for one in prepared.returns)
                state, count = "late" if overdue else "returned", f"{count}, {len(prepared.returns)} trả lại"
        yield Part(name, state, count)


def _missing(prepared: Prepared) -> Iterable[str]:
    if not prepared.has_report:
        yield "báo cáo ngắn gọn về ba nội dung"
    if not prepared.has_figures:
        yield "phụ lục số liệu"
    left = prepared.self_count - prepared.self_scored
    if left > 0:
        yield f"tự chấm {left} tiêu chí" if prepared.self_scored else f"tự chấm điểm ({left} tiêu chí)"
    if not prepared.has_documents:
        yield "danh mục quyết định, quy chế, quy định về thi đua, khen thưởng"
    if not prepared.has_attendees:
        yield "danh sách người dự"
    if not prepared.is_confirmed:
        yield "xác nhận lịch kiểm tra"


def _next_due(prepared: Prepared, due_on: date | None) -> date | None:
    asked = [one.due_on for one in prepared.returns if one.due_on]
    return min(asked) if prepared.submitted_at and asked else due_on


def _is_overdue(one: OpenReturn, today: date) -> bool:
    return one.due_on is not None and one.due_on < today


def _late_by(prepared: Prepared, due_on: date | None, today: date) -> int:
    first = prepared.first_submitted_at or prepared.submitted_at
    if due_on is None or (first is None and prepared.state != PLANNED):
        return 0
    return max(((day_of(first) if first else today) - due_on).days, 0)
