"""What became of the recommendations of the unit's earlier inspections, answered before scoring starts."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from thidua.models.base import Base
from thidua.rules.follow_up import ANSWERS as REVIEW_ANSWERS

__all__ = ["REVIEW_ANSWERS", "RecommendationReview"]


class RecommendationReview(Base):
    """The answer of this checklist session to one recommendation (``remark_id``) of an earlier one."""

    __tablename__ = "recommendation_review"
    __table_args__ = (UniqueConstraint("checklist_session_id", "remark_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    checklist_session_id: Mapped[int] = mapped_column(ForeignKey("checklist_session.id"))
    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"), index=True)
    answer: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=0)
