"""The personal six-digit numbers with which the people of a half-day enter its room on a borrowed device."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from thidua.models.base import Base
from thidua.rules import room_numbers


class RoomPin(Base):
    """One person's number for one checklist session, kept as an argon2id hash; ``tries`` counts wrong ones.

    Who has no number yet has a row without a hash from the first try on: trying then looks and counts the same.
    """

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

    def renew(self, pin_hash: str, *, expires_at: datetime, at: datetime) -> None:
        """Another number, good on another day perhaps; what was tried before is forgotten."""
        self.pin_hash, self.expires_at, self.made_at = pin_hash, expires_at, at
        self.tries, self.tried_at = 0, None

    def begin_try(self, *, at: datetime) -> int:
        """Count a try before the number is looked at, and return 0; or count nothing and return the seconds to wait."""
        left = room_numbers.wait_left(self.tries, self.tried_at, at)
        if not left:
            self.tries, self.tried_at = self.tries + 1, at
        return left

    def succeed(self) -> None:
        """The right number: the tries before it are forgotten."""
        self.tries, self.tried_at = 0, None

    @property
    def is_spent(self) -> bool:
        """Nobody enters with it any more."""
        return room_numbers.is_spent(self.tries)

    def is_good(self, *, at: datetime) -> bool:
        """There is a number and this is its day."""
        return bool(self.pin_hash) and room_numbers.is_good(self.expires_at, at)
