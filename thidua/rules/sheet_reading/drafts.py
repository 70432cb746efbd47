"""A criterion being put together, and the choices that doubts about it offer."""

from dataclasses import dataclass, field
from math import gcd
from typing import Final

from thidua.rules.points import Points, format_points
from thidua.rules.sheet import Criterion, Kind, Level, Polarity
from thidua.rules.sheet_reading import phrases
from thidua.rules.sheet_reading.levels import read_rules
from thidua.rules.sheet_reading.lines import Line
from thidua.rules.sheet_reading.values import Choice

LONGEST_NUMBER: Final = 20
_STEP: Final = 50


@dataclass(slots=True)
class Draft:
    """A criterion being put together; ``levels_at`` and the like are addresses for doubts."""

    id: int
    line: Line
    text: str
    polarity: Polarity
    kind: Kind = "points"
    maximum: Points | None = None
    minimum: Points = 0
    levels: tuple[Level, ...] = ()
    per: Points | None = None
    cap: Points | None = None
    guidance: list[str] = field(default_factory=list)

    @property
    def at(self) -> str:
        return self.line.maximum_at or self.line.at

    def criterion(self, number: str, *, is_section: bool) -> Criterion:
        """The finished value."""
        guidance = "\n".join(one for one in self.guidance if one)
        words = f"{self.text}\n{guidance}"
        return Criterion(
            id=self.id,
            number=number[:LONGEST_NUMBER],
            text=self.text,
            guidance=guidance,
            kind="section" if is_section else self.kind,
            polarity=self.polarity,
            maximum=self.maximum,
            minimum=self.minimum,
            step=_step(self.maximum, self.minimum, self.per, *(rule.points for rule in read_rules(guidance))),
            levels=() if is_section else self.levels,
            points_per_count=None if is_section else self.per,
            cap=self.cap,
            only_highest=is_section and phrases.says_highest_only(words),
            either_or=is_section and phrases.says_either_or(self.text),
        )


def keep(points: Points) -> Choice:
    """Leave the points as they were read."""
    return Choice(f"Giữ {format_points(points)}")


def maximum(row: int, points: Points) -> Choice:
    """Take these points as the maximum of the row."""
    return Choice(f"Lấy {format_points(points)}", ((row, "maximum", format_points(points)),))


def as_points(row: int, label: str) -> Choice:
    """Score it with points; its levels go into the guidance."""
    return Choice(label, ((row, "kind", "points"),))


def _step(*points: Points | None) -> Points:
    """The usual half point, or what all points told can be reached with."""
    step = _STEP
    for one in points:
        step = gcd(step, abs(one)) if one else step
    return step
