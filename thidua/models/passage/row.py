"""One searchable text of an inspection, in its original wording."""

from datetime import date

from sqlalchemy import BigInteger, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from thidua.models.base import Base
from thidua.models.meeting import REMARK_KINDS

KIND_LABELS = {
    "minutes": "Biên bản",
    "conclusion": "Kết luận",
    "addendum": "Biên bản bổ sung",
    "notice": "Thông báo kết luận",
    **REMARK_KINDS,
    "exchange": "Trao đổi",
    "reason": "Lý do cho điểm",
}
MOST_PASSAGES = 4096
"""Of one checklist session."""

_FIRST_DAY = date(1970, 1, 1).toordinal()


class Passage(Base):
    """A remark, an exchange, a reason, the conclusion … of one checklist session, as it was written.

    ``id`` grows with the day of the inspection (``passage_id``), so newest first is the order of the ids.
    ``rating`` is that of the whole session. A draft's minutes are not signed yet.
    """

    __tablename__ = "passage"
    __table_args__ = (Index(None, "unit_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)
    checklist_session_id: Mapped[int] = mapped_column(ForeignKey("checklist_session.id"), index=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text)
    rating: Mapped[str] = mapped_column(String(80), default="")
    occurred_on: Mapped[date] = mapped_column(Date)
    normaliser_version: Mapped[int] = mapped_column(default=0)
    is_draft: Mapped[bool] = mapped_column(default=False)

    @property
    def kind_label(self) -> str:
        """The kind in Vietnamese."""
        return KIND_LABELS.get(self.kind, self.kind)


def passage_id(occurred_on: date, checklist_session_id: int, version: int, place: int) -> int:
    """Day, session, normaliser version and place in one number below 2**53, which JSON still tells exactly.

    The version is in it because a contentless index forgets a row only with the very keys it was stored with:
    keys of an older normaliser may stay behind, and must not be taken for those of a new passage.
    """
    day = min(max(occurred_on.toordinal() - _FIRST_DAY, 0), 2**16 - 1)
    last_first = MOST_PASSAGES - 1 - place
    return (day << 37) | (checklist_session_id % 2**20 << 17) | (version % 32 << 12) | last_first
