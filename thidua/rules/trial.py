"""Trying a score sheet: entries from what stands in a form, the fullest marks it can give, and what comes of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from thidua.rules.entries import Entry, check_entry
from thidua.rules.errors import InvalidEntry
from thidua.rules.grading import Grade, grade
from thidua.rules.points import Points, format_points
from thidua.rules.scoring import Totals, compute_totals
from thidua.rules.sheet import Criterion, Sheet
from thidua.rules.typed_entry import typed_entry

NOT_APPLICABLE = "na"


@dataclass(frozen=True, slots=True)
class Trial:
    """What comes of the values. ``errors``: criterion id -> what is wrong with what was typed there."""

    totals: Totals
    grade: Grade
    errors: Mapping[int, str]


def try_sheet(sheet: Sheet, tokens: Mapping[int, str], *, declared_gates: Collection[int] = ()) -> Trial:
    """Add up and rate. ``tokens``: criterion id -> points "8,5", index of a level, count, "na", or "" (not scored).

    A value that cannot be taken counts as not scored and is told.
    """
    entries: dict[int, Entry] = {}
    errors: dict[int, str] = {}
    for leaf in sheet.leaves:
        try:
            entry = entry_of(leaf, tokens.get(leaf.id, ""))
        except InvalidEntry as wrong:
            errors[leaf.id] = wrong.message
            continue
        if entry is not None:
            entries[leaf.id] = entry
    totals = compute_totals(sheet, entries)
    return Trial(totals, grade(sheet, entries, totals, declared_gates=declared_gates), errors)


def entry_of(criterion: Criterion, token: str) -> Entry | None:
    """The entry that a key or a field means; None: not scored. Raises InvalidEntry."""
    if token.strip() == NOT_APPLICABLE:
        return check_entry(criterion, not_applicable=True)
    if criterion.kind == "levels" and token.strip():
        return check_entry(criterion, level=token)
    return typed_entry(criterion, token)


def fullest(sheet: Sheet) -> dict[int, str]:
    """Tokens that bring the most: full marks, every bonus that has a limit, no deduction.

    Of what is "either … or" the better one is scored; notes stay empty.
    """
    return {leaf.id: token for root in sheet.roots for leaf in _scored(root) if (token := _best_token(leaf))}


def _scored(criterion: Criterion) -> tuple[Criterion, ...]:
    if not criterion.is_section:
        return (criterion,)
    children = criterion.children
    if criterion.either_or and children:
        children = (max(children, key=_worth),)
    return tuple(leaf for child in children for leaf in _scored(child))


def _worth(alternative: Criterion) -> Points:
    """The most that one of several alternatives can bring by itself."""
    alone = Sheet(0, "", "", 0, "leave_out", (alternative,))
    return try_sheet(alone, {leaf.id: _best_token(leaf) for leaf in _scored(alternative)}).totals.points


def _best_token(leaf: Criterion) -> str:
    if leaf.kind == "levels":
        points = [level.points for level in leaf.levels]
        return str(points.index(max(points))) if points else ""
    if leaf.kind == "count":
        return str(_best_count(leaf))
    if leaf.kind == "note":
        return ""
    if leaf.polarity == "penalty":
        return "0"
    return format_points(leaf.highest) if leaf.highest is not None else ""


def _best_count(leaf: Criterion) -> int:
    """Nothing deducted; as often as it still earns something."""
    each, most = leaf.points_per_count or 0, leaf.highest
    if each <= 0 or leaf.polarity == "penalty":
        return 0
    return 1 if most is None else -(-most // each)
