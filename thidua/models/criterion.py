"""One row of a checklist: a section or a criterion."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from thidua.models.base import Base
from thidua.rules import sheet as rules

PLAIN_FIELDS = (
    "number",
    "text",
    "guidance",
    "kind",
    "polarity",
    "maximum",
    "minimum",
    "step",
    "points_per_count",
    "critical",
    "cap",
    "only_highest",
    "either_or",
    "starts_full",
)


class Criterion(Base):
    """A section or a criterion of a checklist; all points in hundredths (see ``rules.sheet.Criterion``)."""

    __tablename__ = "criterion"

    id: Mapped[int] = mapped_column(primary_key=True)
    checklist_id: Mapped[int] = mapped_column(ForeignKey("checklist.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("criterion.id"), index=True)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    guidance: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(String(10))
    polarity: Mapped[str] = mapped_column(String(10), default="base")
    maximum: Mapped[int | None]
    minimum: Mapped[int] = mapped_column(default=0)
    step: Mapped[int] = mapped_column(default=50)
    levels: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    points_per_count: Mapped[int | None]
    critical: Mapped[bool] = mapped_column(default=False)
    refs: Mapped[list[str]] = mapped_column(JSON, default=list)
    cap: Mapped[int | None]
    only_highest: Mapped[bool] = mapped_column(default=False)
    either_or: Mapped[bool] = mapped_column(default=False)
    starts_full: Mapped[bool] = mapped_column(default=False)
    applies_to: Mapped[list[str]] = mapped_column(JSON, default=list)

    parent: Mapped["Criterion | None"] = relationship(remote_side=[id], lazy="raise")

    def rule(self, children: dict[int | None, list["Criterion"]]) -> rules.Criterion:
        """This row and everything below it as a value."""
        fields: dict[str, Any] = {name: getattr(self, name) for name in PLAIN_FIELDS}
        return rules.Criterion(
            id=self.id,
            refs=tuple(self.refs),
            applies_to=tuple(self.applies_to),
            levels=tuple(rules.Level(**level) for level in self.levels),
            children=tuple(child.rule(children) for child in children.get(self.id, [])),
            **fields,
        )
