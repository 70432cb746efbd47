"""Going down a table: criteria, sums, bands, notes, titles said again; whatever is left out is noted with its cell."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from thidua.rules.errors import Refused
from thidua.rules.points import Points
from thidua.rules.sheet import Band
from thidua.rules.sheet_reading import phrases
from thidua.rules.sheet_reading.amounts import read_amount
from thidua.rules.sheet_reading.cells import Cell, Grid, first_at, row_text
from thidua.rules.sheet_reading.column_words import MAXIMUM, NUMBER, SELF, TEAM
from thidua.rules.sheet_reading.headers import Header, is_column_numbering, is_repeated
from thidua.rules.sheet_reading.ledger import Ledger
from thidua.rules.sheet_reading.lines import Line, lines_of

MOST_ROWS = 2000
TOO_MANY = f"Bảng có hơn {MOST_ROWS} hàng tiêu chí, nhiều hơn mức đọc được. Xin chia thành nhiều bảng."
REPEATED = "Hàng tiêu đề lặp lại"
SIGNING = "Chỗ ghi ngày tháng, ký tên"
NUMBERED_COLUMNS = "Hàng đánh số cột"
AS_NOTE = "Đã đưa vào phần ghi chú của bảng điểm"
AS_BAND = "Đã đọc thành mức xếp loại"
GRADING = "Tiêu đề phần xếp loại"
BELOW = "Ở dưới bảng, không phải tiêu chí"
SUM_WITHOUT_POINTS = "Hàng tổng không ghi điểm"
NO_WORDS = "Hàng không có nội dung ở các cột được đọc"


@dataclass(slots=True)
class Sorted:
    """Lines in their order, bands and notes found on the way, sums with the words that name what they sum.

    ``tell`` is called for every row.
    """

    lines: list[Line] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sums: list[tuple[str, str, Points, int]] = field(default_factory=list)  # at, label, points, lines before it
    is_below: bool = False
    tell: Callable[[], None] = lambda: None


def sort_rows(grid: Grid, header: Header, found: Sorted, ledger: Ledger) -> None:
    """Put every row of the table below its titles where it belongs. Raises Refused when there are too many."""
    for row in grid.rows[header.last + 1 :]:
        found.tell()
        if not any(cell.text for cell in row):
            continue
        if is_column_numbering(row) and not found.lines:
            ledger.skip(first_at(row), row_text(row), NUMBERED_COLUMNS)
        elif is_repeated(row, grid, header):
            ledger.skip(first_at(row), row_text(row), REPEATED)
        else:
            _sort_row(row, header, found, ledger)


def sort_texts(texts: tuple[str, ...], place: str, found: Sorted, ledger: Ledger) -> None:
    """Paragraphs below the last table: bands, notes, the rest noted as left out."""
    for text in texts:
        if not _sort_below(text, place, found, ledger):
            ledger.skip(place, text, SIGNING if phrases.is_signing(text) else BELOW)


def _sort_row(row: tuple[Cell, ...], header: Header, found: Sorted, ledger: Ledger) -> None:
    at, said = first_at(row), row_text(row)
    lines = lines_of(row, header)
    line = lines[0]
    label = _label(row, header) or line.text
    if phrases.is_total(label):
        _sort_sum(row, header, label, found, ledger)
        return
    is_told = line.maximum is not None and line.maximum_at == line.at
    is_bare = not line.number.label and not line.odd_points and len(lines) == 1 and (is_told or not line.has_points)
    if is_bare and not line.is_under:
        words = ": ".join(cell.text for cell in row if cell.text)
        may_be_below = found.is_below or phrases.is_about_grading(label) or _is_strong_band(words)
        if may_be_below and _sort_below(words, at, found, ledger):
            return
        if phrases.is_note(label):
            found.notes.append(said.replace(" | ", ": "))
            ledger.skip(at, said, AS_NOTE)
            return
        if phrases.is_signing(label) and (found.is_below or len(found.lines) > 2):
            found.is_below = True
            ledger.skip(at, said, SIGNING)
            return
        if found.is_below and found.lines and not is_told:
            ledger.skip(at, said, BELOW)
            return
    if not any(one.words or one.has_points for one in lines):
        ledger.skip(at, said, NO_WORDS)
        return
    found.lines += lines
    if len(found.lines) > MOST_ROWS:
        raise Refused(TOO_MANY)


def _label(row: tuple[Cell, ...], header: Header) -> str:
    """The words that may name a sum: the first cell with words at the left of the points."""
    end = header.index(MAXIMUM)
    for cell in row[: end if end else None]:
        if cell.text and any(one.isalpha() for one in cell.text) and len(cell.text) > 3:
            return cell.text
    return ""


def _sort_sum(row: tuple[Cell, ...], header: Header, label: str, found: Sorted, ledger: Ledger) -> None:
    at, what = first_at(row), phrases.summed_part(label)
    place = header.index(MAXIMUM)
    aside = header.indexes(SELF, TEAM, NUMBER)
    cells = [row[place]] if place is not None else []
    cells += [cell for index, cell in enumerate(row) if index not in aside and cell not in cells]
    for cell in cells:
        amount = read_amount(cell.text)
        if amount is not None and amount.sign != "-":
            found.sums.append((cell.at, label, amount.high, len(found.lines)))
            break
    else:
        told = re.search(r"(?<![\d.,])\d{1,4}(?:[.,]\d{1,2})?(?=\s*(?:điểm|đ)?\s*[.)]?\s*$)", label)
        amount = read_amount(told[0]) if told else None
        if amount is not None:
            found.sums.append((at, label, amount.high, len(found.lines)))
        else:
            ledger.skip(at, row_text(row), SUM_WITHOUT_POINTS)
    found.is_below = found.is_below or not what


def _sort_below(words: str, at: str, found: Sorted, ledger: Ledger) -> bool:
    """A band, several bands on one line, the heading of the bands, or a note."""
    parts = [one.strip() for one in re.split(r"[;\n]", words) if one.strip()]
    bands = [phrases.read_band(part) for part in parts]
    if bands and all(bands):
        found.bands += [band for band in bands if band is not None]
        ledger.skip(at, words, AS_BAND)
        return True
    lead, _, rest = words.partition(":")
    if phrases.is_about_grading(lead) and rest.strip():
        listed = [phrases.read_band(part.strip()) for part in re.split(r"[;\n]", rest) if part.strip()]
        if listed and all(listed):
            found.bands += [band for band in listed if band is not None]
            ledger.skip(at, words, AS_BAND)
            return True
    if phrases.is_about_grading(words):
        found.is_below = True
        ledger.skip(at, words, GRADING)
        return True
    if phrases.is_note(words):
        found.notes.append(words)
        ledger.skip(at, words, AS_NOTE)
        return True
    return False


def _is_strong_band(words: str) -> bool:
    """A line that can hardly be anything else, even in the middle of the table."""
    return re.search(r"trở lên|trở xuống|điểm đến|đến dưới", words) is not None and phrases.read_band(words) is not None
