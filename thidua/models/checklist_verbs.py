"""The verbs of a draft: everything a designer changes; ``Checklist`` is made of them.

Each verb names the ``revision`` of the picture it was decided on, changes the rows and counts the revision on.
What was taken out stays in the table with a negative position (−(revision × 10 000 + position)) until the draft is
thrown away, so that it comes back with the same ids; pages, scores and files read positive positions only.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Mapped

from thidua.models.checklist_outline import Outline, Parent
from thidua.models.criterion import PLAIN_FIELDS, Criterion
from thidua.rules.errors import Conflict, Refused
from thidua.rules.sheet import DEEPEST

MOST_ROWS = 2_000
ROOM = 10_000  # positions of one removal; a sheet never has so many rows
ONLY_DRAFTS = "Bảng điểm này đã công bố nên không sửa được. Muốn thay đổi, xin tạo bản mới từ nó rồi sửa bản mới."
CHANGED_MEANWHILE = "Có người vừa sửa bản nháp này. Việc vừa rồi chưa được làm; xin xem lại rồi bấm lần nữa."
SHEET_FIELDS = (
    "name",
    "note",
    "declared_max",
    "declared_max_by_kind",
    "not_applicable",
    "bonus_cap",
    "total_cap",
    "clusters",
    "bands",
    "gates",
)
Watched = dict[int, Criterion]  # place of a gate -> the row it watches
CRITERION_FIELDS = (*(name for name in PLAIN_FIELDS if name != "number"), "levels", "refs", "applies_to")


class Designing:
    """What may be done to a draft; needs ``criteria`` loaded."""

    if TYPE_CHECKING:
        id: Mapped[int]
        state: Mapped[str]
        revision: Mapped[int]
        gates: Mapped[list[dict[str, Any]]]
        criteria: Mapped[list[Criterion]]

    def require_draft(self, revision: int | None = None) -> None:
        """Raises Refused for anything but a draft, Conflict when the draft has changed since ``revision``."""
        if self.state != "draft":
            raise Refused(ONLY_DRAFTS)
        if revision is not None and revision != self.revision:
            raise Conflict(CHANGED_MEANWHILE)

    def row(self, criterion_id: int) -> Criterion:
        """The criterion with this id; KeyError when the draft has none."""
        for row in self.criteria:
            if row.id == criterion_id and row.position > 0:
                return row
        raise KeyError(criterion_id)

    def change_settings(self, values: Mapping[str, Any], *, revision: int) -> None:
        """Name, totals, caps, ratings, gates, clusters: whichever of ``SHEET_FIELDS`` are given."""
        self.require_draft(revision)
        for name, value in values.items():
            assert name in SHEET_FIELDS, name
            setattr(self, name, value)
        self.revision += 1

    def change_criterion(
        self, row: Criterion, values: Mapping[str, Any], *, number: str | None, revision: int | None = None
    ) -> None:
        """Replace ``CRITERION_FIELDS``. ``number``: typed by somebody; None leaves it to the machine."""
        self.require_draft(revision)
        outline, watched = self._picture()
        if outline.children(row) and values["kind"] != "section":
            raise Refused(
                "Nội dung đang có nội dung con nên phải là Mục. Xin chuyển hoặc xóa nội dung con trước.", "kind"
            )
        parent = outline.parent_of[row]
        if number is None and outline.is_numbered_by_hand(parent):
            outline.number_anew(parent)
        elif number is not None and number != row.number:
            if any(one.number == number for one in outline.siblings(row) if one is not row):
                raise Refused(f"Số “{number}” đã có ở nội dung bên cạnh. Xin ghi số khác.", "number")
            row.number = number
            outline.keep_numbers(parent)
        for name in CRITERION_FIELDS:
            setattr(row, name, values[name])
        self._finish(outline, watched)

    def add_criterion(self, near: Criterion | None, *, inside: bool, revision: int) -> Criterion:
        """A new empty row after ``near``, or as its last child; None: at the end of the sheet."""
        self.require_draft(revision)
        outline, watched = self._picture()
        if len(outline.parent_of) >= MOST_ROWS:
            raise Refused(f"Bảng điểm đã có {MOST_ROWS} dòng, là số dòng nhiều nhất. Xin bỏ bớt trước khi thêm.")
        parent = near if inside else (outline.parent_of[near] if near else None)
        if outline.depth(parent) >= DEEPEST:
            raise Refused("Bảng điểm có nhiều nhất ba cấp. Xin dùng “Thêm ngang hàng”.")
        if inside and near:
            _become_section(near)
        row = Criterion(number="", text="", position=0, **_like(near, outline, inside=inside))
        outline.adopt(row, parent, outline.place(near) + 1 if near and not inside else len(outline.children(parent)))
        self.criteria.append(row)
        self._finish(outline, watched)
        return row

    def duplicate(self, row: Criterion, *, revision: int) -> Criterion:
        """A copy of the row and of all below it, right behind it."""
        self.require_draft(revision)
        outline, watched = self._picture()
        if len(outline.parent_of) + sum(1 for _ in outline.walk(row)) >= MOST_ROWS:
            raise Refused(f"Bảng điểm có nhiều nhất {MOST_ROWS} dòng.")
        copy = self._copy(outline, row, outline.parent_of[row], outline.place(row) + 1)
        self._finish(outline, watched)
        return copy

    def move(self, row: Criterion, steps: int, *, revision: int) -> None:
        """One place up (-1) or down (1); over the end of its section into the next one."""
        self.require_draft(revision)
        outline, watched = self._picture()
        siblings, place, parent = outline.siblings(row), outline.place(row), outline.parent_of[row]
        if 0 <= place + steps < len(siblings):
            outline.detach(row)
            outline.attach(row, parent, place + steps)
        else:
            beside = _section_beside(outline, parent, steps)
            if beside is None:
                end = "đầu" if steps < 0 else "cuối"
                raise Refused(f"Nội dung này đã đứng {end} phần của nó.")
            outline.detach(row)
            outline.attach(row, beside, len(outline.children(beside)) if steps < 0 else 0)
        self._finish(outline, watched)

    def indent(self, row: Criterion, *, revision: int) -> None:
        """Make it the last child of the row before it."""
        self.require_draft(revision)
        outline, watched = self._picture()
        place = outline.place(row)
        if place == 0:
            raise Refused("Không có nội dung nào đứng trước cùng cấp để thụt vào. Xin đưa xuống một bậc trước.")
        parent = outline.siblings(row)[place - 1]
        if not outline.fits(row, parent):
            raise Refused("Bảng điểm có nhiều nhất ba cấp nên không thụt vào thêm được.")
        _become_section(parent)
        outline.detach(row)
        outline.attach(row, parent, len(outline.children(parent)))
        self._finish(outline, watched)

    def outdent(self, row: Criterion, *, revision: int) -> None:
        """Put it right behind its section, one level higher."""
        self.require_draft(revision)
        outline, watched = self._picture()
        parent = outline.parent_of[row]
        if parent is None:
            raise Refused("Nội dung này đã ở cấp ngoài cùng.")
        outline.detach(row)
        outline.attach(row, outline.parent_of[parent], outline.place(parent) + 1)
        self._finish(outline, watched)

    def renumber(self, row: Criterion, *, revision: int) -> None:
        """The machine numbers the row's group again, in the style of its first number."""
        self.require_draft(revision)
        outline, watched = self._picture()
        outline.number_anew(outline.parent_of[row])
        self._finish(outline, watched)

    def remove(self, row: Criterion, *, revision: int) -> None:
        """Take the row and all below it out of the sheet; ``restore`` brings them back."""
        self.require_draft(revision)
        outline, watched = self._picture()
        gone = [row, *outline.walk(row)]
        watching = next((place for place, one in watched.items() if one in gone), None)
        if watching is not None:
            raise Refused(
                f"Khống chế xếp loại đang dẫn đến “{self.gates[watching]['criterion']}” trong phần định xóa. "
                "Xin sửa khống chế ở phần Xếp loại trước."
            )
        outline.detach(row)
        for one in gone:
            one.position = -((self.revision + 1) * ROOM + one.position)
        self._finish(outline, watched)

    def restore(self, rows: Iterable[Criterion], *, revision: int) -> Criterion:
        """Bring back what one removal took (its rows, in any order), where it stood; returns the uppermost row."""
        self.require_draft(revision)
        outline, watched = self._picture()
        batch = sorted(rows, key=lambda row: -row.position)
        known = {one.id: one for one in outline.parent_of}
        top, places = batch[0], {row: -row.position % ROOM for row in batch}
        parent = known.get(top.parent_id) if top.parent_id else None
        above = [one for one in outline.children(parent) if one.position < places[top]]
        if parent is not None:
            _become_section(parent)
        by_id = {row.id: row for row in batch}
        outline.adopt(top, parent, len(above))
        for row in batch[1:]:
            upper = by_id[row.parent_id or 0]
            outline.adopt(row, upper, len(outline.children(upper)))
        outline.learn(top)
        if outline.depth(top) - 1 + outline.height(top) > DEEPEST:
            outline.detach(top)
            outline.attach(top, None, len(outline.children(None)))
        self.criteria.extend(row for row in batch if row not in self.criteria)
        self._finish(outline, watched)
        return top

    def _picture(self) -> tuple[Outline, Watched]:
        """The tree, and which criterion each gate watches: numbers change, gates follow."""
        outline, watched = Outline(self.criteria), {}
        rows = {name: row for row, name in outline.names().items()}
        for place, gate in enumerate(self.gates):
            row = rows.get(gate["criterion"])
            if row is not None:  # else it watches nothing now; the designer warns of it
                watched[place] = row
        return outline, watched

    def _finish(self, outline: Outline, watched: Watched) -> None:
        outline.renumber()
        names = outline.names() if watched else {}
        if any(row not in names for row in watched.values()):
            raise Refused("Số thứ tự này làm một khống chế xếp loại không còn chỉ đúng một nội dung. Xin ghi số khác.")
        outline.write()
        if watched:
            self.gates = [
                gate | {"criterion": names[watched[place]]} if place in watched else gate
                for place, gate in enumerate(self.gates)
            ]
        self.revision += 1

    def _copy(self, outline: Outline, row: Criterion, parent: Parent, place: int) -> Criterion:
        values = {name: getattr(row, name) for name in CRITERION_FIELDS}
        copy = Criterion(number="", position=0, **values)
        outline.adopt(copy, parent, place)
        if outline.is_numbered_by_hand(row):
            outline.keep_numbers(copy)
        self.criteria.append(copy)
        for place_below, child in enumerate(list(outline.children(row))):
            self._copy(outline, child, copy, place_below).number = child.number
        return copy


def removals(rows: Iterable[Criterion]) -> list[list[Criterion]]:
    """What was taken out of a draft, by removal, the latest first; each begins with its uppermost row."""
    batches: dict[int, list[Criterion]] = {}
    for row in sorted((row for row in rows if row.position < 0), key=lambda row: -row.position):
        batches.setdefault(-row.position // ROOM, []).append(row)
    return [batches[revision] for revision in sorted(batches, reverse=True)]


def _become_section(row: Criterion) -> None:
    if row.kind == "section":
        return
    if row.levels or row.points_per_count:
        raise Refused(
            f"{row.number} đang chấm theo mức hoặc theo số lần nên chưa chứa được nội dung con. "
            "Xin sửa loại của nó thành “Mục” trước."
        )
    row.kind = "section"


def _section_beside(outline: Outline, parent: Parent, steps: int) -> Parent:
    """The next section of the same level in that direction, for what leaves its own."""
    if parent is None:
        return None
    beside, place = outline.siblings(parent), outline.place(parent) + steps
    if 0 <= place < len(beside) and beside[place].kind == "section":
        return beside[place]
    return None


def _like(near: Criterion | None, outline: Outline, *, inside: bool) -> dict[str, Any]:
    """Kind, polarity, step and maximum of a new row, from what stands around it."""
    if near is None:
        return {"kind": "section"}
    beside = next(reversed(outline.children(near)), None) if inside else near
    model = beside or near
    values: dict[str, Any] = {"kind": model.kind if beside and beside.kind == "section" else "points"}
    values |= {"step": model.step, "polarity": model.polarity}
    if values["kind"] == "section":
        return values
    if model.polarity == "penalty":
        return values | {"maximum": 0, "minimum": beside.minimum if beside and beside.kind == "points" else 0}
    return values | {"maximum": beside.maximum if beside and beside.kind == "points" else 100}
