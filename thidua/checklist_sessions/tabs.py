"""The pages of one checklist session, as the row of tabs that stands on each of them."""

from sqlalchemy import select

from thidua.checklist_sessions.finding import Found
from thidua.extensions import db
from thidua.models import Conclusion

Tab = tuple[str, str, bool]

TABS = (
    ("score", "Chấm điểm", "", "see_session"),
    ("meeting", "Thành phần và chương trình", "/meeting", "see_session"),
    ("remarks", "Ghi nhận và trao đổi", "/remarks", "see_session"),
    ("board", "Bảng của Trưởng đoàn", "/board", "see_board"),
    ("projector", "Màn chiếu", "/projector", "see_projector"),
    ("conclusion", "Kết luận", "", "see_conclusion"),
    ("history", "Nhật ký", "/history", "see_history"),
)


def tabs_of(found: Found, current: str) -> list[Tab]:
    """(label, address, is current) of the pages this person may see; ``current`` is the key of this one."""
    here = f"/checklist-sessions/{found.checklist_session.id}"
    conclusion_id = db.session.scalar(
        select(Conclusion.id).where(Conclusion.checklist_session_id == found.checklist_session.id))
    addresses = {key: here + path for key, _, path, _ in TABS}
    addresses["conclusion"] = f"/conclusions/{conclusion_id}"
    return [(label, addresses[key], key == current) for key, label, _, action in TABS if found.may(action)]
