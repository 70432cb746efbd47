"""The blank form of one half-day, to be filled in by hand where there is no tablet: the same rows in the same order.

Form: Nghị định 30/2020/NĐ-CP, Phụ lục I (letterhead, margins); substance: the checklist of the half-day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from thidua.rules.documents import (
    Block,
    CodeBox,
    Column,
    Document,
    Letterhead,
    Paragraph,
    Row,
    SignaturePlace,
    Signatures,
    Table,
    Title,
)
from thidua.rules.entries import Entry, entry_points
from thidua.rules.phrases import lower_first
from thidua.rules.points import Points, format_points
from thidua.rules.sheet import Criterion, Sheet, full_marks
from thidua.rules.sheet_words import count_words, group_words
from thidua.rules.words import date_screen

KIND = "PC"
BLANK = "." * 58
HINT = (
    "Ghi điểm bằng số, dùng dấu phẩy (ví dụ 8,5). Tiêu chí không áp dụng với đơn vị ghi “k”; ô để trống là chưa chấm. "
    "Điểm khác điểm tự chấm xin ghi lý do."
)
_COLUMNS = (
    Column("Mục", 8, "center"),
    Column("Nội dung, tiêu chí", 43),
    Column("Tối đa", 8, "center"),
    Column("Tự chấm", 9, "center"),
    Column("Điểm", 10, "center"),
    Column("Lý do, ghi chú", 22),
)


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What is printed besides the sheet. `scorer`: the name on the line, "" leaves it to be written.

    `own`: the unit's own scores as far as they are known. `address`: the typing page the code leads to.
    """

    issuer: tuple[str, ...]
    parent: str
    subject: str
    unit: str
    plan: str
    code: str
    address: str
    on: date | None = None
    half: str = ""
    place: str = ""
    scorer: str = ""
    own: Mapping[int, Entry] = field(default_factory=dict)


def compose_form(facts: FormFacts, sheet: Sheet) -> Document:
    """The form: letterhead, whose half-day, how to fill it in, the table, the place to sign."""
    blocks: list[Block] = [
        Letterhead("letterhead", facts.parent, facts.issuer, f"Mã phiếu: {facts.code}"),
        Title("title", "Phiếu chấm điểm", facts.subject),
        CodeBox("code", facts.address, tuple(_lines(facts)), "Quét để nhập phiếu"),
        Paragraph("hint", HINT, "note"),
        Table("form", _COLUMNS, tuple(_rows(facts, sheet))),
        Signatures(
            "signatures",
            (f"Tổng điểm bằng chữ: {BLANK}",),
            (SignaturePlace("scorer", "", "Người chấm", "(Ký, ghi rõ họ tên)", facts.scorer),),
        ),
    ]
    return Document(KIND, facts.code, f"Phiếu chấm điểm {facts.code}", tuple(blocks))


def _lines(facts: FormFacts) -> Iterator[str]:
    yield f"Đơn vị được kiểm tra: {facts.unit}"
    yield f"Căn cứ: {facts.plan}"
    day = f"ngày {date_screen(facts.on)}" if facts.on else "ngày ……/……/…………"
    yield f"Thời gian: {f'{facts.half}, ' if facts.half else ''}{day}"
    if facts.place:
        yield f"Địa điểm: {facts.place}"
    yield f"Người chấm: {facts.scorer or BLANK}"


def _rows(facts: FormFacts, sheet: Sheet) -> Iterator[Row]:
    for criterion in sheet.all:
        yield _group(criterion) if criterion.is_section else _item(criterion, facts.own.get(criterion.id))
    yield Row(("Tổng cộng", _plain(sheet.maximum), "", "", ""), "total")


def _group(section: Criterion) -> Row:
    name = f"{section.number}. {section.text}" if section.number else section.text
    if words := group_words(section):
        name = f"{name} ({lower_first(words)})"
    return Row((name, most_words(section), "", "", ""), "group")


def _item(criterion: Criterion, own: Entry | None) -> Row:
    text = "\n".join([criterion.text, *choice_lines(criterion)])
    return Row((criterion.number, text, most_words(criterion), _own(criterion, own), "", ""))


def choice_lines(criterion: Criterion) -> Iterator[str]:
    """Levels with their points, or what one time counts; a plain criterion says nothing more."""
    for number, level in enumerate(criterion.levels if criterion.kind == "levels" else (), start=1):
        yield f"{number}) {level.text}: {format_points(level.points)}\u00a0điểm"
    if criterion.kind == "count":
        yield f"(ghi số lần; {lower_first(count_words(criterion))})"
    if criterion.polarity == "bonus":
        yield "(điểm thưởng)"
    if criterion.polarity == "penalty":
        yield "(điểm trừ)"
    if criterion.kind == "note":
        yield "(ghi nhận xét, không chấm điểm)"


def most_words(criterion: Criterion) -> str:
    """The most one row can bring, a section its sum; "" where there is no such number."""
    if criterion.is_section:
        return _plain(full_marks(criterion) or criterion.maximum or None)
    if not criterion.carries_points:
        return ""
    if criterion.polarity == "penalty":
        return _plain(-criterion.lowest) if criterion.lowest else ""
    return _plain(criterion.highest)


def _own(criterion: Criterion, entry: Entry | None) -> str:
    if entry is None:
        return ""
    return "k" if entry.not_applicable else _plain(entry_points(criterion, entry))


def _plain(points: Points | None) -> str:
    return "" if points is None else format_points(points)
