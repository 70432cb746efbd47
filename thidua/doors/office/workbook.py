"""A workbook: its sheets in their order, each as a table.

Our own walk through the XML instead of openpyxl. That one knows merged cells only when it builds the whole workbook, an
object for every formatted empty cell, up to what the file claims; here there is a bound for all. It is faster as well:
500 criteria of six columns in 26 to 38 ms, with openpyxl 33 to 75 ms (two shared cores, other work going on).
"""

from thidua.doors.office.layout import Room, lay_out
from thidua.doors.office.limits import MOST_SHEETS
from thidua.doors.office.package import BadPackage, Fault, Package
from thidua.doors.office.relations import related, relations, title_of
from thidua.doors.office.shared_strings import read_shared_strings
from thidua.doors.office.sheet import letters_of, read_sheet
from thidua.doors.office.styles import read_looks
from thidua.doors.office.tables import OfficeFile, Table
from thidua.doors.office.xml_parts import attribute, collect

LONGEST_NAME = 100  # Excel takes 31


def read_workbook(package: Package) -> OfficeFile:
    """All sheets of cells; charts and dialogues are no tables. Raises ``BadPackage``."""
    book = related(package, "", "officeDocument")
    if book not in package:
        raise BadPackage(Fault.NOT_WHOLE)
    parts = relations(package, book)
    strings = read_shared_strings(package, _first(parts, "sharedStrings"))
    looks = read_looks(package, _first(parts, "styles"))
    is_1904, sheets = False, []
    for name, attributes in collect(package, book, "workbookPr", "sheet"):
        if name == "workbookPr":
            is_1904 = attributes.get("date1904") in ("1", "true")
        else:
            sheets.append((attributes, *parts.get(attribute_of_relation(attributes), ("worksheet", ""))))
    of_cells = [(attributes, part) for attributes, kind, part in sheets if kind == "worksheet"]
    room, tables, fonts = Room(), [], dict[str, None]()
    for attributes, part in of_cells[:MOST_SHEETS]:
        found = read_sheet(package.chunks(part), strings, looks, room, is_1904=is_1904)
        rows, is_cut = lay_out(found.rows, found.merged, _address, room)
        fonts.update(found.fonts)
        is_hidden = attributes.get("state", "visible") != "visible"
        tables.append(Table(_name(attributes), rows, is_hidden=is_hidden, is_cut=is_cut or found.is_cut))
    return OfficeFile(
        "xlsx",
        tuple(tables),
        title_of(package),
        tuple(font for font in fonts if font),
        left_out=tuple(_name(attributes) for attributes, _ in of_cells[MOST_SHEETS:]),
    )


def attribute_of_relation(attributes: dict[str, str]) -> str:
    """The value of `r:id`; a sheet has an attribute `sheetId` beside it, so the short name is enough."""
    return attribute(attributes, "id") or ""


def _first(parts: dict[str, tuple[str, str]], kind: str) -> str:
    return next((part for kind_, part in parts.values() if kind_ == kind), "")


def _name(attributes: dict[str, str]) -> str:
    return attributes.get("name", "").strip()[:LONGEST_NAME]


def _address(row: int, column: int) -> str:
    return f"{letters_of(column)}{row + 1}"
