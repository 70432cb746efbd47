"""From blocks to the parts of a page: who stands beside whom, what stays together, how long a rule is.

Measures and sizes: Nghị định 30/2020/NĐ-CP, phụ lục I, phần I and II.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from thidua.rules.documents import (
    Block,
    Document,
    Heading,
    Letterhead,
    Paragraph,
    Recipients,
    SignaturePlace,
    Signatures,
    Table,
    Title,
    block_type,
)

from .fonts import printable, text_width
from .measures import MM, TEXT_WIDTH_MM, first_lines_mm, leads_on, lines_of
from .table_rows import row_class as row_class
from .table_rows import spans as spans

NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
ISSUER_WIDTH_MM, NATION_WIDTH_MM, GAP_MM = 74, 91, 2.5  # the gap is the nation's: its line fills the rest
ISSUER_SIZE, MOTTO_SIZE, SUBJECT_SIZE = 12.0, 13.0, 14.0
SHORT_RULE = 0.4  # "từ 1/3 đến 1/2 độ dài của dòng chữ"
SUBJECT_WIDTH_MM = TEXT_WIDTH_MM - 20
PLACES_IN_A_ROW = 3
LONGEST_CLOSING = 12  # lines that may stand with the signatures; of a longer text its last sentences do

COMPOUNDS = frozenset(
    tuple(pair.split())
    for pair in (
        "báo cáo", "biên bản", "bổ sung", "chiến sỹ", "công tác", "đơn vị", "giấy mời", "hội đồng", "hội viên",
        "kế hoạch", "kết luận", "kết quả", "khen thưởng", "kiểm tra", "kiến nghị", "liên lạc", "phong trào",
        "sửa đổi", "thành phố", "thi đua", "thông báo", "thực hiện", "tình hình", "tổng hợp",
        "truyền thống", "xếp loại",
    )
)  # fmt: skip
"""Words of two syllables that stand in subjects: a line that ends in the middle of one is read wrongly aloud."""


@dataclass(frozen=True, slots=True)
class Part:
    """`room_mm`: a new page when less is left. `template`: parts/<template>.html, which needs the rest."""

    template: str
    block: Block
    room_mm: int = 0
    appendix: bool = False
    rule: "LetterheadRules | None" = None
    heading: "TitleLines | None" = None
    closing: tuple[str, ...] = ()
    indent: bool = True
    recipients: Recipients | None = None
    rows: tuple[tuple[SignaturePlace, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class LetterheadRules:
    """The names in lines of about equal length, as (text, is the issuer's own). Type in points.

    Rules in percent of their column, the gap counted in: 1/3-1/2 of the issuer's last line; as long as the motto.
    """

    lines: tuple[tuple[str, bool], ...]
    issuer_size: float
    issuer_percent: float
    motto_percent: float


@dataclass(frozen=True, slots=True)
class TitleLines:
    """The lines of kind and subject as they are printed; the rule under the last, in percent of the text's width."""

    kind: str
    subject: tuple[str, ...]
    rule_percent: float


def parts_of(document: Document) -> list[Part]:
    blocks = document.blocks
    parts: list[Part] = []
    titles = 0
    for at, block in enumerate(blocks):
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if isinstance(block, Recipients) and at and isinstance(blocks[at - 1], Signatures):
            continue  # printed with the signatures
        if _is_pulled_down(block, following):
            continue  # printed with the signatures too: they never stand alone on a page
        if isinstance(block, Title):
            titles += 1
            parts.append(Part("title", block, appendix=titles > 1, heading=_title_lines(block, titles > 1)))
        elif isinstance(block, Letterhead):
            parts.append(Part("letterhead", block, rule=_letterhead_rules(block)))
        elif isinstance(block, Signatures):
            parts += _signatures(block, blocks[at - 1] if at else None, following)
        else:
            asks = _begins_something(block) and not (at and _begins_something(blocks[at - 1]))
            room = int(first_lines_mm(blocks[at:])) + 1 if asks else 0
            parts.append(Part(block_type(block), block, room_mm=room))
    return parts


def lead(text: str) -> tuple[str, str]:
    """A lead paragraph in two: what is bold, up to and with its first colon, and the rest."""
    head, colon, rest = text.partition(":")
    return (head + colon, rest) if colon else ("", text)


def balanced(
    text: str, width_mm: float = SUBJECT_WIDTH_MM, face: str = "bold", size: float = SUBJECT_SIZE
) -> list[str]:
    """A centred text in lines of about equal length, instead of a full one and a stump."""
    words = _unparted(text)
    if any(text_width(word, face, size) > width_mm * MM for word in words):
        words = text.split()
    lines = _filled(words, width_mm, face, size)
    for narrower in range(int(width_mm) - 2, int(width_mm / 2), -2):
        tried = _filled(words, narrower, face, size)
        if len(tried) > len(lines) or len(lines) == 1:
            break
        lines = tried
    return [" ".join(line) for line in lines]


def _unparted(text: str) -> list[str]:
    """Its words, with those in one piece that no line parts: "năm 2020", "khen thưởng", "Hải Phòng"."""
    pieces: list[str] = []
    for word in text.split():
        if pieces and (word[0].isdecimal() or _is_one_word(pieces[-1].split()[-1], word)):
            pieces[-1] += f" {word}"
        else:
            pieces.append(word)
    return pieces


def _is_one_word(first: str, second: str) -> bool:
    if (first.casefold(), second.rstrip(",;.:").casefold()) in COMPOUNDS:
        return True
    return first.istitle() and second.istitle() and first[-1].isalpha()


def _filled(words: list[str], width_mm: float, face: str, size: float) -> list[list[str]]:
    lines: list[list[str]] = [[]]
    for word in words:
        if lines[-1] and text_width(" ".join([*lines[-1], word]), face, size) > width_mm * MM:
            lines.append([])
        lines[-1].append(word)
    return lines


def _begins_something(block: Block) -> bool:
    return isinstance(block, Heading) or leads_on(block) or (isinstance(block, Table) and bool(block.caption))


def _is_pulled_down(block: Block, following: Block | None) -> bool:
    return isinstance(block, Paragraph) and isinstance(following, Signatures) and not following.closing


def _signatures(block: Signatures, previous: Block | None, following: Block | None) -> Iterator[Part]:
    """The closing words that need not stay with the signatures, and the signatures with those that do."""
    closing, indent = block.closing, True
    if isinstance(previous, Paragraph) and not closing:
        closing, indent = (previous.text,), previous.indent
    before, kept = _parted(closing)
    for at, text in enumerate(before):
        yield Part("paragraph", Paragraph(f"{block.id}-closing-{at}", text, indent=indent))
    recipients = following if isinstance(following, Recipients) else None
    yield Part("signatures", block, closing=kept, indent=indent, recipients=recipients, rows=_in_rows(block.places))


def _parted(closing: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Closing words short enough to stand with the signatures, and what goes before them."""
    before = list(closing)
    kept: list[str] = []
    while before and sum(map(lines_of, [before[-1], *kept])) <= LONGEST_CLOSING:
        kept.insert(0, before.pop())
    if kept or not before:
        return tuple(before), tuple(kept)
    sentences = re.split(r"(?<=[.!?;:])\s+", before.pop())
    tail = [sentences.pop()]
    while sentences and lines_of(" ".join([sentences[-1], *tail])) <= LONGEST_CLOSING // 2:
        tail.insert(0, sentences.pop())
    return (*before, *([" ".join(sentences)] if sentences else [])), (" ".join(tail),)


def _in_rows(places: tuple[SignaturePlace, ...]) -> tuple[tuple[SignaturePlace, ...], ...]:
    """Side by side as long as a signature and its name have room; four stand two by two."""
    wide = PLACES_IN_A_ROW if len(places) != 4 else 2
    return tuple(places[at : at + wide] for at in range(0, len(places), wide))


def _letterhead_rules(block: Letterhead) -> LetterheadRules:
    room = ISSUER_WIDTH_MM - 0.2
    names = [(block.parent, False), *((line, True) for line in block.issuer)]
    lines = [
        (line, is_issuer)
        for name, is_issuer in names
        if name.strip()
        for line in balanced(printable(name).upper(), room, "bold" if is_issuer else "regular", ISSUER_SIZE)
    ]
    last = min(text_width(lines[-1][0], "bold", ISSUER_SIZE) / MM, room) if lines else 0
    motto = text_width(MOTTO, "bold", MOTTO_SIZE) / MM
    return LetterheadRules(
        lines=tuple(lines),
        issuer_size=ISSUER_SIZE,
        issuer_percent=round(100 * last * SHORT_RULE / ISSUER_WIDTH_MM, 2),
        motto_percent=round(100 * motto / NATION_WIDTH_MM, 2),
    )


def _title_lines(block: Title, is_appendix: bool) -> TitleLines:
    """The first title: kind in capitals, subject as it is. An appendix: the other way round."""
    kind, subject = printable(block.kind), printable(block.subject)
    kind, subject = (kind, subject.upper()) if is_appendix else (kind.upper(), subject)
    lines = tuple(balanced(subject)) if subject.strip() else ()
    last = min(text_width((lines or (kind,))[-1], "bold", SUBJECT_SIZE) / MM, SUBJECT_WIDTH_MM)
    return TitleLines(kind, lines, round(100 * last * SHORT_RULE / TEXT_WIDTH_MM, 2))
