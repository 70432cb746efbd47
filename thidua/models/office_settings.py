"""How the office writes its papers: its name, its symbol, whom it sends them to."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from thidua.models.base import Base
from thidua.rules.office import Office, office_from_plain


class OfficeSettings(Base):
    """At most one row. ``content`` is a plain ``rules.office.Office``; an absent row or field means its default."""

    __tablename__ = "office_settings"

    id: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    word_template: Mapped[str] = mapped_column(String(64), default="")
    word_template_name: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime | None]
    changed_by: Mapped[str] = mapped_column(String(120), default="")


def office_of(session: Session) -> Office:
    """The office's settings, or the defaults. One query."""
    content = session.scalar(select(OfficeSettings.content).limit(1))
    return office_from_plain(content or {})
