"""One half-day with everything recorded, to take parts away from."""

from datetime import UTC, date, datetime

from thidua.rules.minutes_facts import AgendaItem, Attendee, MinutesFacts, Rated, Recommended, Said, ScoreLine
from thidua.rules.wording import plan_cited


def at(hour, minute=0):
    """A moment of 25/10/2020 by the Vietnamese clock."""
    return datetime(2020, 10, 25, hour - 7, minute, tzinfo=UTC)


PLAN = plan_cited(
    "72/HTS", date(2020, 9, 8), "Thường trực Hội", "Kiểm tra, nắm tình hình công tác Thi đua khen thưởng năm 2020"
)
TEAM = (
    Attendee("team", "Võ Sở", "Thiếu tướng", "Chủ tịch Hội", "Trưởng đoàn", signs="head"),
    Attendee("team", "Nguyễn Văn Quyết", "", "Phó Chánh Văn phòng", "Thư ký", signs="secretary"),
    Attendee("team", "Phạm Tiến Ích", "", "Phó Ban Tuyên truyền – Thi đua", "thành viên"),
    Attendee("team", "Lê Thị Hòa", "", "Ủy viên", "", "absent", "Ốm, có báo cáo."),
)
UNIT_SIDE = (
    Attendee("unit", "Trần Văn Hải", "", "Chủ tịch Hội", "chủ trì báo cáo", signs="unit"),
    Attendee("unit", "Đỗ Thị Nga", "", "Phó Chủ tịch Hội"),
)
GUESTS = (Attendee("guest", "Bùi Thị Lan", "", "Trưởng BLL Nữ chiến sỹ Trường Sơn"),)
SCORES = (
    ScoreLine("group", "I", "Quán triệt, triển khai phong trào thi đua", 8000, 7600, 7350),
    ScoreLine(
        "item",
        "1.1",
        "Tuyên truyền, vận động hội viên",
        4000,
        3900,
        3650,
        reason="Thiếu minh chứng đợt 2",
        anchor="criterion-1",
    ),
    ScoreLine("item", "1.2", "Xây dựng Hội vững chắc", 4000, 3700, 3700, anchor="criterion-2"),
    ScoreLine("group", "II", "Hội đồng Thi đua – Khen thưởng", 2000, 1900, 1900),
    ScoreLine("item", "2.1", "Quyết định thành lập Hội đồng", 2000, 1900, 1900, anchor="criterion-3"),
    ScoreLine("item", "2.2", "Hoạt động của Hội Nữ", 500, None, None, not_applicable=True, anchor="criterion-4"),
    ScoreLine("note", "2.3", "Vướng mắc khi áp dụng quy chế", text_answer="Không có", anchor="criterion-5"),
)
FULL = MinutesFacts(
    parent="Hội Truyền thống Trường Sơn",
    issuer=("Đoàn kiểm tra thi đua số 1",),
    number_line="Số: 15/BB-HTS",
    code="15/BB-HTS",
    subject="Kiểm tra công tác Thi đua – Khen thưởng năm 2020 tại Hội Trường Sơn thành phố Hải Phòng",
    unit="Hội Trường Sơn thành phố Hải Phòng",
    plan_reference=PLAN,
    place="Trụ sở Hội, số 5 Trần Phú, Hải Phòng",
    started_at=at(8),
    ended_at=at(11, 20),
    read_through=True,
    attendees=TEAM + UNIT_SIDE + GUESTS,
    agenda=(
        AgendaItem("Đơn vị báo cáo", at(8), at(8, 45)),
        AgendaItem("Tham quan thực tế", skipped_reason="Trời mưa to."),
        AgendaItem("Nghe báo cáo, xem tài liệu, trao đổi, chấm điểm", at(8, 45), at(10, 30)),
        AgendaItem("Trưởng Đoàn nhận xét, kết luận", at(10, 30)),
        AgendaItem("Chưa tiến hành"),
    ),
    report_summary=("Hội có 1.250 hội viên ở 14 quận, huyện.\nPhong trào thi đua được duy trì đều.",),
    documents_seen=("Quyết định số 12/QĐ-HTS về thành lập Hội đồng", "Quy chế hoạt động của Hội đồng"),
    visits=("Đoàn thăm Chi hội Trường Sơn quận Lê Chân.",),
    exchanges=(
        Said("question", "Đồng chí Phạm Tiến Ích", "vì sao đợt 2 chưa có minh chứng?", "1.1"),
        Said("answer", "đồng chí Đỗ Thị Nga", "do dịch covid 19, hồ sơ gửi chậm"),
    ),
    strengths=("Công tác tuyên truyền được đẩy mạnh.", "Hội viên tham gia đông đủ", "Quỹ nghĩa tình vượt chỉ tiêu"),
    shortcomings=("Minh chứng chưa đầy đủ",),
    causes=("Dịch covid 19 kéo dài", "Cán bộ phụ trách mới nhận việc"),
    exemplars=("Chi hội Trường Sơn quận Lê Chân",),
    difficulties=("Kinh phí hoạt động còn hạn hẹp",),
    proposals=("Cấp thêm ấn phẩm truyền thống", "Tập huấn nghiệp vụ thi đua"),
    recommendations=(
        Recommended("Bổ sung minh chứng đợt 2.", "Ban Thường vụ Hội", date(2020, 11, 30), "remark-7"),
        Recommended("Kiện toàn Hội đồng Thi đua – Khen thưởng", "Chủ tịch Hội", date(2020, 12, 31), "remark-8"),
    ),
    scores=SCORES,
    total_maximum=10000,
    total_self=9500,
    total_agreed=9250,
    rated=Rated("Tốt", "Tốt", "Tốt"),
    unit_opinions=("Nhất trí với nhận xét của Đoàn kiểm tra.",),
    conclusion="Đơn vị hoàn thành tốt nhiệm vụ.",
    recipients=("Thường trực Hội (để báo cáo)", "Hội Trường Sơn thành phố Hải Phòng", "Lưu: VP, Ban TT-TĐ"),
    issued_at=at(11, 20),
)
BARE = MinutesFacts(
    issuer=("Đoàn kiểm tra",), number_line="Số: …/BB-HTS", code="", subject="Kiểm tra", unit="Hội A", plan_reference=""
)
