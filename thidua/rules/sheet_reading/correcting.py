"""Correcting what was read, row by row, before it is saved: every change is a new reading."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from thidua.rules.errors import InvalidEntry, Refused
from thidua.rules.points import Points, format_points, parse_points
from thidua.rules.sheet import DEEPEST, Criterion, Level, full_marks
from thidua.rules.sheet_reading.drafts import LONGEST_NUMBER
from thidua.rules.sheet_reading.nesting import tree_of, walk
from thidua.rules.sheet_reading.values import Doubt, Edit, Reading, ReadRow
from thidua.rules.vietnamese import clean_line, clean_text

KINDS: Final = {
    "points": "Chấm điểm",
    "levels": "Chọn một mức",
    "count": "Đếm số lần",
    "note": "Ghi nhận xét, không điểm",
    "section": "Mục (không chấm trực tiếp)",
}
POLARITIES: Final = {"base": "Điểm thường", "bonus": "Điểm thưởng", "penalty": "Điểm trừ"}
LONGEST_TEXT = 4000
CORRECTED = "Đã sửa tay"
CAME_RIGHT = "Đã khớp sau khi sửa"


def correct_row(reading: Reading, row_id: int, typed: Mapping[str, str]) -> Reading:
    """Apply what was typed into the form of a row. Raises InvalidEntry naming the field, KeyError without that row.

    The form shows the open doubts about its row: sending it settles them.
    """
    row = reading.row(row_id)
    for field, value in _in_order(typed):
        row = _edited(row, field, value)
    row = replace(row, criterion=_consistent(row.criterion))
    changed = reading.with_row(row)
    return _rechecked(replace(changed, doubts=tuple(_settle(doubt, row_id, CORRECTED) for doubt in changed.doubts)))


def correct_head(reading: Reading, typed: Mapping[str, str]) -> Reading:
    """Change the name, the note or the printed total. Raises InvalidEntry."""
    for field, value in typed.items():
        reading = _edited_head(reading, field, value)
    answered = {"declared_max"} & set(typed)
    doubts = tuple(
        replace(doubt, answer=CORRECTED) if doubt.is_open and doubt.row == 0 and doubt.field in answered else doubt
        for doubt in reading.doubts
    )
    return _rechecked(replace(reading, doubts=doubts))


def answer_doubt(reading: Reading, doubt_id: int, place: int) -> Reading:
    """Take a choice of a doubt: its edits are made and it is settled. Raises Refused when it is gone or settled."""
    doubt = next((one for one in reading.doubts if one.id == doubt_id), None)
    if doubt is None or not doubt.is_open or not 0 <= place < len(doubt.choices):
        raise Refused("Chỗ này đã được xem rồi. Xin mở lại trang để thấy bản mới nhất; chưa có gì bị mất.")
    choice = doubt.choices[place]
    reading = _with_edits(reading, choice.edits)
    answered = replace(doubt, answer=choice.label)
    return _rechecked(replace(reading, doubts=tuple(answered if one.id == doubt_id else one for one in reading.doubts)))


def answer_all(reading: Reading) -> Reading:
    """Keep everything as it was read: each open doubt gets its first choice without edits."""
    settled = []
    for doubt in reading.doubts:
        keep = next((choice.label for choice in doubt.choices if not choice.edits), "")
        settled.append(replace(doubt, answer=keep) if doubt.is_open and keep else doubt)
    return replace(reading, doubts=tuple(settled))


def shift_row(reading: Reading, row_id: int, steps: int) -> Reading:
    """Move a row and what stands below it one level in or out. Raises Refused at the ends, KeyError without it."""
    row = reading.row(row_id)
    place = reading.rows.index(row)
    depth = row.depth + steps
    if not 1 <= depth <= DEEPEST:
        raise Refused("Bảng điểm chỉ có ba cấp; hàng này không chuyển thêm được nữa.")
    rows = list(reading.rows)
    rows[place] = replace(row, depth=depth)
    for later in range(place + 1, len(rows)):
        if rows[later].depth <= row.depth:
            break
        rows[later] = replace(rows[later], depth=min(max(rows[later].depth + steps, 1), DEEPEST))
    changed = replace(reading, rows=tuple(rows))
    doubts = tuple(
        replace(doubt, answer=CORRECTED) if doubt.is_open and doubt.row == row_id and doubt.field == "depth" else doubt
        for doubt in changed.doubts
    )
    return _rechecked(replace(changed, doubts=doubts))


def take_row(reading: Reading, row_id: int, *, is_taken: bool) -> Reading:
    """Take a row as a criterion, or leave it out; doubts about a row left out are settled. KeyError without it."""
    if not is_taken:
        return correct_row(reading, row_id, {"is_taken": "0"})
    return _rechecked(reading.with_row(replace(reading.row(row_id), is_taken=True)))


def _rechecked(reading: Reading) -> Reading:
    """Doubts about sums that have come right by themselves are settled."""
    roots = tree_of(reading.rows)
    sections = {one.id: one for one in walk(roots)}
    total = sum(full_marks(root) for root in roots)

    def settled(doubt: Doubt) -> Doubt:
        if not doubt.is_open or doubt.field not in ("sum", "declared_max"):
            return doubt
        section = sections.get(doubt.row)
        printed = next((one.points for one in reading.totals if one.at == doubt.at), None)
        if section is None:
            is_right = True
        elif printed is None:
            is_right = section.maximum in (None, full_marks(section))
        else:
            is_right = printed in (section.maximum, full_marks(section))
        if doubt.field == "declared_max":
            is_right = total == reading.head.declared_max
        return replace(doubt, answer=CAME_RIGHT) if is_right else doubt

    return replace(reading, doubts=tuple(map(settled, reading.doubts)))


def _with_edits(reading: Reading, edits: tuple[Edit, ...]) -> Reading:
    touched: dict[int, ReadRow] = {}
    for row_id, field, value in edits:
        if row_id == 0:
            reading = _edited_head(reading, field, value)
            continue
        row = touched.get(row_id) or reading.row(row_id)
        touched[row_id] = _edited(row, field, value)
    rows = (touched.get(row.id, row) for row in reading.rows)
    return replace(
        reading,
        rows=tuple(replace(row, criterion=_consistent(row.criterion)) for row in rows) if touched else reading.rows,
    )


def _in_order(typed: Mapping[str, str]) -> list[tuple[str, str]]:
    """What kind it is decides how the points are read: the kind and polarity come first."""
    first = ("kind", "polarity")
    return [(name, typed[name]) for name in first if name in typed] + [
        (name, value) for name, value in typed.items() if name not in first
    ]


def _settle(doubt: Doubt, row_id: int, answer: str) -> Doubt:
    return replace(doubt, answer=answer) if doubt.is_open and doubt.row == row_id else doubt


def _edited_head(reading: Reading, field: str, value: str) -> Reading:
    head = reading.head
    if field == "name":
        name = clean_line(value)
        if not name:
            raise InvalidEntry("Xin ghi tên bảng điểm.", "name")
        if len(name) > 300:
            raise InvalidEntry("Tên bảng điểm dài quá 300 chữ. Xin viết ngắn lại.", "name")
        head = replace(head, name=name)
    elif field == "note":
        head = replace(head, note=clean_text(value)[:20_000])
    elif field == "declared_max":
        head = replace(head, declared_max=parse_points(value, field="declared_max"))
    else:
        raise KeyError(field)
    return replace(reading, head=head)


def _edited(row: ReadRow, field: str, value: str) -> ReadRow:
    if field == "is_taken":
        return replace(row, is_taken=value == "1")
    if field == "depth":
        if value not in ("1", "2", "3"):
            raise InvalidEntry("Cấp của một hàng là 1, 2 hoặc 3.", "depth")
        return replace(row, depth=int(value))
    return replace(row, criterion=_EDITS[field](row.criterion, value))


def _number(criterion: Criterion, value: str) -> Criterion:
    number = clean_line(value)
    if not number:
        raise InvalidEntry("Xin ghi số thứ tự, ví dụ 1.2.", "number")
    if len(number) > LONGEST_NUMBER:
        raise InvalidEntry(f"Số thứ tự dài quá {LONGEST_NUMBER} chữ.", "number")
    return replace(criterion, number=number)


def _text(criterion: Criterion, value: str) -> Criterion:
    text = clean_text(value)
    if not text:
        raise InvalidEntry("Xin ghi nội dung, hoặc bỏ hàng này.", "text")
    if len(text) > LONGEST_TEXT:
        raise InvalidEntry(f"Nội dung dài quá {LONGEST_TEXT} chữ. Xin chuyển bớt vào hướng dẫn.", "text")
    return replace(criterion, text=text)


def _guidance(criterion: Criterion, value: str) -> Criterion:
    return replace(criterion, guidance=clean_text(value)[:20_000])


def _kind(criterion: Criterion, value: str) -> Criterion:
    if value not in KINDS:
        raise InvalidEntry("Xin chọn một cách chấm trong danh sách.", "kind")
    if value == "points" and criterion.kind == "levels" and criterion.levels:
        lines = "\n".join(f"{level.text}: {format_points(level.points)} điểm" for level in criterion.levels)
        guidance = "\n".join(one for one in (criterion.guidance, lines) if one)
        return replace(criterion, kind="points", levels=(), guidance=guidance)
    return replace(criterion, kind=value)  # type: ignore[arg-type]  # one of KINDS


def _polarity(criterion: Criterion, value: str) -> Criterion:
    if value not in POLARITIES:
        raise InvalidEntry("Xin chọn điểm thường, điểm thưởng hay điểm trừ.", "polarity")
    if value == criterion.polarity:
        return criterion
    most = _most(criterion)
    changed = replace(criterion, polarity=value, minimum=0)  # type: ignore[arg-type]  # one of POLARITIES
    if value == "penalty":
        levels = tuple(Level(level.text, -abs(level.points)) for level in criterion.levels)
        return replace(changed, maximum=0, minimum=-(most or 0), levels=levels)
    levels = tuple(Level(level.text, abs(level.points)) for level in criterion.levels)
    return replace(changed, maximum=most, levels=levels if criterion.polarity == "penalty" else criterion.levels)


def _maximum(criterion: Criterion, value: str) -> Criterion:
    if not value.strip():
        if criterion.polarity == "penalty":
            return replace(criterion, maximum=0, minimum=0)
        return replace(criterion, maximum=None)
    points = abs(parse_points(value, allow_negative=True, field="maximum"))
    kind = "points" if criterion.kind == "note" else criterion.kind
    if criterion.polarity == "penalty":
        return replace(criterion, maximum=0, minimum=-points, kind=kind)
    return replace(criterion, maximum=points, kind=kind)


def _minimum(criterion: Criterion, value: str) -> Criterion:
    return replace(criterion, minimum=parse_points(value or "0", allow_negative=True, field="minimum"))


def _per(criterion: Criterion, value: str) -> Criterion:
    if not value.strip():
        return replace(criterion, points_per_count=None)
    points = parse_points(value, allow_negative=True, field="per")
    return replace(criterion, points_per_count=-abs(points) if criterion.polarity == "penalty" else points)


def _cap(criterion: Criterion, value: str) -> Criterion:
    return replace(criterion, cap=parse_points(value, field="cap") if value.strip() else None)


def _levels(criterion: Criterion, value: str) -> Criterion:
    """One level a line, its points last: "Đầy đủ, đúng hạn: 10"."""
    levels = []
    for line in filter(None, map(str.strip, clean_text(value).split("\n"))):
        words, colon, typed = line.rpartition(":")
        if not colon or not words.strip():
            raise InvalidEntry(f"Dòng “{line[:40]}” cần có dấu hai chấm rồi đến điểm, ví dụ: Tốt: 5", "levels")
        points = parse_points(
            typed.lower().replace("điểm", "").replace("đ", "").strip(), allow_negative=True, field="levels"
        )
        levels.append(Level(words.strip(), points))
    return replace(criterion, levels=tuple(levels), kind="levels" if levels else criterion.kind)


_EDITS: Final[dict[str, Callable[[Criterion, str], Criterion]]] = {
    "number": _number,
    "text": _text,
    "guidance": _guidance,
    "kind": _kind,
    "polarity": _polarity,
    "maximum": _maximum,
    "minimum": _minimum,
    "per": _per,
    "cap": _cap,
    "levels": _levels,
}


def _most(criterion: Criterion) -> Points | None:
    return -criterion.minimum or None if criterion.polarity == "penalty" else criterion.maximum


def _consistent(criterion: Criterion) -> Criterion:
    """What one field says about the others: no levels without the kind, a count has its points each time."""
    if criterion.kind != "levels":
        criterion = replace(criterion, levels=())
    elif criterion.levels and criterion.maximum is None:
        criterion = replace(criterion, maximum=max(0, *(level.points for level in criterion.levels)))
    if criterion.kind == "levels" and criterion.levels:
        lowest = min(0, *(level.points for level in criterion.levels))
        criterion = replace(criterion, minimum=lowest)
    if criterion.kind != "count":
        criterion = replace(criterion, points_per_count=None)
    if criterion.kind == "note":
        criterion = replace(criterion, maximum=None, minimum=0, polarity="base")
    if criterion.maximum is not None and criterion.minimum > criterion.maximum:
        criterion = replace(criterion, minimum=0)
    return criterion
