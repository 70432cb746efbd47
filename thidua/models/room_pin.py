"""The personal six-digit numbers with which the people of a half-day enter its room on a borrowed device."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from thidua.models.base import Base


class RoomPin(Base):
    """One person's number for one checklist session, kept as an argon2id hash; ``tries`` counts wrong ones."""

    __tablename__ = "room_pin"
    __table_args__ = (UniqueConstraint("checklist_session_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    checklist_session_id: Mapped[int] = mapped_column(ForeignKey("checklist_session.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    pin_hash: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None]
