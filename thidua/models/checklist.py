"""Checklists (bảng điểm): a published one never changes; checklist sessions stay with the version they began with."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from thidua.models.base import Base
from thidua.models.checklist_lifecycle import DRAFT, PUBLISHED, RETIRED, STATES, Living
from thidua.models.checklist_verbs import Designing
from thidua.models.criterion import PLAIN_FIELDS, Criterion
from thidua.rules import sheet as rules

__all__ = ["DRAFT", "PLAIN_FIELDS", "PUBLISHED", "RETIRED", "STATES", "Checklist", "Criterion", "plain_band"]


class Checklist(Designing, Living, Base):
    """One version of a score sheet. ``is_proposal`` marks one that the federation has not yet adopted.

    Versions of one sheet form a family: ``family_id`` is the first of them (None: this is the first),
    ``copied_from_id`` the one this began as. ``revision`` counts the changes of a draft.
    """

    __tablename__ = "checklist"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default=DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    is_proposal: Mapped[bool] = mapped_column(default=False)
    copied_from_id: Mapped[int | None]
    family_id: Mapped[int | None] = mapped_column(index=True)
    revision: Mapped[int] = mapped_column(default=0)
    declared_max: Mapped[int]
    declared_max_by_kind: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    bonus_cap: Mapped[int | None]
    total_cap: Mapped[int | None]
    clusters: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    not_applicable: Mapped[str] = mapped_column(String(20), default="leave_out")
    bands: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    gates: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    published_by_name: Mapped[str] = mapped_column(String(120), default="")
    retired_at: Mapped[datetime | None]

    # What was taken out of a draft stays, with a negative position, so that it can be put back (checklist_verbs).
    criteria: Mapped[list[Criterion]] = relationship(
        lazy="raise",
        order_by="Criterion.position",
        cascade="all, delete-orphan",
        primaryjoin="and_(Checklist.id == Criterion.checklist_id, Criterion.position > 0)",
    )

    @classmethod
    def from_sheet(cls, sheet: rules.Sheet, *, at: datetime, is_proposal: bool = False) -> "Checklist":
        """A draft with the rows of ``sheet``; the sheet's own ids are replaced by those of the database."""
        checklist = cls(
            name=sheet.name,
            note=sheet.note,
            declared_max=sheet.declared_max,
            bonus_cap=sheet.bonus_cap,
            not_applicable=sheet.not_applicable,
            is_proposal=is_proposal,
            created_at=at,
            declared_max_by_kind=[list(pair) for pair in sheet.declared_max_by_kind],
            total_cap=sheet.total_cap,
            clusters=[{"number": one.number, "name": one.name, "units": list(one.units)} for one in sheet.clusters],
            bands=[plain_band(band) for band in sheet.bands],
            gates=[{name: getattr(gate, name) for name in GATE_FIELDS} for gate in sheet.gates],
        )
        for root in sheet.roots:
            checklist._append(root, None)
        return checklist

    @property
    def sheet(self) -> rules.Sheet:
        """The checklist in the terms of the rules; needs ``criteria`` loaded."""
        children: dict[int | None, list[Criterion]] = {}
        for row in sorted((row for row in self.criteria if row.position > 0), key=lambda row: row.position):
            children.setdefault(row.parent_id, []).append(row)
        return rules.Sheet(
            id=self.id,
            name=self.name,
            note=self.note,
            declared_max=self.declared_max,
            bonus_cap=self.bonus_cap,
            not_applicable=self.not_applicable,  # type: ignore[arg-type]  # the column holds only these two words
            roots=tuple(row.rule(children) for row in children.get(None, [])),
            bands=tuple(_band(band) for band in self.bands),
            total_cap=self.total_cap,
            declared_max_by_kind=tuple((kind, points) for kind, points in self.declared_max_by_kind),
            clusters=tuple(rules.Cluster(one["number"], one["name"], tuple(one["units"])) for one in self.clusters),
            gates=tuple(rules.Gate(**gate) for gate in self.gates),
        )

    def _append(self, rule: rules.Criterion, parent: Criterion | None) -> None:
        row = Criterion(
            parent=parent,
            position=len(self.criteria) + 1,
            levels=[{"text": level.text, "points": level.points} for level in rule.levels],
            refs=list(rule.refs),
            applies_to=list(rule.applies_to),
        )
        for name in PLAIN_FIELDS:
            setattr(row, name, getattr(rule, name))
        self.criteria.append(row)
        for child in rule.children:
            self._append(child, row)


def plain_band(band: rules.Band) -> dict[str, Any]:
    """A band as the column holds it."""
    plain: dict[str, Any] = {"label": band.label, "minimum": band.minimum}
    if band.maximum is not None:
        plain["maximum"] = band.maximum
    if band.minimum_by_kind:
        plain["minimum_by_kind"] = [list(pair) for pair in band.minimum_by_kind]
    return plain


def _band(plain: dict[str, Any]) -> rules.Band:
    by_kind = tuple((kind, points) for kind, points in plain.get("minimum_by_kind", ()))
    return rules.Band(plain["label"], plain["minimum"], plain.get("maximum"), by_kind)


GATE_FIELDS = ("kind", "criterion", "threshold", "effect", "label", "text")
