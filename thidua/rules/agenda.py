"""The agenda of a half-day, from the procedure of the plan (Kế hoạch 72/HTS, mục III.2)."""

from dataclasses import dataclass
from typing import Final

NO_TIME: Final = "Không đủ thời gian"


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step as planned, in minutes. ``actor``: unit, team or head; an ``optional`` one may be skipped with a reason.

    The plan names the steps, not their length; the minutes are ours and add up to a morning from 8 to 11.30.
    ``reasons`` are what is usually said when the step does not take place.
    """

    title: str
    text: str
    actor: str
    minutes: int
    optional: bool = False
    reasons: tuple[str, ...] = (NO_TIME,)


STEPS = (
    PlannedStep(
        "Đơn vị báo cáo",
        "Ban Thường vụ, Thường trực Hội, BLL báo cáo nội dung đã chuẩn bị; các thành viên báo cáo, giải trình bổ sung.",
        "unit",
        40,
        reasons=("Đoàn đã đọc báo cáo trước", NO_TIME),
    ),
    PlannedStep(
        "Tham quan thực tế",
        "Thăm điển hình, tiên tiến (nếu có địa chỉ).",
        "team",
        30,
        optional=True,
        reasons=(
            "Đơn vị không đăng ký điển hình",
            "Đơn vị chưa có địa chỉ tham quan",
            NO_TIME,
            "Thời tiết không thuận lợi",
        ),
    ),
    PlannedStep(
        "Nghe báo cáo, xem tài liệu, trao đổi, chấm điểm",
        "Thành viên trong Đoàn thâm nhập tài liệu, trao đổi về nội dung và nghiệp vụ với tập thể Ban Thường vụ.",
        "team",
        90,
    ),
    PlannedStep(
        "Đơn vị trao đổi, chất vấn, phản biện",
        "Các thành viên trong Ban Thường vụ đơn vị trao đổi, chất vấn, phản biện (nếu có).",
        "unit",
        25,
        optional=True,
        reasons=("Đơn vị không có ý kiến", NO_TIME),
    ),
    PlannedStep(
        "Trưởng Đoàn nhận xét, kết luận",
        "Trưởng Đoàn kiểm tra tóm tắt, nhận xét toàn diện, có ý kiến chỉ đạo.",
        "head",
        25,
        reasons=("Trưởng Đoàn kết luận bằng văn bản sau", NO_TIME),
    ),
)

_REASONS: Final = {step.title: step.reasons for step in STEPS}


def ready_reasons(title: str) -> tuple[str, ...]:
    """What is usually said when the step of this title does not take place."""
    return _REASONS.get(title, (NO_TIME,))
