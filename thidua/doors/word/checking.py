"""check_template: whether a Word file can be the office's template, and in plain words what is wrong with it."""

import io
from dataclasses import dataclass
from typing import Any

import docx
from docx.opc.oxml import parse_xml
from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables

from thidua.rules.documents import Document

from .filling import fill_template
from .language import BadLanguage, TooMuch, slips_of
from .opening import NotATemplate, require_safe
from .scanning import Mark, Spot, marks_of, misplaced, spots_of
from .words_of_template import NAMES, Shape

MOST_MARKS = 500
MOST_FAULTS = 12
_KINDS = ("header", "footer", "footnotes")
_SYNTAX = "viết chưa đúng cách. Mẫu đúng: {{ so }}, {%p for dong in co_quan %}, {%p if trich_yeu %}."
_UNSEEN = "Mẫu có chỗ điền sai nằm ngoài các đoạn chữ (tên tệp, mô tả hình, trường…): "


class BadTemplate(Exception):
    """``faults``: one sentence for each thing to mend; at most ``MOST_FAULTS``."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults[:MOST_FAULTS])


@dataclass(frozen=True, slots=True)
class Checked:
    """A template that works; ``asked`` are the names it uses."""

    asked: frozenset[str]


def check_template(content: bytes, sample: Document) -> Checked:
    """Looks through the file and fills it in once with ``sample``. Raises ``BadTemplate``; takes about 0.2 s."""
    try:
        require_safe(content)
    except NotATemplate as problem:
        raise BadTemplate([problem.sentence]) from None
    try:
        file = docx.Document(io.BytesIO(content))
        spots = [(name, list(spots_of(root, name))) for name, root in _roots(file)]
    except Exception as problem:  # a hostile file may break a library in any way
        raise BadTemplate(["Không mở được văn bản Word này. Xin mở bằng Word, lưu lại rồi gửi lại."]) from problem
    asked = _require_right(spots)
    _try(content, sample, asked)
    return Checked(asked)


def names_in(content: bytes) -> frozenset[str]:
    """The names used by a template that has been checked."""
    file = docx.Document(io.BytesIO(content))
    marks = [mark for name, root in _roots(file) for spot in spots_of(root, name) for mark in marks_of(spot)[0]]
    return _asked(Environment().parse(_skeleton(marks)))  # parsed, never rendered


def _roots(file: Any) -> list[tuple[str, Any]]:
    """The parts that are filled in: (name, root element)."""
    found = [("document", file.element.body)]
    for part in file.part.package.iter_parts():
        name = str(part.partname).rpartition("/")[2].removesuffix(".xml")
        if name.rstrip("0123456789") in _KINDS:
            found.append((name, parse_xml(part.blob)))
    return sorted(found, key=lambda one: (one[0] != "document", one[0]))


def _require_right(spots: list[tuple[str, list[Spot]]]) -> frozenset[str]:
    faults: list[str] = []
    asked: set[str] = set()
    for _name, inside in spots:
        marks: list[Mark] = []
        for spot in inside:
            found, wrong = marks_of(spot)
            marks += found
            faults += wrong
        faults += _repeated(marks) + misplaced(marks)
        if not faults:
            names, slips = _understood(marks)
            asked |= names
            faults += slips
        if len(marks) > MOST_MARKS:
            faults.append(f"Mẫu có quá nhiều chỗ điền ({len(marks)}). Nhiều nhất là {MOST_MARKS}.")
    faults = faults or _lacking(asked)
    if faults:
        raise BadTemplate(list(dict.fromkeys(faults)))
    return frozenset(asked)


def _understood(marks: list[Mark]) -> tuple[set[str], list[str]]:
    """The names that one part uses, and what it says that a template may not say, each with its paragraph."""
    try:
        tree = Environment().parse(_skeleton(marks))  # parsed, never rendered
    except TemplateSyntaxError as problem:
        mark = marks[min(problem.lineno, len(marks)) - 1]
        return set(), [f"{mark.spot.where}: “{mark.typed}” {_SYNTAX}"]
    slips = [f"{marks[min(slip.line, len(marks)) - 1].spot.where}: {slip.sentence}" for slip in slips_of(tree)]
    return set() if slips else set(_asked(tree)), slips  # asking computes what it can: 9**9**9 for ever


def _skeleton(marks: list[Mark]) -> str:
    """The marks alone, one a line, so that a line number names the paragraph."""
    return "\n".join(" ".join(mark.source.split()) for mark in marks)


def _asked(tree: nodes.Template) -> frozenset[str]:
    return frozenset(find_undeclared_variables(tree))


def _repeated(marks: list[Mark]) -> list[str]:
    blocks = [one.name for one in NAMES if one.shape is Shape.BLOCK]
    return [
        f"“{name}” có trong mẫu nhiều lần; chỉ được đặt một lần."
        for name in blocks
        if sum(mark.words == name for mark in marks) > 1
    ]


def _lacking(asked: set[str]) -> list[str]:
    faults = [
        f"Mẫu thiếu chỗ điền {one.written}: {one.words[:1].lower()}{one.words[1:]}."
        for one in NAMES
        if one.needed and one.name not in asked
    ]
    if "chu_ky" not in asked and not {"cho_ky", "loi_ket", "noi_nhan"} <= asked:
        faults.append(
            "Mẫu thiếu chỗ ký: cần {{p chu_ky }} đứng riêng một đoạn, hoặc đủ ba danh sách cho_ky, loi_ket, noi_nhan."
        )
    return faults


def _try(content: bytes, sample: Document, asked: frozenset[str]) -> None:
    """Fill it in and open the result again."""
    try:
        made = fill_template(sample, content, asked=asked)
        docx.Document(io.BytesIO(made))
    except BadLanguage as problem:
        raise BadTemplate([_UNSEEN + slip.sentence for slip in problem.slips]) from None
    except TooMuch:
        raise BadTemplate(["Mẫu làm văn bản dài quá mức. Xin bỏ bớt các vòng lặp lồng nhau."]) from None
    except Exception as problem:  # whatever a library throws, the office learns one thing
        raise BadTemplate(
            ["Mẫu này không dựng thành văn bản được. Xin sửa từ mẫu có sẵn (nút Tải mẫu), từng chỗ một."]
        ) from problem
