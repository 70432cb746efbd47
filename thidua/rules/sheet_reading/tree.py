"""From lines to a tree: the level of a line follows from the style of its number and from what stood above it."""

from dataclasses import dataclass, field, replace

from thidua.rules.sheet_reading.ledger import Ledger
from thidua.rules.sheet_reading.lines import Line
from thidua.rules.sheet_reading.numbering import (
    BULLET,
    DIGIT,
    DIGIT_BRACKET,
    DOTTED,
    NONE,
    PLUS,
    ROMAN,
    TITLE,
    UPPER,
    Number,
    as_letter,
    follows,
)


@dataclass(slots=True)
class Node:
    """A line with the lines below it. ``unders`` are further rows of its merged cell, ``shared`` rows that share its
    merged points. ``id`` is its place in running order, from 1."""

    id: int
    line: Line
    children: list["Node"] = field(default_factory=list)
    unders: list[Line] = field(default_factory=list)
    shared: list["Node"] = field(default_factory=list)
    is_doubtful: bool = False


@dataclass(slots=True)
class _Step:
    key: str
    number: Number
    node: Node


class TreeBuilder:
    """Takes lines one by one; ``roots`` is the tree so far, ``numbered`` the nodes with a number."""

    def __init__(self, ledger: Ledger) -> None:
        self.roots: list[Node] = []
        self._stack: list[_Step] = []
        self._sharing: tuple[Node, int] | None = None
        self._last: Node | None = None
        self._count = 0
        self._ledger = ledger
        self.numbered: set[int] = set()

    def add(self, line: Line) -> None:
        """Put the line where it belongs."""
        if line.is_under and self._last is not None:
            self._last.unders.append(line)
            return
        if not line.text and line.number.style == NONE and not line.odd_number:
            self._add_without_words(line)
            return
        line.number = self._settled(line.number)
        self._count += 1
        node = Node(self._count, line)
        if line.number.label:
            self.numbered.add(node.id)
        place = self._place_of(line)
        key = self._stack[place].key if line.odd_number and place < len(self._stack) else _key(line)
        del self._stack[place:]
        siblings = self._stack[-1].node.children if self._stack else self.roots
        siblings.append(node)
        self._stack.append(_Step(key, line.number, node))
        self._share(node)
        self._last = node

    def _add_without_words(self, line: Line) -> None:
        """Points or guidance without words: they go on with the line above."""
        if self._last is not None:
            self._last.unders.append(line)
        else:
            self._ledger.skip(line.maximum_at or line.at, line.words, "Hàng đầu bảng không có nội dung chữ")

    def _share(self, node: Node) -> None:
        if node.line.is_sharing and self._sharing is not None and self._sharing[1] > 0:
            self._sharing[0].shared.append(node)
            self._sharing = (self._sharing[0], self._sharing[1] - 1)
            return
        node.line.is_sharing = False
        self._sharing = (node, node.line.shares - 1) if node.line.shares > 1 else None

    def _settled(self, number: Number) -> Number:
        """Whether "I" is a Roman one or the letter after "H", "1)" the next of "1.", says what stood before."""
        if number.style == ROMAN and len(number.label) == 1:
            letters = [step for step in self._stack if step.key == UPPER]
            letter = as_letter(number)
            if letters and follows(letters[-1].number, letter):
                return letter
        other = {DIGIT: DIGIT_BRACKET, DIGIT_BRACKET: DIGIT}.get(number.style)
        if other and self._stack and not any(step.key == number.style for step in self._stack):
            top = self._stack[-1]
            if top.key == other and top.number.last + 1 == number.last:
                return replace(number, style=other)
        return number

    def _place_of(self, line: Line) -> int:
        """How many steps of the stack stay above the line."""
        if line.odd_number:
            return max(len(self._stack) - 1, 0)
        key, number = _key(line), line.number
        if number.style == DOTTED:
            for place in range(len(self._stack) - 1, -1, -1):
                if self._stack[place].number.parts and self._stack[place].number.parts == number.parts[:-1]:
                    return place + 1
        for place, step in enumerate(self._stack):
            if step.key == key:
                return place
        if key == TITLE:
            return self._place_of_title(line)
        if key == NONE:
            bullets = [place for place, step in enumerate(self._stack) if step.key in (BULLET, PLUS)]
            if bullets and line.has_points:
                return bullets[0]
            return self._place_of_plain(line)
        return len(self._stack)

    def _place_of_title(self, line: Line) -> int:
        """A heading without a number opens a group where the line above is a heading, too; else it stands on top."""
        if not self._stack or not self._stack[-1].node.line.has_points:
            return len(self._stack)
        line.is_under = False
        self._ledger.doubt(
            line.at, self._count + 1, "depth", line.text, "Tiêu đề không có số thứ tự: đã coi là một mục lớn của bảng"
        )
        return 0

    def _place_of_plain(self, line: Line) -> int:
        """A line without number: below the line above, or beside it when that has points and no number, too."""
        if not self._stack:
            return 0
        top = self._stack[-1]
        if line.has_points and top.node.line.has_points and top.number.label and line.indent <= top.node.line.indent:
            self._ledger.doubt(
                line.at,
                self._count + 1,
                "depth",
                line.text,
                "Hàng có điểm mà không có số thứ tự: chưa rõ là ý của hàng trên hay một tiêu chí riêng",
            )
        return len(self._stack)


def _key(line: Line) -> str:
    if line.number.style == NONE:
        return TITLE if _is_title(line) else NONE
    if line.number.style == DOTTED:
        return f"{DOTTED}-{len(line.number.parts)}"
    return line.number.style


def _is_title(line: Line) -> bool:
    letters = [one for one in line.text if one.isalpha()]
    is_loud = len(letters) > 3 and line.text == line.text.upper()
    return (line.is_wide or line.is_bold or is_loud) and not line.levels
