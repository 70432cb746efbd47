"""The minutes cut into pages for reading aloud: each fills the wall once, in letters that are read from 6 m.

Measured on the wall's own sheet (css/minutes_wall.css): a line holds some 76 letters, a page 13 lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil
from typing import Final, Literal

from thidua.rules.documents import (
    Block,
    Column,
    Document,
    Heading,
    Letterhead,
    Listing,
    Paragraph,
    Row,
    Signatures,
    Table,
    Title,
)

LINE: Final = 76
PAGE: Final = 13.0
GAP: Final = 0.25
TABLE_LINE: Final = 0.85
TABLE_HEAD: Final = 2.0
FULL_ENOUGH: Final = 0.55
"""A new part begins on a new page when this much of the page is taken."""

PieceKind = Literal["issuer", "title", "heading", "text", "item", "table"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Something on a reading page: a text with its mark ("-", "2."), or rows of a table; of which block it is."""

    block_id: str
    kind: PieceKind
    text: str = ""
    mark: str = ""
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """`title`: the part it belongs to. `block_ids`: what an objection on this page can be about, in order."""

    title: str
    pieces: tuple[Piece, ...]

    @property
    def block_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(piece.block_id for piece in self.pieces))


def reading_pages(document: Document) -> tuple[ReadingPage, ...]:
    """At least one page; "Nơi nhận" is not read. A heading is never the last thing on a page; a text longer than a page
    is continued on the next."""
    pages: list[list[Piece]] = [[]]
    room = PAGE
    for piece in _pieces(document):
        weight = _weight(piece) + _head_weight(piece, pages[-1])
        begins_part = piece.kind == "title" or (piece.kind == "heading" and piece.mark == "1")
        if pages[-1] and (weight > room or (begins_part and room < PAGE * (1 - FULL_ENOUGH))):
            carried = _headings_at_end(pages[-1])
            if carried:
                del pages[-1][-len(carried) :]
            pages.append(carried) if pages[-1] else pages[-1].extend(carried)
            room = PAGE - sum(map(_weight, carried))
            weight = _weight(piece) + _head_weight(piece, carried)
        pages[-1].append(piece)
        room -= weight
    titles = _titles(pages, document.title)
    return tuple(ReadingPage(title, tuple(_joined(pieces))) for title, pieces in zip(titles, pages, strict=True))


def _pieces(document: Document) -> Iterator[Piece]:
    for block in document.blocks:
        for piece in _of_block(block):
            yield from _cut(piece)


def _of_block(block: Block) -> Iterator[Piece]:
    match block:
        case Letterhead():
            yield Piece(block.id, "issuer", f"{' '.join(block.issuer)} · {block.number}")
        case Title():
            yield Piece(block.id, "title", f"{block.kind} {block.subject}".strip())
        case Heading():
            yield Piece(block.id, "heading", block.text, mark=str(block.level))
        case Paragraph():
            yield Piece(block.id, "text", block.text)
        case Listing():
            for number, item in enumerate(block.items, start=1):
                yield Piece(block.id, "item", item, mark=f"{number}." if block.marker == "1." else block.marker)
        case Table():
            for row in block.rows:
                yield Piece(block.id, "table", block.caption, columns=block.columns, rows=(row,))
        case Signatures():
            yield from (Piece(block.id, "text", text) for text in block.closing)
            for place in block.places:
                office = " ".join(filter(None, (place.authority, place.office)))
                yield Piece(block.id, "item", ": ".join(filter(None, (office, place.person))), mark="-")


def _cut(piece: Piece) -> Iterator[Piece]:
    """A text that would not fit a page, cut between words."""
    longest = int(LINE * (PAGE - 1))
    text, mark = piece.text, piece.mark
    while piece.kind in ("text", "item") and len(text) > longest:
        at = _last_end(text, longest)
        yield replace(piece, text=text[:at].rstrip(), mark=mark)
        text, mark = text[at:].lstrip(), ""
    yield replace(piece, text=text, mark=mark)


def _last_end(text: str, longest: int) -> int:
    """After the last sentence before this place, else after the last word, else there."""
    sentence = max(text.rfind(f"{mark} ", longest // 2, longest) for mark in ".;?!")
    if sentence > 0:
        return sentence + 1
    word = text.rfind(" ", longest // 2, longest)
    return word if word > 0 else longest


def _weight(piece: Piece) -> float:
    """In lines of the wall."""
    if piece.kind == "table":
        lines = max(_cell_lines(piece, at, cell) for at, cell in enumerate(piece.rows[0].cells))
        return lines * TABLE_LINE + GAP
    return ceil((len(piece.text) + len(piece.mark)) / LINE) + GAP


def _head_weight(piece: Piece, before: list[Piece]) -> float:
    """A table that begins or goes on here repeats its head."""
    is_first = not before or before[-1].block_id != piece.block_id
    return TABLE_HEAD if piece.kind == "table" and is_first else 0.0


def _cell_lines(piece: Piece, at: int, cell: str) -> int:
    missing = len(piece.columns) - len(piece.rows[0].cells)
    spanned = piece.columns[: missing + 1] if at == 0 else piece.columns[at + missing : at + missing + 1]
    letters = max(3, LINE * sum(column.width_percent for column in spanned) // 110)
    return max(1, ceil(len(cell) / letters))


def _headings_at_end(pieces: list[Piece]) -> list[Piece]:
    count = 0
    while count < len(pieces) and pieces[-1 - count].kind == "heading":
        count += 1
    return pieces[len(pieces) - count :]


def _titles(pages: list[list[Piece]], first: str) -> Iterator[str]:
    title = first
    for pieces in pages:
        parts = [piece.text for piece in pieces if piece.kind == "heading" and piece.mark == "1"]
        begins_part = bool(pieces) and pieces[0].kind == "heading" and pieces[0].mark == "1"
        yield pieces[0].text if begins_part else title
        title = parts[-1] if parts else title


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Rows of one table that follow each other are one table."""
    standing: Piece | None = None
    for piece in pieces:
        if standing and piece.kind == standing.kind == "table" and piece.block_id == standing.block_id:
            standing = replace(standing, rows=standing.rows + piece.rows)
            continue
        if standing:
            yield standing
        standing = piece
    if standing:
        yield standing
