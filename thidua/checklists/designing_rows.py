"""Short tables typed row by row (levels, ratings, gates, clusters): rows come, go and change places by buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from werkzeug.datastructures import MultiDict

from thidua.models.unit import UNIT_KINDS
from thidua.rules.errors import InvalidEntry
from thidua.rules.points import Points, format_points, parse_points
from thidua.rules.vietnamese import clean_line, fold

MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class TypedRows:
    """What stands in the fields; ``errors`` by row and field. ``arrived`` is a row that has just come (-1: none)."""

    name: str
    fields: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    errors: Mapping[tuple[int, str], str] = field(default_factory=dict)
    arrived: int = -1

    @classmethod
    def posted(cls, form: MultiDict[str, str], name: str, fields: tuple[str, ...]) -> Self:
        """The rows as they stand in the form, after the button that was pressed, if any."""
        columns = [form.getlist(f"{name}_{one}")[:MOST_ROWS] for one in fields]
        rows = [dict(zip(fields, map(clean_line, values), strict=True)) for values in zip(*columns, strict=False)]
        return cls(name, fields, tuple(rows))._moved(form.get(f"{name}_move", ""))

    @classmethod
    def of(cls, name: str, fields: tuple[str, ...], rows: Sequence[Mapping[str, str]]) -> Self:
        return cls(name, fields, tuple(rows))

    @property
    def filled(self) -> list[tuple[int, Mapping[str, str]]]:
        """(place, row) of the rows in which something was typed."""
        return [(place, row) for place, row in enumerate(self.rows) if any(row.values())]

    def with_errors(self, errors: Mapping[tuple[int, str], str]) -> Self:
        return replace(self, errors=errors)

    def _moved(self, move: str) -> Self:
        action, _, place_typed = move.partition("-")
        rows = list(self.rows)
        if action == "add" and len(rows) < MOST_ROWS:
            return replace(self, rows=(*rows, dict.fromkeys(self.fields, "")), arrived=len(rows))
        place = next((one for one in range(len(rows)) if str(one) == place_typed), -1)
        if place < 0:
            return self
        row = rows.pop(place)
        if action in ("up", "down"):
            rows.insert(max(place + (1 if action == "down" else -1), 0), row)
        elif action != "drop":
            return self
        return replace(self, rows=tuple(rows))


def typed_points(text: str, *, allow_negative: bool = False) -> Points | None:
    """Points typed into a cell; None for an empty one. Raises InvalidEntry."""
    return parse_points(text, allow_negative=allow_negative) if text.strip() else None


def shown_points(points: Points | None) -> str:
    return "" if points is None else format_points(points)


def read_by_kind(text: str) -> list[tuple[str, Points]]:
    """ "Hội tỉnh: 80; Hội Nữ: 75" as (kind of unit, points). Raises InvalidEntry."""
    known = {fold(label): kind for kind, label in UNIT_KINDS.items()}
    pairs: dict[str, Points] = {}
    for part in text.replace("\n", ";").split(";"):
        if not part.strip():
            continue
        label, colon, points = part.rpartition(":")
        label = clean_line(label)
        if not colon or not label:
            raise InvalidEntry(
                f"“{clean_line(part)[:40]}” chưa đúng. Xin ghi “Loại đơn vị: số điểm”, ví dụ “Hội Nữ: 75”."
            )
        kind = known.get(fold(label), label)
        if kind in pairs:
            raise InvalidEntry(f"“{label}” ghi hai lần. Xin giữ một lần.")
        pairs[kind] = parse_points(points)
    return list(pairs.items())


def show_by_kind(pairs: Sequence[Sequence[object]], joiner: str = "; ") -> str:
    """The same, to be typed on."""
    return joiner.join(
        f"{UNIT_KINDS.get(str(kind), kind)}: {format_points(int(str(points)))}" for kind, points in pairs
    )
