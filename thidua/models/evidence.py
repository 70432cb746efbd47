"""Evidence (minh chứng): photos and files laid before the team, about one criterion or the whole half-day."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from thidua.models.base import Base

PURPOSES = {"report": "Báo cáo", "appendix": "Phụ lục số liệu", "decision": "Quyết định, quy chế của đơn vị"}


class Evidence(Base):
    """One file. Its bytes stand in the file store under ``digest`` (SHA-256, hex), never under its name.

    ``size`` is in bytes. ``thumbnail`` is the digest of the small picture, empty for a document.
    ``side`` is whose evidence it is: team or unit. ``purpose`` names a part of the unit's preparation (see PURPOSES).
    """

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    checklist_session_id: Mapped[int] = mapped_column(ForeignKey("checklist_session.id"), index=True)
    criterion_id: Mapped[int | None] = mapped_column(ForeignKey("criterion.id"))
    side: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64), index=True)
    thumbnail: Mapped[str] = mapped_column(String(64), default="")
    purpose: Mapped[str] = mapped_column(String(20), default="")
    caption: Mapped[str] = mapped_column(String(300), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
