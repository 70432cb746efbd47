"""Issued papers (biên bản, biên bản bổ sung, thông báo, báo cáo): frozen bytes, their revisions, who signed."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from thidua.models.actor import Actor
from thidua.models.base import Base
from thidua.models.conclusion import Conclusion
from thidua.models.journal import JournalEntry
from thidua.rules import signing
from thidua.rules.errors import Conflict, InvalidEntry, Refused
from thidua.rules.numbering import shown_number
from thidua.rules.signing import SigningPart, parts_from_plain

MINUTES, ADDENDUM, NOTICE, REPORT = "minutes", "addendum", "notice", "report"
ROLE_NAMES = {
    MINUTES: "Biên bản",
    ADDENDUM: "Biên bản bổ sung",
    NOTICE: "Thông báo kết luận",
    REPORT: "Báo cáo tổng hợp",
}
ELECTRONIC, ON_PAPER = "electronic", "paper"
CLOCK_SLIP = timedelta(minutes=2)
"""How far a server's clock may be corrected between freezing and signing without anybody noticing."""


class Paper(Base):
    """A frozen paper. ``frozen`` is the canonical JSON whose SHA-256 is ``sha256``; it never changes.

    ``role`` says what it is here (one minutes for each conclusion), ``kind`` is the code of Nghị định 30 ("BB", "TB").
    ``amends_id``: the minutes an addendum corrects. ``number`` is empty while a paper signed with ink has not been
    registered. ``parts`` who signs in which order (rules.signing). ``means``: signed electronically, or on paper.
    ``places`` tells where on the PDF each part signs: {part: {"page": n, "box": [x0, y0, x1, y1]}} in points.
    """

    __tablename__ = "paper"
    __table_args__ = (
        Index(
            "uq_paper_minutes",
            "conclusion_id",
            unique=True,
            sqlite_where=text("role = 'minutes'"),
            postgresql_where=text("role = 'minutes'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(String(20), default=MINUTES)
    kind: Mapped[str] = mapped_column(String(10), default="BB")
    conclusion_id: Mapped[int | None] = mapped_column(ForeignKey("conclusion.id"), index=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"), index=True)
    amends_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    number: Mapped[int | None]
    year: Mapped[int]
    symbol: Mapped[str] = mapped_column(String(40))
    means: Mapped[str] = mapped_column(String(12), default=ELECTRONIC)
    parts: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    frozen: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    journal_revision: Mapped[int]
    journal_hash: Mapped[str] = mapped_column(String(64))
    frozen_at: Mapped[datetime]
    frozen_by: Mapped[str] = mapped_column(String(120))
    places: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    conclusion: Mapped[Conclusion | None] = relationship(lazy="raise")
    amends: Mapped["Paper | None"] = relationship(lazy="raise", remote_side=[id])
    revisions: Mapped[list["PaperRevision"]] = relationship(lazy="raise", order_by="PaperRevision.number")
    signatures: Mapped[list["Signature"]] = relationship(lazy="raise", order_by="Signature.id")
    # Whose turn it is depends on them, wherever the paper comes from: loaded with it, so that no way in forgets it.
    refusals: Mapped[list["SigningRefusal"]] = relationship(lazy="selectin", order_by="SigningRefusal.id")
    scans: Mapped[list["SignedScan"]] = relationship(lazy="raise", order_by="SignedScan.id")

    @property
    def number_label(self) -> str:
        """The number as printed: "05/BB-HTS"; "…/BB-HTS" while there is none."""
        return shown_number(self.number, self.kind, self.symbol)

    @property
    def title(self) -> str:
        """How people name it: "Biên bản 05/BB-HTS"."""
        return f"{ROLE_NAMES[self.role]} {self.number_label}"

    @property
    def signing_parts(self) -> tuple[SigningPart, ...]:
        """Who signs, in order; papers frozen before the order was stored have the usual one."""
        return parts_from_plain(self.parts) or signing.parts_of()

    @property
    def signed_parts(self) -> frozenset[str]:
        return frozenset(signature.part for signature in self.signatures)

    @property
    def refused_parts(self) -> frozenset[str]:
        """Who refused to sign and has not changed his mind."""
        return frozenset(refusal.part for refusal in self.refusals) - self.signed_parts

    @property
    def missing_parts(self) -> tuple[str, ...]:
        """Who has not signed yet and is waited for, in the order of signing."""
        return signing.missing(self.signing_parts, self.signed_parts, self.refused_parts)

    @property
    def turn(self) -> tuple[str, ...]:
        """Whose turn it is now; the seal's when everybody has signed."""
        return signing.turn(self.signing_parts, self.signed_parts, self.refused_parts)

    @property
    def is_signed(self) -> bool:
        """Everybody has signed who is waited for; a seal may still come."""
        return not self.missing_parts

    def part_named(self, part: str) -> SigningPart | None:
        """The place of this part, None when the paper has none."""
        return next((one for one in self.signing_parts if one.part == part), None)

    def require_can_sign(self, part: str) -> None:
        """Raise ``Refused`` when this part has signed already or it is not yet its turn."""
        signing.require_turn(self.signing_parts, self.signed_parts, part, self.refused_parts)

    def moment_of_signing(self, at: datetime) -> datetime:
        """``at``, but never before what it follows. Raises ``Refused`` when the server's clock was set back."""
        before = max([self.frozen_at, *(one.at for one in self.revisions)])
        if at < before - CLOCK_SLIP:
            raise Refused(
                "Đồng hồ của máy chủ đang chạy lùi: giờ bây giờ sớm hơn giờ của văn bản này. Chưa ký. "
                "Xin báo quản trị chỉnh lại ngày giờ của máy chủ rồi ký."
            )
        return max(at, before)

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
        means: str = "",
        authority: str = "",
        key_id: int | None = None,
        certificate: str = "",
    ) -> JournalEntry:
        """One part signs off. ``pdf_before``: SHA-256 of the file the person saw, ``pdf_after``: of the signed one.

        ``means``: "own", "token", "remote" (models.signing). ``authority``: the formula with office of who signs for
        another ("KT. TRƯỞNG ĐOÀN, Phó Trưởng đoàn"). ``certificate``: SHA-256 of the certificate signed with.
        Raises ``Conflict`` when another signature came in between, ``Refused`` when it is not this part's turn.
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
            means=means,
            authority=authority,
            key_id=key_id,
            certificate=certificate,
        )
        self.signatures.append(signature)
        self.revisions.append(PaperRevision(number=len(self.revisions), sha256=pdf_after, size=size, at=at))
        payload: dict[str, Any] = {
            "minutes": self.sha256,
            "part": part,
            "pdf_before": pdf_before,
            "pdf_after": pdf_after,
        }
        payload |= {key: value for key, value in (("means", means), ("certificate", certificate)) if value}
        payload |= {"last": True} if self.is_signed and part != signing.SEAL else {}
        assert self.conclusion is not None  # papers of a plan are signed by issue 6
        checklist_session = self.conclusion.checklist_session
        if self.role == MINUTES and part != signing.SEAL:
            return checklist_session.record_signature(payload, last=self.is_signed, by=by, at=at, op_id=op_id)
        return checklist_session.record_paper("paper.signed", payload, by=by, at=at, op_id=op_id)

    def refuse(self, part: str, reason: str, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Somebody whose part it is would not sign, and says why; the others go on, and who refused may still sign.

        When nobody else is waited for, the paper is complete with it. Raises ``InvalidEntry`` without a reason.
        """
        if not reason.strip():
            raise InvalidEntry("Xin ghi lý do không ký.", field="reason")
        if part in self.refused_parts:
            raise Refused("Đồng chí đã báo không ký văn bản này. Nếu đổi ý, đồng chí vẫn ký được.")
        if part not in self.missing_parts:
            raise Refused("Văn bản này không còn chờ chữ ký của đồng chí.")
        self.refusals.append(SigningRefusal(part=part, account_id=by.id, name=by.name, reason=reason, at=at))
        payload: dict[str, Any] = {"minutes": self.sha256, "part": part, "reason": reason}
        payload |= {"last": True} if self.is_signed else {}
        assert self.conclusion is not None  # papers of a plan are signed by issue 6
        checklist_session = self.conclusion.checklist_session
        if self.role == MINUTES and self.is_signed:
            return checklist_session.record_last_refusal(payload, by=by, at=at, op_id=op_id)
        return checklist_session.record_paper("paper.refused", payload, by=by, at=at, op_id=op_id)


class PaperRevision(Base):
    """A stored state of the PDF: 0 as frozen, then one more for each signature; each begins with the bytes before."""

    __tablename__ = "paper_revision"
    __table_args__ = (UniqueConstraint("paper_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))
    number: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    at: Mapped[datetime]


class Signature(Base):
    """A sign-off: who, for which part, when, from which device, on which bytes, with which key (see ``Paper.sign``).

    ``means`` is empty for marks drawn before there were certificates, "ink" for a name read from a signed scan.
    """

    __tablename__ = "paper_signature"
    __table_args__ = (UniqueConstraint("paper_id", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))
    part: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(120))
    office: Mapped[str] = mapped_column(String(160), default="")
    at: Mapped[datetime]
    address: Mapped[str] = mapped_column(String(64), default="")
    device: Mapped[str] = mapped_column(String(300), default="")
    signed_sha256: Mapped[str] = mapped_column(String(64))
    means: Mapped[str] = mapped_column(String(12), default="")
    authority: Mapped[str] = mapped_column(String(200), default="")
    key_id: Mapped[int | None] = mapped_column(ForeignKey("signing_key.id"), index=True)
    certificate: Mapped[str] = mapped_column(String(64), default="")


class SigningRefusal(Base):
    """Somebody would not sign, and why; it stands in the record of the paper and does not end it."""

    __tablename__ = "signing_refusal"

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), index=True)
    part: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class SignedScan(Base):
    """A scan or photograph of the paper signed with ink. ``found`` is what the code on its pages says: the SHA-256
    (or its beginning) of the paper it belongs to, empty when no code could be read; ``page_codes`` page by page."""

    __tablename__ = "signed_scan"

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(80))
    file_name: Mapped[str] = mapped_column(String(200), default="")
    pages: Mapped[int] = mapped_column(default=0)
    found: Mapped[str] = mapped_column(String(64), default="")
    page_codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
