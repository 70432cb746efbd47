"""Minutes of 3, 6 and 12 pages: freeze, render, sign three times, verify. Those of 6 pages stand on top.

Then, on a running server, ten offices finish within six seconds while other rooms go on scoring.

run.py bench minutes --times 5 --offices 10 --rooms 10 --screens 10

`…_cpu_ms` is processor time, everything else is what one waits. `sign_ms` is one signature, `verify_ms` all three.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from _finishing import PIN, measure_finishing
from _stand import report

from thidua.doors.pdf import render_apart, render_pdf
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
    """Medians in milliseconds for one size."""
    given, pairs = facts_of_pages(pages), _keys()
    frozen, freeze_ms, freeze_cpu = _median(times, lambda: _frozen(given))
    rendered, render_ms, render_cpu = _median(times, lambda: render_pdf(frozen))
    _, apart_ms, _ = _median(times, lambda: render_apart(frozen))
    prepared = add_fields(rendered.pdf, rendered.places, SIGNED)
    revisions, three_ms, three_cpu = _median(times, lambda: _signed(prepared, pairs))
    verdict, verify_ms, verify_cpu = _median(times, lambda: verify_pdf(revisions[-1], [pairs.root], at=SIGNED))
    if not verdict.intact or len(verdict.signatures) != len(PEOPLE):
        raise SystemExit("the three signatures do not stand")
    return {
        "pages": rendered.pages,
        "bytes": len(revisions[-1]),
        "freeze_ms": freeze_ms,
        "render_ms": render_ms,
        "render_apart_ms": apart_ms,
        "freeze_and_render_cpu_ms": round(freeze_cpu + render_cpu, 1),
        "sign_ms": round(three_ms / len(PEOPLE), 1),
        "sign_cpu_ms": round(three_cpu / len(PEOPLE), 1),
        "verify_ms": verify_ms,
        "verify_cpu_ms": verify_cpu,
    }


@dataclass(frozen=True)
class Keys:
    """The certificate of an authority and a key of each signer."""

    root: str
    local: dict[str, LocalKey]


def _keys() -> Keys:
    secret = b"bench"
    authority = new_authority("Đo", secret=secret, at=BEGAN)
    issued = {
        part: issue_certificate(
            authority.certificate_pem,
            authority.key_pem,
            secret=secret,
            subject=Subject(person, "", "Hội", part),
            pin=PIN,
            at=BEGAN,
        )
        for part, person in PEOPLE.items()
    }
    return Keys(
        authority.certificate_pem,
        {part: LocalKey(one.certificate_pem, one.key_pem, PIN) for part, one in issued.items()},
    )


def _frozen(given: MinutesFacts) -> Document:
    document = compose_minutes(given)
    frozen = compose_minutes(given, digest=digest(canonical_json(to_plain(document))))
    return replace(frozen, verify_address="http://192.168.1.10:8000")


def _signed(pdf: bytes, keys: Keys) -> list[bytes]:
    """The paper and its three signed revisions."""
    revisions = [pdf]
    for at, (part, person) in enumerate(PEOPLE.items()):
        mark = Mark((f"Ký bởi: {person}", "Thời gian: 25/10/2020 11:20:00 +07:00"))
        moment = SIGNED + timedelta(minutes=at)
        revisions.append(
            sign_pdf(
                revisions[-1],
                part,
                keys.local[part],
                mark,
                at=moment,
                reason="Ký biên bản",
                location="Hà Nội",
                certify=at == 0,
            )
        )
    return revisions


def _median(times: int, act: Callable[[], Any]) -> tuple[Any, float, float]:
    """What it gave, and the medians of what was waited and of processor time, in milliseconds."""
    waited, worked = [], []
    for _ in range(times):
        began, cpu = time.perf_counter(), time.process_time()
        result = act()
        waited.append(time.perf_counter() - began)
        worked.append(time.process_time() - cpu)
    return result, round(statistics.median(waited) * 1000, 1), round(statistics.median(worked) * 1000, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description="Đo thời gian lập, in, ký và kiểm tra biên bản.")
    parser.add_argument("--times", type=int, default=5, help="số lần đo mỗi cỡ")
    parser.add_argument("--offices", type=int, default=10, help="số buổi cùng kết thúc; 0: không đo")
    parser.add_argument("--rooms", type=int, default=10, help="số phòng đang chấm điểm lúc đó")
    parser.add_argument("--screens", type=int, default=10, help="số màn hình mỗi phòng")
    options = parser.parse_args()
    sizes = {pages: measured(pages, options.times) for pages in SIZES}
    finishing = measure_finishing(options.offices, options.rooms, options.screens) if options.offices else {}
    report(bench="minutes", **vars(options), **sizes[6], sizes=[sizes[pages] for pages in SIZES], **finishing)


if __name__ == "__main__":
    main()
