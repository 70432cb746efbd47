"""The inspection plan (kế hoạch kiểm tra) as a document of Nghị định 30/2020/NĐ-CP."""

import re
from collections.abc import Iterator
from datetime import datetime, time

from thidua.rules.documents import (
    Block,
    Column,
    Document,
    Heading,
    Letterhead,
    Listing,
    Paragraph,
    Recipients,
    Row,
    SignaturePlace,
    Signatures,
    Table,
    Title,
)
from thidua.rules.phrases import ended, enumerated, joined, lower_first, upper_first
from thidua.rules.plan_facts import Contact, ContentItem, Duty, PlanFacts, ScheduledHalfDay, Step, plan_facts_from_plain
from thidua.rules.words import VIETNAM, count_phrase, date_in_words, date_screen

__all__ = [
    "Contact",
    "ContentItem",
    "Duty",
    "PlanFacts",
    "ScheduledHalfDay",
    "Step",
    "compose_plan",
    "plan_facts_from_plain",
]

_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_SCHEDULE_COLUMNS = (
    Column("TT", 6, "center"),
    Column("Ngày", 16, "center"),
    Column("Buổi", 10, "center"),
    Column("Đơn vị", 33),
    Column("Địa điểm", 20),
    Column("Đoàn", 15),
)


def compose_plan(facts: PlanFacts, *, draft: bool = False) -> Document:
    """The whole plan; a part without facts is left out and the sections are numbered without a gap."""
    code = re.sub(r"\s", "", facts.number_line.partition(":")[2] or facts.number_line)
    blocks: list[Block] = [_letterhead(facts), Title("title", "Kế hoạch", facts.subject)]
    blocks += _preamble(facts)
    sections = [
        ("purposes", "Mục đích, yêu cầu", list(_purposes(facts))),
        ("contents", "Nội dung kiểm tra", list(_contents(facts))),
        ("conduct", "Công tác chuẩn bị nội dung và thực hành kiểm tra", list(_conduct(facts))),
        ("composition", "Thành phần, thời gian làm việc", list(_composition(facts))),
        ("units", "Đơn vị được kiểm tra, nắm tình hình", list(_units(facts))),
    ]
    written = [section for section in sections if section[2]]
    for numeral, (section_id, heading, inner) in zip(_NUMERALS, written, strict=False):
        blocks += [Heading(section_id, f"{numeral}. {heading}"), *inner]
    blocks += _contacts(facts)
    blocks += _signatures(facts)
    blocks += _schedule(facts, code)
    issued_at = datetime.combine(facts.issued_on, time(), VIETNAM) if facts.issued_on else None
    title = f"Kế hoạch số {code}" if code else "Kế hoạch kiểm tra"
    return Document("KH", code, title, tuple(blocks), issued_at=issued_at, draft=draft)


def _letterhead(facts: PlanFacts) -> Letterhead:
    day = date_in_words(facts.issued_on) if facts.issued_on else "ngày … tháng … năm …"
    place_and_date = f"{facts.place}, {day}" if facts.place else day
    return Letterhead("letterhead", facts.parent, facts.issuer, " ".join(facts.number_line.split()), place_and_date)


def _preamble(facts: PlanFacts) -> Iterator[Block]:
    if facts.context:
        yield Paragraph("context", facts.context)
    body = facts.issuer_body or "Đơn vị tổ chức"
    made_known = f"{body} thông báo kế hoạch {lower_first(facts.subject)}"
    if facts.addressed:
        made_known += f" đến {facts.addressed}"
    yield Paragraph(
        "announcement", f"{facts.aim.rstrip('.,; ')}, {made_known} như sau:" if facts.aim else f"{made_known} như sau:"
    )


def _purposes(facts: PlanFacts) -> Iterator[Block]:
    if facts.purposes:
        yield Listing("purpose-items", facts.purposes, "1.")


def _contents(facts: PlanFacts) -> Iterator[Block]:
    for content in facts.contents:
        name = f"content-{content.number}"
        text = content.text.rstrip()
        yield Paragraph(name, f"{content.number}. {ended(text, ':' if content.documents else '.')}")
        if content.documents:
            yield Listing(f"{name}-documents", enumerated(content.documents), "+")
        if content.focus:
            if content.focus_label:
                yield Paragraph(f"{name}-focus-label", content.focus_label)
            yield Listing(f"{name}-focus", content.focus)


def _conduct(facts: PlanFacts) -> Iterator[Block]:
    parts: list[tuple[str, str, tuple[str, ...]]] = [
        ("duties", "Chuẩn bị nội dung", tuple(_duty(duty) for duty in facts.duties)),
        ("steps", "Thực hành kiểm tra, nắm tình hình", tuple(step.text for step in facts.steps)),
    ]
    for number, (name, heading, items) in enumerate((part for part in parts if part[2]), start=1):
        yield Heading(name, f"{number}. {heading}", 2)
        yield Listing(f"{name}-items", items)


def _composition(facts: PlanFacts) -> Iterator[Block]:
    number = 0
    team = _team(facts)
    if facts.unit_side or team:
        number += 1
        yield Heading("people", f"{number}. Thành phần", 2)
    if facts.unit_side:
        yield Paragraph("unit-side", "a) Đơn vị được kiểm tra:")
        yield Listing("unit-side-items", facts.unit_side)
    if team:
        yield Paragraph("team", f"{'b' if facts.unit_side else 'a'}) Đoàn kiểm tra: {team}")
    if facts.working_time or facts.time_note:
        number += 1
        told = ", ".join(part for part in (facts.working_time, facts.time_note) if part)
        yield Heading("time", f"{number}. Thời gian", 2)
        yield Paragraph("time-text", f"Thời gian làm việc với mỗi đơn vị: {ended(told, '.')}")


def _team(facts: PlanFacts) -> str:
    size = ""
    if facts.team_min and facts.team_max > facts.team_min:
        size = f"từ {facts.team_min:02d} đến {count_phrase(facts.team_max, 'đồng chí')}"
    elif facts.team_max or facts.team_min:
        size = count_phrase(facts.team_max or facts.team_min, "đồng chí")
    members = joined(facts.team_made_of)
    if size and members:
        return f"{size}, gồm {members}."
    return f"{size or 'gồm ' + members}." if size or members else ""


def _units(facts: PlanFacts) -> Iterator[Block]:
    if facts.units:
        yield Listing("unit-items", tuple(ended(unit, ".") for unit in facts.units), "1.")


def _contacts(facts: PlanFacts) -> Iterator[Block]:
    if not facts.contacts:
        return
    yield Paragraph("contacts", "Các đơn vị liên hệ, trao đổi nội dung qua:")
    lines = []
    for contact in facts.contacts:
        line = ", ".join((f"Đồng chí {contact.name}", *contact.roles))
        lines.append(f"{line}; điện thoại: {', '.join(contact.phones)}" if contact.phones else line)
    yield Listing("contact-items", enumerated(tuple(lines)))


def _signatures(facts: PlanFacts) -> Iterator[Block]:
    signer = facts.signer
    closing = (f"{facts.closing.rstrip('. ')}./.",) if facts.closing else ()
    place = SignaturePlace(
        "signer",
        signer.authority,
        signer.office,
        f"({signer.mark})" if signer.mark else "",
        " ".join(part for part in (signer.rank, signer.name) if part),
    )
    yield Signatures("signatures", closing, (place,))
    if facts.recipients:
        yield Recipients("recipients", facts.recipients)


def _schedule(facts: PlanFacts, code: str) -> Iterator[Block]:
    if not facts.schedule:
        return
    yield Title("schedule-title", "Phụ lục", "Lịch kiểm tra, nắm tình hình các đơn vị")
    if code:
        day = f" {date_in_words(facts.issued_on)}" if facts.issued_on else ""
        yield Paragraph("schedule-source", f"(Kèm theo Kế hoạch số {code}{day})", "note", indent=False)
    rows = tuple(
        Row((str(at), date_screen(half_day.date), half_day.half, half_day.unit, half_day.place, half_day.team))
        for at, half_day in enumerate(facts.schedule, start=1)
    )
    yield Table("schedule", _SCHEDULE_COLUMNS, rows)


def _duty(duty: Duty) -> str:
    text = f"{upper_first(duty.who)} {lower_first(duty.what)}" if duty.who else upper_first(duty.what)
    return ended(f"{text.rstrip('. ')} {duty.optional}".strip(), ".")
