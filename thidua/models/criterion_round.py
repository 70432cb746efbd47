"""What a criterion has gone through besides its scores: revealed in a blind round, read back, confirmed."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from thidua.models.base import Base


class CriterionRound(Base):
    """At most one row for each criterion of a checklist session; none: nothing of this has happened.

    A reading-back and its confirmation hold for the agreed score of ``read_back_version`` only: when the head of
    team settles another value, both are to be done again.
    """

    __tablename__ = "criterion_round"
    __table_args__ = (UniqueConstraint("checklist_session_id", "criterion_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    checklist_session_id: Mapped[int] = mapped_column(ForeignKey("checklist_session.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), index=True)
    revealed_at: Mapped[datetime | None]
    read_back_version: Mapped[int] = mapped_column(default=0)
    read_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    read_back_by_name: Mapped[str] = mapped_column(String(120), default="")
    read_back_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmed_by_name: Mapped[str] = mapped_column(String(120), default="")
    confirmed_at: Mapped[datetime | None]
