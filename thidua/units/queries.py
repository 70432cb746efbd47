"""What the pages of units show: one function a page."""

from dataclasses import dataclass

from sqlalchemy import func, select

from thidua.extensions import db
from thidua.models import Unit
from thidua.rules.vietnamese import collate_key, matches_search

ORDERS = {"plan": "Theo thứ tự của Hội", "az": "Theo vần A – Y"}


@dataclass(frozen=True, slots=True)
class UnitList:
    """The units that answer a search, in the chosen order; ``total`` counts all there are."""

    units: list[Unit]
    total: int
    q: str
    order: str

    @property
    def sentence(self) -> str:
        """How many there are, for eyes and for screen readers."""
        if not self.q:
            return f"{self.total} đơn vị"
        return f"Tìm thấy {len(self.units)} trong {self.total} đơn vị cho “{self.q}”"


def unit_list(q: str, order: str) -> UnitList:
    """All units whose name, area, kind or leader begins with the words typed, with or without accents."""
    everything = units_in_order()
    if order == "az":
        everything.sort(key=lambda unit: collate_key(unit.name))
    found = [unit for unit in everything if matches_search(_searched(unit), q)]
    return UnitList(found, len(everything), q, order if order in ORDERS else "plan")


def units_in_order() -> list[Unit]:
    """Every unit, in the federation's own order."""
    return list(db.session.scalars(select(Unit).order_by(Unit.position, Unit.id)))


def next_position() -> int:
    """The place of a new unit: the last."""
    return (db.session.scalar(select(func.max(Unit.position))) or 0) + 1


def named(name: str) -> Unit | None:
    """The unit with this name."""
    return db.session.scalar(select(Unit).where(Unit.name == name))


def _searched(unit: Unit) -> str:
    return " ".join((unit.name, unit.area, unit.kind_label, unit.leader_name))
