"""render_docx: the blocks of a document as a Word file, in the form of Nghị định 30/2020/NĐ-CP.

The same measures as on paper (``doors.pdf``); what Word does by itself, such as keeping a heading with what follows,
is asked of Word.
"""

import io
from collections.abc import Callable

import docx
from docx.document import Document as WordFile

from thidua.rules.documents import Document, Letterhead, Title

from . import blocks, tables
from .arranging import Part, parts_of
from .finish import describe, without_clock
from .page import prepare_page
from .styles import prepare_styles


def render_docx(document: Document) -> bytes:
    """The same document gives the same bytes. Raises ValueError for a table with a row too long."""
    file = docx.Document()
    prepare_styles(file)
    prepare_page(file, document)
    for part in parts_of(document):
        WRITERS[part.template](file, part)
    describe(file, document, author=issuer_of(document), subject=subject_of(document))
    out = io.BytesIO()
    file.save(out)
    return without_clock(out.getvalue())


def issuer_of(document: Document) -> str:
    """The issuing body on one line."""
    return next((" ".join(block.issuer) for block in document.blocks if isinstance(block, Letterhead)), "")


def subject_of(document: Document) -> str:
    """What the first title is about."""
    return next((block.subject for block in document.blocks if isinstance(block, Title)), "")


WRITERS: dict[str, Callable[[WordFile, Part], None]] = {
    "letterhead": tables.add_letterhead,
    "title": blocks.add_title,
    "heading": blocks.add_heading,
    "paragraph": blocks.add_paragraph,
    "listing": blocks.add_listing,
    "table": tables.add_table,
    "signatures": tables.add_signatures,
    "recipients": blocks.add_recipients,
    "codebox": tables.add_code_box,
}
