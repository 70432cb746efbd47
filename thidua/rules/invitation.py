"""The invitation to the half-day (giấy mời, GM) and the notice of its schedule (thông báo, TB), one for each unit.

Form: Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.7 (giấy mời) and 1.4 (văn bản có tên loại); Điều 8 for what a text
consists of. Substance: Kế hoạch 72/HTS, mục II (contents), III.1 (duties), IV (people, time). "Ngày, giờ cụ thể, sẽ
điện thông báo sau" (IV.2) is what these papers make good.
"""

from collections.abc import Iterator
from typing import Literal

from thidua.rules.documents import Block, Document, Heading, Listing, Paragraph, Title
from thidua.rules.notice_facts import (
    NoticeFacts,
    code_of,
    contact_line,
    introduced,
    issued_at,
    letterhead,
    link_box,
    recipients,
    signatures,
    when_words,
)
from thidua.rules.phrases import ended, enumerated, lower_first, upper_first
from thidua.rules.words import date_in_words

NoticeKind = Literal["GM", "TB"]
KIND_LABELS: dict[NoticeKind, str] = {"GM": "Giấy mời", "TB": "Thông báo lịch"}


def compose_invitation(facts: NoticeFacts, kind: NoticeKind = "GM", *, with_ranks: bool = True) -> Document:
    """The whole paper. Without a date of the half-day it is a draft: it cannot be sent yet."""
    if not with_ranks:
        facts = facts.without_ranks()
    is_invitation = kind == "GM"
    name, occasion = ("Giấy mời", "Dự buổi") if is_invitation else ("Thông báo", "Lịch")
    title = Title("title", name, f"{occasion} {_subject(facts)}")
    blocks: list[Block] = [letterhead(facts, kind), title, *_addressed(facts, is_invitation=is_invitation)]
    parts = [part for part in _parts(facts) if part[1]]
    for number, (heading, inner) in enumerate(parts, start=1):
        blocks += [Heading(f"{inner[0].id}-heading", f"{number}. {heading}", 2), *inner]
    closing = _closing_invitation(facts) if is_invitation else _closing_notice(facts)
    blocks += [signatures(facts, closing), recipients(facts, "Như trên"), *link_box(facts)]
    return Document(
        kind,
        code_of(facts, kind),
        f"{KIND_LABELS[kind]}: {facts.unit}",
        tuple(blocks),
        issued_at=issued_at(facts),
        draft=facts.on_date is None,
    )


def _subject(facts: NoticeFacts) -> str:
    subject = lower_first(facts.subject)
    return subject if subject.startswith("kiểm tra") else f"kiểm tra: {subject}"


def _addressed(facts: NoticeFacts, *, is_invitation: bool) -> Iterator[Block]:
    """Mẫu 1.7: who invites whom to what."""
    whom = ended(f"{facts.unit} ({facts.leader})" if facts.leader else facts.unit, ".")
    basis = [Paragraph("basis", f"Căn cứ {ended(facts.plan_reference, ',')}", "basis")] if facts.plan_reference else []
    if is_invitation:
        yield from basis
        yield Paragraph("addressed", f"{facts.body} trân trọng kính mời: {whom}", "lead")
        yield Paragraph("opening", "Tới dự và làm việc với Đoàn kiểm tra, cụ thể như sau:")
    else:
        yield Paragraph("addressed", f"Kính gửi: {whom}", "lead")
        yield from basis
        yield Paragraph("opening", f"{facts.body} thông báo lịch kiểm tra tại {facts.unit} như sau:")


def _parts(facts: NoticeFacts) -> Iterator[tuple[str, list[Block]]]:
    contents = tuple(ended(item.text.strip(), ".") for item in facts.contents)
    yield "Nội dung", [Listing("contents", contents, "1.")] if contents else []
    yield "Thời gian", [Paragraph("time", f"{ended(upper_first(_time(facts)), '.')}")]
    yield "Địa điểm", [Paragraph("venue", ended(facts.venue, ".") if facts.venue else _no_venue(facts))]
    yield "Thành phần", list(_people(facts))
    yield "Đơn vị chuẩn bị", list(_preparation(facts))
    contacts = enumerated(contact_line(one) for one in facts.contacts)
    yield "Liên hệ, trao đổi nội dung", [Listing("contacts", contacts)] if contacts else []


def _time(facts: NoticeFacts) -> str:
    if facts.on_date is None or not facts.working_time:
        return when_words(facts)
    return f"{when_words(facts)}; thời gian làm việc {facts.working_time}"


def _no_venue(facts: NoticeFacts) -> str:
    return f"Do {facts.unit} bố trí và báo cho Đoàn kiểm tra trước buổi làm việc."


def _people(facts: NoticeFacts) -> Iterator[Block]:
    letters = iter("ab")
    if facts.team:
        yield Paragraph("team", f"{next(letters)}) {facts.team_name or 'Đoàn kiểm tra'}:")
        yield Listing("team-people", enumerated(introduced(one) for one in facts.team))
    if facts.unit_side:
        yield Paragraph("unit-side", f"{next(letters)}) Đơn vị được kiểm tra:")
        yield Listing("unit-side-people", enumerated(ended(line, "") for line in facts.unit_side))


def _preparation(facts: NoticeFacts) -> Iterator[Block]:
    """Kế hoạch 72/HTS, mục III.1, and by when."""
    if facts.duties:
        duties = (f"{duty.what.rstrip('. ')} {duty.optional}".strip() for duty in facts.duties)
        yield Listing("duties", enumerated(upper_first(duty) for duty in duties))
    asked = "Đề nghị đơn vị gửi báo cáo, phụ lục số liệu, bảng tự chấm điểm và danh sách người dự về Đoàn kiểm tra"
    if facts.due_on:
        yield Paragraph("due", f"{asked} chậm nhất {date_in_words(facts.due_on)}.")


def _closing_invitation(facts: NoticeFacts) -> str:
    return f"{facts.body} rất mong {facts.unit} chuẩn bị tốt nội dung, dự đúng thành phần và thời gian"


def _closing_notice(facts: NoticeFacts) -> str:
    return f"Đề nghị {facts.unit} chuẩn bị tốt nội dung, xác nhận lịch với Đoàn kiểm tra và thực hiện đúng thời gian"
