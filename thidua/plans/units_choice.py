"""Which units a plan has, in which order: chosen by buttons, posted as a list of ids."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from werkzeug.datastructures import MultiDict

from thidua.models import ChecklistSession, Plan, Unit


@dataclass(frozen=True, slots=True)
class UnitsChoice:
    """``kept`` are ids of units that already have a checklist session and therefore stay.

    ``arrived`` has just been added or left out: it has no button any more that could keep the focus.
    """

    chosen: tuple[Unit, ...]
    others: tuple[Unit, ...]
    kept: frozenset[int] = frozenset()
    arrived: int = 0
    error: str = ""

    @classmethod
    def of_plan(cls, plan: Plan | None, units: list[Unit], sessions: Mapping[int, ChecklistSession]) -> Self:
        """The units as the plan has them."""
        ids = [one.unit_id for one in plan.plan_units] if plan else []
        return cls._of_ids(ids, units, frozenset(one.unit_id for one in sessions.values()))

    @classmethod
    def posted(cls, form: MultiDict[str, str], units: list[Unit], sessions: Mapping[int, ChecklistSession]) -> Self:
        """The units as they stand in the form, after the button that was pressed, if any."""
        known = {unit.id for unit in units}
        ids = [one for one in dict.fromkeys(form.getlist("unit", type=int)) if one in known]
        move, _, pressed = form.get("units_move", "").partition("-")
        moved = int(pressed) if pressed.isascii() and pressed.isdecimal() and int(pressed) in known else 0
        kept = frozenset(one.unit_id for one in sessions.values())
        choice = cls._of_ids(_moved(ids, move, moved, kept), units, kept)
        return replace(choice, arrived=moved) if move in ("add", "drop") else choice

    @classmethod
    def _of_ids(cls, ids: list[int], units: list[Unit], kept: frozenset[int]) -> Self:
        by_id = {unit.id: unit for unit in units}
        return cls(tuple(by_id[one] for one in ids), tuple(unit for unit in units if unit.id not in ids), kept)

    @property
    def checked(self) -> Self:
        """With the sentence that refuses to leave out a unit whose checklist session is there."""
        missing = [unit.name for unit in self.others if unit.id in self.kept]
        if not missing:
            return self
        names = ", ".join(missing)
        return replace(self, error=f"{names} đã có buổi kiểm tra nên không bỏ khỏi kế hoạch được. Xin thêm lại.")


def _moved(ids: list[int], move: str, moved: int, kept: frozenset[int]) -> list[int]:
    if move == "add" and moved and moved not in ids:
        return [*ids, moved]
    if moved not in ids:
        return ids
    place = ids.index(moved)
    rest = [one for one in ids if one != moved]
    if move == "drop" and moved not in kept:
        return rest
    if move in ("up", "down"):
        rest.insert(max(place + (-1 if move == "up" else 1), 0), moved)
        return rest
    return ids
