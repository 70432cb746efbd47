"""Fifty half-days, each of its own kind and always the same: from one line to forty pages.

`CASES[name]()` gives the facts; `documents()` composes them all. Rules, paper and Word files are tried on them.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random

from thidua.rules.document_edits import ROMANS
from thidua.rules.documents import Document
from thidua.rules.minutes_facts import (
    AgendaItem,
    Attendee,
    FigureReported,
    MinutesFacts,
    Objected,
    Rated,
    Recommended,
    Reviewed,
    Said,
    ScoreLine,
)
from thidua.rules.minutes_signers import signing_parts
from thidua.rules.wording import compose_minutes, plan_cited

ISSUER = ("HỘI TRUYỀN THỐNG TRƯỜNG SƠN", "ĐƯỜNG HỒ CHÍ MINH VIỆT NAM")
SUBJECT = "Kiểm tra, nắm tình hình công tác Thi đua khen thưởng năm 2020"
PLAN = plan_cited("72/HTS", date(2020, 9, 8), "Thường trực Hội", SUBJECT)
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


def tiny() -> MinutesFacts:
    """Opened and closed; nobody recorded anything."""
    return MinutesFacts(
        issuer=ISSUER,
        number_line="Số: 01/BB-HTS",
        code="01/BB-HTS",
        subject=f"{SUBJECT} tại {UNITS[1]}",
        unit=UNITS[1],
        plan_reference=PLAN,
        started_at=moment(8),
        ended_at=moment(8, 30),
    )


def half_day(seed: int, size: int = 3) -> MinutesFacts:
    """An ordinary half-day; `size` remarks of each kind, more or less."""
    dice = Random(seed)
    unit = dice.choice(UNITS)
    attendees = people(dice, team=dice.randint(4, 5), unit=dice.randint(2, 2 + size), guests=dice.randint(0, 3))
    scores, most, own, agreed = sheet(dice, sections=dice.randint(2, 4), leaves=min(2 + size, 9))
    label = dice.choice(("Xuất sắc", "Tốt", "Khá"))
    return MinutesFacts(
        issuer=ISSUER,
        number_line=f"Số: {seed:02d}/BB-HTS",
        code=f"{seed:02d}/BB-HTS",
        subject=f"{SUBJECT} tại {unit}",
        unit=unit,
        plan_reference=PLAN,
        place=dice.choice(("Trụ sở Hội, số 5 Trần Phú", "Hội trường Ủy ban nhân dân phường Lê Lợi", "")),
        started_at=moment(8),
        ended_at=moment(11, dice.choice((0, 5, 20, 45))),
        attendees=attendees,
        agenda=agenda(dice),
        report_summary=REPORT[: dice.randint(1, 3)],
        figures=tuple(
            FigureReported(f"Chỉ tiêu số {at}: {dice.choice(MATTERS)}", "người", str(100 * at), str(100 * at + at * 7))
            for at in range(1, dice.randint(1, 2 * size) + 1)
        ),
        documents_prepared=tuple(f"Số {at}/QĐ-HTS ngày 0{at}/02/2020, Khen thưởng đợt {at}" for at in range(1, 4)),
        documents_seen=picked(dice, ("Sổ vàng truyền thống", "Sổ quỹ, chứng từ chi năm 2020", "Nghị quyết Đại hội"), 3),
        visits=("Đoàn thăm Chi hội Trường Sơn quận Lê Chân, gặp gỡ 12 hội viên tiêu biểu",) if seed % 2 else (),
        exchanges=talk(dice, attendees, size),
        strengths=told(dice, LEADS, DEEDS, size),
        shortcomings=picked(dice, LACKS, size),
        causes=picked(dice, CAUSES, dice.randint(0, size)),
        exemplars=picked(
            dice, ("Chi hội Trường Sơn quận Lê Chân", "Đồng chí Trần Thị Thúy, hội viên làm kinh tế giỏi"), 2
        ),
        difficulties=picked(dice, HARD, dice.randint(0, size)),
        proposals=picked(dice, WISHES, dice.randint(0, size)),
        recommendations=tuple(
            Recommended(text, dice.choice(("Ban Thường vụ Hội", "Chủ tịch Hội", "đơn vị")), date(2020, 11, 30))
            for text in picked(dice, TASKS, size)
        ),
        reviews=(Reviewed("Hoàn thiện hồ sơ năm 2019", "02/BB-HTS", date(2019, 10, 8), "partly", "còn 06 chi hội"),),
        scores=scores,
        total_maximum=most,
        total_self=own,
        total_agreed=agreed,
        rated=Rated(label, label, label),
        unit_opinions=("Đơn vị nhất trí với nhận xét của Đoàn kiểm tra và nghiêm túc tiếp thu.",),
        conclusion="" if seed % 3 else "Đơn vị hoàn thành tốt nhiệm vụ.\nĐề nghị tiếp tục phát huy.",
        recipients=(f"{unit};", "Thường trực Hội (để báo cáo);", "Lưu: VP, Đoàn kiểm tra."),
        issued_at=moment(11, 50),
    )


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


def unscored() -> MinutesFacts:
    """Half of the criteria have no agreed score yet; on one the members still differ."""
    facts = half_day(41)
    leaves = [line for line in facts.scores if line.kind == "item"]
    missing = {line.number: at for at, line in enumerate(leaves[::2])}
    scores = tuple(
        replace(line, agreed=None, reason="", unsettled=missing[line.number] == 0)
        if line.number in missing
        else replace(line, partial=line.kind == "group")
        for line in facts.scores
    )
    total = sum(line.agreed or 0 for line in scores if line.kind == "item")
    return replace(facts, scores=scores, total_agreed=total, conclusion="", number_line="Số: …/BB-HTS", code="")


def long_names() -> MinutesFacts:
    """Everybody is called something of sixty letters, and so is the unit."""
    facts = half_day(42)
    attendees = tuple(
        replace(person, name=LONG_NAME, office="Phó Trưởng ban Thường trực Ban Tuyên truyền – Thi đua Trung ương Hội")
        for person in facts.attendees
    )
    return replace(
        facts, unit=LONG_UNIT, subject=f"{SUBJECT} tại {LONG_UNIT}", attendees=attendees,
        recipients=(f"{LONG_UNIT};", "Lưu: VP."), parent="Ban Chấp hành Trung ương Hội Cựu chiến binh Việt Nam",
    )  # fmt: skip


def two_hundred_remarks() -> MinutesFacts:
    """Two hundred remarks, strengths, shortcomings and causes, none like the other."""
    facts, dice = half_day(43, 6), Random(43)
    numbered = [
        f"{text.rstrip('.')} (chi hội số {at})" for at, text in enumerate(told(dice, LEADS, DEEDS, 200), start=1)
    ]
    return replace(
        facts, strengths=tuple(numbered[:90]), shortcomings=tuple(numbered[90:150]), proposals=tuple(numbered[150:])
    )


def forty_pages() -> MinutesFacts:
    """As long as it gets: four sections of fifty criteria, hundreds of remarks and answers."""
    facts, dice = half_day(44, 60), Random(44)
    scores, most, own, agreed = sheet(dice, sections=5, leaves=40)
    return replace(
        facts, scores=scores, total_maximum=most, total_self=own, total_agreed=agreed,
        strengths=told(dice, LEADS, DEEDS, 140), exchanges=talk(dice, facts.attendees, 90), report_summary=REPORT * 10,
    )  # fmt: skip


def hostile() -> MinutesFacts:
    """Texts that are meant to break a page, a file or a command."""
    facts = half_day(45)
    return replace(
        facts, strengths=HOSTILE, shortcomings=("Chữ dài. " * 2_500,), place=HOSTILE[0], report_summary=HOSTILE,
        unit_opinions=("- a\n- b\n\n3. c",), attendees=(*facts.attendees, Attendee("guest", HOSTILE[0], HOSTILE[3])),
    )  # fmt: skip


def contested() -> MinutesFacts:
    """Gates, an override, objections that stand, a deputy who signs for the head, a seal."""
    facts = half_day(46)
    gate = "Tiêu chí 2.1 (nội dung bắt buộc) bị 0 điểm nên xếp loại không quá Khá."
    chosen = {"head": {"name": "Phạm Tiến Ích", "office": "Phó Trưởng đoàn", "formula": "KT."}}
    return replace(
        facts,
        rated=Rated("Tốt", "Xuất sắc", "Khá", (gate,), "Đơn vị đã khắc phục ngay trong buổi kiểm tra."),
        objections=(
            Objected("đồng chí Nga", "điểm mục 1.2 chưa phản ánh đúng kết quả.", "noted", "Hồ sơ gửi sau hạn."),
            Objected("đồng chí Hải", "sửa số hội viên", "accepted"),
        ),
        parts=signing_parts(facts.attendees, {"seal": True, "groups": ["secretary"]}, chosen),
        copies=4,
    )


def not_considered() -> MinutesFacts:
    """Criteria that do not apply, one of several to choose from, notes, things counted, no rating."""
    facts = half_day(47)
    first, *rest = [line for line in facts.scores if line.kind == "item"]
    scores = tuple(
        replace(line, agreed=None, self_points=None, not_applicable=True, reason="") if line in rest[:2]
        else replace(line, agreed=None, spared=True, reason="") if line in rest[2:3]
        else replace(line, times=3) if line is first
        else line
        for line in facts.scores
    )  # fmt: skip
    note = ScoreLine("note", "9.9", "Vướng mắc khi áp dụng quy chế", text_answer="Không có vướng mắc lớn")
    return replace(facts, scores=(*scores, note), rated=Rated("Không xếp loại", "Không xếp loại", "Không xếp loại"))


def no_remarks() -> MinutesFacts:
    """Only people and scores."""
    return replace(
        half_day(48), strengths=(), shortcomings=(), causes=(), exemplars=(), difficulties=(), proposals=(),
        recommendations=(), reviews=(), exchanges=(), visits=(), documents_seen=(), documents_prepared=(), figures=(),
        report_summary=(), unit_opinions=(), conclusion="", agenda=(),
    )  # fmt: skip


def one_of_each() -> MinutesFacts:
    """One person, one remark of every kind, one criterion."""
    return replace(half_day(49, 1), scores=half_day(49, 1).scores[:2], figures=half_day(49, 1).figures[:1])


CASES: dict[str, Callable[[], MinutesFacts]] = {
    "tiny": tiny,
    "no-remarks": no_remarks,
    "one-of-each": one_of_each,
    "unscored": unscored,
    "long-names": long_names,
    "two-hundred-remarks": two_hundred_remarks,
    "forty-pages": forty_pages,
    "hostile": hostile,
    "contested": contested,
    "not-considered": not_considered,
    **{f"half-day-{seed}": partial(half_day, seed, 1 + seed % 9) for seed in range(1, 33)},
    **{f"long-{seed}": partial(half_day, seed, 10 + 3 * (seed - 32)) for seed in range(33, 41)},
}


def documents() -> dict[str, Document]:
    """All of them composed; what lacks a number is a draft."""
    return {case: compose(case) for case in CASES}


def compose(case: str) -> Document:
    facts = CASES[case]()
    return compose_minutes(facts, draft=not facts.code, digest="" if not facts.code else "0" * 64)
