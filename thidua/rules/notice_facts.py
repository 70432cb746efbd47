"""What notices to a unit say before the half-day: the invitation, the notice of the schedule, the reminder."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from thidua.rules.documents import CodeBox, Letterhead, Recipients, SignaturePlace, Signatures
from thidua.rules.numbering import document_number
from thidua.rules.plan_facts import Contact, ContentItem, Duty, Signer
from thidua.rules.timetable import USUAL_START
from thidua.rules.words import VIETNAM, date_in_words

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
HALVES = {"morning": "buổi sáng", "afternoon": "buổi chiều"}


@dataclass(frozen=True, slots=True)
class TeamPerson:
    """Somebody of the team; ``part`` "Trưởng đoàn", "Thư ký" or "Thành viên"."""

    name: str
    office: str = ""
    part: str = ""
    rank: str = ""


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """Everything a notice may say. What is empty is left out, or told to come later where the form asks for it.

    ``plan_reference`` is the plan as it is cited; ``starts_at`` "HH:MM" (empty: the usual hour of the half-day);
    ``number`` None prints a blank to be filled in by hand; ``link`` is the unit's personal address.
    """

    issuer: tuple[str, ...]
    unit: str
    plan_reference: str
    subject: str
    signer: Signer
    parent: str = ""
    issuer_body: str = ""
    symbol: str = "HTS"
    number: int | None = None
    place: str = ""
    issued_on: date | None = None
    leader: str = ""
    on_date: date | None = None
    half: str = "morning"
    starts_at: str = ""
    venue: str = ""
    working_time: str = ""
    contents: tuple[ContentItem, ...] = ()
    team_name: str = ""
    team: tuple[TeamPerson, ...] = ()
    unit_side: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()
    due_on: date | None = None
    contacts: tuple[Contact, ...] = ()
    recipients: tuple[str, ...] = ()
    link: str = ""

    def without_ranks(self) -> "NoticeFacts":
        """As Nghị định 30/2020/NĐ-CP has it: military ranks are not printed before names (Phụ lục I, mục II.7)."""
        team = tuple(replace(one, rank="") for one in self.team)
        return replace(self, team=team, signer=replace(self.signer, rank=""))

    @property
    def body(self) -> str:
        """Who speaks in the sentences: "Thường trực Hội"."""
        return self.issuer_body or "Đoàn kiểm tra"


def number_line(kind: str, number: int | None, symbol: str) -> str:
    """ "Số: 05/GM-HTS": a zero before numbers under 10; "Số: …/GM-HTS" while there is none (Phụ lục I, mục II.3)."""
    return f"Số: {document_number(number, kind, symbol)}" if number else f"Số: …/{kind}-{symbol}"


def letterhead(facts: NoticeFacts, kind: str) -> Letterhead:
    """Issuer, number, place and date (Phụ lục I, mục II.2-4)."""
    day = date_in_words(facts.issued_on) if facts.issued_on else "ngày … tháng … năm …"
    place_and_date = f"{facts.place}, {day}" if facts.place else day
    return Letterhead(
        "letterhead", facts.parent, facts.issuer, number_line(kind, facts.number, facts.symbol), place_and_date
    )


def code_of(facts: NoticeFacts, kind: str) -> str:
    """The number as metadata: "05/GM-HTS", "" while there is none."""
    return document_number(facts.number, kind, facts.symbol) if facts.number else ""


def issued_at(facts: NoticeFacts) -> datetime | None:
    """The first moment of the day of issue in Vietnam."""
    return datetime.combine(facts.issued_on, time(), VIETNAM) if facts.issued_on else None


def when_words(facts: NoticeFacts) -> str:
    """ "8 giờ 00 ngày 20 tháng 10 năm 2020, thứ Ba (buổi sáng)"; that it is told later while there is no date."""
    if facts.on_date is None:
        return "sẽ thông báo sau"
    day = f"{hour_words(facts)} {date_in_words(facts.on_date)}, {WEEKDAYS[facts.on_date.weekday()]}"
    half = HALVES.get(facts.half, "")
    return f"{day} ({half})" if half else day


def hour_words(facts: NoticeFacts) -> str:
    """ "8 giờ 00": the planned hour, else the usual one of the half-day."""
    hour, _, minute = (facts.starts_at or USUAL_START.get(facts.half, "08:00")).partition(":")
    return f"{int(hour)} giờ {minute or '00'}"


def introduced(person: TeamPerson) -> str:
    """ "Thiếu tướng Võ Sở, Chủ tịch Hội – Trưởng đoàn"; "Đồng chí …" without a rank."""
    text = ", ".join(part for part in (f"{person.rank or 'Đồng chí'} {person.name}", person.office) if part)
    return f"{text} – {person.part}" if person.part else text


def contact_line(contact: Contact) -> str:
    """ "Đồng chí Phạm Tiến Ích, Phó Ban …; điện thoại: 0961071956"."""
    line = ", ".join((f"Đồng chí {contact.name}", *contact.roles))
    return f"{line}; điện thoại: {', '.join(contact.phones)}" if contact.phones else line


def signatures(facts: NoticeFacts, closing: str) -> Signatures:
    """The plan's signer below the closing words, with room to sign (Phụ lục I, mục II.7)."""
    signer = facts.signer
    person = " ".join(part for part in (signer.rank, signer.name) if part)
    place = SignaturePlace("signer", signer.authority, signer.office, "", person)
    return Signatures("signatures", (f"{closing.rstrip('. /')}./.",), (place,))


def recipients(facts: NoticeFacts, first: str) -> Recipients:
    """ "Như kính mời", the team, and where the plan says that a copy is kept (Phụ lục I, mục II.9)."""
    kept = tuple(line for line in facts.recipients if line.startswith("Lưu"))
    team = (f"{facts.team_name or 'Đoàn kiểm tra'} (để thực hiện)",) if facts.team else ()
    return Recipients("recipients", (first, *team, *(kept or ("Lưu: VP",))))


def link_box(facts: NoticeFacts) -> tuple[CodeBox, ...]:
    """The unit's own way in, to scan or to type; nothing when nobody made it one."""
    if not facts.link:
        return ()
    lines = (
        "Chuẩn bị trên mạng: quét mã bên cạnh bằng điện thoại, hoặc mở địa chỉ dưới đây.",
        f"Địa chỉ riêng của đơn vị: {facts.link}",
        "Xin giữ kín: ai có địa chỉ này đều vào được phần chuẩn bị của đơn vị.",
    )
    return (CodeBox("link", facts.link, lines, "Phần chuẩn bị"),)
