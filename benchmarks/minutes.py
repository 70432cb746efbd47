"""Minutes of 3, 6 and 12 pages: freeze, render, sign three times, verify. Those of 6 pages stand on top.

run.py bench minutes --times 5
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from _stand import report

from thidua.doors.files import FileStore
from thidua.doors.pdf import RenderedPdf, render_pdf, stamp_signature
from thidua.rules.documents import Document, canonical_json, digest, to_plain
from thidua.rules.minutes_facts import AgendaItem, Attendee, MinutesFacts, Rated, Recommended, Said, ScoreLine
from thidua.rules.wording import compose_minutes

SIZES = (3, 6, 12)
BEGAN = datetime(2020, 10, 25, 1, tzinfo=UTC)
PEOPLE = {"secretary": "Nguyễn Văn Quyết", "unit": "Trần Văn Hải", "head": "Thiếu tướng Võ Sở"}
REMARK = (
    "Công tác tuyên truyền, vận động hội viên tham gia thực hiện các chủ trương, nghị quyết của Đảng, "
    "chính sách, pháp luật của Nhà nước và Điều lệ Hội được tiến hành thường xuyên, thiết thực (đợt {})."
)


def facts(richness: int) -> MinutesFacts:
    """A half-day in which this many criteria were scored, and people spoke accordingly."""
    remarks = tuple(REMARK.format(at + 1) for at in range(1 + richness // 4))
    return MinutesFacts(
        parent="Hội Truyền thống Trường Sơn",
        issuer=("Đường Hồ Chí Minh Việt Nam",),
        number_line="Số: 15/BB-HTS",
        code="15/BB-HTS",
        subject="Kiểm tra công tác Thi đua – Khen thưởng năm 2020",
        unit="Hội Trường Sơn thành phố Hải Phòng",
        plan_reference="Kế hoạch số 72/HTS ngày 08 tháng 9 năm 2020 của Thường trực Hội",
        place="Trụ sở Hội",
        started_at=BEGAN,
        ended_at=BEGAN + timedelta(hours=3, minutes=20),
        attendees=(
            Attendee("team", "Võ Sở", "Thiếu tướng", "Chủ tịch Hội", "Trưởng đoàn", signs="head"),
            Attendee("team", "Nguyễn Văn Quyết", "", "Phó Chánh Văn phòng", "Thư ký", signs="secretary"),
            Attendee("unit", "Trần Văn Hải", "", "Chủ tịch Hội", "Chủ trì báo cáo", signs="unit"),
        ),
        agenda=(AgendaItem("Đơn vị báo cáo", BEGAN, BEGAN + timedelta(minutes=40)),),
        report_summary=remarks,
        exchanges=tuple(Said("question", "Đồng chí Phạm Tiến Ích", text) for text in remarks),
        strengths=remarks,
        shortcomings=remarks,
        recommendations=tuple(Recommended(text, "Ban Thường vụ Hội", date(2020, 12, 31)) for text in remarks),
        scores=tuple(_score_lines(richness)),
        total_maximum=100_00,
        total_self=95_00,
        total_agreed=92_50,
        rated=Rated("Tốt", "Tốt", "Tốt"),
        unit_opinions=("Nhất trí với nhận xét của Đoàn kiểm tra.",),
        conclusion="Đơn vị hoàn thành tốt nhiệm vụ.",
        recipients=("Thường trực Hội", "Lưu: VP"),
        issued_at=BEGAN + timedelta(hours=4),
    )


def _score_lines(count: int) -> list[ScoreLine]:
    lines: list[ScoreLine] = []
    for at in range(count):
        section = at // 6 + 1
        if at % 6 == 0:
            lines.append(
                ScoreLine("group", f"{section}", "Quán triệt, triển khai phong trào thi đua", 48_00, 45_00, 44_00)
            )
        reason = "Thiếu minh chứng" if at % 3 == 0 else ""
        text = "Vận động hội viên tham gia xây dựng Hội vững chắc, hoạt động hiệu quả"
        lines.append(ScoreLine("item", f"{section}.{at % 6 + 1}", text, 8_00, 7_50, 7_25, reason=reason))
    return lines


def facts_of_pages(pages: int) -> MinutesFacts:
    richness = pages * 5
    for _ in range(60):
        printed = render_pdf(compose_minutes(facts(richness))).pages
        if printed == pages:
            return facts(richness)
        richness += 1 if printed < pages else -1
    raise SystemExit(f"no half-day prints {pages} pages")


def measured(pages: int, times: int, folder: Path) -> dict[str, Any]:
    """Medians in milliseconds for one size."""
    given = facts_of_pages(pages)
    frozen, freeze_ms = _median(times, lambda: _frozen(given))
    rendered, render_ms = _median(times, lambda: render_pdf(frozen))
    revisions, sign_ms = _median(times, lambda: _signed(rendered, frozen))
    store = FileStore(folder / str(pages))
    stored = [store.put(revision) for revision in revisions]
    _, verify_ms = _median(times, lambda: _verified(store, stored))
    return {
        "pages": rendered.pages,
        "bytes": len(revisions[-1]),
        "freeze_ms": freeze_ms,
        "render_ms": render_ms,
        "sign_ms": sign_ms,
        "verify_ms": verify_ms,
    }


def _frozen(given: MinutesFacts) -> Document:
    document = compose_minutes(given)
    return compose_minutes(given, digest=digest(canonical_json(to_plain(document))))


def _signed(rendered: RenderedPdf, document: Document) -> list[bytes]:
    """The paper and its three signed revisions."""
    revisions = [rendered.pdf]
    for name, person in PEOPLE.items():
        lines = ["Đã ký trong chương trình", person, "lúc 11 giờ 20", "ngày 25 tháng 10 năm 2020", document.digest[:12]]
        revisions.append(stamp_signature(revisions[-1], rendered.places[name], lines, BEGAN + timedelta(hours=4)))
    return revisions


def _verified(store: FileStore, stored: list[str]) -> bytes:
    """Every revision has its hash and begins with the one before it."""
    content = b""
    for sha256 in stored:
        later = store.get(sha256)
        if not later.startswith(content):
            raise SystemExit(f"revision {sha256} does not begin with the one before it")
        content = later
    return content


def _median(times: int, act: Callable[[], Any]) -> tuple[Any, float]:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        result = act()
        taken.append(time.perf_counter() - began)
    return result, round(statistics.median(taken) * 1000, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description="Đo thời gian lập, in, ký và kiểm tra biên bản.")
    parser.add_argument("--times", type=int, default=5, help="số lần đo mỗi cỡ")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sizes = {pages: measured(pages, options.times, Path(folder)) for pages in SIZES}
    report(bench="minutes", times=options.times, **sizes[6], sizes=[sizes[pages] for pages in SIZES])


if __name__ == "__main__":
    main()
