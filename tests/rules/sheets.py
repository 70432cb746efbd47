"""Sheets for the tests of the rules: the one that ships, small ones by hand, and arbitrary ones."""

import json
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from thidua.rules.entries import Entry, check_entry
from thidua.rules.sheet import Criterion, Level, Sheet
from thidua.rules.sheet_plain import sheet_from_plain

CHECKLIST72 = Path(__file__).parents[2] / "thidua" / "seeds" / "checklist72.json"
NOT_APPLICABLE = Entry(not_applicable=True)


def checklist72() -> Sheet:
    return sheet_from_plain(json.loads(CHECKLIST72.read_text("utf-8")))


def typed(sheet: Sheet, **points: str) -> dict[int, Entry]:
    """Entries from what would be typed: typed(sheet, c1_1="8,5", c2_1="x"), "x" being not applicable."""
    entries = {}
    for name, value in points.items():
        criterion = sheet.numbered(name.removeprefix("c").replace("_", "."))
        if value == "x":
            entries[criterion.id] = NOT_APPLICABLE
        else:
            entries[criterion.id] = check_entry(criterion, points=value)
    return entries


def full_marks72(sheet: Sheet, **changed: str) -> dict[int, Entry]:
    """Every criterion of checklist72 at its maximum, but for those named."""
    entries = {}
    for criterion in sheet.leaves:
        highest = criterion.highest or 0
        entries[criterion.id] = check_entry(criterion, points=str(highest // 100))
    return entries | typed(sheet, **changed)


def small_sheet(*roots: Criterion, **settings: Any) -> Sheet:
    declared = settings.pop("declared_max", 10000)
    policy = settings.pop("not_applicable", "leave_out")
    return Sheet(1, "Thử", "", declared, policy, roots, **settings)


def leaf(id: int, maximum: int | None = 1000, **settings: Any) -> Criterion:
    return Criterion(id=id, number=str(id), text="Tiêu chí", maximum=maximum, **settings)


def section(id: int, *children: Criterion, **settings: Any) -> Criterion:
    return Criterion(id=id, number=str(id), text="Mục", kind="section", children=children, **settings)


def _draw_leaf(draw: st.DrawFn, ids: "count[int]", polarities: tuple[str, ...]) -> Criterion:
    polarity = draw(st.sampled_from(polarities))
    marks = draw(st.integers(1, 40)) * 50
    number = next(ids)
    if polarity == "penalty":
        return leaf(number, 0, minimum=-marks, polarity="penalty")
    kind = draw(st.sampled_from(("points", "points", "levels", "count", "note")))
    if kind == "levels":
        lowest = draw(st.sampled_from((0, 0, -100))) if polarity == "base" else 0
        steps = (Level("đủ", marks), Level("một phần", marks // 2), Level("không", lowest))
        return leaf(number, marks, kind="levels", polarity=polarity, minimum=min(lowest, 0), levels=steps)
    if kind == "count":
        per_count = draw(st.sampled_from((50, 100, -100))) if polarity == "base" else 100
        return leaf(number, marks, kind="count", polarity=polarity, points_per_count=per_count)
    if kind == "note":
        return leaf(number, None, kind="note", polarity=polarity)
    return leaf(number, marks, polarity=polarity)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Any sheet: up to three levels, all kinds, caps, only-highest groups, both not-applicable policies."""
    ids = count(1)

    def node(depth: int) -> Criterion:
        if depth == 3 or draw(st.integers(0, 2)) == 0:
            return _draw_leaf(draw, ids, ("base", "base", "bonus", "penalty"))
        number = next(ids)
        if depth == 2 and draw(st.integers(0, 3)) == 0:
            one_polarity = (draw(st.sampled_from(("base", "bonus"))),)
            children = [_draw_leaf(draw, ids, one_polarity) for _ in range(draw(st.integers(1, 3)))]
            return section(number, *children, only_highest=True, polarity=one_polarity[0])
        children = [node(depth + 1) for _ in range(draw(st.integers(0, 4)))]
        cap = draw(st.none() | st.integers(0, 40).map(lambda n: n * 50))
        return section(number, *children, cap=cap, maximum=draw(st.none() | st.just(2000)))

    roots = tuple(node(1) for _ in range(draw(st.integers(1, 4))))
    return small_sheet(
        *roots,
        declared_max=draw(st.sampled_from((8000, 9000, 10000, 14000))),
        not_applicable=draw(st.sampled_from(("leave_out", "full_marks"))),
        bonus_cap=draw(st.none() | st.integers(0, 20).map(lambda n: n * 50)),
    )


def draw_entry(draw: st.DrawFn, criterion: Criterion) -> Entry:
    if draw(st.integers(0, 7)) == 0:
        return NOT_APPLICABLE
    if criterion.kind == "note":
        return Entry(text="nhận xét")
    if criterion.kind == "levels":
        return Entry(level=draw(st.integers(0, len(criterion.levels) - 1)))
    if criterion.kind == "count":
        return Entry(count=draw(st.integers(0, 30)))
    low, high = criterion.lowest or 0, criterion.highest or 0
    return Entry(points=draw(st.integers(low // 50, high // 50)) * 50)


@st.composite
def scored_sheets(draw: st.DrawFn) -> tuple[Sheet, dict[int, Entry]]:
    sheet = draw(sheets())
    scored = [criterion for criterion in sheet.leaves if draw(st.integers(0, 4))]
    return sheet, {criterion.id: draw_entry(draw, criterion) for criterion in scored}
