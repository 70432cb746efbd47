"""People's own wording in place of composed texts: what was generated and what was edited stays known.

An edit belongs to a block by its id and remembers the composed text that the person saw. Composing again never
overwrites it; where the composed text has changed since, the edit is *stale* and people choose.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

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
from thidua.rules.errors import InvalidEntry
from thidua.rules.vietnamese import clean_text

LONGEST = 20_000
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_NUMBER = re.compile(r"^(?:[IVX]+|\d+)\. ")


@dataclass(frozen=True, slots=True)
class Edited:
    """A person's wording of one block: one line per item or paragraph. `generated`: the composed text it replaced."""

    text: str
    generated: str


@dataclass(frozen=True, slots=True)
class Stale:
    """An edit whose composed text is another one now. `now` is None when the block is no longer composed at all:
    then the edit is printed nowhere, and it is for people to place or drop it."""

    block_id: str
    text: str
    then: str
    now: str | None


def editable_text(block: Block) -> str | None:
    """The text a person may reword, one line per item or closing paragraph; None when it holds no prose.

    The number of a heading is not part of it: sections are numbered as they come.
    """
    match block:
        case Title():
            return block.subject
        case Heading():
            return _NUMBER.sub("", block.text)
        case Paragraph():
            return block.text
        case Listing():
            return "\n".join(block.items)
        case Signatures():
            return "\n".join(block.closing)
        case Recipients():
            return "\n".join(block.lines)
        case _:
            return None


def edit_of(document: Document, block_id: str, typed: str) -> Edited:
    """What somebody typed for one block, cleaned, beside the composed text it replaces.

    Raises KeyError when the composed document has no such block, ``InvalidEntry`` when the block holds no prose, the
    text is too long, or nothing is left where the paper cannot do without words.
    """
    block = document.block(block_id)
    generated = editable_text(block)
    if generated is None:
        raise InvalidEntry("Phần này được tính từ số liệu đã ghi, không sửa được bằng lời.", field="text")
    text = "\n".join(_lines(clean_text(typed)))
    if len(text) > LONGEST:
        raise InvalidEntry("Đoạn này dài quá 20.000 chữ. Xin rút ngắn lại.", field="text")
    if not text and isinstance(block, Title | Heading | Signatures):
        raise InvalidEntry("Phần này không để trống được. Xin ghi nội dung, hoặc bỏ sửa.", field="text")
    return Edited(text, generated)


def apply_edits(document: Document, edits: Mapping[str, Edited]) -> tuple[Document, tuple[Stale, ...]]:
    """The document with these blocks reworded, and the edits whose composed text has changed since, in its order.

    A paragraph or list edited to nothing is left out, and so is a heading with nothing left below it; the sections
    keep their numbers without a gap. Raises ValueError for a block without editable text.
    """
    present = {block.id: editable_text(block) for block in document.blocks}
    stale = [
        Stale(block_id, edits[block_id].text, edits[block_id].generated, now)
        for block_id, now in present.items()
        if block_id in edits and now not in (edits[block_id].generated, edits[block_id].text)
    ]
    stale += [
        Stale(block_id, one.text, one.generated, None) for block_id, one in edits.items() if block_id not in present
    ]
    blocks = [part for block in document.blocks for part in _reworded(block, edits.get(block.id))]
    if len({block.id for block in blocks} & present.keys()) < len(present):
        blocks = list(_renumbered(_without_bare_headings(blocks)))
    return replace(document, blocks=tuple(blocks)), tuple(stale)


def _reworded(block: Block, edit: Edited | None) -> tuple[Block, ...]:
    if edit is None:
        return (block,)
    lines = _lines(edit.text)
    one_line = " ".join(lines)
    match block:
        case Title():
            return (replace(block, subject=one_line or block.subject),)
        case Heading():
            number = _NUMBER.match(block.text)
            words = _NUMBER.sub("", one_line) or editable_text(block)
            return (replace(block, text=f"{number.group() if number else ''}{words}"),)
        case Paragraph():
            more = (f"{block.id}-more-{at}" for at in range(2, len(lines) + 1))
            return tuple(replace(block, id=id_, text=line) for id_, line in zip((block.id, *more), lines, strict=False))
        case Listing():
            if len(lines) == 1:
                return (Paragraph(block.id, one_line),)
            return (replace(block, items=lines),) if lines else ()
        case Signatures():
            return (replace(block, closing=lines or block.closing),)
        case Recipients():
            return (replace(block, lines=lines),) if lines else ()
        case _:
            raise ValueError(f"block {block.id} has no editable text")


def _without_bare_headings(blocks: Iterable[Block]) -> list[Block]:
    """From the end: a heading stays when something stands below it before the next of its level or above."""
    kept: list[Block] = []
    for block in reversed(list(blocks)):
        following = kept[-1] if kept else None
        if isinstance(block, Heading) and (
            isinstance(following, Signatures | Recipients | Title | None)
            or (isinstance(following, Heading) and following.level <= block.level)
        ):
            continue
        kept.append(block)
    return kept[::-1]


def _renumbered(blocks: list[Block]) -> Iterator[Block]:
    """Numbers of headings without a gap; a single part of a section bears none."""
    counts: dict[int, int] = {}
    for at, block in enumerate(blocks):
        if not isinstance(block, Heading) or not _NUMBER.match(block.text):
            yield block
            continue
        counts = {level: count for level, count in counts.items() if level <= block.level}
        counts[block.level] = counts.get(block.level, 0) + 1
        number = _number(block, counts[block.level])
        if block.level > 1 and counts[block.level] == 1 and not _has_sibling(blocks[at + 1 :], block.level):
            number = ""
        yield replace(block, text=_NUMBER.sub(number, block.text))


def _number(heading: Heading, count: int) -> str:
    is_roman = heading.text[:1] in "IVX" and count <= len(ROMANS)
    return f"{ROMANS[count - 1] if is_roman else count}. "


def _has_sibling(following: Iterable[Block], level: int) -> bool:
    for block in following:
        if isinstance(block, Heading) and block.level <= level:
            return block.level == level
        if isinstance(block, Letterhead | Title | Signatures):
            return False
    return False


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in (re.sub(r"\s+", " ", part).strip() for part in text.splitlines()) if line)
