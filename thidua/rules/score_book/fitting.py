"""Whether a workbook that comes back belongs to this half-day and these scores; the refusal in plain words."""

from collections.abc import Collection

from thidua.rules.score_book.marks import Marks
from thidua.rules.vietnamese import clean_line

_KEPT = "Chưa có gì được ghi."
_FETCH = "Xin tải phiếu Excel của buổi này về và ghi vào đó."
_WHOSE = {
    "self": "phiếu tự chấm của đơn vị",
    "proposed": "phiếu của thành viên đoàn",
    "agreed": "phiếu điểm thống nhất",
}


def misfit(marks: Marks, here: Marks, *, sheets: Collection[str]) -> str:
    """Why ``marks`` of the file are not those of ``here``; "" when they are. ``sheets``: fingerprints that fit.

    A workbook of no half-day fits every half-day with the same score sheet.
    """
    if marks.checklist_session_id not in (0, here.checklist_session_id) or _is_other(marks.unit, here.unit):
        of = f" của {marks.unit}" if marks.unit else ""
        return f"Tệp này là phiếu của buổi kiểm tra khác{of}. {_KEPT} {_FETCH}"
    if (marks.checklist_id, marks.version) != (here.checklist_id, here.version):
        return (
            f"Tệp này lập theo bảng điểm số {marks.checklist_id}, bản {marks.version}; buổi này chấm theo "
            f"bảng số {here.checklist_id}, bản {here.version}. {_KEPT} {_FETCH}"
        )
    if marks.sheet not in sheets:
        return f"Tệp này lập khi bảng điểm còn khác bây giờ (tiêu chí đã đổi). {_KEPT} {_FETCH}"
    if marks.perspective and marks.perspective != here.perspective:
        return (
            f"Tệp này là {_WHOSE[marks.perspective]}, không phải {_WHOSE[here.perspective]}. "
            f"{_KEPT} Xin chọn đúng phiếu rồi gửi lại."
        )
    return ""


def whose_doubt(marks: Marks, here: Marks) -> str:
    """The file was made for somebody else of the team: possible, but to be looked at."""
    if not marks.paper or marks.paper == here.paper:
        return ""
    return f"Tệp này được lập cho {marks.whose}, nay sẽ ghi vào phiếu của {here.whose}. Xin xem có đúng không."


def _is_other(theirs: str, ours: str) -> bool:
    return bool(theirs) and clean_line(theirs) != clean_line(ours)
