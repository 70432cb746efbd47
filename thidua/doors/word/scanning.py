"""The marks of a template ({{ … }}, {% … %}) with the paragraphs they stand in, and whether they are put well there.

Word cuts a text into pieces as it likes, so a paragraph is looked at whole. A mark with "p", "tr" or "tc" right behind
its bracket takes the place of its whole paragraph, row or cell: whatever else stands there would be lost.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from .words_of_template import SHAPES, Shape

MARK = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_PARTS = re.compile(r"(\{[{%#])(?:(p|tr|tc|r)(?= ))?\s*(.*?)\s*([}%#]\})", re.DOTALL)
_MERGING = re.compile(r"\{[{%][-+]|[-+][}%]\}")
_LEFT_OPEN = re.compile(r"\{[{%#]|[}%#]\}")
_BODY, _PARAGRAPH, _TEXT = qn("w:body"), qn("w:p"), qn("w:t")
_WHOLE = {"p": _PARAGRAPH, "tr": qn("w:tr"), "tc": qn("w:tc")}
_WHOLE_WORDS = {"p": "đoạn", "tr": "dòng của bảng", "tc": "ô của bảng"}
_PLACE_WORDS = {"header": "đầu trang", "footer": "chân trang", "footnotes": "chú thích"}
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph; ``where`` names it for people: "đoạn 7 (“Số: {{ so }}”)"."""

    node: Any
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: ``source`` as Jinja reads it, ``words`` inside its brackets, ``whole`` "p", "tr", "tc", "r" or ""."""

    spot: Spot
    typed: str
    source: str
    words: str
    whole: str

    @property
    def is_statement(self) -> bool:
        return self.source.startswith("{%")

    @property
    def verb(self) -> str:
        return self.words.split(None, 1)[0] if self.words else ""


def spots_of(root: Any, part: str) -> Iterator[Spot]:
    """The paragraphs of a part ("document", "header1"…) that are not empty; of a text box, too."""
    kind = part.rstrip("0123456789")
    for number, node in enumerate(root.iter(_PARAGRAPH), start=1):
        text = "".join(one.text or "" for one in node.iter(_TEXT) if _paragraph_of(one) is node)
        if text.strip():
            shown = " ".join(text.split())
            shown = shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + "…"
            place = _PLACE_WORDS.get(kind, "")
            yield Spot(node, text, f"{f'{place}, ' if place else ''}đoạn {number} (“{shown}”)")


def marks_of(spot: Spot) -> tuple[list[Mark], list[str]]:
    """The marks of a paragraph, and what is wrong with how they are written."""
    marks, faults = [], []
    if _LEFT_OPEN.search(MARK.sub("", spot.text)):
        faults.append(f"{spot.where}: có dấu ngoặc {{{{ }}}} hoặc {{% %}} mở mà không đóng, hoặc đóng mà không mở.")
    for found in MARK.finditer(spot.text):
        parts = _PARTS.fullmatch(found[0])
        if parts is None or _MERGING.search(found[0]):
            faults.append(f"{spot.where}: “{found[0]}” viết chưa đúng; sát dấu ngoặc không ghi dấu “-” hay “+”.")
        elif parts[1] != "{#":
            source = f"{parts[1]} {parts[3]} {parts[4]}".translate(_QUOTES)
            marks.append(Mark(spot, found[0], source, parts[3], parts[2] or ""))
    return marks, faults


def misplaced(marks: list[Mark]) -> list[str]:
    """Marks that stand where they would lose text or tear a table apart."""
    faults = [words for mark in marks for words in _alone(mark)]
    return faults + [words for mark in marks for words in _block(mark)] + _pairs(marks)


def _alone(mark: Mark) -> Iterator[str]:
    if mark.whole not in _WHOLE:
        return
    node = _ancestor(mark.spot.node, _WHOLE[mark.whole])
    if node is None:
        yield f"{mark.spot.where}: “{mark.typed}” phải nằm trong một bảng."
    elif "".join(one.text or "" for one in node.iter(_TEXT)).strip() != mark.typed.strip():
        kind = _WHOLE_WORDS[mark.whole]
        yield f"{mark.spot.where}: “{mark.typed}” phải đứng một mình trong {kind}; chữ khác cùng {kind} sẽ bị mất."


def _block(mark: Mark) -> Iterator[str]:
    shape = SHAPES.get(mark.words)
    if mark.is_statement:
        return
    if shape is Shape.BLOCK and mark.whole != "p":
        yield f"{mark.spot.where}: “{mark.words}” là cả một khối: xin viết {{{{p {mark.words} }}}}, để riêng một đoạn."
    elif shape is Shape.BLOCK and mark.spot.node.getparent().tag != _BODY:
        yield f"{mark.spot.where}: “{mark.words}” chỉ đặt được trong thân văn bản, ngoài bảng và đầu, chân trang."
    elif shape is not Shape.BLOCK and mark.whole:
        yield f"{mark.spot.where}: “{mark.typed}” xin viết {{{{ {mark.words} }}}}, không có chữ “{mark.whole}”."


def _pairs(marks: list[Mark]) -> list[str]:
    """What opens is closed by its like, in the same text, table or row."""
    faults: list[str] = []
    opened: list[Mark] = []
    for mark in marks:
        if not mark.is_statement:
            continue
        if mark.verb in ("for", "if"):
            opened.append(mark)
            continue
        meant = {"endfor": "for", "endif": "if", "elif": "if", "else": "if"}.get(mark.verb)
        if meant is None:
            continue  # the language names what it does not know
        if not opened or (opened[-1].verb != meant and mark.verb != "else"):
            faults.append(f"{mark.spot.where}: “{mark.typed}” không có chỗ mở đi cùng.")
            continue
        if _home(opened[-1]) is not _home(mark) or opened[-1].whole != mark.whole:
            faults.append(
                f"{mark.spot.where}: “{mark.typed}” phải cùng kiểu và cùng chỗ (cùng đoạn, cùng bảng hoặc cùng ô) "
                f"với “{opened[-1].typed}” ở {opened[-1].spot.where}."
            )
        if mark.verb.startswith("end"):
            opened.pop()
    return faults + [f"{mark.spot.where}: “{mark.typed}” không có chỗ đóng." for mark in opened]


def _home(mark: Mark) -> Any:
    """What both marks of a pair must stand in."""
    node = _ancestor(mark.spot.node, _WHOLE[mark.whole]) if mark.whole in _WHOLE else None
    return mark.spot.node if node is None else node.getparent()


def _paragraph_of(node: Any) -> Any:
    return _ancestor(node, _PARAGRAPH)


def _ancestor(node: Any, tag: str) -> Any:
    while node is not None and node.tag != tag:
        node = node.getparent()
    return node
