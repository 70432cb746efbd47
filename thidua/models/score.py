"""Scores: one row per criterion, perspective and holder, always the latest; earlier ones stand in the journal."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from thidua.models.base import Base
from thidua.rules.entries import Entry

PERSPECTIVES = {"self": "Tự chấm", "proposed": "Đề xuất", "agreed": "Thống nhất"}
NOBODY = 0  # holder of self and agreed scores, which belong to no single person


class Score(Base):
    """A score as it stands. ``holder`` is the proposer's account id, 0 for self and agreed scores.

    ``points`` are hundredths. ``version`` is the session's revision at its last change; ``previous`` the value before.
    ``by_*`` is whose score it is; ``scribe_name`` who entered it for that person (nhập hộ), empty otherwise.
    """

    __tablename__ = "score"
    __table_args__ = (UniqueConstraint("checklist_session_id", "criterion_id", "perspective", "holder"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    checklist_session_id: Mapped[int] = mapped_column(ForeignKey("checklist_session.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), index=True)
    perspective: Mapped[str] = mapped_column(String(10))
    holder: Mapped[int] = mapped_column(default=NOBODY)
    points: Mapped[int | None]
    level: Mapped[int | None]
    count: Mapped[int | None]
    not_applicable: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=0)
    previous: Mapped[str | None] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    by_label: Mapped[str] = mapped_column(String(40), default="")
    scribe_name: Mapped[str] = mapped_column(String(120), default="")
    at: Mapped[datetime]

    @property
    def entry(self) -> Entry:
        """The value in the terms of the rules."""
        return Entry(
            points=self.points,
            level=self.level,
            count=self.count,
            not_applicable=self.not_applicable,
            text=self.text or "",
        )

    @property
    def value(self) -> dict[str, Any]:
        """The value and its reason as plain JSON, as the journal writes it."""
        return plain_value(self.entry, self.reason)

    @property
    def previous_value(self) -> dict[str, Any] | None:
        """What stood here before the last change; None when nothing did."""
        return json.loads(self.previous) if self.previous else None


def plain_value(entry: Entry, reason: str) -> dict[str, Any]:
    """A score's value as plain JSON; only what is set."""
    fields: dict[str, Any] = {"points": entry.points, "level": entry.level, "count": entry.count}
    value = {name: number for name, number in fields.items() if number is not None}
    if entry.not_applicable:
        value["not_applicable"] = True
    if entry.text:
        value["text"] = entry.text
    if reason:
        value["reason"] = reason
    return value


def plain_entry(value: Mapping[str, Any]) -> Entry:
    """The inverse of ``plain_value``, the reason aside."""
    return Entry(
        points=value.get("points"),
        level=value.get("level"),
        count=value.get("count"),
        not_applicable=value.get("not_applicable", False),
        text=value.get("text", ""),
    )
