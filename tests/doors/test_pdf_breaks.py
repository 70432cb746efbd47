"""Fifty generated half-days on paper: no ugly break in any, and every letter comes out as it went in."""

from dataclasses import replace
from functools import cache

import pypdfium2
import pytest

from tests.doors.breaks import ugly_breaks
from tests.doors.measuring import measured
from tests.generated_minutes import CASES, compose
from thidua.doors.pdf import render_pdf
from thidua.doors.pdf.fonts import printable
from thidua.doors.pdf.layout import MOTTO, NATION
from thidua.rules.documents import Heading, Letterhead, Listing, Paragraph, Recipients, Signatures, Table, Title

ADDRESS = "http://192.168.1.10:8000"


@cache  # each case is printed once, in the process that tries it
def printed(case):
    document = compose(case)
    document = replace(document, verify_address=ADDRESS if document.digest else "")
    return document, render_pdf(document)


@pytest.mark.parametrize("case", CASES)
def test_no_page_breaks_where_a_secretary_would_not_break_it_and_every_letter_is_there(case):
    document, rendered = printed(case)
    assert ugly_breaks(document, rendered, measured(rendered.pdf)) == []
    assert _read(document, rendered.pdf) == "".join(_written(document))


def test_the_cases_are_of_all_sizes():
    pages = {printed(case)[1].pages for case in ("tiny", "half-day-2", "long-34", "forty-pages")}
    assert min(pages) == 1 and max(pages) >= 40 and pages & {5, 6, 7} and pages & {11, 12, 13}


def _written(document):
    """All texts in the order of the paper, without spaces."""
    for block in document.blocks:
        for text in _texts(block, document):
            yield _squeezed(printable(text))


def _texts(block, document):
    is_appendix = isinstance(block, Title) and block is not next(b for b in document.blocks if isinstance(b, Title))
    match block:
        case Letterhead():
            yield from (name.upper() for name in (block.parent, *block.issuer))
            yield from (NATION, MOTTO, block.number, block.place_and_date)
        case Title():
            yield from (block.kind, block.subject.upper()) if is_appendix else (block.kind.upper(), block.subject)
        case Heading() | Paragraph():
            yield block.text
        case Listing():
            for at, item in enumerate(block.items, start=1):
                yield f"{at}." if block.marker == "1." else block.marker
                yield item
        case Table():
            yield from (block.caption, *_head(block))
            yield from (cell for row in block.rows for cell in row.cells)
        case Signatures():
            yield from block.closing
            for place in block.places:
                yield from (place.authority.upper(), place.office.upper(), place.note)
            yield from (place.person for place in block.places)
        case Recipients():
            yield "Nơi nhận:"
            for line in block.lines:
                yield f"- {line.rstrip(' .;')}{'.' if line is block.lines[-1] else ';'}"


def _read(document, pdf):
    """What a reader program finds, without page numbers, feet and repeated heads of tables."""
    heads = {_squeezed(printable("".join(_head(block)))) for block in document.blocks if isinstance(block, Table)}
    begun, whole = set(), ""
    with pypdfium2.PdfDocument(pdf) as file:
        for at in range(len(file)):
            page = _squeezed(file[at].get_textpage().get_text_range())
            page = page.removeprefix("DỰTHẢO").removeprefix(str(at + 1) if at else "").removeprefix("DỰTHẢO")
            page = page.removeprefix(_foot(document))
            page = page.removeprefix(next((head for head in begun if page.startswith(head)), ""))
            begun |= {head for head in heads if head in page}
            whole += page
    return whole


def _foot(document):
    if not document.digest:
        return ""
    return _squeezed(f"{document.code} · mã văn bản {document.digest[:12]} Kiểm tra văn bản này: {ADDRESS}/verify")


def _head(table):
    return [column.title for column in table.columns]


def _squeezed(text):
    return "".join(text.split())
