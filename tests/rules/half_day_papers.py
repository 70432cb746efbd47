"""An addendum, a notice of conclusion and a report of a round, to take parts away from."""

from datetime import date

from tests.rules.half_day import FULL, PLAN, TEAM, UNIT_SIDE, at
from thidua.rules.addendum_document import AddendumFacts
from thidua.rules.minutes_signers import signing_parts
from thidua.rules.notice_document import ConclusionNoticeFacts
from thidua.rules.paper_content import Correction, NoticeSigner
from thidua.rules.plan_facts import Signer
from thidua.rules.report_document import NotInspected, RoundFacts, UnitResult
from thidua.rules.wording import compose_minutes

DAY = date(2020, 10, 25)
SUBJECT = "Kiểm tra, nắm tình hình công tác Thi đua khen thưởng năm 2020"
ISSUER = ("HỘI TRUYỀN THỐNG TRƯỜNG SƠN", "ĐƯỜNG HỒ CHÍ MINH VIỆT NAM")
ADDENDUM = AddendumFacts(
    issuer=ISSUER,
    number_line="Số: 16/BB-HTS",
    code="16/BB-HTS",
    subject=f"{SUBJECT} tại {FULL.unit}",
    unit=FULL.unit,
    minutes_code="15/BB-HTS",
    minutes_day=DAY,
    reason="Biên bản ghi nhầm số hội viên và ghi thiếu một điển hình.",
    corrections=(
        Correction("mục III.1", "Hội có 1.250 hội viên", "Hội có 1.205 hội viên."),
        Correction("mục IV.4", "", "Chi hội Trường Sơn quận Ngô Quyền"),
        Correction("Mục III.2", "Quy chế hoạt động của Hội đồng", ""),
    ),
    plan_reference=PLAN,
    written_at=at(14, 30),
    people=(TEAM[0], TEAM[1], UNIT_SIDE[0]),
    parts=signing_parts(FULL.attendees, {}, {}),
    recipients=FULL.recipients,
    issued_at=at(15),
)
NOTICE = ConclusionNoticeFacts(
    issuer=ISSUER,
    number_line="Số: 03/TB-HTS",
    code="03/TB-HTS",
    subject=SUBJECT,
    unit=FULL.unit,
    minutes_code="15/BB-HTS",
    minutes_day=DAY,
    minutes=compose_minutes(FULL),
    signer=NoticeSigner("TM. THƯỜNG TRỰC HỘI", "CHỦ TỊCH", "Thiếu tướng Võ Sở"),
    place="Hà Nội",
    issued_on=date(2020, 11, 2),
    issuer_body="Thường trực Hội",
    plan_reference=PLAN,
    report_by=date(2020, 12, 31),
    recipients=FULL.recipients,
)
REPORT = RoundFacts(
    issuer=ISSUER,
    number_line="Số: 09/BC-HTS",
    code="09/BC-HTS",
    subject=SUBJECT,
    signer=Signer("TM. THƯỜNG TRỰC HỘI", "CHỦ TỊCH", "Thiếu tướng", "Võ Sở"),
    results=(
        UnitResult("Hội Trường Sơn thành phố Hà Nội", date(2020, 10, 20), "12/BB-HTS", 9575, 10000, "Xuất sắc"),
        UnitResult("Hội Trường Sơn thành phố Hải Phòng", DAY, "15/BB-HTS", 9250, 10000, "Tốt"),
        UnitResult("Hội Nữ CSTSVN", date(2020, 10, 27), "16/BB-HTS", 8325, 9000, "Tốt"),
        UnitResult("Hội Trường Sơn Sư đoàn 470", date(2020, 11, 3), "17/BB-HTS"),
    ),
    not_inspected=(NotInspected("Hội Trường Sơn tỉnh Bắc Kạn", "Mưa lũ chia cắt."),),
    labels=("Xuất sắc", "Tốt", "Khá", "Trung bình"),
    place="Hà Nội",
    issued_on=date(2020, 11, 20),
    issuer_body="Thường trực Hội",
    plan_reference=PLAN,
    strengths=("Phong trào thi đua phát triển đều ở các đơn vị", "Quỹ nghĩa tình đồng đội vượt chỉ tiêu"),
    shortcomings=("Hồ sơ minh chứng còn thiếu",),
    causes=("Dịch covid 19 kéo dài",),
    exemplars=("Chi hội Trường Sơn quận Lê Chân",),
    difficulties=("Kinh phí hạn hẹp",),
    proposals=("Cấp thêm ấn phẩm", "Tập huấn nghiệp vụ"),
    recommended=21,
    carried_out=5,
    tasks=("Tổng kết phong trào", "Phổ biến điển hình"),
    recipients=("Các Hội, BLL", "Lưu: VP"),
)
