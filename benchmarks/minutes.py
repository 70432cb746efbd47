"""Minutes of 3, 6 and 12 pages: freeze, render, sign three times, verify. Those of 6 pages stand on top.

run.py bench minutes --times 5
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from _stand import report

from thidua.doors.pdf import RenderedPdf, render_pdf
from thidua.doors.signing import (
    LocalKey,
    Mark,
    Subject,
    add_fields,
    issue_certificate,
    new_authority,
    sign_pdf,
    verify_pdf,
)
from thidua.rules.documents import Document, canonical_json, digest, to_plain
from thidua.rules.minutes_facts import AgendaItem, Attendee, MinutesFacts, Rated, Recommended, Said, ScoreLine
from thidua.rules.wording import compose_minutes

SIZES = (3, 6, 12)
BEGAN = datetime(2020, 10, 25, 1, tzinfo=UTC)
SIGNED = BEGAN + timedelta(hours=4)
PEOPLE = {"secretary": "Nguyễn Văn Quyết", "unit": "Trần Văn Hải", "head": "Thiếu tướng Võ Sở"}
SECRET, PIN = b"bench", "246810"
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


def measured(pages: int, times: int) -> dict[str, Any]:
    """Medians in milliseconds for one size; `sign_ms` is one signature, `verify_ms` all three."""
    given = facts_of_pages(pages)
    frozen, freeze_ms = _median(times, lambda: _frozen(given))
    rendered, render_ms = _median(times, lambda: render_pdf(frozen))
    keys, root = _keys()
    revisions, sign_ms = _median(times, lambda: _signed(rendered, keys))
    proven, verify_ms = _median(times, lambda: verify_pdf(revisions[-1], [root], at=SIGNED))
    if not proven.intact or len(proven.signatures) != len(PEOPLE):
        raise SystemExit("the signed paper does not stand")
    return {
        "pages": rendered.pages,
        "bytes": len(revisions[-1]),
        "freeze_ms": freeze_ms,
        "render_ms": render_ms,
        "sign_ms": round(sign_ms / len(PEOPLE), 1),
        "verify_ms": verify_ms,
    }


def _keys() -> tuple[dict[str, LocalKey], str]:
    """A key for each signer, and the certificate of the authority."""
    root = new_authority("Hội Truyền thống Trường Sơn", secret=SECRET, at=BEGAN)
    issued = {
        part: issue_certificate(
            root.certificate_pem, root.key_pem, secret=SECRET, subject=Subject(person), pin=PIN, at=BEGAN
        )
        for part, person in PEOPLE.items()
    }
    return {part: LocalKey(one.certificate_pem, one.key_pem, PIN) for part, one in issued.items()}, root.certificate_pem


def _frozen(given: MinutesFacts) -> Document:
    document = compose_minutes(given)
    return compose_minutes(given, digest=digest(canonical_json(to_plain(document))))


def _signed(rendered: RenderedPdf, keys: dict[str, LocalKey]) -> list[bytes]:
    """The paper with its empty places, and its three signed revisions."""
    revisions = [add_fields(rendered.pdf, rendered.places, SIGNED)]
    for at, (part, person) in enumerate(PEOPLE.items()):
        mark = Mark((person, "Đã ký số", "11 giờ 20, ngày 25 tháng 10 năm 2020"))
        certify = at == 0
        revisions.append(
            sign_pdf(revisions[-1], part, keys[part], mark, at=SIGNED, reason="Ký", location="Hà Nội", certify=certify)
        )
    return revisions


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
    sizes = {pages: measured(pages, options.times) for pages in SIZES}
    report(bench="minutes", times=options.times, **sizes[6], sizes=[sizes[pages] for pages in SIZES])


if __name__ == "__main__":
    main()
