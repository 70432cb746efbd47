"""The rows of a checklist as a tree in memory: looked up, moved, numbered, and written back to the rows."""

from collections import Counter
from collections.abc import Iterable, Iterator

from thidua.models.criterion import Criterion
from thidua.rules.outline_numbers import DEFAULTS, Style, bare, free_number, restarted, style_of
from thidua.rules.sheet import DEEPEST

Parent = Criterion | None


class Outline:
    """Rows by their parent, in running order. Changes reach the rows with ``write`` only."""

    def __init__(self, rows: Iterable[Criterion]) -> None:
        listed = sorted((row for row in rows if row.position > 0), key=lambda row: row.position)
        by_id = {row.id: row for row in listed}
        self.parent_of: dict[Criterion, Parent] = {}
        self._children: dict[Parent, list[Criterion]] = {}
        for row in listed:
            parent = by_id.get(row.parent_id) if row.parent_id else None
            self.parent_of[row] = parent
            self._children.setdefault(parent, []).append(row)
        self._were = dict(self.parent_of)
        self._styles = dict(self._found_styles())

    def children(self, parent: Parent) -> list[Criterion]:
        """The siblings under this row (None: the top), in order."""
        return self._children.get(parent, [])

    def siblings(self, row: Criterion) -> list[Criterion]:
        return self.children(self.parent_of[row])

    def place(self, row: Criterion) -> int:
        """Where it stands among its siblings, from 0."""
        return self.siblings(row).index(row)

    def depth(self, row: Parent) -> int:
        """1 for what stands at the top; 0 for None."""
        return 0 if row is None else 1 + self.depth(self.parent_of[row])

    def height(self, row: Criterion) -> int:
        """How many levels the row and what is below it take."""
        return 1 + max((self.height(child) for child in self.children(row)), default=0)

    def fits(self, row: Criterion, parent: Parent) -> bool:
        """Whether the row with all below it may stand there (three levels)."""
        return self.depth(parent) + self.height(row) <= DEEPEST

    def walk(self, parent: Parent = None) -> Iterator[Criterion]:
        """Everything below, in running order."""
        for row in self.children(parent):
            yield row
            yield from self.walk(row)

    def detach(self, row: Criterion) -> None:
        """Take the row, with what is below it, from among its siblings."""
        self.siblings(row).remove(row)

    def attach(self, row: Criterion, parent: Parent, place: int) -> None:
        """Put the row among the children of ``parent`` (None: the top)."""
        self._children.setdefault(parent, []).insert(place, row)
        self.parent_of[row] = parent

    def adopt(self, row: Criterion, parent: Parent, place: int) -> None:
        """Put in a row that was not in the tree: a new one, or one that comes back."""
        self._were[row] = row  # whatever its parent was, it is to be written
        self.attach(row, parent, place)

    def write(self) -> None:
        """Positions and parents as the tree has them now."""
        for position, row in enumerate(self.walk(), start=1):
            if row.position != position:  # what is not set is not written, and not looked at again at the flush
                row.position = position
            parent = self.parent_of[row]
            if self._were.get(row, row) is not parent:
                row.parent = parent

    # ---- numbers ------------------------------------------------------------------------------------------------

    def is_numbered_by_hand(self, parent: Parent) -> bool:
        """Whether somebody typed the numbers of this group himself."""
        return bool(self.children(parent)) and self._styles.get(parent) is None

    def style_for(self, parent: Parent) -> Style:
        """How the machine numbers this group: as it was, as a group beside it, or as sheets usually do."""
        style = self._styles.get(parent)
        if style:
            return style
        depth = self.depth(parent)
        beside = (self._styles[one] for one in self._styles if self.depth(one) == depth and one is not parent)
        found = next((style for style in beside if style), None)
        return restarted(found) if found else DEFAULTS[min(depth, DEEPEST - 1)]

    def renumber(self) -> None:
        """Number every group the machine numbers, in its style; groups numbered by hand get only what is missing.

        A group that went on from the group before it (1, 2, 3 under I, then 4, 5 under II) still does.
        """
        last: dict[int, int] = {}
        running = {self.depth(parent) for parent in self._going_on if parent in self.parent_of}
        for parent in (None, *self.walk()):
            group = self.children(parent)
            if not group:
                continue
            depth, known = self.depth(parent), parent in self._styles
            if not known and depth in running:
                self._going_on.add(parent)
            if known and self._styles[parent] is None:
                self._fill(group, parent)
                continue
            style = self.style_for(parent)
            if parent in self._going_on and depth in last:
                style = restarted(style, start=last[depth] + 1)
            elif style.start != 1 and parent in self._going_on:
                style = restarted(style)
            for place, row in enumerate(group):
                number = style.number(place, self._number(parent))
                if row.number != number:
                    row.number = number
            last[depth] = style.start + len(group) - 1

    def number_anew(self, parent: Parent) -> None:
        """Give this group back to the machine; the first number says in which style."""
        group = self.children(parent)
        first = style_of([group[0].number], self._number(parent)) if group and group[0].number else None
        self._styles[parent] = first or self.style_for(parent)

    def keep_numbers(self, parent: Parent) -> None:
        """From now on somebody types the numbers of this group himself."""
        self._styles[parent] = None

    def learn(self, row: Criterion) -> None:
        """What came in below this row keeps the numbers it has, by whomever they were made."""
        for parent in (row, *self.walk(row)):
            if self.children(parent):
                style = style_of([one.number for one in self.children(parent)], self._number(parent))
                self._styles[parent] = style
                if style and style.start > 1:
                    self._going_on.add(parent)

    def names(self) -> dict[Criterion, str]:
        """What ``Sheet.numbered`` finds each row by; rows that no number tells apart are left out."""
        paths: dict[Criterion, str] = {}
        for row in self.walk():
            parent = self.parent_of[row]
            paths[row] = f"{paths[parent]}.{row.number}" if parent else row.number
        often, often_path = Counter(row.number for row in paths), Counter(paths.values())
        return {
            row: row.number if often[row.number] == 1 else path
            for row, path in paths.items()
            if often[row.number] == 1 or (often_path[path] == 1 and often[path] != 1)
        }

    def _fill(self, group: list[Criterion], parent: Parent) -> None:
        """What has just come into a group numbered by hand gets a number of its own."""
        taken = [row.number for row in group if row.number and self._were[row] is parent]
        before = ""
        for row in group:
            if self._were[row] is not parent and (taken or row.number) and (not row.number or row.number in taken):
                row.number = free_number(before or taken[0], taken)
            before = row.number or before
            taken.append(row.number)

    def _found_styles(self) -> Iterator[tuple[Parent, Style | None]]:
        last: dict[int, Style] = {}
        self._going_on: set[Parent] = set()
        for parent in (None, *self.walk()):
            group = self.children(parent)
            if not group:
                continue
            style = style_of([row.number for row in group], self._number(parent))
            depth = self.depth(parent)
            if style and style.start > 1 and last.get(depth) == style:
                self._going_on.add(parent)
            if style:
                last[depth] = restarted(style, start=style.start + len(group))
            yield parent, style

    @staticmethod
    def _number(parent: Parent) -> str:
        return bare(parent.number) if parent else ""
