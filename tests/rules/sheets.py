"""Sheets for the tests of the rules: the one that ships, small ones by hand, and arbitrary ones."""

import json
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from thidua.rules.entries import Entry, check_entry
from thidua.rules.sheet import Band, Cluster, Criterion, Gate, Level, Sheet
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


def _draw_penalty(draw: st.DrawFn, number: int, marks: int) -> Criterion:
    """Taken in points, by level or each time; with or without a limit."""
    kind = draw(st.sampled_from(("points", "levels", "count")))
    if kind == "levels":
        levels = (Level("không", 0), Level("có", -marks))
        return leaf(number, 0, kind="levels", minimum=-marks, polarity="penalty", levels=levels)
    if kind == "count":
        limit = draw(st.sampled_from((0, -marks)))
        return leaf(number, 0, kind="count", minimum=limit, polarity="penalty", points_per_count=-100)
    return leaf(number, 0, minimum=-marks, polarity="penalty")


def _draw_leaf(draw: st.DrawFn, ids: "count[int]", polarities: tuple[str, ...]) -> Criterion:
    polarity = draw(st.sampled_from(polarities))
    marks = draw(st.integers(1, 40)) * 50
    number = next(ids)
    if polarity == "penalty":
        return _draw_penalty(draw, number, marks)
    kind = draw(st.sampled_from(("points", "points", "levels", "count", "note")))
    settings: dict[str, Any] = {
        "polarity": polarity,
        "applies_to": draw(st.sampled_from(((), (), (), ("hoi_nu",), ("hoi_tinh", "chủ nhiệm")))),
        "cap": draw(st.sampled_from((None, None, None, 500))),
        "step": draw(st.sampled_from((100, 50, 25))),
    }
    if kind == "levels":
        lowest = draw(st.sampled_from((0, 0, -100))) if polarity == "base" else 0
        steps = (Level("đủ", marks), Level("một phần", marks // 2), Level("không", lowest))
        return leaf(number, marks, kind="levels", minimum=min(lowest, 0), levels=steps, **settings)
    if kind == "count":
        per_count = draw(st.sampled_from((50, 100, -100))) if polarity == "base" else 100
        return leaf(number, marks, kind="count", points_per_count=per_count, **settings)
    if kind == "note":
        return leaf(number, None, kind="note", polarity=polarity)
    return leaf(number, marks, critical=draw(st.booleans()), **settings)


def _draw_starting_full(draw: st.DrawFn, ids: "count[int]") -> Criterion:
    number = next(ids)
    children = [_draw_leaf(draw, ids, ("penalty",)) for _ in range(draw(st.integers(1, 3)))]
    marks, lowest = draw(st.integers(1, 30)) * 50, draw(st.sampled_from((0, 0, 50, -300)))
    return section(number, *children, starts_full=True, maximum=marks, minimum=min(lowest, marks))


def _draw_choice(draw: st.DrawFn, ids: "count[int]", depth: int) -> Criterion:
    """Only the highest, or either … or, of leaves of one polarity or of groups without bonus."""
    number = next(ids)
    polarity = draw(st.sampled_from(("base", "base", "bonus", "penalty")))
    how = draw(st.sampled_from(("only_highest", "either_or")))

    def alternative() -> Criterion:
        if polarity != "base" or depth >= 2 or draw(st.booleans()):
            return _draw_leaf(draw, ids, (polarity,))
        if draw(st.integers(0, 3)) == 0:
            return _draw_starting_full(draw, ids)
        below = next(ids)
        inner = [_draw_leaf(draw, ids, ("base", "base", "penalty")) for _ in range(draw(st.integers(1, 3)))]
        return section(below, *inner, minimum=draw(st.sampled_from((0, -200))))

    children = [alternative() for _ in range(draw(st.integers(1, 4)))]
    return section(number, *children, polarity=polarity, **{how: True})


def _points(lowest: int, highest: int) -> st.SearchStrategy[int]:
    return st.integers(lowest, highest).map(lambda halves: halves * 50)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Any sheet: every kind and group, caps at every height, bands and gates, both not-applicable policies."""
    ids = count(1)

    def node(depth: int) -> Criterion:
        if depth == 3 or draw(st.integers(0, 2)) == 0:
            return _draw_leaf(draw, ids, ("base", "base", "bonus", "penalty"))
        shape = draw(st.integers(0, 6))
        if shape == 0:
            return _draw_starting_full(draw, ids)
        if shape == 1:
            return _draw_choice(draw, ids, depth)
        number = next(ids)
        if shape == 2:
            penalties = [_draw_leaf(draw, ids, ("penalty",)) for _ in range(draw(st.integers(1, 3)))]
            return section(number, *penalties, polarity="penalty", minimum=draw(st.sampled_from((0, -200))))
        children = [node(depth + 1) for _ in range(draw(st.integers(0, 4)))]
        return section(
            number,
            *children,
            cap=draw(st.none() | _points(0, 40)),
            maximum=draw(st.none() | st.just(2000)),
            minimum=draw(st.sampled_from((0, 0, 0, -250))),
        )

    roots = tuple(node(1) for _ in range(draw(st.integers(1, 4))))
    minima = sorted(draw(st.lists(_points(0, 250), min_size=0, max_size=4, unique=True)))
    bands = tuple(
        Band(f"Mức {place}", minimum, draw(st.none() | st.just(minimum + 400)), draw(_by_kind))
        for place, minimum in enumerate(minima)
    )
    return small_sheet(
        *roots,
        declared_max=draw(st.sampled_from((8000, 9000, 10000, 14000))),
        not_applicable=draw(st.sampled_from(("leave_out", "full_marks"))),
        bonus_cap=draw(st.none() | _points(0, 20)),
        total_cap=draw(st.none() | st.none() | _points(0, 100)),
        declared_max_by_kind=draw(_by_kind),
        clusters=draw(st.sampled_from(((), (Cluster("I", "Cụm 1", ("Quận 1", "Quận 3")), Cluster("", "Cụm 2"))))),
        bands=bands,
        gates=tuple(draw(st.lists(_gates, max_size=3))),
    )


_by_kind = st.sampled_from(((), (), (("chủ nhiệm", 8000),), (("hoi_nu", 9050), ("hoi_tinh", 7000))))
_gates = st.sampled_from(
    (
        Gate("critical_zero", None, None, "at_most", "Mức 0"),
        Gate("critical_zero", "1", None, "lower_one"),
        Gate("section_below", None, 50, "lower_one"),
        Gate("section_below", "2", 40, "not_rated"),
        Gate("manual", None, None, "at_most", "Mức không có", "Có người bị kỷ luật"),
    )
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
    return Entry(points=draw(st.integers(low // criterion.step, high // criterion.step)) * criterion.step)


@st.composite
def scored_sheets(draw: st.DrawFn) -> tuple[Sheet, dict[int, Entry]]:
    sheet = draw(sheets())
    scored = [criterion for criterion in sheet.leaves if draw(st.integers(0, 4))]
    return sheet, {criterion.id: draw_entry(draw, criterion) for criterion in scored}
