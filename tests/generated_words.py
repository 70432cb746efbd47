"""What the generated half-days (generated_minutes.py) are put together from: words, people, talk, score sheets."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from thidua.rules.document_edits import ROMANS
from thidua.rules.minutes_facts import AgendaItem, Attendee, Said, ScoreLine

UNITS = (
    "Hội Trường Sơn thành phố Hà Nội",
    "Hội Trường Sơn tỉnh Yên Bái",
    "BLL truyền thống Trường Sơn tỉnh Tuyên Quang",
    "Hội Trường Sơn Sư đoàn 470",
    "Hội Nữ CSTSVN",
    "Hội Nữ CSTS tỉnh Thái Bình",
)
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương")
MIDDLES = ("Văn", "Thị", "Đức", "Hữu", "Quang", "Xuân", "Minh", "Ngọc", "Thanh", "")
GIVEN = ("Hải", "Nga", "Ích", "Quyết", "Sở", "Hòa", "Thúy", "Dũng", "Lan", "Nghĩa", "Tuyết", "Bình", "Đạt", "Ước")
LONG_NAME = "Công Tằng Tôn Nữ Hoàng Thị Phương Nguyên Bảo Quỳnh Trường Sơn"  # 61 letters
LONG_UNIT = "Ban Liên lạc truyền thống Bộ đội Trường Sơn – Đường Hồ Chí Minh khu vực các tỉnh miền núi phía Bắc"
OFFICES = (
    "Chủ tịch Hội",
    "Phó Chủ tịch Hội",
    "Ủy viên Ban Thường vụ",
    "Trưởng ban Tuyên truyền – Thi đua",
    "Chánh Văn phòng",
    "",
)
RANKS = ("Thiếu tướng", "Đại tá", "Thượng tá", "", "", "")
LEADS = ("Ban Thường vụ đã", "Đơn vị đã", "Hội đã chủ động", "Các chi hội đã tích cực", "Cán bộ Hội các cấp đã")
DEEDS = (
    "tổ chức quán triệt đầy đủ Hướng dẫn 36/HD-HTS đến từng chi hội, có kế hoạch và phân công cụ thể",
    "phát động phong trào thi đua “Trường Sơn – Tự hào – Phát triển”, 100% chi hội đăng ký giao ước",
    "vận động hội viên ủng hộ Quỹ nghĩa tình Trường Sơn được 125.500.000 đồng, vượt 12,5% chỉ tiêu",
    "thăm hỏi, tặng quà 215 hội viên khó khăn, sửa chữa 03 nhà tình nghĩa",
    "kiện toàn Hội đồng Thi đua – Khen thưởng, ban hành quy chế hoạt động",
    "giữ vững đoàn kết, đồng thuận trong Ban Chấp hành và toàn Hội",
    "phối hợp tốt với cấp ủy, chính quyền và các đoàn thể ở địa phương",
    "nêu gương người tốt, việc tốt trên bản tin của Hội",
    "duy trì nền nếp sinh hoạt chi hội hằng quý",
)
LACKS = (
    "Hồ sơ lưu chưa đủ, một số quyết định khen thưởng thiếu biên bản họp xét",
    "Minh chứng đợt 2 gửi chậm",
    "Chưa có quy chế hoạt động của Hội đồng Thi đua – Khen thưởng.",
    "Phong trào ở một số chi hội chưa đều; việc sơ kết còn hình thức",
    "Số liệu trong báo cáo và phụ lục chưa khớp nhau",
    "TĐKT còn kiêm nhiệm, cán bộ thay đổi nhiều",
    "Việc nhân rộng điển hình còn ít: năm 2020 mới giới thiệu 02 tập thể",
)
CAUSES = (
    "Dịch covid 19 kéo dài, nhiều hoạt động tập trung phải hoãn",
    "Cán bộ phụ trách mới nhận việc",
    "Kinh phí hoạt động hạn hẹp, chủ yếu do hội viên đóng góp",
    "Công tác kiểm tra của Ban Thường vụ chưa thường xuyên",
)
TASKS = (
    "Bổ sung hồ sơ minh chứng đợt 2 và gửi về Ban Tuyên truyền – Thi đua",
    "Kiện toàn Hội đồng Thi đua – Khen thưởng",
    "Đề nghị đơn vị ban hành quy chế hoạt động của Hội đồng.",
    "Rà soát, đối chiếu số liệu; báo cáo lại bằng văn bản",
    "Nhân rộng mô hình “Chi hội nghĩa tình”",
)
QUESTIONS = (
    "vì sao đợt 2 chưa có minh chứng?",
    "Quỹ nghĩa tình được quản lý thế nào? Ai quyết định chi?",
    "Số hội viên giảm so với năm trước do đâu?",
    "đề nghị nói rõ việc bình xét kỷ niệm chương",
)
ANSWERS = (
    "do dịch covid 19, hồ sơ gửi chậm; đơn vị sẽ bổ sung trong tháng 11",
    "Quỹ do Ban Thường vụ quản lý, có sổ theo dõi và công khai hằng quý.",
    "Hội viên cao tuổi qua đời, một số chuyển nơi cư trú...",
    "việc bình xét làm từ chi hội, có biên bản kèm theo",
)
WISHES = (
    "Cấp thêm ấn phẩm truyền thống",
    "Tập huấn nghiệp vụ thi đua, khen thưởng",
    "Nâng mức hỗ trợ thăm hỏi hội viên",
)
HARD = ("Kinh phí hoạt động còn hạn hẹp", "Hội viên tuổi cao, sức yếu, địa bàn rộng", "Chưa có trụ sở làm việc")
REPORT = (
    "Hội có 1.250 hội viên sinh hoạt ở 14 chi hội quận, huyện; trong năm kết nạp 21 hội viên.",
    "Phong trào thi đua được phát động từ đầu năm, sơ kết 6 tháng, tổng kết cuối năm. Các chi hội đều đăng ký thi đua.",
    "Công tác nghĩa tình đồng đội được quan tâm: sửa 03 nhà, tặng 215 suất quà, thăm hỏi 87 lượt hội viên ốm đau.",
)
MATTERS = (
    "Quán triệt, triển khai phong trào thi đua",
    "Tuyên truyền, vận động hội viên thực hiện chủ trương, nghị quyết của Đảng, chính sách, pháp luật của Nhà nước",
    "Xây dựng Hội vững chắc",
    "Hoạt động nghĩa tình đồng đội, quan tâm đời sống hội viên",
    "Hội đồng Thi đua – Khen thưởng",
    "Áp dụng các quy chế, quy định",
    "Công tác khen thưởng",
)
HOSTILE = (
    "<script>alert('x')</script> & <b>đậm</b> <img src=http://127.0.0.1:9/x.png>",
    "javascript:alert(1) {{ 7*7 }} {% for x in y %}",
    "\u202eđảo ngược\u202c và \u200bkhông thấy\u200b",
    "Chúc mừng \U0001f389 \U0001f468‍\U0001f469‍\U0001f467 hội viên",
    "Phong trào te\u0302n NFD: Tru\u031bo\u031b\u0300ng So\u031bn",
    "Từdàikhôngcókhoảngtrắng" * 12,
    "../../etc/passwd \\\\máy\\chung file:///etc/passwd",
)


def moment(hour: int, minute: int = 0) -> datetime:
    """By the Vietnamese clock on 25/10/2020."""
    return datetime(2020, 10, 25, tzinfo=UTC) + timedelta(hours=hour - 7, minutes=minute)


def people(dice: Random, *, team: int, unit: int, guests: int) -> tuple[Attendee, ...]:
    """Both sides; one of the team is away."""
    parts = ("Trưởng đoàn", "Thư ký", *("Thành viên",) * team)
    signs = ("head", "secretary", *("",) * team)
    ours = [
        Attendee("team", name(dice), dice.choice(RANKS), dice.choice(OFFICES), parts[at], signs=signs[at])  # type: ignore[arg-type]
        for at in range(team)
    ]
    ours[-1] = replace(ours[-1], presence="absent", absent_reason="Ốm, có báo cáo.")
    theirs = [Attendee("unit", name(dice), dice.choice(RANKS), dice.choice(OFFICES)) for _ in range(unit)]
    theirs[0] = replace(theirs[0], office="Chủ tịch Hội", part="Chủ trì báo cáo", signs="unit")
    return (*ours, *theirs, *(Attendee("guest", name(dice), "", "Đại diện cấp ủy địa phương") for _ in range(guests)))


def name(dice: Random) -> str:
    return " ".join(part for part in (dice.choice(FAMILIES), dice.choice(MIDDLES), dice.choice(GIVEN)) if part)


def agenda(dice: Random) -> tuple[AgendaItem, ...]:
    """As it usually goes; the visit sometimes does not take place."""
    visit = (
        AgendaItem("Tham quan thực tế", moment(8, 40), moment(9, 10))
        if dice.random() < 0.5
        else AgendaItem("Tham quan thực tế", skipped_reason="Thời tiết không thuận lợi")
    )
    return (
        AgendaItem("Đơn vị báo cáo", moment(8), moment(8, 40)),
        visit,
        AgendaItem("Nghe báo cáo, xem tài liệu, trao đổi, chấm điểm", moment(9, 10), moment(10, 35)),
        AgendaItem("Trưởng Đoàn nhận xét, kết luận", moment(10, 35)),
    )


def talk(dice: Random, attendees: tuple[Attendee, ...], turns: int) -> tuple[Said, ...]:
    """Questions, each with an answer, sometimes a rebuttal."""
    said: list[Said] = []
    for at in range(turns):
        asks, answers = (
            next(f"Đồng chí {one.name}" for one in attendees if one.side == side) for side in ("team", "unit")
        )
        about = f"{dice.randint(1, 3)}.{dice.randint(1, 4)}" if at % 2 else ""
        said += [
            Said("question", asks, dice.choice(QUESTIONS), about),
            Said("answer", answers, dice.choice(ANSWERS), about),
        ]
        if at % 4 == 3:
            said.append(Said("rebuttal", answers, "Điểm mục này thấp hơn thực tế; đề nghị Đoàn xem lại hồ sơ", about))
    return tuple(said)


def sheet(dice: Random, *, sections: int, leaves: int) -> tuple[tuple[ScoreLine, ...], int, int, int]:
    """A scored sheet with its maximum, its own and its agreed total."""
    lines: list[ScoreLine] = []
    total = [0, 0, 0]
    for section in range(1, sections + 1):
        items = []
        for leaf in range(1, leaves + 1):
            most = dice.choice((500, 1000))
            own = most - dice.choice((0, 25, 50))
            agreed = own - dice.choice((0, 0, 25, 100))
            reason = dice.choice(("Thiếu minh chứng đợt 2", "Thống kê chưa khớp, một số chi hội chưa báo cáo"))
            proofs = (f"Số {leaf}/QĐ-HTS ngày 03/02/2020", "2 tệp") if dice.random() < 0.3 else ()
            items.append(
                ScoreLine(
                    "item", f"{section}.{leaf}", dice.choice(MATTERS), most, own, agreed,
                    reason=reason if agreed != own else "", proofs=proofs, anchor=f"criterion-{section}{leaf}",
                )
            )  # fmt: skip
        sums = [sum(getattr(item, field) for item in items) for field in ("maximum", "self_points", "agreed")]
        lines += [ScoreLine("group", ROMANS[section - 1], MATTERS[section % len(MATTERS)], *sums), *items]
        total = [one + more for one, more in zip(total, sums, strict=True)]
    return tuple(lines), total[0], total[1], total[2]


def picked(dice: Random, texts: tuple[str, ...], count: int) -> tuple[str, ...]:
    """So many of them, each once; from the beginning again when there are not enough."""
    return tuple(dice.sample(texts * (count // len(texts) + 1), count))


def told(dice: Random, leads: tuple[str, ...], deeds: tuple[str, ...], count: int) -> tuple[str, ...]:
    return tuple(f"{dice.choice(leads)} {deed}" for deed in picked(dice, deeds, count))
