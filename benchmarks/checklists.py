"""A score sheet of many criteria out as a workbook and in again: as ours, as people write one, and filled in.

run.py bench checklists [--criteria N] [--times N]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

from _stand import report

IMPORT_LIMIT_MS = 3000


def main() -> None:
    parser = argparse.ArgumentParser(description="Đo xuất và nhập bảng điểm.")
    parser.add_argument("--criteria", type=int, default=500, help="số tiêu chí")
    parser.add_argument("--times", type=int, default=7, help="số lần đo")
    options = parser.parse_args()
    figures = measured(options.criteria, options.times)
    for name, value in figures.items():
        print(f"{name:26} {value}")
    report(bench="checklists", criteria=options.criteria, import_limit_ms=IMPORT_LIMIT_MS, **figures)


def measured(criteria: int, times: int) -> dict[str, Any]:
    """Medians in milliseconds, sizes in kilobytes."""
    from thidua.checklists.import_reading import read_file
    from thidua.doors.office import read_office_file
    from thidua.rules.score_book.reading import read_score_book
    from thidua.rules.sheet_json import sheet_from_json, sheet_to_json
    from thidua.rules.sheet_reading.nesting import sheet_of

    sheet = wide_sheet(criteria)
    ours, text = workbook_of(sheet), sheet_to_json(sheet)
    peoples, full = as_people_write(sheet), workbook_of(sheet, filled=True)

    def imported(content: bytes) -> Any:
        found = sheet_of(read_file(content, "bang.xlsx"))
        if len(found.leaves) != criteria:
            raise SystemExit(f"{len(found.leaves)} tiêu chí đọc được, cần {criteria}")
        return found

    def read_scores() -> None:
        boxes = read_score_book(read_office_file(full, "phieu.xlsx").tables, sheet, "proposed").boxes
        if sum(bool(box.value) for box in boxes) != criteria:
            raise SystemExit("có điểm không đọc lại được")

    if imported(ours) != sheet:
        raise SystemExit("bảng xuất ra rồi nhập lại không còn như cũ")
    slowest = max(seconds(lambda: imported(peoples), times))
    return {
        "export_ms": median(lambda: workbook_of(sheet), times),
        "export_json_ms": median(lambda: sheet_to_json(sheet), times),
        "import_ours_ms": median(lambda: imported(ours), times),
        "import_ms": median(lambda: imported(peoples), times),
        "import_slowest_ms": round(slowest * 1000, 1),
        "import_json_ms": median(lambda: sheet_from_json(text), times),
        "round_trip_ms": median(lambda: imported(workbook_of(sheet)), times),
        "scores_back_ms": median(read_scores, times),
        "workbook_kb": round(len(ours) / 1024, 1),
        "json_kb": round(len(text.encode()) / 1024, 1),
        "is_within_limit": slowest * 1000 <= IMPORT_LIMIT_MS,
    }


def wide_sheet(criteria: int) -> Any:
    """Sections of ten criteria: points, every third in levels, every tenth counted."""
    from thidua.rules.sheet_plain import sheet_from_plain

    sections = [
        {
            "number": str(first // 10 + 1),
            "title": f"Nội dung {first // 10 + 1}: triển khai công tác thi đua, khen thưởng",
            "criteria": [one_criterion(place, first) for place in range(first, min(first + 10, criteria))],
        }
        for first in range(0, criteria, 10)
    ]
    bands = [{"label": "Tốt", "min": criteria * 4}, {"label": "Khá", "min": criteria * 2}, {"label": "Yếu", "min": 0}]
    return sheet_from_plain({"name": f"Bảng {criteria} tiêu chí", "sections": sections, "classification": bands})


def one_criterion(place: int, first: int) -> dict[str, Any]:
    said: dict[str, Any] = {
        "number": f"{first // 10 + 1}.{place - first + 1}",
        "text": f"Tiêu chí {place + 1}: xây dựng kế hoạch, tổ chức thực hiện và kết quả cụ thể ở chi hội",
        "max": 5,
        "guidance": "Có văn bản và thực hiện đúng thời hạn.",
    }
    if place % 10 == 9:
        return said | {"points_per_count": 1}
    if place % 3 == 0:
        levels = (("Thực hiện đủ", 5), ("Thực hiện một phần", 3), ("Không thực hiện", 0))
        return said | {"levels": [{"text": text, "points": points} for text, points in levels]}
    return said


def workbook_of(sheet: Any, *, filled: bool = False) -> bytes:
    from thidua.doors.workbook import render_workbook
    from thidua.rules.entries import Entry
    from thidua.rules.score_book import BookFacts, Marks, compose_score_book, fingerprint

    kinds = {"points": Entry(points=350), "levels": Entry(level=1), "count": Entry(count=3)}
    team = {leaf.id: kinds[leaf.kind] for leaf in sheet.leaves} if filled else {}
    return render_workbook(compose_score_book(BookFacts(Marks(1, 1, fingerprint(sheet)), team=team), sheet))


def as_people_write(sheet: Any) -> bytes:
    """The same criteria in a plain table of somebody else's making: number, text, maximum, a column for the score."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    page.append([sheet.name])
    page.append(["TT", "Nội dung", "Điểm tối đa", "Tự chấm"])
    for one in sheet.all:
        most = one.maximum if one.maximum is not None else sum(child.maximum or 0 for child in one.children)
        page.append([one.number, one.text, most / 100])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def seconds(work: Callable[[], object], times: int) -> list[float]:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return taken


def median(work: Callable[[], object], times: int) -> float:
    return round(statistics.median(seconds(work, times)) * 1000, 1)


if __name__ == "__main__":
    main()
