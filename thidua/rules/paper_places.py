"""The places of issued minutes that an addendum may point to, named as people would read them out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from thidua.rules.documents import (
    Block,
    CodeBox,
    Document,
    Heading,
    Letterhead,
    Listing,
    Paragraph,
    Recipients,
    Signatures,
    Table,
    Title,
)

_NUMBERED = re.compile(r"^([IVX]+|\d+)\.\s+(.+)$")
OPENING = "phần mở đầu"
CLOSING = "phần cuối biên bản"
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence, an item of a list, or a row of a table. `key` finds it again: the block's id, and which item of it.

    `name`: "mục II.2 “Hạn chế”, ý 3"; `text` what stands there.
    """

    key: str
    name: str
    text: str


def places_in(document: Document) -> tuple[Place, ...]:
    """Every place, in the order of the paper."""
    return tuple(_places(document))


def place_with(document: Document, key: str) -> Place | None:
    """The place that was picked, None when the document has no such place."""
    return next((one for one in _places(document) if one.key == key), None)


def _places(document: Document) -> Iterator[Place]:
    section = subsection = ""
    where = OPENING
    for block in document.blocks:
        if isinstance(block, Heading):
            number, title = _numbered(block.text)
            section, subsection = (number, "") if block.level == 1 else (section, number)
            path = ".".join(part for part in (section, subsection) if part)
            where = f"mục {path} {_quoted(title)}" if path else f"mục {_quoted(title)}"
        yield from _places_of(block, where)


def _places_of(block: Block, where: str) -> Iterator[Place]:
    match block:
        case Title():
            yield Place(block.id, "tên biên bản", block.subject)
        case Paragraph() if block.text:
            yield Place(block.id, where, block.text)
        case Listing():
            for number, item in enumerate(block.items, start=1):
                yield Place(f"{block.id}:{number}", f"{where}, ý {number}", item.rstrip(" ;"))
        case Table():
            yield from _rows(block, where)
        case Signatures():
            for number, text in enumerate(block.closing, start=1):
                yield Place(f"{block.id}:{number}", CLOSING, text)
            for place in block.places:
                if place.person:
                    yield Place(f"{block.id}:{place.name}", "phần ký tên", place.person)
        case Recipients():
            yield Place(block.id, "phần Nơi nhận", "; ".join(line.rstrip(" .;") for line in block.lines))
        case Letterhead() | Heading() | CodeBox() | _:
            return


def _rows(table: Table, where: str) -> Iterator[Place]:
    name = f"{where}, {_quoted(table.caption)}" if table.caption else where
    titles = [column.title for column in table.columns]
    for number, row in enumerate(table.rows, start=1):
        cells = [cell for cell in row.cells if cell]
        if len(row.cells) < len(titles) and len(cells) < 2:
            continue  # a heading across the table
        spanned = len(titles) - len(row.cells) + 1  # the first cell of a short row lies across these columns
        words = row.cells[: 1 if spanned > 1 else 2]
        shown = zip(titles[-len(row.cells[len(words) :]) :], row.cells[len(words) :], strict=False)
        label = " ".join(words).strip()
        figures = [f"{title}: {cell}" for title, cell in shown if cell.strip(" –-")]
        yield Place(f"{table.id}:{number}", f"{name}, dòng {_quoted(label)}", "; ".join(figures) or label)


def _numbered(heading: str) -> tuple[str, str]:
    found = _NUMBERED.match(heading)
    return (found[1], found[2]) if found else ("", heading)


def _quoted(text: str) -> str:
    words = " ".join(text.split()).replace("“", "‘").replace("”", "’")
    return f"“{words if len(words) <= LONGEST_NAME else words[:LONGEST_NAME].rsplit(' ', 1)[0] + '…'}”"
