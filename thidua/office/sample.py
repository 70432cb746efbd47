"""A made-up half-day and its notice, to show how papers look with the office's settings. Nothing of it is real."""

from dataclasses import replace
from datetime import UTC, date, datetime

from thidua.rules.documents import Document
from thidua.rules.minutes_facts import AgendaItem, Attendee, MinutesFacts, Rated, Recommended, ScoreLine
from thidua.rules.notice_document import ConclusionNoticeFacts, compose_notice
from thidua.rules.office import Office
from thidua.rules.paper_content import NoticeSigner
from thidua.rules.wording import compose_minutes, plan_cited

MINUTES, NOTICE = "BB", "TB"
KINDS = {MINUTES: "Biên bản", NOTICE: "Thông báo kết luận"}
UNIT = "Hội Trường Sơn tỉnh Mẫu"
DAY = date(2026, 10, 20)
SUBJECT = "Kiểm tra công tác thi đua, khen thưởng năm 2026"
_PEOPLE = (
    Attendee("team", "Nguyễn Văn An", "Thiếu tướng", "Phó Chủ tịch Hội", "Trưởng đoàn", signs="head"),
    Attendee("team", "Trần Thị Bình", "", "Phó Chánh Văn phòng", "Thư ký", signs="secretary"),
    Attendee("unit", "Lê Văn Cường", "Đại tá", "Chủ tịch Hội", "Chủ trì báo cáo", signs="unit"),
)
_SCORES = (
    ScoreLine("group", "1", "Tổ chức phong trào thi đua", 4000, 3800, 3700),
    ScoreLine(
        "item", "1.1", "Phát động, ký kết giao ước", 2000, 1900, 1800, reason="Thiếu bản giao ước của hai chi hội"
    ),
    ScoreLine("item", "1.2", "Tuyên truyền, vận động hội viên", 2000, 1900, 1900),
    ScoreLine("group", "2", "Công tác khen thưởng", 6000, 5500, 5500),
    ScoreLine("item", "2.1", "Xét khen thưởng đúng quy chế", 6000, 5500, 5500),
)


def at(hour: int, minute: int = 0) -> datetime:
    """A moment of the sample's day by the Vietnamese clock."""
    return datetime(DAY.year, DAY.month, DAY.day, hour - 7, minute, tzinfo=UTC)


def sample_document(office: Office, kind: str = MINUTES) -> Document:
    """The made-up paper of this kind as the office would write it, marked as a draft."""
    minutes = compose_minutes(_facts(office), draft=True)
    return minutes if kind == MINUTES else compose_notice(_notice(office, minutes), draft=True)


def _facts(office: Office) -> MinutesFacts:
    facts = MinutesFacts(
        issuer=office.issuer,
        parent=office.parent,
        number_line=f"Số: 05/BB-{office.symbol}",
        code=f"05/BB-{office.symbol}",
        subject=f"{SUBJECT} tại {UNIT}",
        unit=UNIT,
        plan_reference=plan_cited(f"12/KH-{office.symbol}", date(2026, 9, 8), "", SUBJECT),
        place="Hội trường của đơn vị",
        started_at=at(8),
        ended_at=at(11, 20),
        read_through=True,
        attendees=_PEOPLE,
        agenda=(AgendaItem("Đơn vị báo cáo", at(8), at(9)), AgendaItem("Trao đổi, chấm điểm", at(9), at(11))),
        strengths=("Phong trào thi đua được duy trì đều", "Hồ sơ khen thưởng đầy đủ, đúng hạn"),
        shortcomings=("Hai chi hội chưa ký giao ước thi đua",),
        recommendations=(Recommended("Hoàn thành ký giao ước thi đua", "Ban Chấp hành Hội", date(2026, 11, 30)),),
        scores=_SCORES,
        total_maximum=10000,
        total_self=9300,
        total_agreed=9200,
        rated=Rated("Tốt", "Tốt", "Tốt"),
        unit_opinions=("Nhất trí với nhận xét của Đoàn kiểm tra.",),
        conclusion="Đơn vị hoàn thành tốt nhiệm vụ.",
        copies=office.copies,
        recipients=office.recipients_for(UNIT),
        sign_note=office.sign_note,
        issued_at=at(11, 20),
    )
    if office.prints_ranks:
        return facts
    return replace(facts, attendees=tuple(replace(one, rank="") for one in facts.attendees))


def _notice(office: Office, minutes: Document) -> ConclusionNoticeFacts:
    return ConclusionNoticeFacts(
        issuer=office.issuer,
        parent=office.parent,
        number_line=f"Số: 03/TB-{office.symbol}",
        code=f"03/TB-{office.symbol}",
        subject=SUBJECT,
        unit=UNIT,
        minutes_code=minutes.code,
        minutes_day=DAY,
        minutes=minutes,
        signer=NoticeSigner(office.signing_body, office.signing_office, office.signing_person),
        place=office.place,
        issued_on=DAY,
        issuer_body=office.short_name,
        replaced=office.signing_office,
        recipients=office.recipients_for(UNIT),
    )
