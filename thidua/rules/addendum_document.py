"""The addendum (biên bản bổ sung) to signed minutes: what stood there, what holds now, and why.

Nghị định 30/2020/NĐ-CP, Điều 18.3: an error in an issued paper is put right by another paper that points to it.
Form of minutes: Phụ lục III, mẫu 1.9; they have no line of place and date.
"""

from dataclasses import dataclass
from datetime import date, datetime

from thidua.rules.document_blocks import basis_blocks, item_blocks, paragraph_blocks
from thidua.rules.documents import (
    Block,
    Document,
    Heading,
    Letterhead,
    Listing,
    Paragraph,
    Recipients,
    Signatures,
    Title,
)
from thidua.rules.minutes_facts import Attendee
from thidua.rules.minutes_signers import signature_places
from thidua.rules.paper_content import Correction
from thidua.rules.phrases import ended, enumerated, in_quotes, lower_first, sentence, upper_first
from thidua.rules.signing import SigningPart
from thidua.rules.wording_people import introduced
from thidua.rules.words import copies_sentence, date_in_words, moment_in_words


@dataclass(frozen=True, slots=True)
class AddendumFacts:
    """`minutes_code` ("15/BB-HTS") and `minutes_day` name the minutes that are corrected; `subject` is theirs.

    `number_line` whole ("Số: 16/BB-HTS"), `code` bare, "" while there is no number. `people`: those who draw the
    addendum up together, with the parts they play. `parts`: who signs (see `minutes_signers.signing_parts`).
    `written_at` aware, or absent while it is being written.
    """

    issuer: tuple[str, ...]
    number_line: str
    code: str
    subject: str
    unit: str
    minutes_code: str
    minutes_day: date
    reason: str
    corrections: tuple[Correction, ...]
    parent: str = ""
    plan_reference: str = ""
    written_at: datetime | None = None
    place: str = ""
    people: tuple[Attendee, ...] = ()
    parts: tuple[SigningPart, ...] = ()
    copies: int = 2
    recipients: tuple[str, ...] = ()
    sign_note: str = "(Ký, ghi rõ họ tên)"
    unit_leader: str = ""
    issued_at: datetime | None = None

    @property
    def minutes(self) -> str:
        """ "Biên bản số 15/BB-HTS ngày 25 tháng 10 năm 2020"."""
        return f"Biên bản số {self.minutes_code} {date_in_words(self.minutes_day)}"


_KINDS_OF_PLACE = frozenset({"mục", "phần", "điểm", "bảng", "trang", "dòng", "đoạn", "tiêu", "tại", "ở"})


def compose_addendum(facts: AddendumFacts, *, draft: bool = False, digest: str = "") -> Document:
    """The whole paper. Corrections without a text and an empty reason are left out: a draft may lack them."""
    blocks: list[Block] = [
        Letterhead("letterhead", facts.parent, facts.issuer, facts.number_line),
        Title("title", "Biên bản bổ sung", f"Sửa đổi, bổ sung {facts.minutes}"),
        *_opening(facts),
    ]
    changes = tuple(line for line in (_told(one) for one in facts.corrections) if line)
    sections = (
        ("reason", "Lý do sửa đổi, bổ sung", paragraph_blocks("reason", (facts.reason,))),
        ("corrections", "Nội dung sửa đổi, bổ sung", _changes(changes)),
        ("validity", "Giá trị của biên bản bổ sung", [Paragraph("validity", _validity(facts))]),
    )
    written = [section for section in sections if section[2]]
    for numeral, (section_id, heading, inner) in zip(("I", "II", "III"), written, strict=False):
        blocks += [Heading(f"{section_id}-section", f"{numeral}. {heading}"), *inner]
    places = signature_places(facts.parts, facts.sign_note, unit_leader=facts.unit_leader)
    blocks.append(Signatures("signatures", _closing(facts), places))
    if facts.recipients:
        blocks.append(Recipients("recipients", facts.recipients))
    named = f" số {facts.code}" if facts.code else ""
    title = f"Biên bản bổ sung{named} của {facts.minutes}"
    return Document("BB", facts.code, title, tuple(blocks), issued_at=facts.issued_at, draft=draft, digest=digest)


def _opening(facts: AddendumFacts) -> list[Block]:
    blocks = basis_blocks((f"{facts.minutes} {lower_first(facts.subject)}", facts.plan_reference))
    when = f"Hôm nay, hồi {moment_in_words(facts.written_at)}" if facts.written_at else "Hôm nay"
    where = f", tại {ended(facts.place, '')}" if facts.place else ""
    both = f"Đoàn kiểm tra và {facts.unit}"
    people = [introduced(person) for person in facts.people if person.presence == "present"]
    if not people:
        return [*blocks, Paragraph("opening", f"{when}{where}, {both} lập biên bản bổ sung như sau:")]
    return [
        *blocks,
        Paragraph("opening", f"{when}{where}, {both} lập biên bản bổ sung. Thành phần gồm:"),
        *item_blocks("people", people),
    ]


def _changes(changes: tuple[str, ...]) -> list[Block]:
    if not changes:
        return []
    if len(changes) == 1:
        return [Paragraph("corrections", sentence(changes[0]))]
    return [Listing("corrections", enumerated(changes), "1.")]


def _told(one: Correction) -> str:
    """ "Tại mục IV.1, đã ghi: “…”; nay sửa là: “…”"."""
    said, now = in_quotes(one.said), in_quotes(one.now)
    if not (said or now):
        return ""
    where = upper_first(_place(one.place))
    if said and now:
        return f"{where}đã ghi: {said}; nay sửa là: {now}"
    return f"{where}nay bổ sung: {now}" if now else f"{where}nay bỏ nội dung: {said}"


def _place(place: str) -> str:
    words = " ".join(place.split()).rstrip(" .,;:")
    if not words:
        return ""
    words = words[:1].lower() + words[1:] if words.split()[0].lower() in _KINDS_OF_PLACE else lower_first(words)
    return f"{words}, " if words.startswith(("tại ", "ở ")) else f"tại {words}, "


def _validity(facts: AddendumFacts) -> str:
    return (
        f"Biên bản bổ sung này là bộ phận không tách rời của {facts.minutes}. "
        "Những nội dung khác của biên bản giữ nguyên giá trị."
    )


def _closing(facts: AddendumFacts) -> tuple[str, ...]:
    """No reading aloud is recorded for an addendum, so none is claimed."""
    return (f"{copies_sentence('Biên bản bổ sung', facts.copies)}./.",)
