"""The pieces a workbook (Excel) is made of: values, formulas of ours, what a box accepts. No library, no file.

A ``str`` is always a text, whatever it begins with; only a ``Formula`` is ever worked out. So nothing that somebody
typed into a sheet can become a formula on another person's machine.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

LONGEST_TEXT = 32_000  # one box of Excel holds 32 767 letters
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# fmt: off
Look = Literal[
    "plain", "issuer", "motto", "title", "subtitle", "note", "fact", "head", "number", "text", "most", "section",
    "section_number", "section_most", "score", "sum", "locked", "words", "total", "total_sum", "place", "quiet",
]
# fmt: on


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of ours, without its "="."""

    text: str


Value = str | int | Decimal | Formula | None


@dataclass(frozen=True, slots=True)
class Box:
    """One cell. ``look``: how it is drawn; ``is_open``: may be written to; ``form``: number format ("" as it is)."""

    value: Value = None
    look: Look = "plain"
    is_open: bool = False
    form: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """What some boxes accept. ``rule``: the name of a list (``is_list``) or a formula about the first of ``boxes``."""

    boxes: tuple[str, ...]
    rule: str
    is_list: bool
    hint: str
    error: str


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of the workbook. ``rows``: row number -> column letter -> box; ``heights`` in points, else by content.

    ``merged``: ranges such as "A1:C1". ``frozen``: the first box that scrolls. ``repeated``: rows printed on each page.
    """

    name: str
    rows: Mapping[int, Mapping[str, Box]]
    widths: Mapping[str, float] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)
    merged: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    frozen: str = ""
    repeated: tuple[int, int] | None = None
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """``names``: a word for a range, such as {"diem_1": "'danh_muc'!$A$1:$A$9"}. ``footer`` stands on printed pages."""

    title: str
    pages: tuple[Page, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    footer: str = ""


def column(number: int) -> str:
    """The letters of the n-th column: 1 is "A", 27 is "AA"."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def quoted(name: str) -> str:
    """The name of a page as formulas write it."""
    return "'" + name.replace("'", "''") + "'"


def safe_text(text: str) -> str:
    """A text as a box can hold it: without what a file of Excel cannot carry, no longer than Excel takes."""
    kept = _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return kept if len(kept) <= LONGEST_TEXT else kept[: LONGEST_TEXT - 1] + "…"
