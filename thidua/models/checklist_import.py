"""A score sheet being read from a file: kept until somebody has looked it through and saved it as a draft."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from thidua.models.base import Base

READING, READ, FAILED, SAVED = "reading", "read", "failed", "saved"


class ChecklistImport(Base):
    """``digest`` is the file in the file store. ``content`` is what was read: rows with their cell and their doubts.

    ``progress`` of ``steps`` rows are read. ``encoding`` is "" or the legacy encoding found (tcvn3, vni) and
    ``is_converted`` whether the person agreed to its conversion. ``problem`` says in words why reading failed.
    """

    __tablename__ = "checklist_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default=READING)
    progress: Mapped[int] = mapped_column(default=0)
    steps: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(Text, default="")
    encoding: Mapped[str] = mapped_column(String(10), default="")
    is_converted: Mapped[bool] = mapped_column(default=False)
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    revision: Mapped[int] = mapped_column(default=0)
    checklist_id: Mapped[int | None] = mapped_column(ForeignKey("checklist.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
