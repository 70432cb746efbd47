"""fill_template: the blocks of a document poured into the office's own Word template.

What the office sees and changes in Word is the letterhead, the heads and feet, the styles and whatever it writes
itself. The body, with its tables, comes from the same writers as ``render_docx``, in the styles of the template.
"""

import copy
import io
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordFile
from docxtpl import DocxTemplate
from lxml import etree
from markupsafe import Markup

from thidua.rules.documents import Document, Letterhead, Recipients, Signatures, Title

from .arranging import Part, parts_of
from .finish import describe, without_clock
from .language import Language
from .page import DRAFT, SHORT_DIGEST
from .render import WRITERS, issuer_of, subject_of
from .xml import written

SHIPPED = Path(__file__).with_name("bien-ban.docx")
COPY = "BẢN SAO ĐỂ SOẠN THẢO"


class Lines(tuple[str, ...]):
    """Lines that can be gone through one by one, and are one text where the template asks for just the name."""

    def __str__(self) -> str:
        return " ".join(self)


class Place:
    """A place to sign, under the names a template knows."""

    def __init__(self, authority: str, office: str, note: str, person: str) -> None:
        self.tham_quyen, self.chuc_vu = written(authority).upper(), written(office).upper()
        self.ghi_chu, self.ho_ten = written(note), written(person)


@cache
def shipped_template() -> bytes:
    """The template that comes with the program."""
    return SHIPPED.read_bytes()


def fill_template(document: Document, template: bytes, *, asked: frozenset[str] = frozenset()) -> bytes:
    """The document as a .docx by this template; the same document gives the same bytes.

    ``asked``: the names the template uses; what it places itself does not stand in the signature block again.
    Raises whatever a template that was not checked (``checking``) may bring about.
    """
    filling = DocxTemplate(io.BytesIO(template))
    filling.init_docx()
    file = filling.get_docx()
    _add_missing_styles(file)
    filling.render(_context(file, document, asked), Language(), autoescape=True)
    describe(file, document, author=issuer_of(document), subject=subject_of(document))
    out = io.BytesIO()
    filling.save(out)
    return without_clock(out.getvalue())


def _context(file: WordFile, document: Document, asked: frozenset[str]) -> dict[str, Any]:
    head = next((one for one in document.blocks if isinstance(one, Letterhead)), None)
    title = next((one for one in document.blocks if isinstance(one, Title)), None)
    signing = next((one for one in document.blocks if isinstance(one, Signatures)), None)
    recipients = next((one for one in document.blocks if isinstance(one, Recipients)), None)
    body, ending, closing = _poured(file, document, asked)
    foot = [document.code, f"mã văn bản {document.digest[:SHORT_DIGEST]}"] if document.digest else []
    return {
        "co_quan_chu_quan": written(head.parent).upper() if head else "",
        "co_quan": _lines(line.upper() for line in head.issuer) if head else Lines(),
        "so": written(head.number) if head else "",
        "dia_danh_ngay": written(head.place_and_date) if head else "",
        "loai_van_ban": written(title.kind).upper() if title else "",
        "trich_yeu": written(title.subject) if title else "",
        "noi_dung": body,
        "chu_ky": ending,
        "cho_ky": tuple(Place(one.authority, one.office, one.note, one.person) for one in signing.places)
        if signing
        else (),
        "loi_ket": _lines(closing),
        "noi_nhan": _lines(_listed(recipients.lines)) if recipients else Lines(),
        "danh_dau": DRAFT if document.draft else COPY,
        "chan_trang": written(" · ".join(one for one in foot if one)),
    }


def _poured(file: WordFile, document: Document, asked: frozenset[str]) -> tuple[Markup, Markup, tuple[str, ...]]:
    """The body, the end from the signatures on, and the closing words, taken out of the file again."""
    before: list[Part] = []
    after: list[Part] = []
    closing: tuple[str, ...] = ()
    skipped = {"letterhead", "title"}
    for part in parts_of(document):
        if part.template in skipped:
            skipped.remove(part.template)  # only the first of each: a later title begins an appendix
        elif part.template == "signatures":
            closing = part.closing
            after.append(_without(part, asked))
        else:
            (after if after else before).append(part)
    return _cut(file, before), _cut(file, after), closing


def _without(part: Part, asked: frozenset[str]) -> Part:
    """The signatures without what the template places itself."""
    part = replace(part, closing=()) if "loi_ket" in asked else part
    return replace(part, recipients=None) if "noi_nhan" in asked else part


def _cut(file: WordFile, parts: Iterable[Part]) -> Markup:
    """Write the parts at the end of the file, for its styles and pictures, and take their XML out."""
    body = file.element.body
    known = set(body)
    for part in parts:
        WRITERS[part.template](file, part)
    fresh = [node for node in body if node not in known]
    for node in fresh:
        body.remove(node)
        etree.cleanup_namespaces(node)
    # the template of the text is searched for brackets no more, so they are what people typed
    return Markup("".join(etree.tostring(node, encoding="unicode") for node in fresh))


def _lines(lines: Iterable[str]) -> Lines:
    return Lines(written(line) for line in lines)


def _listed(lines: tuple[str, ...]) -> Iterable[str]:
    last = len(lines) - 1
    return (f"- {line.rstrip(' .;')}{'.' if at == last else ';'}" for at, line in enumerate(lines))


def _add_missing_styles(file: WordFile) -> None:
    """The styles the writers use, from the shipped template, where the office's own has lost them."""
    named = {(style.element.name_val or "").lower(): style.element for style in file.styles}
    ids = {style.style_id for style in file.styles}
    for style in docx.Document(io.BytesIO(shipped_template())).styles:
        if style.name not in NEEDED_STYLES or style.name in file.styles:
            continue
        other = named.get(style.element.name_val.lower())
        if other is not None:
            other.name_val = style.element.name_val  # LibreOffice writes "Heading 1", Word "heading 1"
            continue
        added = copy.deepcopy(style.element)
        while added.styleId in ids:
            added.styleId += "A"
        file.styles.element.append(added)


NEEDED_STYLES = frozenset(
    {
        *("Normal", "Official Text", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Table Text"),
        *("Normal Table", "Table Grid"),
    }
)
