"""The summary report of a whole round of inspections (báo cáo tổng hợp đợt kiểm tra).

Form: Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.4 (văn bản có tên loại). Substance: Kế hoạch 72/HTS, mục I (đánh giá
đúng kết quả, phát hiện tiêu biểu để nhân rộng).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from thidua.rules.document_blocks import basis_blocks, item_blocks, paragraph_blocks
from thidua.rules.documents import (
    Block,
    Column,
    Document,
    Heading,
    Letterhead,
    Paragraph,
    Recipients,
    Row,
    SignaturePlace,
    Signatures,
    Table,
    Title,
)
from thidua.rules.grading import NOT_RATED
from thidua.rules.phrases import ended, flowing, joined, lower_first, one_line, points_of, upper_first
from thidua.rules.plan_facts import Signer
from thidua.rules.points import Points, format_points
from thidua.rules.ranking import rank
from thidua.rules.words import VIETNAM, counted, date_in_words, date_screen

_COLUMNS = (
    Column("Thứ hạng", 9, "center"),
    Column("Đơn vị", 32),
    Column("Ngày kiểm tra", 16, "center"),
    Column("Biên bản số", 16, "center"),
    Column("Điểm", 13, "center"),
    Column("Xếp loại", 14, "center"),
)
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII")


@dataclass(frozen=True, slots=True)
class UnitResult:
    """One unit inspected. `total` in hundredths of a point out of `maximum`, None while there is none."""

    unit: str
    inspected_on: date
    minutes_code: str = ""
    total: Points | None = None
    maximum: Points | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class NotInspected:
    """A unit of the plan that was not inspected, or whose minutes are not signed yet, and why."""

    unit: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round: everything that stands in a plan's minutes, added up. What is empty is left out.

    `unfinished`: inspections whose minutes are not signed yet; nothing of them is told but their names.
    Lists of texts are as written by whoever sums up; `recommended` counts the recommendations made, `carried_out`
    those known to be done. `labels` are the ratings of the checklist, best first.
    """

    issuer: tuple[str, ...]
    number_line: str
    code: str
    subject: str
    signer: Signer
    results: tuple[UnitResult, ...] = ()
    unfinished: tuple[NotInspected, ...] = ()
    not_inspected: tuple[NotInspected, ...] = ()
    labels: tuple[str, ...] = ()
    parent: str = ""
    place: str = ""
    issued_on: date | None = None
    issuer_body: str = ""
    plan_reference: str = ""
    overview: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    shortcomings: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    exemplars: tuple[str, ...] = ()
    difficulties: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()
    recommended: int = 0
    carried_out: int = 0
    tasks: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()

    def without_ranks(self) -> "RoundFacts":
        """As Nghị định 30/2020/NĐ-CP has it (Phụ lục I, mục II.7)."""
        return replace(self, signer=replace(self.signer, rank=""))


def compose_report(facts: RoundFacts, *, draft: bool = False, digest: str = "") -> Document:
    """The whole paper; a part about which nothing is known is left out, sections are numbered without a gap."""
    blocks: list[Block] = [_letterhead(facts), Title("title", "Báo cáo", _title(facts))]
    blocks += basis_blocks((facts.plan_reference,))
    blocks.append(Paragraph("opening", f"{_body(facts)} báo cáo kết quả kiểm tra như sau:"))
    sections: tuple[tuple[str, str, list[Block]], ...] = (
        ("course", "Tình hình chung", list(_course(facts))),
        ("results", "Kết quả chấm điểm, xếp loại", list(_results(facts))),
        ("assessment", "Đánh giá chung", _numbered(_assessment(facts))),
        ("wishes", "Khó khăn, đề xuất của các đơn vị", _numbered(_wishes(facts))),
        ("follow-up", "Kiến nghị của các đoàn kiểm tra", list(_follow_up(facts))),
        ("tasks", "Nhiệm vụ thời gian tới", item_blocks("tasks", _points(facts.tasks), marker="1.")),
    )
    for numeral, (section_id, heading, inner) in zip(_ROMANS, (one for one in sections if one[2]), strict=False):
        blocks += [Heading(f"{section_id}-section", f"{numeral}. {heading}"), *inner]
    signer = facts.signer
    person = " ".join(part for part in (signer.rank, signer.name) if part)
    closing = f"Trên đây là báo cáo kết quả {_subject(facts)}./."
    place = SignaturePlace("issuer", signer.authority, signer.office, "", person)
    blocks.append(Signatures("signatures", (closing,), (place,)))
    if facts.recipients:
        blocks.append(Recipients("recipients", facts.recipients))
    issued_at = datetime.combine(facts.issued_on, time(), VIETNAM) if facts.issued_on else None
    named = f" số {facts.code}" if facts.code else ""
    title = f"Báo cáo{named} kết quả {_subject(facts)}"
    return Document("BC", facts.code, title, tuple(blocks), issued_at=issued_at, draft=draft, digest=digest)


def _letterhead(facts: RoundFacts) -> Letterhead:
    day = date_in_words(facts.issued_on) if facts.issued_on else "ngày … tháng … năm …"
    place_and_date = f"{facts.place}, {day}" if facts.place else day
    return Letterhead("letterhead", facts.parent, facts.issuer, facts.number_line, place_and_date)


def _title(facts: RoundFacts) -> str:
    return f"Kết quả {_subject(facts)}"


def _subject(facts: RoundFacts) -> str:
    subject = lower_first(facts.subject)
    return subject if subject.startswith("kiểm tra") else f"kiểm tra: {subject}"


def _body(facts: RoundFacts) -> str:
    return facts.issuer_body or "Đoàn kiểm tra"


def _course(facts: RoundFacts) -> Iterator[Block]:
    done, under_way, left = len(facts.results), len(facts.unfinished), len(facts.not_inspected)
    if done:
        rest = f" trong tổng số {_units(done + under_way + left)}" if under_way or left else ""
        worked = "đã kiểm tra và ký biên bản tại" if under_way else "đã làm việc với"
        yield Paragraph("course", f"{_days(facts)}, các đoàn kiểm tra {worked} {_units(done)}{rest} theo kế hoạch.")
    yield from paragraph_blocks("overview", facts.overview)
    if under_way:
        told = "; ".join(_left_out(one) for one in facts.unfinished)
        words = f"Báo cáo chưa gồm kết quả của {_units(under_way)} chưa ký xong biên bản: {told}."
        yield Paragraph("unfinished", words)
    if left:
        told = "; ".join(_left_out(one) for one in facts.not_inspected)
        yield Paragraph("not-inspected", f"Chưa kiểm tra {_units(left)}: {told}.")


def _units(count: int) -> str:
    """ "mười một đơn vị"."""
    return counted(count, "đơn vị")


def _days(facts: RoundFacts) -> str:
    """ "Từ ngày 20 tháng 10 năm 2020 đến ngày …"."""
    first, *_, last = sorted([one.inspected_on for one in facts.results] * 2)
    words = date_in_words(first)
    return upper_first(words) if first == last else f"Từ {words} đến {date_in_words(last)}"


def _left_out(one: NotInspected) -> str:
    reason = flowing(one_line(one.reason))
    return f"{one.unit} ({reason})" if reason else one.unit


def _results(facts: RoundFacts) -> Iterator[Block]:
    if not facts.results:
        return
    yield Table("results", _COLUMNS, tuple(_rows(facts)))
    counts = [
        f"{_units(number)} {lower_first(label) if label == NOT_RATED else f'xếp loại {label}'}"
        for label in (*facts.labels, *sorted({one.label for one in facts.results if one.label} - set(facts.labels)))
        if (number := sum(one.label == label for one in facts.results))
    ]
    if counts:
        yield Paragraph("ratings", f"Trong {_units(len(facts.results))} đã kiểm tra, có {joined(counts)}.")


def _rows(facts: RoundFacts) -> Iterator[Row]:
    """Ranked by the share of the points that could be reached, as maxima differ between kinds of units."""
    shares = [
        (one, one.total * 1_000_000 // one.maximum) for one in facts.results if one.total is not None and one.maximum
    ]
    for ranked in rank(shares):
        one = ranked.key
        points = f"{format_points(one.total or 0)}/{format_points(one.maximum or 0)}"
        yield _row(str(ranked.place), one, points)
    for one in facts.results:
        if one.total is None or not one.maximum:
            yield _row("", one, "" if one.total is None else format_points(one.total))


def _row(place: str, one: UnitResult, points: str) -> Row:
    return Row((place, one.unit, date_screen(one.inspected_on), one.minutes_code, points, one.label))


def _assessment(facts: RoundFacts) -> Iterator[tuple[str, list[Block]]]:
    yield "Ưu điểm", item_blocks("strengths", _points(facts.strengths))
    yield "Hạn chế", item_blocks("shortcomings", _points(facts.shortcomings))
    yield "Nguyên nhân của hạn chế", item_blocks("causes", _points(facts.causes))
    yield "Điển hình, cách làm hay cần phổ biến, nhân rộng", item_blocks("exemplars", _points(facts.exemplars))


def _wishes(facts: RoundFacts) -> Iterator[tuple[str, list[Block]]]:
    yield "Khó khăn", item_blocks("difficulties", _points(facts.difficulties))
    yield "Đề xuất", item_blocks("proposals", _points(facts.proposals))


def _follow_up(facts: RoundFacts) -> Iterator[Block]:
    if not facts.recommended:
        return
    told = f"Các đoàn kiểm tra đã nêu {counted(facts.recommended, 'kiến nghị')}"
    if facts.carried_out >= facts.recommended:
        told += "; các đơn vị đã thực hiện xong"
    elif facts.carried_out:
        rest = facts.recommended - facts.carried_out
        told += (
            f"; đã thực hiện {counted(facts.carried_out, 'kiến nghị')}, còn {counted(rest, 'kiến nghị')} đang theo dõi"
        )
    yield Paragraph("follow-up", ended(told, "."))


def _numbered(parts: Iterator[tuple[str, list[Block]]]) -> list[Block]:
    blocks: list[Block] = []
    for number, (heading, inner) in enumerate((part for part in parts if part[1]), start=1):
        blocks += [Heading(f"{inner[0].id}-heading", f"{number}. {heading}", 2), *inner]
    return blocks


def _points(texts: tuple[str, ...]) -> list[str]:
    return [point for text in texts for point in points_of(text)]
