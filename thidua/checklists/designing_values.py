"""A value of a criterion in words, for telling what somebody else changed."""

from typing import Any

from thidua.checklists.designing_outline import kind_label, shortened
from thidua.rules.criterion_shape import KINDS, POLARITIES
from thidua.rules.points import format_points

POINTS = frozenset({"maximum", "minimum", "step", "points_per_count", "cap"})


def told_value(name: str, value: Any) -> str:
    """ "10", "Điểm thưởng", "có"; "trống" for nothing."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if name in POINTS and isinstance(value, int):
        return format_points(value)
    if name == "levels" and isinstance(value, list):
        return "; ".join(filter(None, map(_told_level, value))) or "trống"
    if isinstance(value, list):
        return ", ".join(kind_label(str(one)) for one in value) or "trống"
    known = {"kind": KINDS, "polarity": POLARITIES}.get(name, {})
    return f"“{known.get(str(value), shortened(str(value)))}”" if value else "trống"


def _told_level(level: Any) -> str:
    """It comes back from a form, so it may be anything."""
    if not isinstance(level, dict) or not isinstance(level.get("points"), int):
        return ""
    return f"{level.get('text', '')} {format_points(level['points'])}"
