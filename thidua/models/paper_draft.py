"""Papers still being written: addenda and notices of conclusion, and the edits people make to composed texts."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from thidua.models.base import Base
from thidua.models.conclusion import Conclusion


class PaperDraft(Base):
    """An addendum or a notice of conclusion before it is frozen; ``paper_id`` once it is.

    ``content`` holds what was typed: an addendum's reason and corrections, a notice's day and signer.
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
