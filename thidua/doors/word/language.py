"""The little of Jinja that a Word template may say: a name, a part of it, a loop over a list, a condition.

Whatever is compiled, in the text, in a header or in the properties of the file, passes ``Language``: no calls, no
arithmetic, no attributes but the few there are. So a template can neither reach into the program nor keep it busy.
"""

import difflib
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jinja2 import StrictUndefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .words_of_template import ELEMENTS, FIELDS, FILTERS, SHAPES, Shape

DEEPEST = 2  # loops within loops
MOST_LETTERS, MOST_SECONDS = 24_000_000, 15.0


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong, in which line of the source."""

    line: int
    sentence: str


class BadLanguage(Exception):
    """The source says something that templates may not say; ``slips`` tell what."""

    def __init__(self, slips: list[Slip]) -> None:
        super().__init__("; ".join(slip.sentence for slip in slips))
        self.slips = slips


class TooMuch(Exception):
    """A template that would fill the memory or take all day."""


class Language(ImmutableSandboxedEnvironment):
    """Jinja as far as templates may go. Compiling anything else raises ``BadLanguage``; ``TooMuch`` stops rendering."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, cache_size=0)
        self.globals.clear()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if slips := slips_of(tree):
            raise BadLanguage(slips)
        return tree

    @staticmethod
    def concat(pieces: Iterable[str]) -> str:  # type: ignore[override]  # Jinja joins every rendering with this
        """As ``"".join``, within bounds."""
        kept, letters, end = [], 0, time.monotonic() + MOST_SECONDS
        for piece in pieces:
            kept.append(piece)
            letters += len(piece)
            if letters > MOST_LETTERS or time.monotonic() > end:
                raise TooMuch
        return "".join(kept)


def slips_of(tree: nodes.Template) -> list[Slip]:
    """Everything in the tree that a template may not say, in its order."""
    return sorted(_walked(tree.body, dict(SHAPES), 0), key=lambda slip: slip.line)


Scope = Mapping[str, Shape]


def _walked(body: Iterable[nodes.Node], scope: Scope, depth: int) -> Iterator[Slip]:
    for node in body:
        match node:
            case nodes.Output():
                for inner in node.nodes:
                    if not isinstance(inner, nodes.TemplateData):
                        yield from _expression(inner, scope)
            case nodes.If():
                yield from _condition(node.test, scope)
                yield from _walked((*node.body, *node.elif_, *node.else_), scope, depth)
            case nodes.For() if not node.recursive and node.test is None:
                yield from _loop(node, scope, depth + 1)
            case _:
                yield Slip(node.lineno, "Lệnh này không dùng được trong mẫu; chỉ có “for” và “if”.")


def _loop(node: nodes.For, scope: Scope, depth: int) -> Iterator[Slip]:
    if depth > DEEPEST:
        yield Slip(node.lineno, "Vòng lặp “for” lồng nhau quá sâu; nhiều nhất là hai lớp.")
        return
    shape, slips = _shape(node.iter, scope)
    yield from slips
    if not isinstance(node.target, nodes.Name):
        yield Slip(node.lineno, "Sau “for” xin viết một tên, ví dụ: for dong in co_quan.")
        return
    if not slips and shape not in ELEMENTS:
        yield Slip(node.lineno, "Sau “in” phải là một danh sách, ví dụ co_quan, cho_ky, noi_nhan.")
        return
    inner = {**scope, node.target.name: ELEMENTS.get(shape, Shape.VALUE), "loop": Shape.LOOP}
    yield from _walked((*node.body, *node.else_), inner, depth)


def _condition(node: nodes.Node, scope: Scope) -> Iterator[Slip]:
    match node:
        case nodes.Not():
            yield from _condition(node.node, scope)
        case nodes.And() | nodes.Or():
            yield from _condition(node.left, scope)
            yield from _condition(node.right, scope)
        case _:
            yield from _shape(node, scope)[1]


def _expression(node: nodes.Node, scope: Scope) -> Iterator[Slip]:
    shape, slips = _shape(node, scope)
    yield from slips
    if not slips and shape in (Shape.PLACE, Shape.PLACES, Shape.LOOP):
        yield Slip(node.lineno, "Chỗ này phải ghi rõ lấy phần nào, ví dụ dong.ho_ten.")


def _shape(node: nodes.Node, scope: Scope) -> tuple[Shape, list[Slip]]:
    match node:
        case nodes.Name() if node.name in scope:
            return scope[node.name], []
        case nodes.Name():
            return Shape.VALUE, [Slip(node.lineno, _unknown(node.name, scope))]
        case nodes.Getattr() | nodes.Getitem():
            return _part(node, scope)
        case nodes.Filter() if node.name in FILTERS and node.node is not None and not _has_arguments(node):
            return Shape.VALUE, _shape(node.node, scope)[1]
        case nodes.Filter():
            return Shape.VALUE, [Slip(node.lineno, f"Không dùng được “|{node.name}”; chỉ có |upper, |lower.")]
    return Shape.VALUE, [Slip(node.lineno, "Chỗ điền chỉ được ghi một tên có sẵn, không ghi phép tính hay lời gọi.")]


def _part(node: nodes.Getattr | nodes.Getitem, scope: Scope) -> tuple[Shape, list[Slip]]:
    shape, slips = _shape(node.node, scope)
    if slips:
        return Shape.VALUE, slips
    known = FIELDS.get(shape, ())
    asked = node.attr if isinstance(node, nodes.Getattr) else ""
    if asked in known:
        return Shape.VALUE, []
    return Shape.VALUE, [Slip(node.lineno, _unknown(asked, known) if known else f"Không có phần “.{asked}” ở đây.")]


def _has_arguments(node: nodes.Filter) -> bool:
    return bool(node.args or node.kwargs or node.dyn_args or node.dyn_kwargs)


def _unknown(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name.lower(), list(known), 1, 0.6)
    meant = f" Có phải muốn ghi “{near[0]}”?" if near else ""
    return f"Không có chỗ điền nào tên “{name}”.{meant}"
