"""From the bytes of a file to the sheet in it: Excel and Word through the office door, JSON through the rules."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from thidua.doors.office import OfficeFile, Table, Unreadable, read_office_file
from thidua.rules.errors import InvalidEntry, Refused
from thidua.rules.legacy_encodings import LONGEST_EXAMPLE, convert, detect
from thidua.rules.score_book.embedding import sheet_in_book
from thidua.rules.sheet_plain import sheet_from_plain
from thidua.rules.sheet_reading.cells import Cell, Grid
from thidua.rules.sheet_reading.nesting import rows_of_sheet
from thidua.rules.sheet_reading.reading import Wishes, read_tables
from thidua.rules.sheet_reading.values import Reading

LARGEST = 10 * 1024 * 1024
MOST_SAMPLES = 6
Tell = Callable[[int, int], None]

NOT_JSON = "Tệp này không phải tệp JSON đúng dạng. Xin chọn tệp do chương trình này xuất ra."
BEYOND_WORDS = "Tệp này có nội dung lạ nên không đọc được. Tệp vẫn được giữ nguyên; xin lưu lại bằng Excel hoặc Word."


@dataclass(frozen=True, slots=True)
class Asking:
    """A legacy encoding was found; ``samples`` are pairs of a text as it stands and as it would read."""

    encoding: str
    samples: tuple[tuple[str, str], ...]


def read_file(
    content: bytes,
    file_name: str,
    *,
    is_converted: bool | None = None,
    wishes: Wishes | None = None,
    opening: Tell | None = None,
    tell: Tell | None = None,
) -> Reading | Asking:
    """The sheet in the file. ``is_converted`` is the person's word about a legacy encoding, None while not asked.

    ``opening`` hears how many bytes of how many are unpacked, ``tell`` how many rows of how many are read.
    Raises a Refusal in words for what cannot be read.
    """
    if PurePath(file_name).suffix.lower() == ".json" or content.lstrip()[:1] in (b"{", b"["):
        return _read_json(content)
    try:
        file = read_office_file(content, file_name, tell=opening)
    except Unreadable as problem:
        raise Refused(problem.sentence) from problem
    own = sheet_in_book(file.tables)
    if own is not None:
        return Reading(replace(own, roots=()), rows_of_sheet(own))
    if is_converted is not False:
        found = _legacy(file)
        if found is not None and is_converted is None:
            return found
        if found is not None:
            file = _converted(file, found.encoding)
    return read_tables(
        [_grid(table) for table in file.tables],
        name=_name_of(file, file_name),
        after=file.after,
        is_document=file.kind == "docx",
        left_out=file.left_out,
        wishes=wishes,
        tell=tell,
    )


def _read_json(content: bytes) -> Reading:
    try:
        plain = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Refused(NOT_JSON) from error
    try:
        sheet = sheet_from_plain(plain)
    except InvalidEntry as refusal:
        raise Refused(refusal.message) from refusal
    except RecursionError as error:
        raise Refused(BEYOND_WORDS) from error
    return Reading(replace(sheet, roots=()), rows_of_sheet(sheet))


def _grid(table: Table) -> Grid:
    rows = tuple(
        tuple(
            Cell(
                cell.text,
                cell.at,
                is_bold=cell.is_bold,
                spans=cell.spans,
                covered_by=cell.covered_by,
                kind=cell.kind,
                is_formula=cell.is_formula,
                is_cut=cell.is_cut,
            )
            for cell in row
        )
        for row in table.rows
    )
    return Grid(table.name, rows, table.before, is_hidden=table.is_hidden, is_cut=table.is_cut)


def _name_of(file: OfficeFile, file_name: str) -> str:
    return file.title.strip() or PurePath(file_name).stem.replace("_", " ")


def _legacy(file: OfficeFile) -> Asking | None:
    """What to ask about a file in a legacy encoding: how its texts read before and after; None for a file of today."""
    texts = list(_texts(file))
    found = detect([text for text, _font in texts], file.fonts)
    if not found.encoding:
        return None
    samples = {found.example_before: found.example_after}
    for text, font in texts:
        before = text.strip()[:LONGEST_EXAMPLE]
        after = convert(before, found.encoding, font=font)
        if after != before and len(before) > 8:
            samples.setdefault(before, after)
        if len(samples) >= MOST_SAMPLES:
            break
    return Asking(found.encoding, tuple(samples.items()))


def _converted(file: OfficeFile, encoding: str) -> OfficeFile:
    """The file with every text in Unicode."""

    def line(text: str) -> str:
        return convert(text, encoding)

    tables = tuple(
        replace(
            table,
            name=line(table.name),
            before=tuple(map(line, table.before)),
            rows=tuple(
                tuple(replace(cell, text=convert(cell.text, encoding, font=cell.font)) for cell in row)
                for row in table.rows
            ),
        )
        for table in file.tables
    )
    return replace(file, tables=tables, title=line(file.title), after=tuple(map(line, file.after)))


def _texts(file: OfficeFile) -> Iterator[tuple[str, str]]:
    """Every text with the name of its font, "" where that is not known."""
    yield file.title, ""
    for table in file.tables:
        yield from ((text, "") for text in table.before)
        yield from ((cell.text, cell.font) for row in table.rows for cell in row if cell.text)
    yield from ((text, "") for text in file.after)
