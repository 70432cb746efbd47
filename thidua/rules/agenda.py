"""The agenda of a half-day, from the procedure of the plan (Kế hoạch 72/HTS, mục III.2)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step as planned. ``actor``: unit, team or head; an ``optional`` one may be skipped with a reason."""

    title: str
    text: str
    actor: str
    optional: bool = False


STEPS = (
    PlannedStep(
        "Đơn vị báo cáo",
        "Ban Thường vụ, Thường trực Hội, BLL báo cáo nội dung đã chuẩn bị; các thành viên báo cáo, giải trình bổ sung.",
        "unit",
    ),
    PlannedStep("Tham quan thực tế", "Thăm điển hình, tiên tiến (nếu có địa chỉ).", "team", optional=True),
    PlannedStep(
        "Nghe báo cáo, xem tài liệu, trao đổi, chấm điểm",
        "Thành viên trong Đoàn thâm nhập tài liệu, trao đổi về nội dung và nghiệp vụ với tập thể Ban Thường vụ.",
        "team",
    ),
    PlannedStep(
        "Đơn vị trao đổi, chất vấn, phản biện",
        "Các thành viên trong Ban Thường vụ đơn vị trao đổi, chất vấn, phản biện (nếu có).",
        "unit",
        optional=True,
    ),
    PlannedStep(
        "Trưởng Đoàn nhận xét, kết luận", "Trưởng Đoàn kiểm tra tóm tắt, nhận xét toàn diện, có ý kiến chỉ đạo.", "head"
    ),
)
