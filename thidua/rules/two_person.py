"""The check by two people: what the head of team settled is read back by one and confirmed by another.

A reading-back and its confirmation hold for the very score they were given for; a later one is to be checked anew.
"""

from typing import Literal

from thidua.rules.errors import Refused

CheckState = Literal["unread", "read", "confirmed"]


def check_state(agreed_version: int, read_back_version: int, *, is_confirmed: bool) -> CheckState:
    """How far the check of a settled score has come."""
    if read_back_version != agreed_version:
        return "unread"
    return "confirmed" if is_confirmed else "read"


def require_can_read_back(state: CheckState) -> None:
    """Raise ``Refused`` when it was read back already."""
    if state != "unread":
        raise Refused("Điểm này đã được đọc lại.")


def require_can_confirm(state: CheckState, *, confirmer_id: int, settled_by_id: int, read_by_id: int | None) -> None:
    """Raise ``Refused`` unless it was read back, and by others than whoever confirms or settled it."""
    if state == "unread":
        raise Refused("Điểm này chưa được Thư ký đọc lại nên chưa xác nhận được.")
    if state == "confirmed":
        raise Refused("Điểm này đã được xác nhận.")
    if confirmer_id == settled_by_id:
        raise Refused("Người chốt điểm không tự xác nhận. Xin để một thành viên khác xác nhận.")
    if confirmer_id == read_by_id:
        raise Refused("Người đọc lại không tự xác nhận. Xin để một thành viên khác xác nhận.")
