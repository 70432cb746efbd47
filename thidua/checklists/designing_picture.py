"""What somebody saw when he pressed a button: enough of the outline to tell afterwards what others changed meanwhile.

A picture is "id.mark" of every row in order; it travels with the form of the outline.
"""

from zlib import crc32

from thidua.checklists.designing_outline import shortened
from thidua.checklists.designing_queries import Draft
from thidua.rules.sheet import Criterion, Sheet

MOST_TOLD = 6


def picture_of(sheet: Sheet) -> str:
    """The rows of this sheet, each with a mark of its content."""
    return " ".join(f"{one.id}.{_mark(one)}" for one in sheet.all)


def changes_since(picture: str, draft: Draft) -> list[str]:
    """What differs now, in sentences; the last one counts what is left out."""
    now = {one.id: one for one in draft.checklist.sheet.all}
    seen = dict(_read(picture))
    removed = {row.id: row for rows in draft.removed for row in rows}
    told = [f"Đã xóa: {_words(removed.get(one))}" for one in seen if one not in now]
    told += [f"Đã thêm: {_words(one)}" for one in now.values() if one.id not in seen]
    told += [f"Đã sửa: {_words(one)}" for one in now.values() if seen.get(one.id, _mark(one)) != _mark(one)]
    if [one for one in seen if one in now] != [one for one in now if one in seen]:
        told.append("Đã đổi thứ tự các nội dung.")
    if len(told) > MOST_TOLD:
        told = [*told[:MOST_TOLD], f"và {len(told) - MOST_TOLD} thay đổi khác."]
    return told or ["Đã sửa phần cài đặt của bảng điểm."]


def _words(one: object) -> str:
    if one is None:
        return "một nội dung"
    return f"{getattr(one, 'number', '')} {shortened(getattr(one, 'text', ''))}".strip()


def _mark(one: Criterion) -> str:
    """Of what somebody wrote; numbers are the machine's, children have marks of their own."""
    wrote = (
        *(one.text, one.guidance, one.kind, one.polarity, one.maximum, one.minimum, one.step, one.points_per_count),
        *(one.critical, one.cap, one.only_highest, one.either_or, one.starts_full, one.applies_to, one.refs),
        *((level.text, level.points) for level in one.levels),
    )
    return f"{crc32(repr(wrote).encode()):x}"


def _read(picture: str) -> list[tuple[int, str]]:
    read = []
    for part in picture.split(" "):
        number, _, mark = part.partition(".")
        if number.isascii() and number.isdecimal() and len(number) < 11:
            read.append((int(number), mark))
    return read
