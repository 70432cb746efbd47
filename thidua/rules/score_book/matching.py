"""Which line of a table is which criterion: by the hidden marks, else by number and text, told with a doubt."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Protocol, TypeVar

from thidua.rules.score_book.marks import Marks
from thidua.rules.sheet import Criterion, Sheet
from thidua.rules.vietnamese import clean_line, clean_text, fold

ALIKE = 0.75  # how much of a text must be the same to be taken for it, with a doubt


class CellLike(Protocol):
    """One box as a door gives it: ``at`` is "B7", ``text`` what people see."""

    @property
    def text(self) -> str: ...
    @property
    def at(self) -> str: ...
    @property
    def is_formula(self) -> bool: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table by the columns that its head names."""

    row: int
    number: str
    text: str
    score: CellLike | None
    reason: CellLike | None


Thing = TypeVar("Thing")
Found = dict[int, tuple[Line, str]]  # criterion id -> its line, and the doubt about it
Keys = Callable[[Line], Iterable[object]]


def matched(lines: Sequence[Line], sheet: Sheet, marks: Marks | None) -> Found:
    """Every criterion and section whose line is found; a section's line is no criterion's."""
    found = _by_marks(lines, sheet, marks) if marks else {}
    used = {line.row for line, _doubt in found.values()}
    free = {line.row: line for line in lines if line.row not in used and (line.number or line.text)}
    for leaf_key, line_keys, differs in _WAYS:
        rest = [one for one in sheet.all if one.id not in found]
        for leaf, line in _pairs(rest, free, leaf_key, line_keys):
            doubt = f"Số thứ tự trong tệp là “{line.number}”, trên bảng điểm là “{leaf.number}”." if differs else ""
            found[leaf.id] = (line, doubt)
    for leaf, line in _alike([one for one in sheet.all if one.id not in found], free):
        found[leaf.id] = (line, f"Nội dung trong tệp khác trên bảng điểm: “{shortened(line.text)}”.")
    return found


def has_text(line: Line, criterion: Criterion) -> bool:
    """The text itself, or the text with the lines about how it is scored below it."""
    return clean_line(criterion.text) in (clean_line(line.text), *_beginnings(line))


def bare_number(text: str) -> str:
    """ "1.1." and "1.1" are the same number."""
    return clean_line(text).strip(".)( ").lower()


def shortened(text: str) -> str:
    """At most sixty letters, for a sentence."""
    line = clean_line(text)
    return line if len(line) <= 60 else line[:59] + "…"


def _by_marks(lines: Sequence[Line], sheet: Sheet, marks: Marks) -> Found:
    """The row where the criterion was written, if it still reads the same there."""
    at = {line.row: line for line in lines}
    leaves = {leaf.id: leaf for leaf in sheet.leaves}
    found: Found = {}
    for one in marks.rows:
        line, leaf = at.get(one.row), leaves.get(one.criterion_id)
        if line and leaf and bare_number(line.number) == bare_number(leaf.number) and has_text(line, leaf):
            found[leaf.id] = (line, "")
    return found


def _pairs(
    leaves: Sequence[Criterion], free: dict[int, Line], leaf_key: Callable[[Criterion], object], line_keys: Keys
) -> Iterator[tuple[Criterion, Line]]:
    """Criteria and lines with the same key; as many of the one as of the other are taken in their order, else none."""
    meant: Mapping[object, list[Criterion]] = _grouped((leaf_key(leaf), leaf) for leaf in leaves)
    offered: Mapping[object, list[Line]] = _grouped((key, line) for line in free.values() for key in line_keys(line))
    for key, alike in meant.items():
        fitting = [line for line in offered.get(key, ()) if line.row in free]
        if len(fitting) != len(alike):
            continue
        for leaf, line in zip(alike, fitting, strict=True):
            del free[line.row]
            yield leaf, line


def _grouped(pairs: Iterable[tuple[object, Thing]]) -> dict[object, list[Thing]]:
    groups: dict[object, list[Thing]] = defaultdict(list)
    for key, thing in pairs:
        groups[key].append(thing)
    return groups


def _alike(leaves: Sequence[Criterion], free: dict[int, Line]) -> Iterator[tuple[Criterion, Line]]:
    """Those with the same number that no other has, when the text is much the same."""
    for leaf, line in list(_pairs(leaves, dict(free), lambda leaf: bare_number(leaf.number), _number_keys)):
        ours = fold(clean_line(leaf.text))
        theirs = fold(clean_line(line.text))[: len(ours) + 20]
        if leaf.number and SequenceMatcher(None, ours, theirs, autojunk=False).ratio() >= ALIKE:
            del free[line.row]
            yield leaf, line


def _number_keys(line: Line) -> Iterable[object]:
    return (bare_number(line.number),)


def _beginnings(line: Line) -> list[str]:
    """What stands above each line break of the text."""
    told = clean_text(line.text).split("\n")
    return [clean_line("\n".join(told[:end])) for end in range(1, len(told))]


def _numbered(leaf: Criterion) -> object:
    return bare_number(leaf.number), clean_line(leaf.text)


def _named(leaf: Criterion) -> object:
    return clean_line(leaf.text)


# the key of a criterion, the keys of a line, whether the numbers differ
_WAYS: tuple[tuple[Callable[[Criterion], object], Keys, bool], ...] = (
    (_numbered, lambda line: [(bare_number(line.number), clean_line(line.text))], False),
    (_numbered, lambda line: [(bare_number(line.number), text) for text in _beginnings(line)], False),
    (_named, lambda line: [clean_line(line.text)], True),
    (_named, _beginnings, True),
)
