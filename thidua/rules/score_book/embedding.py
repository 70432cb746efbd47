"""The whole score sheet on a hidden page of its workbook, so that importing the workbook gives the very same sheet.

It is believed only as long as the table that people see still says the same: whoever changed a text, a maximum or a
row means what stands there now, and the table is then read like any other.
"""

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from thidua.rules.errors import InvalidEntry
from thidua.rules.score_book.lines import leaf_text, most_of
from thidua.rules.score_book.matching import CellLike
from thidua.rules.score_book.places import MAIN, MOST, NUMBER, TEXT
from thidua.rules.score_book.reading import TableLike
from thidua.rules.sheet import Criterion, Sheet
from thidua.rules.sheet_plain import sheet_from_plain, to_plain
from thidua.rules.vietnamese import clean_line
from thidua.rules.workbook import safe_text

PAGE, FORMAT = "bang_json", "thidua json 1"
PIECE, LARGEST = 4000, 8_000_000  # letters in one box; bytes that are unpacked at most


def embedded(sheet: Sheet) -> list[str]:
    """The lines of the hidden page: its format, a checksum, and the packed sheet in pieces."""
    packed = base64.b64encode(zlib.compress(json.dumps(to_plain(sheet), ensure_ascii=False).encode(), 9)).decode()
    pieces = [packed[start : start + PIECE] for start in range(0, len(packed), PIECE)]
    return [FORMAT, hashlib.sha256(packed.encode()).hexdigest(), *pieces]


def sheet_in_book(tables: Sequence[TableLike]) -> Sheet | None:
    """The sheet a workbook of ours carries, if its table still says the same; None for any other workbook.

    Another name written above the table is its name from then on.
    """
    page = next((table for table in tables if table.name == PAGE), None)
    main = next((table for table in tables if table.name == MAIN), None)
    if page is None or main is None:
        return None
    sheet = _unpacked([row[0].text.strip() for row in page.rows if row])
    if sheet is None or not _says_the_same(sheet, main):
        return None
    title = _cell(main.rows[0], NUMBER)
    return sheet if title in ("", _line(sheet.name)) else replace(sheet, name=title)


def _unpacked(lines: Sequence[str]) -> Sheet | None:
    packed = "".join(lines[2:])
    if list(lines[:2]) != [FORMAT, hashlib.sha256(packed.encode()).hexdigest()]:
        return None
    try:
        unpacking = zlib.decompressobj()
        told = unpacking.decompress(base64.b64decode(packed, validate=True), LARGEST)
        return sheet_from_plain(json.loads(told)) if unpacking.eof else None
    except (binascii.Error, zlib.error, ValueError, RecursionError, InvalidEntry):
        return None


def _says_the_same(sheet: Sheet, main: TableLike) -> bool:
    """Row for row, from the first criterion to the total."""
    wanted = [_wanted(criterion) for criterion in sheet.all]
    wanted.append(("", "TỔNG CỘNG", _points(Decimal(sheet.declared_max) / 100)))
    stands = [tuple(_cell(row, letters) for letters in (NUMBER, TEXT, MOST)) for row in main.rows]
    return any(stands[start : start + len(wanted)] == wanted for start in range(1, len(stands)))


def _wanted(criterion: Criterion) -> tuple[str, str, str]:
    text = criterion.text if criterion.is_section else leaf_text(criterion)
    most = most_of(criterion)
    sign = "+" if criterion.polarity == "bonus" and most is not None else ""
    return _line(criterion.number), _line(text), "" if most is None else f"{sign}{_points(most)}"


def _cell(row: Sequence[CellLike], letters: str) -> str:
    return next((_line(cell.text) for cell in row if cell.at.rstrip("0123456789") == letters), "")


def _line(text: str) -> str:
    return clean_line(safe_text(text))


def _points(value: Decimal) -> str:
    """As the door reads a number: no needless zeros, decimals after a comma."""
    shown = format(value.normalize(), "f")
    return shown.replace(".", ",")
