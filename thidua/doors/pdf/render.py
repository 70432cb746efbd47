"""render_pdf: the blocks of a document on paper, in the form of Nghị định 30/2020/NĐ-CP."""

import io
import logging
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import jinja2
from reportlab import rl_config
from xhtml2pdf import pisa
from xhtml2pdf.config.resources import ResourceAccessPolicy

from thidua.rules.documents import FORM_KINDS, Document, Letterhead, Title

from ..print_failures import RenderFailure
from . import fonts, layout, measures, table_rows
from .finish import finish
from .tags import add_tags

HERE = Path(__file__).parent
SHORT_DIGEST = 12
CODE_DIGEST = 16
LONGEST_ADDRESS = 90  # bytes of the whole address in the code: more makes squares that no scanner reads at 13 mm
MOST_SECONDS = 60

# The same document must give the same bytes today and in ten years: no clock and no random id in the file.
rl_config.invariant = 1
rl_config.pageCompression = rl_config.useA85 = 0  # finish.py compresses, once
add_tags()

_templates = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE), autoescape=True, undefined=jinja2.StrictUndefined)
_templates.filters |= {
    "printable": fonts.printable,
    "balanced": layout.balanced,
    "lead": layout.lead,
    "percents": measures.column_percents,
    "rows": table_rows.rows_of,
}
_templates.globals |= {
    name: getattr(layout, name) for name in ("NATION", "MOTTO", "ISSUER_WIDTH_MM", "NATION_WIDTH_MM", "GAP_MM")
}
_rendering = Lock()


@dataclass(frozen=True, slots=True)
class Place:
    """`page` from 0; `box` left, bottom, right, top in points from the lower left corner."""

    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class RenderedPdf:
    pdf: bytes
    pages: int
    places: dict[str, Place]


def render_pdf(document: Document) -> RenderedPdf:
    """The same document gives the same bytes. Takes 0.3-0.7 s and a process-wide lock: never call it inside a
    transaction. `places` is where each signature place of the document came to stand.

    Raises RenderFailure for a missing typeface, a resource refused, a document that takes over a minute."""
    with _rendering, _no_warnings():
        pdf, found = _print(_markup(document))
    pdf, pages = finish(pdf, document.issued_at)
    places = {name: Place(page, box) for name, (page, box) in found.items()}
    return RenderedPdf(pdf, pages, places)


def _markup(document: Document) -> str:
    letterheads = [block for block in document.blocks if isinstance(block, Letterhead)]
    titles = [block for block in document.blocks if isinstance(block, Title)]
    is_form = document.kind in FORM_KINDS
    try:
        return _templates.get_template("document.html").render(
            document=document,
            parts=layout.parts_of(document),
            author=" ".join(letterheads[0].issuer) if letterheads else "",
            subject=titles[0].subject if titles else "",
            foot=_foot(document, is_form),
            code=_code(document),
            form=is_form,
        )
    except (ValueError, OSError) as problem:
        raise RenderFailure(str(problem)) from problem


def _foot(document: Document, is_form: bool) -> list[str]:
    """The lines at the foot of every page: its number and its code, and where to ask about them."""
    if not document.digest and not is_form:
        return []
    code = f"mã văn bản {document.digest[:SHORT_DIGEST]}" if document.digest else ""
    marks = [f"Mã phiếu {document.code}" if is_form else document.code, code]
    address = f"Kiểm tra văn bản này: {document.verify_address.rstrip('/')}/verify" if _code(document) else ""
    return [line for line in (" · ".join(mark for mark in marks if mark), address) if line]


def _code(document: Document) -> str:
    """What the QR code of each page says, but for its page; an address too long for it leaves only the path."""
    if not document.digest or not document.verify_address:
        return ""
    path = f"/verify/{document.digest[:CODE_DIGEST]}"
    whole = document.verify_address.rstrip("/") + path
    return whole if len(whole.encode()) + len("?p=99") <= LONGEST_ADDRESS else path


def _print(markup: str) -> tuple[bytes, dict[str, tuple[int, tuple[float, float, float, float]]]]:
    out = io.BytesIO()
    policy = ResourceAccessPolicy.server(base_dir=fonts.FONTS, allow_remote=False, max_render_seconds=MOST_SECONDS)
    try:
        context = pisa.CreatePDF(
            markup, dest=out, path=str(fonts.FONTS / "document.html"), encoding="utf-8", resource_policy=policy
        )
    except Exception as problem:  # whatever a printing library throws, the caller learns one thing
        raise RenderFailure(f"{type(problem).__name__}: {problem}") from problem
    if context.err:
        raise RenderFailure(f"xhtml2pdf reports {context.err} errors")
    return out.getvalue(), getattr(context, "signature_places", {})


class _no_warnings(logging.Handler):
    """xhtml2pdf only logs that a typeface is missing; on official paper that is a failure."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.warnings.append(record.getMessage())

    def __enter__(self) -> None:
        logging.getLogger("xhtml2pdf").addHandler(self)

    def __exit__(self, problem: object, *_: object) -> None:
        logging.getLogger("xhtml2pdf").removeHandler(self)
        if self.warnings and problem is None:
            raise RenderFailure("; ".join(dict.fromkeys(self.warnings)))
