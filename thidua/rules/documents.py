"""A document is a list of blocks: the form of every paper the office issues (Nghị định 30/2020/NĐ-CP).

Page, PDF, DOCX and the projector are renderers of the same blocks. All texts are plain, without markup,
and NFC. Each block has an id that is unique in its document, so that an edit can be stored against it.
Freezing a document means keeping `canonical_json(to_plain(document))` and its `digest`.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal
from unicodedata import normalize

Align = Literal["left", "center", "right"]
ParagraphStyle = Literal["body", "basis", "note", "lead"]
Marker = Literal["-", "+", "1."]
RowKind = Literal["group", "item", "total"]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of page 1. `number` is printed whole ("Số: 15/BB-HTS"); minutes have no `place_and_date`."""

    id: str
    parent: str
    issuer: tuple[str, ...]
    number: str
    place_and_date: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """Kind and subject. The first names the document; every later one begins an appendix on a new page."""

    id: str
    kind: str
    subject: str


@dataclass(frozen=True, slots=True)
class Heading:
    id: str
    text: str
    level: Literal[1, 2, 3] = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`basis`: italic, what the document rests on. `note`: small, centred when not indented.
    `lead`: bold up to its first colon."""

    id: str
    text: str
    style: ParagraphStyle = "body"
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Listing:
    id: str
    items: tuple[str, ...]
    marker: Marker = "-"


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width_percent: int
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """A row with fewer cells than the table has columns: its first cell spans those that are missing."""

    cells: tuple[str, ...]
    kind: RowKind = "item"


@dataclass(frozen=True, slots=True)
class Table:
    id: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """`name` is the key a renderer gives the place back under: "secretary", "unit", "head"."""

    name: str
    authority: str
    office: str
    note: str
    person: str


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places from left to right; the `closing` paragraphs stay on the page of the signatures."""

    id: str
    closing: tuple[str, ...]
    places: tuple[SignaturePlace, ...]


@dataclass(frozen=True, slots=True)
class Recipients:
    id: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeBox:
    """A QR code of `address` beside a few lines, each bold up to its first colon; `caption` stands under the code."""

    id: str
    address: str
    lines: tuple[str, ...]
    caption: str = ""


Block = Letterhead | Title | Heading | Paragraph | Listing | Table | Signatures | Recipients | CodeBox


@dataclass(frozen=True, slots=True)
class Document:
    """`kind` is the code of Nghị định 30 ("BB", "KH"…); `digest` is printed short in the footer.

    `verify_address` ("http://192.168.1.10:8000") makes the QR code beside it lead to what we know of the paper;
    it is set when printing, not when freezing. `issued_at` is aware or absent.
    Raises ValueError when two blocks share an id.
    """

    kind: str
    code: str
    title: str
    blocks: tuple[Block, ...]
    issued_at: datetime | None = None
    language: str = "vi"
    draft: bool = False
    digest: str = ""
    verify_address: str = ""

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, _nfc(getattr(self, field.name)))
        if self.issued_at is not None and self.issued_at.tzinfo is None:
            raise ValueError("issued_at must know its time zone")
        ids = [block.id for block in self.blocks]
        twice = sorted({block_id for block_id in ids if ids.count(block_id) > 1})
        if twice:
            raise ValueError(f"block ids used twice: {', '.join(twice)}")

    def block(self, block_id: str) -> Block:
        """Raises KeyError when there is none."""
        for block in self.blocks:
            if block.id == block_id:
                return block
        raise KeyError(block_id)


FORM_KINDS = frozenset({"PC"})
"""Kinds that are filled in by hand: every page carries the code and "1/3", rows leave room to write."""

BLOCK_TYPES: dict[str, type[Block]] = {
    "letterhead": Letterhead,
    "title": Title,
    "heading": Heading,
    "paragraph": Paragraph,
    "listing": Listing,
    "table": Table,
    "signatures": Signatures,
    "recipients": Recipients,
    "codebox": CodeBox,
}
TYPE_NAMES = {block_type: name for name, block_type in BLOCK_TYPES.items()}
_PARTS: dict[str, type[Any]] = {"columns": Column, "rows": Row, "places": SignaturePlace}


def block_type(block: Block) -> str:
    """The name renderers choose their partial by: "paragraph", "table"…"""
    return TYPE_NAMES[type(block)]


def to_plain(document: Document) -> dict[str, Any]:
    """Dicts, lists, strings, numbers and booleans only; each block carries its `type`. Times are UTC."""
    plain: dict[str, Any] = _plain(document)
    for block, source in zip(plain["blocks"], document.blocks, strict=True):
        block["type"] = block_type(source)
    return plain


def from_plain(plain: Mapping[str, Any]) -> Document:
    """The inverse of `to_plain`. Raises KeyError, TypeError or ValueError when the shape is another one."""
    values = dict(plain)
    values["blocks"] = tuple(_block_from_plain(block) for block in plain["blocks"])
    if values.get("issued_at"):
        values["issued_at"] = datetime.fromisoformat(values["issued_at"])
    return Document(**values)


def canonical_json(value: Any) -> bytes:
    """One value, one sequence of bytes: sorted keys, no spaces, UTF-8, NFC in keys and texts alike."""
    text = json.dumps(_plain(_nfc(value)), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8")


def digest(content: bytes) -> str:
    """SHA-256, 64 hex letters."""
    return hashlib.sha256(content).hexdigest()


def _block_from_plain(plain: Mapping[str, Any]) -> Block:
    values = {key: _frozen(key, value) for key, value in plain.items() if key != "type"}
    return BLOCK_TYPES[plain["type"]](**values)


def _frozen(key: str, value: Any) -> Any:
    if not isinstance(value, list):
        return value
    part = _PARTS.get(key)
    if part is None:
        return tuple(value)
    return tuple(part(**{name: _frozen(name, inner) for name, inner in item.items()}) for item in value)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _nfc(value: Any) -> Any:
    """The same value with every text in it NFC: texts compare and hash alike however they were typed."""
    if isinstance(value, str):
        return normalize("NFC", value)
    if isinstance(value, tuple | list):
        return type(value)(_nfc(item) for item in value)
    if isinstance(value, Mapping):
        return {_nfc(key): _nfc(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type | Document):
        return replace(value, **{field.name: _nfc(getattr(value, field.name)) for field in fields(value)})
    return value
