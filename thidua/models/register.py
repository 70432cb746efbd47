"""The register of documents (sổ đăng ký văn bản đi): one gapless row of numbers for each kind, symbol and year."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from thidua.models.base import Base
from thidua.models.paper import Paper
from thidua.rules.numbering import document_number, next_number


class RegisterEntry(Base):
    """One number given out (Nghị định 30/2020/NĐ-CP, điều 15): to a paper of ours, or, without ``paper_id``, to one
    written elsewhere. Numbers of a kind, symbol and year begin with 1 on 1 January and leave no hole."""

    __tablename__ = "register_entry"
    __table_args__ = (UniqueConstraint("kind", "symbol", "year", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    symbol: Mapped[str] = mapped_column(String(40))
    year: Mapped[int]
    number: Mapped[int]
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"), unique=True)
    issued_on: Mapped[date]
    title: Mapped[str] = mapped_column(String(400), default="")
    note: Mapped[str] = mapped_column(String(400), default="")
    registered_at: Mapped[datetime]
    registered_by: Mapped[str] = mapped_column(String(120))

    paper: Mapped[Paper | None] = relationship(lazy="raise")

    @property
    def number_label(self) -> str:
        """As printed: "05/BB-HTS"."""
        return document_number(self.number, self.kind, self.symbol)

    @classmethod
    def give(
        cls,
        session: Session,
        number: int,
        kind: str,
        symbol: str,
        *,
        issued_on: date,
        title: str,
        by_name: str,
        at: datetime,
        note: str = "",
        paper: Paper | None = None,
    ) -> "RegisterEntry":
        """Write down that this number was given out, in the transaction and the turn in which it was found free."""
        entry = cls(
            kind=kind,
            symbol=symbol,
            year=issued_on.year,
            number=number,
            paper=paper,
            issued_on=issued_on,
            title=title[:400],
            note=note,
            registered_at=at,
            registered_by=by_name[:120],
        )
        session.add(entry)
        return entry


def free_number(session: Session, kind: str, symbol: str, year: int) -> int:
    """The next number; the caller holds the turn of this row (``issuing.numbering``) until it commits."""
    given = select(RegisterEntry.number).where(
        RegisterEntry.kind == kind, RegisterEntry.symbol == symbol, RegisterEntry.year == year
    )
    return next_number(session.scalars(given))
