"""The reminder to a unit (thông báo nhắc việc): exactly what is missing or was returned, and by when.

Form: Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.4 (văn bản có tên loại: thông báo).
Substance: Kế hoạch 72/HTS, mục III.1.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from thidua.rules.documents import Block, Column, Document, Listing, Paragraph, Row, Table, Title
from thidua.rules.notice_facts import (
    NoticeFacts,
    code_of,
    contact_line,
    issued_at,
    letterhead,
    link_box,
    recipients,
    signatures,
    when_words,
)
from thidua.rules.phrases import ended, enumerated, upper_first
from thidua.rules.readiness import Readiness
from thidua.rules.words import date_in_words, date_screen

KIND = "TB"
DAYS_TO_ANSWER = 2
"""So many days a unit gets that is late already, if the half-day leaves them."""
_RETURNED = (
    Column("Tiêu chí", 14, "center"),
    Column("Điều cần bổ sung, sửa lại", 62),
    Column("Hạn gửi lại", 24, "center"),
)


def answer_by(readiness: Readiness, on_date: date | None, today: date) -> date:
    """By when it is asked for now: the day it is due; when that is past, two days from today, before the half-day.

    Never before today.
    """
    if readiness.next_due and readiness.next_due >= today:
        return readiness.next_due
    soon = today + timedelta(days=DAYS_TO_ANSWER)
    return max(min(soon, on_date - timedelta(days=1)), today) if on_date else soon


def compose_reminder(
    facts: NoticeFacts, readiness: Readiness, *, today: date, answer_on: date | None = None, with_ranks: bool = True
) -> Document:
    """The whole paper; ``answer_on`` is another day than ``answer_by`` proposes.

    Raises ValueError when nothing is missing.
    """
    if not readiness.is_reminded:
        raise ValueError("nothing to remind of")
    if not with_ranks:
        facts = facts.without_ranks()
    by = answer_on or answer_by(readiness, facts.on_date, today)
    blocks: list[Block] = [
        letterhead(facts, KIND),
        Title("title", "Thông báo", f"Nhắc việc chuẩn bị kiểm tra tại {facts.unit}"),
        Paragraph("addressed", f"Kính gửi: {ended(facts.unit, '.')}", "lead"),
    ]
    if facts.plan_reference:
        blocks.append(Paragraph("basis", f"Căn cứ {ended(facts.plan_reference, ';')}", "basis"))
    blocks += _state(facts, readiness, today)
    blocks += _asked(facts, readiness, by)
    contacts = enumerated(contact_line(one) for one in facts.contacts)
    if contacts:
        blocks += [Paragraph("contacts-lead", "Vướng mắc xin liên hệ:"), Listing("contacts", contacts)]
    closing = f"{facts.body} đề nghị {facts.unit} quan tâm thực hiện đúng hạn"
    blocks += [signatures(facts, closing), recipients(facts, "Như trên"), *link_box(facts)]
    title = f"Nhắc việc chuẩn bị: {facts.unit}"
    return Document(KIND, code_of(facts, KIND), title, tuple(blocks), issued_at=issued_at(facts))


def _state(facts: NoticeFacts, readiness: Readiness, today: date) -> Iterator[Block]:
    """When the half-day is, when things were due, and how it stands."""
    if facts.on_date:
        yield Paragraph("half-day", f"Buổi kiểm tra tại {facts.unit} được ấn định: {ended(when_words(facts), '.')}")
    day = date_in_words(today)
    if readiness.submitted_at:
        told = f"{facts.body} đã nhận hồ sơ chuẩn bị của đơn vị. Đến {day}, còn những việc sau chưa xong:"
    elif readiness.due_on and readiness.late_by:
        told = (
            f"Hạn gửi hồ sơ chuẩn bị là {date_in_words(readiness.due_on)}. Đến {day}, đã quá hạn "
            f"{readiness.late_by:02d} ngày, {facts.body} chưa nhận được hồ sơ của đơn vị. Còn những việc sau:"
        )
    else:
        due = f", hạn gửi {date_in_words(readiness.due_on)}" if readiness.due_on else ""
        told = f"Đến {day}, hồ sơ chuẩn bị của đơn vị chưa được gửi{due}. Còn những việc sau:"
    yield Paragraph("state", told)


def _asked(facts: NoticeFacts, readiness: Readiness, by: date) -> Iterator[Block]:
    missing = list(readiness.missing)
    if not readiness.submitted_at:
        missing.append("gửi hồ sơ chuẩn bị (bấm “Gửi” trên trang chuẩn bị, hoặc gửi bản giấy về Đoàn kiểm tra)")
    if missing:
        yield Listing("missing", enumerated(upper_first(line) for line in missing), "1.")
    if readiness.returns:
        yield Paragraph("returned-lead", "Các tiêu chí được trả lại để bổ sung:")
        rows = tuple(Row((one.number, one.remark.strip(), date_screen(one.due_on or by))) for one in readiness.returns)
        yield Table("returned", _RETURNED, rows)
    yield Paragraph("by", f"Đề nghị đơn vị hoàn thành và gửi về Đoàn kiểm tra chậm nhất {date_in_words(by)}.")
