"""The minutes of an inspection (biên bản kiểm tra), composed from what was recorded during the half-day.

Form: Nghị định 30/2020/NĐ-CP; substance: Kế hoạch 72/HTS, mục II-IV. A part about which nothing was recorded
is left out and the sections are numbered without a gap. Block ids are stable: an edit made to "strengths"
stays with the strengths whatever else is added.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from thidua.rules.conclusion_draft import draft_conclusion
from thidua.rules.documents import (
    Block,
    Document,
    Heading,
    Letterhead,
    Listing,
    Marker,
    Paragraph,
    Recipients,
    Signatures,
    Title,
)
from thidua.rules.minutes_facts import AgendaItem, Attendee, MinutesFacts, Recommended, Said
from thidua.rules.minutes_gaps import Missing, missing_before_signing
from thidua.rules.minutes_signers import signature_places, signing_parts
from thidua.rules.phrases import ended, enumerated, flowing, lower_first, sentence, upper_first
from thidua.rules.wording_preparation import DOCUMENTS, FIGURES, figure_blocks
from thidua.rules.wording_reviews import HEADING, reviewed_lines
from thidua.rules.wording_scores import score_blocks
from thidua.rules.words import clock_in_words, count_phrase, date_in_words, day_of

__all__ = ["MinutesFacts", "Missing", "compose_minutes", "draft_conclusion", "missing_before_signing", "plan_cited"]

_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_SAID = {"question": "hỏi", "answer": "trả lời", "rebuttal": "phản biện", "explanation": "giải trình"}


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
                written.append(Heading(f"{inner[0].id}-heading", numbered, 2))
            written += inner
        return written


def compose_minutes(facts: MinutesFacts, *, draft: bool = False, digest: str = "") -> Document:
    """The whole document. `digest`: the SHA-256 of the frozen facts, printed short in each foot."""
    sections = [
        _people(facts),
        _course(facts),
        _work(facts),
        _assessment(facts),
        _one("scores", "Kết quả chấm điểm, xếp loại", score_blocks(facts)),
        _unit_wishes(facts),
        _one("recommendations", "Kiến nghị của Đoàn kiểm tra", _recommendations(facts)),
        _one("unit-opinion", "Ý kiến của đơn vị được kiểm tra", _items("unit-opinion", facts.unit_opinions)),
        _one("conclusion", "Kết luận của Trưởng đoàn", _conclusion(facts)),
    ]
    blocks: list[Block] = [
        Letterhead("letterhead", facts.parent, facts.issuer, facts.number_line),
        Title("title", "Biên bản", facts.subject),
        *_opening(facts),
    ]
    for numeral, section in zip(_NUMERALS, (section for section in sections if section.parts), strict=False):
        blocks += section.blocks(numeral)
    blocks.append(_signatures(facts))
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


def called(person: Attendee) -> str:
    """ "Thiếu tướng Võ Sở" where the rank is printed, else "Đồng chí Nguyễn Văn Quyết"."""
    return f"{person.rank or 'Đồng chí'} {person.name}"


def _opening(facts: MinutesFacts) -> list[Block]:
    basis = [text for text in (facts.plan_reference, *facts.other_basis) if text]
    blocks: list[Block] = [
        Paragraph(
            "basis" if at == 1 else f"basis-{at}", f"Căn cứ {ended(text, ';' if at < len(basis) else '.')}", "basis"
        )
        for at, text in enumerate(basis, start=1)
    ]
    when = f"Hôm nay, hồi {_moment(facts.started_at)}" if facts.started_at else "Hôm nay"
    where = f", tại {ended(facts.place, '')}" if facts.place else ""
    met = f"{when}{where}, Đoàn kiểm tra đã làm việc với {facts.unit}. Nội dung, kết quả như sau:"
    return [*blocks, Paragraph("opening", met)]


def _people(facts: MinutesFacts) -> _Section:
    section = _Section("people", "Thành phần")
    names = {"team": "Đoàn kiểm tra", "unit": "Đơn vị được kiểm tra", "guest": "Khách mời"}
    for side, ids in (("team", "team"), ("unit", "unit-side"), ("guest", "guests")):
        present = [person for person in facts.attendees if person.side == side and person.presence == "present"]
        count = count_phrase(len(present), "đồng chí")
        section.add(f"{names[side]} ({count})", _items(ids, [_introduced(person) for person in present]))
    absent = [person for person in facts.attendees if person.presence == "absent"]
    section.add(f"Vắng mặt ({count_phrase(len(absent), 'đồng chí')})", _items("absent", [_excused(p) for p in absent]))
    return section


def _introduced(person: Attendee) -> str:
    text = ", ".join(part for part in (called(person), person.office) if part)
    return f"{text} – {person.part}" if person.part and person.part != person.office else text


def _excused(person: Attendee) -> str:
    reason = flowing(person.absent_reason)
    return f"{_introduced(person)} (lý do: {reason})" if reason else _introduced(person)


def _course(facts: MinutesFacts) -> _Section:
    lines = [line for line in (_agenda_line(item) for item in facts.agenda) if line]
    return _one("course", "Diễn biến buổi kiểm tra", _items("agenda", lines))


def _agenda_line(item: AgendaItem) -> str:
    if item.skipped_reason:
        return f"{ended(item.title, '')}: không tiến hành, lý do: {flowing(item.skipped_reason)}"
    if item.started_at is None:
        return ""
    if item.ended_at is None:
        return f"Từ {clock_in_words(item.started_at)}: {item.title}"
    return f"Từ {clock_in_words(item.started_at)} đến {clock_in_words(item.ended_at)}: {item.title}"


def _work(facts: MinutesFacts) -> _Section:
    section = _Section("work", "Nội dung làm việc")
    section.add(HEADING, _items("reviews", reviewed_lines(facts)))
    section.add("Báo cáo của đơn vị", _paragraphs("report", facts.report_summary))
    section.add(FIGURES, figure_blocks(facts))
    section.add(DOCUMENTS, _items("documents-prepared", facts.documents_prepared))
    section.add("Hồ sơ, văn bản đã xem", _items("documents-seen", facts.documents_seen))
    section.add("Tham quan thực tế", _paragraphs("visit", facts.visits))
    section.add("Trao đổi, chất vấn, phản biện", _items("exchanges", [_spoken(said) for said in facts.exchanges]))
    return section


def _spoken(said: Said) -> str:
    about = f" về mục {said.about}" if said.about else ""
    return f"{upper_first(said.speaker.strip())} {_SAID[said.kind]}{about}: {ended(said.text.strip(), '')}"


def _assessment(facts: MinutesFacts) -> _Section:
    section = _Section("assessment", "Nhận xét, đánh giá")
    section.add("Ưu điểm", _items("strengths", facts.strengths))
    section.add("Hạn chế", _items("shortcomings", facts.shortcomings))
    section.add("Nguyên nhân", _items("causes", facts.causes))
    section.add("Điển hình, cách làm hay", _items("exemplars", facts.exemplars))
    return section


def _unit_wishes(facts: MinutesFacts) -> _Section:
    names = [name for name, items in (("Khó khăn", facts.difficulties), ("đề xuất", facts.proposals)) if items]
    section = _Section("unit-wishes", f"{upper_first(', '.join(names))} của đơn vị")
    alone = len(names) == 1
    section.add("" if alone else "Khó khăn", _items("difficulties", facts.difficulties))
    section.add("" if alone else "Đề xuất", _items("proposals", facts.proposals))
    return section


def _recommendations(facts: MinutesFacts) -> list[Block]:
    return _items("recommendations", [_recommended(one) for one in facts.recommendations], marker="1.")


def _recommended(one: Recommended) -> str:
    """ "Kiện toàn Hội đồng; giao Ban Thường vụ thực hiện, hoàn thành chậm nhất ngày …"."""
    duty = [f"giao {one.owner} thực hiện"] if one.owner else []
    duty += [f"hoàn thành chậm nhất {date_in_words(one.due_on)}"] if one.due_on else []
    return "; ".join(part for part in (ended(one.text.strip(), ""), ", ".join(duty)) if part)


def _conclusion(facts: MinutesFacts) -> list[Block]:
    return _paragraphs("conclusion", (facts.conclusion or draft_conclusion(facts)).splitlines())


def _signatures(facts: MinutesFacts) -> Signatures:
    copies = f"{facts.copies:02d} bản có giá trị như nhau"
    shares = ", Đoàn kiểm tra giữ 01 bản, đơn vị được kiểm tra giữ 01 bản" if facts.copies == 2 else ""
    closing = (
        "Biên bản đã được đọc lại cho mọi người cùng nghe, nhất trí. "
        f"Buổi kiểm tra kết thúc vào {_closing_time(facts)}.",
        f"Biên bản được lập thành {copies}{shares}./.",
    )
    parts = facts.parts or signing_parts(facts.attendees, {}, {})
    places = signature_places(parts, facts.sign_note)
    return Signatures("signatures", closing, places)


def _closing_time(facts: MinutesFacts) -> str:
    if facts.ended_at is None:
        return "… giờ … cùng ngày"
    if facts.started_at and day_of(facts.started_at) == day_of(facts.ended_at):
        return f"{clock_in_words(facts.ended_at)} cùng ngày"
    return _moment(facts.ended_at)


def _moment(moment: datetime) -> str:
    return f"{clock_in_words(moment)} {date_in_words(moment)}"


def _one(section_id: str, heading: str, blocks: list[Block]) -> _Section:
    section = _Section(section_id, heading)
    section.add("", blocks)
    return section


def _items(block_id: str, items: Iterable[str], *, marker: Marker = "-") -> list[Block]:
    """A list; a single item is a paragraph, as nobody writes a list of one."""
    found = [upper_first(" ".join(item.split())) for item in items if item.strip()]
    if not found:
        return []
    if len(found) == 1:
        return [Paragraph(block_id, sentence(found[0]))]
    return [Listing(block_id, enumerated(found), marker)]


def _paragraphs(block_id: str, texts: Iterable[str]) -> list[Block]:
    found = [sentence(line) for text in texts for line in text.splitlines() if line.strip()]
    return [Paragraph(block_id if at == 1 else f"{block_id}-{at}", text) for at, text in enumerate(found, start=1)]
