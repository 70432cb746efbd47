"""What the read API answers: plain values, one function an address."""

from typing import Any

from sqlalchemy import select

from thidua.extensions import db
from thidua.models import Unit

Plain = dict[str, Any]


def units() -> list[Plain]:
    """Every unit, in the federation's own order."""
    rows = db.session.scalars(select(Unit).order_by(Unit.position, Unit.id))
    return [{"id": unit.id, "name": unit.name, "kind": unit.kind, "kind_label": unit.kind_label, "area": unit.area} for unit in rows]
