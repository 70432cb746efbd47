"""The pages of one checklist session, as the row of tabs that stands on each of them."""

from sqlalchemy import select

from thidua.extensions import db
from thidua.models import Conclusion
from thidua.rules import lifecycle
from thidua.session_pages.finding import Found

Tab = tuple[str, str, bool]

PREPARATION = ("preparation", "Chuẩn bị", "/preparation", "see_preparation")
TABS = (
    ("score", "Chấm điểm", "", "see_session"),
    ("meeting", "Chương trình", "/meeting", "see_session"),
    ("remarks", "Ghi nhận", "/remarks", "see_session"),
    ("evidence", "Minh chứng", "/evidence", "see_evidence"),
    ("board", "Bảng chung", "/board", "see_board"),
    ("projector", "Màn chiếu", "/projector", "see_projector"),
    ("conclusion", "Kết luận", "", "see_conclusion"),
    ("minutes", "Biên bản", "", "see_conclusion"),
    ("history", "Nhật ký", "/history", "see_history"),
    ("room", "Phòng họp", "/room", "see_room"),
)


def tabs_of(found: Found, current: str) -> list[Tab]:
    """(label, address, is current) of the pages this person may see; ``current`` is the key of this one.

    Preparation comes first while the half-day has not begun, and last before the history afterwards.
    """
    is_planned = found.checklist_session.state == lifecycle.PLANNED
    listed = (PREPARATION, *TABS) if is_planned else (*TABS[:-2], PREPARATION, *TABS[-2:])
    here = f"/checklist-sessions/{found.checklist_session.id}"
    conclusion_id = db.session.scalar(
        select(Conclusion.id).where(Conclusion.checklist_session_id == found.checklist_session.id)
    )
    addresses = {key: here + path for key, _, path, _ in listed}
    addresses["conclusion"] = f"/conclusions/{conclusion_id}"
    addresses["minutes"] = f"/conclusions/{conclusion_id}/minutes"
    return [(label, addresses[key], key == current) for key, label, _, action in listed if found.may(action)]
