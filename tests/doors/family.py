"""One paper of each kind the office issues, as the rules compose them: BB, KH, GM, TB, BC."""

from dataclasses import replace
from datetime import date
from functools import cache

from tests.rules.half_day import FULL
from tests.rules.notices import FACTS, PLAN
from thidua.rules.invitation import compose_invitation
from thidua.rules.notice_document import ConclusionNoticeFacts, compose_notice
from thidua.rules.paper_content import NoticeSigner
from thidua.rules.plan_document import compose_plan
from thidua.rules.report_document import RoundFacts, UnitResult, compose_report
from thidua.rules.wording import compose_minutes

DIGEST = "3fa9c1d2e4b5a0b1" + "7" * 48
ISSUER = ("HỘI TRUYỀN THỐNG TRƯỜNG SƠN", "ĐƯỜNG HỒ CHÍ MINH VIỆT NAM")
DAY = date(2020, 11, 2)


@cache
def family():
    """Code of the kind -> document, each frozen and issued; the minutes carry the code of their pages."""
    minutes = compose_minutes(replace(FULL, parent="", issuer=ISSUER))
    return {
        "BB": replace(minutes, digest=DIGEST, verify_address="http://192.168.1.10:8000"),
        "KH": compose_plan(PLAN),
        "GM": compose_invitation(FACTS),
        "TB": compose_notice(_notice(minutes), digest=DIGEST),
        "BC": compose_report(_round()),
    }


def _notice(minutes):
    return ConclusionNoticeFacts(
        issuer=ISSUER,
        number_line="Số: 03/TB-HTS",
        code="03/TB-HTS",
        subject=PLAN.subject,
        unit=FULL.unit,
        minutes_code="15/BB-HTS",
        minutes_day=date(2020, 10, 25),
        minutes=minutes,
        signer=NoticeSigner("TM. Thường trực Hội", "Phó Chủ tịch", "Thiếu tướng Hoàng Anh Tuấn", "KT."),
        place="Hà Nội",
        issued_on=DAY,
        issuer_body="Thường trực Hội",
        report_by=date(2020, 12, 15),
        recipients=(FULL.unit, "Thường trực Hội (để báo cáo)", "Lưu: VP, Đoàn kiểm tra"),
    )


def _round():
    results = tuple(
        UnitResult(
            f"Hội Trường Sơn {place}", date(2020, 10, 5 + at), f"{at + 1:02}/BB-HTS", 9700 - at * 275, 10000, "Tốt"
        )
        for at, place in enumerate(("Bắc Giang", "Hải Phòng", "Hà Nội", "Thái Bình", "Sư đoàn 473", "Sư đoàn 471"))
    )
    return RoundFacts(
        issuer=ISSUER,
        number_line="Số: 02/BC-HTS",
        code="02/BC-HTS",
        subject=PLAN.subject,
        signer=PLAN.signer,
        results=results,
        labels=("Xuất sắc", "Tốt", "Khá"),
        place="Hà Nội",
        issued_on=DAY,
        issuer_body="Thường trực Hội",
        strengths=FULL.strengths,
        shortcomings=FULL.shortcomings,
        exemplars=FULL.exemplars,
        recommended=12,
        carried_out=5,
        recipients=PLAN.recipients,
    )
