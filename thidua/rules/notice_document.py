"""The notice of conclusion (thông báo kết luận kiểm tra), drafted from the signed minutes.

Form: Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.4 (văn bản có tên loại). What it says is taken word for word from the
minutes as they were signed, people's own wording included; only the order and the words between are new.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from thidua.rules.document_blocks import basis_blocks, paragraph_blocks
from thidua.rules.documents import (
    Block,
    Document,
    Heading,
    Letterhead,
    Listing,
    Paragraph,
    Recipients,
    SignaturePlace,
    Signatures,
    Title,
)
from thidua.rules.paper_content import NoticeSigner
from thidua.rules.phrases import ended, lower_first
from thidua.rules.words import VIETNAM, date_in_words

PARTS = (
    ("result", "Kết quả", ("totals", "rating")),
    ("strengths", "Ưu điểm", ("strengths",)),
    ("shortcomings", "Hạn chế", ("shortcomings",)),
    ("causes", "Nguyên nhân của hạn chế", ("causes",)),
    ("exemplars", "Điển hình, cách làm hay", ("exemplars",)),
    ("conclusion", "Kết luận của Trưởng đoàn kiểm tra", ("conclusion",)),
    ("recommendations", "Yêu cầu thực hiện", ("recommendations",)),
)
"""Id, heading, and the blocks of the minutes that are said again below it."""


@dataclass(frozen=True, slots=True)
class ConclusionNoticeFacts:
    """`minutes`: the document as frozen; `minutes_code` ("15/BB-HTS") and `minutes_day` name it.

    `subject` is that of the inspection, without the unit; `issuer_body` who speaks ("Thường trực Hội"). `number_line`
    whole ("Số: 03/TB-HTS"), `code` bare or "". `addenda`: numbers of the addenda that correct the minutes by now.
    `report_by`: until when the unit reports what it has done. `replaced`: the office of whoever usually signs
    ("CHỦ TỊCH"), printed where somebody signs for another. `drafted`: the conclusion as the program drafts it; where it
    was signed as it was, its sentences repeat the other parts and are left out.
    """

    issuer: tuple[str, ...]
    number_line: str
    code: str
    subject: str
    unit: str
    minutes_code: str
    minutes_day: date
    minutes: Document
    signer: NoticeSigner
    parent: str = ""
    place: str = ""
    issued_on: date | None = None
    issuer_body: str = ""
    plan_reference: str = ""
    addenda: tuple[str, ...] = ()
    report_by: date | None = None
    replaced: str = "CHỦ TỊCH"
    recipients: tuple[str, ...] = ()
    sign_note: str = ""
    drafted: str = ""

    @property
    def body(self) -> str:
        """Who speaks in the sentences: "Thường trực Hội"."""
        return self.issuer_body or "Đoàn kiểm tra"


def compose_notice(facts: ConclusionNoticeFacts, *, draft: bool = False, digest: str = "") -> Document:
    """The whole paper; a part the minutes say nothing of is left out, the rest is numbered without a gap."""
    blocks: list[Block] = [
        Letterhead("letterhead", facts.parent, facts.issuer, facts.number_line, _place_and_date(facts)),
        Title("title", "Thông báo", f"Kết luận {_subject(facts)} tại {facts.unit}"),
        *basis_blocks((facts.plan_reference, _minutes(facts))),
        Paragraph("opening", _opening(facts)),
    ]
    parts = [(id_, heading, list(_taken(facts.minutes, names))) for id_, heading, names in PARTS]
    parts = [(id_, heading, inner) for id_, heading, inner in parts if not _is_repeated(id_, inner, facts.drafted)]
    for number, (part_id, heading, inner) in enumerate((part for part in parts if part[2]), start=1):
        blocks += [Heading(f"{part_id}-heading", f"{number}. {heading}", 2), *inner]
    blocks.append(Signatures("signatures", (f"{_closing(facts)}./.",), (notice_place(facts),)))
    recipients = tuple(line for line in facts.recipients if not _is_addressed_to(line, facts.body))
    if recipients:
        blocks.append(Recipients("recipients", recipients))
    named = f" số {facts.code}" if facts.code else ""
    issued_at = datetime.combine(facts.issued_on, time(), VIETNAM) if facts.issued_on else None
    title = f"Thông báo{named} kết luận kiểm tra {facts.unit}"
    return Document("TB", facts.code, title, tuple(blocks), issued_at=issued_at, draft=draft, digest=digest)


def notice_place(facts: ConclusionNoticeFacts) -> SignaturePlace:
    """ "TM. THƯỜNG TRỰC HỘI", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH": by order or authority one signs for a person, not for
    the body (Phụ lục I, mục II.7)."""
    signer = facts.signer
    if signer.formula == "KT.":
        authority = "\n".join(line for line in (signer.body, f"KT. {facts.replaced}") if line)
    else:
        authority = f"{signer.formula} {facts.replaced}" if signer.formula else signer.body
    return SignaturePlace("issuer", authority, signer.office, facts.sign_note, signer.person)


def _place_and_date(facts: ConclusionNoticeFacts) -> str:
    day = date_in_words(facts.issued_on) if facts.issued_on else "ngày … tháng … năm …"
    return f"{facts.place}, {day}" if facts.place else day


def _subject(facts: ConclusionNoticeFacts) -> str:
    subject = lower_first(facts.subject)
    return subject if subject.startswith("kiểm tra") else f"kiểm tra: {subject}"


def _minutes(facts: ConclusionNoticeFacts) -> str:
    told = f"Biên bản số {facts.minutes_code} {date_in_words(facts.minutes_day)} của Đoàn kiểm tra"
    if not facts.addenda:
        return told
    return f"{told} và Biên bản bổ sung số {', số '.join(facts.addenda)}"


def _opening(facts: ConclusionNoticeFacts) -> str:
    day = date_in_words(facts.minutes_day)
    return (
        f"{day[0].upper()}{day[1:]}, Đoàn kiểm tra đã làm việc với {facts.unit}. "
        f"{facts.body} thông báo kết luận như sau:"
    )


def _taken(minutes: Document, names: tuple[str, ...]) -> Iterator[Block]:
    """The blocks of these parts as they stand in the minutes, with the paragraphs that go on from them."""
    for block in minutes.blocks:
        stem = block.id.partition("-more-")[0]
        stem = stem.rpartition("-")[0] if stem.rpartition("-")[2].isdigit() else stem
        if stem in names and isinstance(block, Paragraph | Listing):
            yield block


def _is_repeated(part_id: str, inner: list[Block], drafted: str) -> bool:
    """The conclusion as drafted says result, strengths, shortcomings and duties once more."""
    return part_id == "conclusion" and bool(drafted) and inner == paragraph_blocks("conclusion", (drafted,))


def _is_addressed_to(line: str, body: str) -> bool:
    """ "Thường trực Hội (để báo cáo);": whoever issues a notice does not send it to itself."""
    return line.partition("(")[0].strip(" .;,").casefold() == body.casefold()


def _closing(facts: ConclusionNoticeFacts) -> str:
    asked: list[Any] = [block for block in facts.minutes.blocks if block.id == "recommendations"]
    told = f"{facts.body} thông báo để {facts.unit} biết"
    if asked:
        told += ", tổ chức thực hiện các nội dung trên"
    if facts.report_by:
        told += f" và báo cáo kết quả về {facts.body} chậm nhất {date_in_words(facts.report_by)}"
    return ended(told, "")
