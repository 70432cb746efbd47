"""Workbooks and documents made on the spot: as office programs write them, and byte by byte as nobody should."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

from docx import Document
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OOXML = "application/vnd.openxmlformats-officedocument."
EXCEL_MAIN = OOXML + "spreadsheetml.sheet.main+xml"
WORD_MAIN = OOXML + "wordprocessingml.document.main+xml"


def saved(office: Any) -> bytes:
    """What openpyxl or python-docx writes."""
    buffer = io.BytesIO()
    office.save(buffer)
    return buffer.getvalue()


def workbook(fill: Callable[[Worksheet], object]) -> bytes:
    """A workbook of one sheet, "Sheet"."""
    book = Workbook()
    fill(book.active)
    return saved(book)


def packed(parts: dict[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def types(main: str, part: str) -> str:
    return f'<Types xmlns="{TYPES}"><Override PartName="/{part}" ContentType="{main}"/></Types>'


def relations(**targets: str) -> str:
    """``worksheet="xl/sheet.xml"`` and so on; ids are rId1, rId2, …"""
    lines = (
        f'<Relationship Id="rId{number}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{RELATIONS}">{"".join(lines)}</Relationships>'


def workbook_parts(sheet: str = "", *, strings: str = "", styles: str = "", book: str = "") -> dict[str, str | bytes]:
    """The parts of a workbook whose only sheet holds this XML inside `worksheet`."""
    sheets = '<sheets><sheet name="Bảng" sheetId="1" r:id="rId1"/></sheets>'
    return {
        "[Content_Types].xml": types(EXCEL_MAIN, "xl/workbook.xml"),
        "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{LINKS}">{book}{sheets}</workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            worksheet="worksheets/sheet1.xml", sharedStrings="sharedStrings.xml", styles="styles.xml"
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}">{sheet}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{SHEET}">{styles}</styleSheet>',
    }


def sheet_of(rows: str, after: str = "", **parts: str) -> bytes:
    """A workbook with these rows of XML."""
    return packed(workbook_parts(f"<sheetData>{rows}</sheetData>{after}", **parts))


def document_parts(body: str, *, numbering: str = "", styles: str = "") -> dict[str, str | bytes]:
    """The parts of a document with this XML inside `body`; all names carry the prefix ``w:``."""
    return {
        "[Content_Types].xml": types(WORD_MAIN, "word/document.xml"),
        "_rels/.rels": relations(officeDocument="word/document.xml"),
        "word/_rels/document.xml.rels": relations(numbering="numbering.xml", styles="styles.xml"),
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{WORD}">{numbering}</w:numbering>',
        "word/styles.xml": f'<w:styles xmlns:w="{WORD}">{styles}</w:styles>',
    }


def document(body: str, **parts: str) -> bytes:
    return packed(document_parts(body, **parts))


def paragraph(text: str, properties: str = "", looks: str = "") -> str:
    words = f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{words}</w:p>"


def cell(text: str, properties: str = "") -> str:
    content = text if text.startswith("<") else paragraph(text)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    drawn = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{drawn}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def word_file() -> bytes:
    """As python-docx writes it: a title, a table of three rows."""
    paper = Document()
    paper.add_paragraph("BẢNG CHẤM ĐIỂM")
    drawn = paper.add_table(3, 3)
    for place, text in enumerate(["STT", "Nội dung", "Điểm", "1", "Tuyên truyền", "10", "2", "Báo cáo", "5"]):
        drawn.cell(place // 3, place % 3).text = text
    return saved(paper)


def excel_file() -> bytes:
    """As openpyxl writes it: three rows, one merged title."""

    def fill(sheet: Worksheet) -> None:
        for row_ in (["BẢNG CHẤM ĐIỂM"], ["1", "Tuyên truyền", 10], ["2", "Báo cáo", 5.5]):
            sheet.append(row_)
        sheet.merge_cells("A1:C1")

    return workbook(fill)
