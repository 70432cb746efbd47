"""The minutes of an inspection (biên bản kiểm tra), composed from what was recorded during the half-day.

Form: Nghị định 30/2020/NĐ-CP; substance: Kế hoạch 72/HTS, mục II-IV. A part about which nothing was recorded
is left out and the sections are numbered without a gap. Block ids are stable: an edit made to "strengths"
stays with the strengths whatever else is added.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from thidua.rules.conclusion_draft import draft_conclusion
from thidua.rules.document_blocks import basis_blocks, item_blocks, paragraph_blocks
from thidua.rules.document_edits import ROMANS
from thidua.rules.documents import Block, Document, Heading, Letterhead, Paragraph, Recipients, Signatures, Title
from thidua.rules.minutes_facts import AgendaItem, MinutesFacts, Recommended
from thidua.rules.minutes_gaps import Missing, missing_before_signing
from thidua.rules.minutes_signers import signature_places, signing_parts
from thidua.rules.phrases import ended, flowing, lower_first, one_line, points_of, upper_first
from thidua.rules.wording_people import people_parts, presenter
from thidua.rules.wording_preparation import DOCUMENTS, FIGURES, figure_blocks
from thidua.rules.wording_reviews import HEADING, reviewed_lines
from thidua.rules.wording_scores import score_blocks
from thidua.rules.wording_talk import exchange_blocks, objection_blocks, standing_objections
from thidua.rules.words import clock_in_words, copies_sentence, counted, date_in_words, day_of, moment_in_words

__all__ = ["MinutesFacts", "Missing", "compose_minutes", "draft_conclusion", "missing_before_signing", "plan_cited"]


@dataclass(slots=True)
class _Section:
    """A section under a roman numeral; its parts are numbered 1, 2, 3 when it has several."""

    id: str
    heading: str
    parts: list[tuple[str, list[Block]]] = field(default_factory=list)

    def add(self, heading: str, blocks: list[Block]) -> None:
        if blocks:
            self.parts.append((heading, blocks))

    def blocks(self, numeral: str) -> list[Block]:
        written: list[Block] = [Heading(f"{self.id}-section", f"{numeral}. {self.heading}")]
        for number, (heading, inner) in enumerate(self.parts, start=1):
            if heading:
                numbered = f"{number}. {heading}" if len(self.parts) > 1 else heading
                written.append(Heading(f"{_part_id(inner)}-heading", numbered, 2))
            written += inner
        return written


def compose_minutes(facts: MinutesFacts, *, draft: bool = False, digest: str = "") -> Document:
    """The whole document. `digest`: the SHA-256 of the frozen facts, printed short in each foot."""
    sections = [
        _people(facts),
        _one("course", "Diễn biến buổi kiểm tra", item_blocks("agenda", map(_agenda_line, facts.agenda))),
        _work(facts),
        _assessment(facts),
        _one("scores", "Kết quả chấm điểm, xếp loại", score_blocks(facts)),
        _unit_wishes(facts),
        _one("recommendations", "Kiến nghị của Đoàn kiểm tra", _recommendations(facts)),
        _one("unit-opinion", "Ý kiến của đơn vị được kiểm tra", _points("unit-opinion", facts.unit_opinions)),
        _one("conclusion", "Kết luận của Trưởng đoàn", _conclusion(facts)),
        _one("objections", "Ý kiến khi thông qua biên bản", objection_blocks(facts)),
    ]
    blocks: list[Block] = [
        Letterhead("letterhead", facts.parent, facts.issuer, facts.number_line),
        Title("title", "Biên bản", facts.subject),
        *_opening(facts, has_more=any(section.parts for section in sections)),
    ]
    numerals = dict(zip((section.id for section in sections if section.parts), ROMANS, strict=False))
    for section in sections:
        if section.parts:
            blocks += section.blocks(numerals[section.id])
    blocks.append(_signatures(facts, numerals.get("objections", "")))
    if facts.recipients:
        blocks.append(Recipients("recipients", facts.recipients))
    title = f"Biên bản số {facts.code}" if facts.code else f"Biên bản kiểm tra {facts.unit}"
    return Document("BB", facts.code, title, tuple(blocks), issued_at=facts.issued_at, draft=draft, digest=digest)


def plan_cited(number: str, issued_on: date | None, issuer_body: str, subject: str) -> str:
    """ "Kế hoạch số 72/HTS ngày 08 tháng 9 năm 2020 của Thường trực Hội về kiểm tra, …"."""
    dated = date_in_words(issued_on) if issued_on else ""
    by = f"của {issuer_body}" if issuer_body else ""
    about = f"về {lower_first(subject)}" if subject else ""
    return " ".join(part for part in (f"Kế hoạch số {number}", dated, by, about) if part)


def _opening(facts: MinutesFacts, *, has_more: bool) -> list[Block]:
    when = f"Hôm nay, hồi {moment_in_words(facts.started_at)}" if facts.started_at else "Hôm nay"
    where = f", tại {ended(lower_first(facts.place), '')}" if facts.place else ""
    met = f"{when}{where}, Đoàn kiểm tra đã làm việc với {facts.unit}."
    told = f"{met} Nội dung, kết quả như sau:" if has_more else met
    return [*basis_blocks((facts.plan_reference, *facts.other_basis)), Paragraph("opening", told)]


def _people(facts: MinutesFacts) -> _Section:
    section = _Section("people", "Thành phần")
    for heading, blocks in people_parts(facts):
        section.add(heading, blocks)
    return section


def _agenda_line(item: AgendaItem) -> str:
    title = ended(one_line(item.title), "")
    if item.skipped_reason:
        return f"{title}: không tiến hành vì {flowing(one_line(item.skipped_reason))}"
    if item.started_at is None:
        return ""
    if item.ended_at is None:
        return f"Từ {clock_in_words(item.started_at)}: {title}"
    return f"Từ {clock_in_words(item.started_at)} đến {clock_in_words(item.ended_at)}: {title}"


def _work(facts: MinutesFacts) -> _Section:
    section = _Section("work", "Nội dung làm việc")
    section.add(HEADING, item_blocks("reviews", reviewed_lines(facts)))
    section.add("Báo cáo của đơn vị", _report(facts))
    section.add(FIGURES, figure_blocks(facts))
    section.add(DOCUMENTS, _points("documents-prepared", facts.documents_prepared))
    section.add("Hồ sơ, văn bản Đoàn đã xem", _points("documents-seen", facts.documents_seen))
    section.add("Tham quan thực tế", paragraph_blocks("visit", facts.visits))
    section.add("Trao đổi, chất vấn, phản biện", exchange_blocks(facts))
    return section


def _report(facts: MinutesFacts) -> list[Block]:
    told, by = paragraph_blocks("report", facts.report_summary), presenter(facts)
    if not told or not by:
        return told
    opening = f"{by}, thay mặt đơn vị báo cáo với Đoàn kiểm tra. Nội dung chính như sau:"
    return [Paragraph("report-by", opening), *told]


def _assessment(facts: MinutesFacts) -> _Section:
    section = _Section("assessment", "Nhận xét, đánh giá")
    section.add("Ưu điểm", _points("strengths", facts.strengths))
    section.add("Hạn chế", _points("shortcomings", facts.shortcomings))
    section.add("Nguyên nhân của hạn chế" if facts.shortcomings else "Nguyên nhân", _points("causes", facts.causes))
    section.add("Điển hình, cách làm hay", _points("exemplars", facts.exemplars))
    return section


def _unit_wishes(facts: MinutesFacts) -> _Section:
    difficulties = _points("difficulties", facts.difficulties)
    proposals = _points("proposals", facts.proposals)
    names = [name for name, blocks in (("Khó khăn", difficulties), ("đề xuất", proposals)) if blocks]
    section = _Section("unit-wishes", f"{upper_first(', '.join(names))} của đơn vị")
    alone = len(names) == 1
    section.add("" if alone else "Khó khăn", difficulties)
    section.add("" if alone else "Đề xuất", proposals)
    return section


def _recommendations(facts: MinutesFacts) -> list[Block]:
    return item_blocks("recommendations", map(_recommended, facts.recommendations), marker="1.")


def _recommended(one: Recommended) -> str:
    """ "Kiện toàn Hội đồng; giao Ban Thường vụ thực hiện, hoàn thành chậm nhất ngày …"."""
    owner = one.owner.strip()
    owner = f"đ{owner[1:]}" if owner.startswith("Đơn vị") else owner
    duty = [f"giao {owner} thực hiện"] if owner else []
    duty += [f"hoàn thành chậm nhất {date_in_words(one.due_on)}"] if one.due_on else []
    return "; ".join(part for part in (ended(one_line(one.text), ""), ", ".join(duty)) if part)


def _conclusion(facts: MinutesFacts) -> list[Block]:
    return paragraph_blocks("conclusion", (facts.conclusion or draft_conclusion(facts),))


def _signatures(facts: MinutesFacts, objections: str) -> Signatures:
    """`objections`: the numeral of the section that holds them, "" when there are none."""
    told = " ".join((*_read_aloud(facts, objections), f"Buổi kiểm tra kết thúc vào {_closing_time(facts)}."))
    closing = (told, f"{copies_sentence('Biên bản', facts.copies)}./.")
    parts = facts.parts or signing_parts(facts.attendees, {}, {})
    return Signatures("signatures", closing, signature_places(parts, facts.sign_note, unit_leader=facts.unit_leader))


def _read_aloud(facts: MinutesFacts, objections: str) -> tuple[str, ...]:
    """What came of reading the minutes aloud; nothing is claimed that is not on record."""
    others = f"{counted(len(standing_objections(facts)), 'ý kiến')} khác được ghi tại mục {objections}"
    if not facts.read_through:
        return (f"{upper_first(others)}.",) if objections else ()
    read = "Biên bản đã được đọc lại cho mọi người cùng nghe, mọi người nhất trí thông qua"
    return (f"{read}, riêng {others}." if objections else f"{read}.",)


def _closing_time(facts: MinutesFacts) -> str:
    if facts.ended_at is None:
        return "… giờ … cùng ngày"
    if facts.started_at and day_of(facts.started_at) == day_of(facts.ended_at):
        return f"{clock_in_words(facts.ended_at)} cùng ngày"
    return moment_in_words(facts.ended_at)


def _one(section_id: str, heading: str, blocks: list[Block]) -> _Section:
    section = _Section(section_id, heading)
    section.add("", blocks)
    return section


def _points(block_id: str, texts: Iterable[str]) -> list[Block]:
    return item_blocks(block_id, [point for text in texts for point in points_of(text)])


def _part_id(blocks: list[Block]) -> str:
    """A part is named after what it holds, not after the words that lead to it."""
    return blocks[0].id.removesuffix("-by").removesuffix("-count")
