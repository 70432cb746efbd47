"""The minutes (biên bản): frozen bytes, their revisions and the signatures on them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from thidua.models.actor import Actor
from thidua.models.base import Base
from thidua.models.conclusion import Conclusion
from thidua.models.journal import JournalEntry
from thidua.rules.errors import Conflict, Refused
from thidua.rules.numbering import document_number

SIGNING_PARTS = {"secretary": "Thư ký", "unit": "Đại diện đơn vị", "head": "Trưởng đoàn"}


class Minutes(Base):
    """Frozen minutes. ``frozen`` is the canonical JSON whose SHA-256 is ``sha256``; it never changes.

    ``places`` tells where on the PDF each part signs: {part: {"page": n, "box": [x0, y0, x1, y1]}} in points.
    """

    __tablename__ = "minutes"
    __table_args__ = (UniqueConstraint("year", "symbol", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conclusion_id: Mapped[int] = mapped_column(ForeignKey("conclusion.id"), unique=True)
    number: Mapped[int]
    year: Mapped[int]
    symbol: Mapped[str] = mapped_column(String(40))
    frozen: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    journal_revision: Mapped[int]
    journal_hash: Mapped[str] = mapped_column(String(64))
    frozen_at: Mapped[datetime]
    frozen_by: Mapped[str] = mapped_column(String(120))
    places: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    conclusion: Mapped[Conclusion] = relationship(lazy="raise")
    revisions: Mapped[list["MinutesRevision"]] = relationship(lazy="raise", order_by="MinutesRevision.number")
    signatures: Mapped[list["Signature"]] = relationship(lazy="raise", order_by="Signature.id")

    @property
    def number_label(self) -> str:
        """The number as printed: "05/BB-HTS"."""
        return document_number(self.number, "BB", self.symbol)

    @property
    def missing_parts(self) -> tuple[str, ...]:
        """Who has not signed yet, in the order of signing."""
        signed = {signature.part for signature in self.signatures}
        return tuple(part for part in SIGNING_PARTS if part not in signed)

    @property
    def is_signed(self) -> bool:
        """All three parts have signed."""
        return not self.missing_parts

    def require_can_sign(self, part: str) -> None:
        """Raise ``Refused`` when this part has signed already or it is not yet the head's turn."""
        if part not in self.missing_parts:
            raise Refused(f"{SIGNING_PARTS[part]} đã ký biên bản này.")
        if part == "head" and self.missing_parts != ("head",):
            waiting = " và ".join(SIGNING_PARTS[other].lower() for other in self.missing_parts if other != "head")
            raise Refused(f"Trưởng đoàn ký sau cùng. Còn chờ chữ ký của {waiting}.")

    def sign(
        self,
        part: str,
        *,
        pdf_before: str,
        pdf_after: str,
        size: int,
        address: str,
        device: str,
        by: Actor,
        at: datetime,
        op_id: str,
    ) -> JournalEntry:
        """One part signs off. ``pdf_before``: SHA-256 of the file the person saw, ``pdf_after``: of the stamped one.

        The head of team signs last (Kế hoạch 72/HTS, mục III.2: Trưởng đoàn kết luận).
        Raises ``Conflict`` when another signature came in between, ``Refused`` when this part has signed
        or it is not yet the head's turn.
        """
        self.require_can_sign(part)
        if self.revisions[-1].sha256 != pdf_before:
            raise Conflict("Có người vừa ký cùng lúc. Xin mở lại biên bản rồi ký.")
        signature = Signature(
            part=part,
            account_id=by.id,
            name=by.name,
            office=by.office,
            at=at,
            address=address[:64],
            device=device[:300],
            signed_sha256=pdf_before,
        )
        self.signatures.append(signature)
        self.revisions.append(MinutesRevision(number=len(self.revisions), sha256=pdf_after, size=size, at=at))
        payload = {"minutes": self.sha256, "part": part, "pdf_before": pdf_before, "pdf_after": pdf_after}
        return self.conclusion.checklist_session.record_signature(
            payload, last=self.is_signed, by=by, at=at, op_id=op_id
        )


class MinutesRevision(Base):
    """A stored state of the PDF: 0 as frozen, then one more for each signature; each begins with the bytes before."""

    __tablename__ = "minutes_revision"
    __table_args__ = (UniqueConstraint("minutes_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"))
    number: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    at: Mapped[datetime]


class Signature(Base):
    """A sign-off: who, for which part, when, from which device, on which bytes."""

    __tablename__ = "signature"
    __table_args__ = (UniqueConstraint("minutes_id", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"))
    part: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(120))
    office: Mapped[str] = mapped_column(String(160), default="")
    at: Mapped[datetime]
    address: Mapped[str] = mapped_column(String(64), default="")
    device: Mapped[str] = mapped_column(String(300), default="")
    signed_sha256: Mapped[str] = mapped_column(String(64))
