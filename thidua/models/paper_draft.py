"""Papers still being written: addenda and notices of conclusion, and the edits people make to composed texts."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from thidua.models.actor import Actor
from thidua.models.base import Base
from thidua.models.conclusion import Conclusion
from thidua.models.journal import JournalEntry
from thidua.models.paper import ROLE_NAMES, Paper
from thidua.rules.errors import Conflict, Refused


class PaperDraft(Base):
    """An addendum or a notice of conclusion before it is frozen; ``paper_id`` once it is.

    ``content`` holds what was typed: an addendum's reason and corrections, a notice's signer (rules.paper_content).
    Its verbs need ``conclusion`` with its checklist session loaded. ``version`` is the revision of the journal in which
    it was last changed. People's wordings of its blocks are ``models.manuscript``'s, under its ``scope``.
    """

    __tablename__ = "paper_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    conclusion_id: Mapped[int] = mapped_column(ForeignKey("conclusion.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column(default=0)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    discarded_at: Mapped[datetime | None]
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"), unique=True)

    conclusion: Mapped[Conclusion] = relationship(lazy="raise")
    paper: Mapped[Paper | None] = relationship(lazy="raise")

    @property
    def scope(self) -> str:
        """Under which its people's wordings are kept."""
        return f"draft-{self.id}"

    @property
    def is_open(self) -> bool:
        """Still being written."""
        return self.paper_id is None and self.discarded_at is None

    def begin(self, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """The first entry about a draft that has its id already."""
        return self._tell("draft.started", {"role": self.role, "content": self.content}, by=by, at=at, op_id=op_id)

    def write(self, content: dict[str, Any], *, base_version: int, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """What was typed into its form. Raises ``Conflict`` when somebody else wrote meanwhile."""
        self.require_open()
        if self.version > base_version:
            raise Conflict(
                "Bản dự thảo vừa được người khác sửa. Nội dung đồng chí nhập vẫn còn trên màn hình; "
                "xin xem bản mới rồi lưu lại.",
                theirs=self,
            )
        self.content = content
        return self._tell("draft.written", {"content": content}, by=by, at=at, op_id=op_id)

    def discard(self, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Not wanted after all; the journal keeps what was written."""
        self.require_open()
        self.discarded_at = at
        return self._tell("draft.discarded", {"role": self.role}, by=by, at=at, op_id=op_id)

    def freeze(self, paper: Paper, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """The draft became this frozen paper, which has its id already."""
        self.require_open()
        self.paper_id = paper.id
        said = {"paper": paper.sha256, "number": paper.number_label, "role": paper.role}
        return self._tell("paper.frozen", said, by=by, at=at, op_id=op_id)

    def require_open(self) -> None:
        """Raise ``Refused`` once it was frozen or discarded."""
        if self.paper_id is not None:
            raise Refused(f"{ROLE_NAMES[self.role]} này đã chốt nên không sửa được nữa.")
        if self.discarded_at is not None:
            raise Refused("Bản dự thảo này đã được bỏ. Xin lập bản mới.")

    def _tell(self, kind: str, said: dict[str, Any], *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        entry = self.conclusion.checklist_session.record_paper(
            kind, {"draft_id": self.id, **said}, by=by, at=at, op_id=op_id
        )
        self.version, self.changed_at = entry.revision, at
        return entry


class TextEdit(Base):
    """A person's wording of one block, in place of the composed one. The journal keeps every earlier wording.

    ``generated`` is the composed text that the person saw and replaced: when the composed text has changed since,
    the page says so and lets people choose. ``scope`` is "minutes", or "draft-12" for a paper draft.
    """

    __tablename__ = "text_edit"
    __table_args__ = (UniqueConstraint("conclusion_id", "scope", "block_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conclusion_id: Mapped[int] = mapped_column(ForeignKey("conclusion.id"))
    scope: Mapped[str] = mapped_column(String(20), default="minutes")
    block_id: Mapped[str] = mapped_column(String(80))
    generated: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=0)


class Objection(Base):
    """Something somebody objected to while the minutes were read aloud (thông qua biên bản), and what came of it.

    ``outcome``: "" still open, "accepted" (the text was changed), "noted" (the text stays, the objection is printed).
    """

    __tablename__ = "objection"

    id: Mapped[int] = mapped_column(primary_key=True)
    conclusion_id: Mapped[int] = mapped_column(ForeignKey("conclusion.id"), index=True)
    block_id: Mapped[str] = mapped_column(String(80), default="")
    speaker: Mapped[str] = mapped_column(String(160))
    text: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(String(12), default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)
