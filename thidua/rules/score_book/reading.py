"""A filled workbook read back: which box is which criterion, and what was written there. What it means is judged later.

With its hidden marks a workbook is read with certainty, even when rows were moved. Without them rows are found by
number and text, and whatever is not quite the same is told as a doubt.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from thidua.rules.score_book.marks import Marks, read_marks
from thidua.rules.score_book.matching import CellLike, Line, bare_number, has_text, matched, shortened
from thidua.rules.score_book.places import LISTS, MARKS, WORKING
from thidua.rules.sheet import Criterion, Sheet
from thidua.rules.vietnamese import clean_line, clean_text, fold

HEAD_ROWS = 60  # the head of the table is looked for so far down


class TableLike(Protocol):
    """One page of the workbook."""

    @property
    def name(self) -> str: ...
    @property
    def rows(self) -> Sequence[Sequence[CellLike]]: ...
    @property
    def is_hidden(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class WrittenBox:
    """What stands in the boxes of one criterion. ``problem``: why the value cannot even be read."""

    criterion_id: int
    at: str
    value: str
    reason: str
    doubt: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ReadBook:
    """``strays``: boxes with a value on rows that are no criterion, as sentences. ``lost``: criteria without a row.

    ``problem``: why nothing could be read at all.
    """

    boxes: tuple[WrittenBox, ...] = ()
    strays: tuple[str, ...] = ()
    lost: tuple[Criterion, ...] = ()
    problem: str = ""


@dataclass(slots=True)
class _Head:
    row: int
    columns: dict[str, str] = field(default_factory=dict)  # "number", "text", "self", "team", "reason" -> letters


def marks_of(tables: Sequence[TableLike]) -> Marks | None:
    """What the workbook says of itself; None when its hidden page is lost or was changed."""
    page = next((table for table in tables if table.name == MARKS), None)
    return None if page is None else read_marks([[cell.text for cell in row] for row in page.rows])


def read_score_book(tables: Sequence[TableLike], sheet: Sheet, perspective: str) -> ReadBook:
    """The boxes of this perspective's column: "self" is "Tự chấm", anything else "Đoàn chấm"."""
    marks = marks_of(tables)
    wanted = "self" if perspective == "self" else "team"
    for table in tables:
        head = None if table.name in (MARKS, LISTS, WORKING) or table.is_hidden else _head(table)
        if head is None or wanted not in head.columns:
            continue
        lines = list(_lines(table, head, wanted))
        return _read(lines, sheet, marks)
    title = "Tự chấm" if wanted == "self" else "Đoàn chấm"
    return ReadBook(
        problem=f"Không thấy bảng có cột “Nội dung” và cột “{title}” trong tệp. "
        "Xin tải phiếu Excel của buổi này về, ghi điểm vào đó rồi gửi lại."
    )


# ------------------------------------------------------------------------------------------------ head and lines


def _head(table: TableLike) -> _Head | None:
    for cells in table.rows[:HEAD_ROWS]:
        head = _Head(_place(cells[0])[1]) if cells else None
        for cell in cells:
            name = _column_name(fold(clean_line(cell.text)))
            if head and name:
                head.columns.setdefault(name, _place(cell)[0])
        if head and "text" in head.columns and {"self", "team"} & head.columns.keys():
            return head
    return None


def _column_name(title: str) -> str:
    if title in ("tt", "stt", "so tt", "muc", "so thu tu"):
        return "number"
    if title.startswith(("noi dung", "tieu chi")):
        return "text"
    if title.startswith(("tu cham", "diem tu cham", "don vi tu cham")):
        return "self"
    if title.startswith(("doan cham", "diem doan", "de xuat", "thong nhat", "diem cham", "diem de xuat", "diem thong")):
        return "team"
    return "reason" if title.startswith(("ly do", "minh chung")) else ""


def _lines(table: TableLike, head: _Head, wanted: str) -> Iterator[Line]:
    for cells in table.rows:
        if not cells or _place(cells[0])[1] <= head.row:
            continue
        by_column = {_place(cell)[0]: cell for cell in cells}
        found = {name: by_column.get(letters) for name, letters in head.columns.items()}
        yield Line(
            _place(cells[0])[1],
            _text(found.get("number")),
            _text(found.get("text")),
            found.get(wanted),
            found.get("reason"),
        )


def _place(cell: CellLike) -> tuple[str, int]:
    match = re.fullmatch(r"([A-Z]+)([0-9]+)", cell.at)
    return (match[1], int(match[2])) if match else ("", 0)


def _text(cell: CellLike | None) -> str:
    return "" if cell is None else clean_text(cell.text)


def _read(lines: list[Line], sheet: Sheet, marks: Marks | None) -> ReadBook:
    found = matched(lines, sheet, marks)
    boxes = tuple(_box(leaf, *found[leaf.id]) for leaf in sheet.leaves if leaf.id in found)
    used = {line.row for line, _doubt in found.values()}
    lost = tuple(leaf for leaf in sheet.leaves if leaf.id not in found)
    return ReadBook(boxes, tuple(_strays(lines, used, sheet)), lost)


def _box(leaf: Criterion, line: Line, doubt: str) -> WrittenBox:
    score, problem = line.score, ""
    value = _text(score)
    if score is None:
        return WrittenBox(leaf.id, f"hàng {line.row}", "", _text(line.reason), doubt)
    if score.is_formula and not value:
        problem = "Ô này là công thức chưa được tính. Xin mở tệp bằng Excel, lưu lại rồi gửi, hoặc ghi thẳng số vào ô."
    elif score.kind == "date":
        problem = f"Excel đã đổi số thành ngày ({value}). Xin ghi lại điểm, dùng dấu phẩy, ví dụ 8,5."
    elif score.kind == "error":
        problem = f"Ô này báo lỗi {value}. Xin ghi thẳng điểm vào ô."
    if value.lower() in ("x", "không xét") and leaf.kind != "note":
        value = "k"
    return WrittenBox(leaf.id, score.at, value, _text(line.reason), doubt, problem)


def _strays(lines: list[Line], used: set[int], sheet: Sheet) -> Iterator[str]:
    """Values that somebody wrote beside what is no criterion: they must not vanish in silence."""
    sections = defaultdict(list)
    for section in sheet.all:
        if section.is_section:
            sections[bare_number(section.number)].append(section)
    for line in lines:
        value = _text(line.score)
        if line.row in used or not value or line.score is None or line.score.is_formula or _is_sum(line, sections):
            continue
        about = shortened(line.text) or "trống"
        yield f"Ô {line.score.at} ghi “{shortened(value)}” nhưng hàng này (“{about}”) không phải là tiêu chí."


def _is_sum(line: Line, sections: Mapping[str, list[Criterion]]) -> bool:
    """The line of a section, or one of those below the table, whose boxes are formulas of ours or sums of theirs."""
    words = fold(line.text)
    if words.startswith(("tong", "cong", "ty le", "diem quy doi", "so tieu chi", "xep loai")):
        return True
    return any(has_text(line, section) for section in sections.get(bare_number(line.number), ()))
