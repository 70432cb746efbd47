"""What adding up and rating a large score sheet costs, without a database or a page.

run.py bench sheets

A sheet of 300 criteria on three levels, of every kind: `totals_ms` and `grade_ms` are medians. In the same run, as a
measure of the machine, `bare_ms`: the points of the same entries in one flat sum; `ratio` is how often that fits.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from itertools import count

from _stand import report

from thidua.rules.entries import Entry, entry_points
from thidua.rules.grading import grade
from thidua.rules.scoring import compute_totals
from thidua.rules.sheet import Band, Criterion, Gate, Level, Sheet

SECTIONS, GROUPS, IN_A_GROUP = 10, 6, 5
LEVELS = (Level("Đủ", 500), Level("Một phần", 200), Level("Chưa", 0))


def large_sheet() -> Sheet:
    """10 sections of 6 groups of 5: of the groups one takes the highest, one is either/or, one starts full."""
    ids = count(1)
    roots = tuple(_section(ids, str(place)) for place in range(1, SECTIONS + 1))
    declared = sum(root.maximum or 0 for root in roots)
    bands = (Band("Tốt", declared * 8 // 10), Band("Khá", declared // 2), Band("Yếu", 0))
    gates = (Gate("section_below", None, 50, "at_most", "Khá"), Gate("critical_zero", None, None, "lower_one"))
    return Sheet(1, "Bảng lớn", "", declared, "leave_out", roots, bands, gates, bonus_cap=1000)


def _section(ids: count[int], number: str) -> Criterion:
    section_id = next(ids)
    groups = tuple(_group(ids, f"{number}.{place}", place) for place in range(1, GROUPS + 1))
    return Criterion(section_id, number, "Mục", kind="section", maximum=9000, children=groups)


def _group(ids: count[int], number: str, place: int) -> Criterion:
    group_id = next(ids)
    children = tuple(_leaf(next(ids), f"{number}.{at}", at, is_penalty=place == 3) for at in range(1, IN_A_GROUP + 1))
    return Criterion(
        group_id,
        number,
        "Nhóm",
        kind="section",
        maximum=2000,
        cap=2000,
        only_highest=place == 1,
        either_or=place == 2,
        starts_full=place == 3,
        children=children,
    )


def _leaf(id: int, number: str, at: int, *, is_penalty: bool) -> Criterion:
    if is_penalty:
        return Criterion(id, number, "Trừ", kind="count", polarity="penalty", maximum=0, points_per_count=-50)
    if at == 2:
        return Criterion(id, number, "Mức", kind="levels", maximum=500, levels=LEVELS, critical=True)
    if at == 3:
        return Criterion(id, number, "Lần", kind="count", maximum=500, points_per_count=100)
    return Criterion(id, number, "Điểm", maximum=500, polarity="bonus" if at == 5 else "base")


def filled(sheet: Sheet) -> dict[int, Entry]:
    """Nearly everything scored; of each 30 one does not apply and one is still missing."""
    entries = {}
    for place, leaf in enumerate(sheet.leaves):
        if place % 30 == 17:
            continue
        if place % 30 == 19:
            entries[leaf.id] = Entry(not_applicable=True)
        elif leaf.kind == "levels":
            entries[leaf.id] = Entry(level=place % 3)
        elif leaf.kind == "count":
            entries[leaf.id] = Entry(count=place % 5)
        else:
            entries[leaf.id] = Entry(points=place % 10 * 50)
    return entries


def median_ms(work: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description="Đo việc cộng điểm và xếp loại một bảng 300 tiêu chí.")
    parser.add_argument("--times", type=int, default=300, help="số lần đo")
    options = parser.parse_args()
    sheet = large_sheet()
    entries = filled(sheet)
    totals = compute_totals(sheet, entries)
    scored = [(leaf, entries[leaf.id]) for leaf in sheet.leaves if leaf.id in entries]
    bare_ms = median_ms(lambda: sum(entry_points(leaf, entry) or 0 for leaf, entry in scored), options.times)
    totals_ms = median_ms(lambda: compute_totals(sheet, entries), options.times)
    grade_ms = median_ms(lambda: grade(sheet, entries, totals), options.times)
    report(
        bench="sheets",
        criteria=len(sheet.leaves),
        sections=len(totals.sections),
        totals_ms=round(totals_ms, 3),
        grade_ms=round(grade_ms, 3),
        bare_ms=round(bare_ms, 3),
        ratio=round(totals_ms / bare_ms, 2),
    )


if __name__ == "__main__":
    main()
