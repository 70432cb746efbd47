"""Units: the member associations that are inspected."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from thidua.models.base import Base
from thidua.rules.unit_kinds import UNIT_KINDS as UNIT_KINDS


class Unit(Base):
    """A member unit (Hội, BLL, Sư đoàn, Hội Nữ). ``position`` is its place in the federation's own order."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    kind_label: Mapped[str] = mapped_column(String(80), default="")
    area: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int] = mapped_column(default=0)
    leader_name: Mapped[str] = mapped_column(String(120), default="")
    leader_office: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(String(2000), default="")

    def change(self, **fields: str) -> None:
        """Replace what the office knows of the unit; its place in the order is changed by ``move``."""
        for name in EDITABLE:
            setattr(self, name, fields[name])
        self.kind_label = self.kind_label or UNIT_KINDS.get(self.kind, "")


EDITABLE = ("name", "kind", "kind_label", "area", "leader_name", "leader_office", "phone", "address", "note")


def move(units: list[Unit], unit: Unit, steps: int) -> None:
    """Move a unit up (negative) or down in the list of all units, and number the list anew from 1."""
    units.sort(key=lambda one: (one.position, one.id))
    before = units.index(unit)
    units.insert(max(before + steps, 0), units.pop(before))
    for position, one in enumerate(units, start=1):
        one.position = position
