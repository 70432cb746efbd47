"""What stands around the table: the name of the sheet above it, headings between tables, other tables of the file."""

from collections.abc import Sequence
from dataclasses import replace

from thidua.rules.sheet import Band
from thidua.rules.sheet_reading import phrases
from thidua.rules.sheet_reading.amounts import Amount, read_told
from thidua.rules.sheet_reading.cells import Grid, first_at, key_of, row_text
from thidua.rules.sheet_reading.ledger import Ledger
from thidua.rules.sheet_reading.lines import Line
from thidua.rules.sheet_reading.numbering import NONE, Number, read_number
from thidua.rules.sheet_reading.sorting import AS_BAND, Sorted
from thidua.rules.sheet_reading.tables import Group, Part

OTHER_TABLE = "Bảng khác trong tệp, không đọc"
OTHER_SHEET = "Cũng có thể là bảng điểm; chọn bảng này ở đầu trang nếu cần"
LEFT_OUT = "Tệp có quá nhiều trang tính; trang này không được đọc"
ABOVE = "Ở trên hàng tiêu đề"
BETWEEN = "Đoạn văn giữa hai bảng"
AS_NAME = "Đã dùng làm tên bảng điểm"
_NAMES = ("bang", "phieu", "thang diem", "tieu chi", "bieu", "noi dung", "mau", "quy dinh")
_WHOLE = ("cham diem", "thang diem", "bang diem", "tieu chi thi dua", "danh gia")


def read_above(part: Part, ledger: Ledger) -> str:
    """The name of the sheet: the first line above the titles that speaks of a table or of points; else ""."""
    if part.header.is_guessed:
        return _name_in(part.grid.before)
    above = [row for row in part.grid.rows[: part.header.first] if any(cell.text for cell in row)]
    said = [" ".join(dict.fromkeys(" ".join(cell.text.split()) for cell in row if cell.text)) for row in above]
    name = _name_in(said) or _name_in(part.grid.before)
    for row, words in zip(above, said, strict=True):
        ledger.skip(first_at(row), row_text(row), AS_NAME if words == name else ABOVE)
    return name


def add_headings(part: Part, name: str, found: Sorted, ledger: Ledger, *, is_first: bool) -> None:
    """In a document a section may be a paragraph above its own table: "II. Công tác Hội (40 điểm)".

    Above the first table only what tells its points is taken for one.
    """
    for words in part.grid.before:
        number = read_number(words)
        is_heading = bool((number is not None and number.label) or phrases.polarity_of(words))
        if is_first and read_told(words) is None:
            is_heading = False
        if not is_heading or len(words) > 300:
            reason = AS_NAME if words == name else ABOVE if is_first else BETWEEN
            ledger.skip(f"trước {part.grid.name}", words, reason)
            continue
        found.lines.append(heading_line(words, f"trước {part.grid.name}"))


def heading_line(words: str, at: str) -> Line:
    """A paragraph as a line of the sheet."""
    number = read_number(words)
    line = Line(at, words, Number("", NONE), is_bold=True)
    if number is not None and number.label:
        line.number, line.text = replace(number, rest=""), number.rest
    told = read_told(line.text)
    if told is not None:
        line.maximum, line.maximum_at, line.text = Amount(told.points), at, told.rest or line.text
    return line


def tell_other_tables(
    grids: Sequence[Grid], groups: Sequence[Group], chosen: int, left_out: Sequence[str], ledger: Ledger
) -> None:
    """Every table that was not read is named."""
    read = {part.place for part in groups[chosen].parts}
    could_be = {part.place for group in groups for part in group.parts}
    for place, grid in enumerate(grids):
        rows = [row for row in grid.rows if any(cell.text for cell in row)]
        if place not in read and rows:
            ledger.skip(grid.name, row_text(rows[0]), OTHER_SHEET if place in could_be else OTHER_TABLE)
        elif place in read and grid.is_cut:
            ledger.doubt(grid.name, 0, "table", grid.name, "Bảng dài hơn mức máy đọc: phần cuối chưa được đọc")
    for name in left_out:
        ledger.skip(name, name, LEFT_OUT)


def bands_elsewhere(grids: Sequence[Grid], read: set[int], ledger: Ledger) -> list[Band]:
    """A small table of its own that lists the ratings: "Xuất sắc | từ 90 điểm"."""
    for place, grid in enumerate(grids):
        if place in read:
            continue
        bands = bands_in(grid)
        if len(bands) >= 2:
            ledger.skip(grid.name, row_text(grid.rows[0]), AS_BAND)
            return bands
    return []


def bands_in(grid: Grid) -> list[Band]:
    """The ratings a table lists; none unless most of its rows are ratings."""
    rows = [[cell.text for cell in row if cell.text] for row in grid.rows]
    rows = [row for row in rows if row]
    bands = [band for band in map(_band_of, rows) if band is not None]
    return bands if len(bands) * 2 >= len(rows) else []


def distinct(bands: Sequence[Band]) -> tuple[Band, ...]:
    """The best first, each label once."""
    by_label: dict[str, Band] = {}
    for band in bands:
        by_label.setdefault(key_of(band.label), band)
    return tuple(sorted(by_label.values(), key=lambda band: -band.minimum))


def _band_of(cells: list[str]) -> Band | None:
    words = cells[1:] if len(cells) > 2 and read_number(cells[0], alone=True) is not None else cells
    for said in (": ".join(words), ": ".join(words[:2]), ": ".join(reversed(words[:2]))):
        band = phrases.read_band(said)
        if band is not None:
            return band
    return None


def _name_in(lines: Sequence[str]) -> str:
    for line in lines:
        key = key_of(line)
        if len(key) > 12 and (key.startswith(_NAMES) or any(one in key for one in _WHOLE)):
            number = read_number(line)
            return line if number is None or not number.label else ""
    return ""
