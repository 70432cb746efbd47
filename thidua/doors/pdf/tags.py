"""Five tags the official layout needs and xhtml2pdf has not, and two that it has otherwise.

They rest on its internals: the version is pinned, and tests/doors/test_pdf.py fails when one stops working.
"""

from typing import Any

import xhtml2pdf.parser
from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.platypus.flowables import CondPageBreak, Flowable
from xhtml2pdf import tables
from xhtml2pdf.default import MUST, SIZE, STRING, TAGS
from xhtml2pdf.tags import pisaTag
from xhtml2pdf.xhtml2pdf_reportlab import PmlFlowingCell, PmlKeepInFrame, PmlParagraph

from ..qr import qr_squares
from .fonts import registered

MASK = 3
Box = tuple[float, float, float, float]


class SignatureBox(Flowable):  # type: ignore[misc]
    """Empty space that remembers on which page (from 0) and where (points) it came to stand."""

    def __init__(self, name: str, width: float, height: float, places: dict[str, tuple[int, Box]]) -> None:
        super().__init__()
        self.name, self.width, self.height, self.places = name, width, height, places
        self.indent = 0.0

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.indent = max(0.0, (available - self.width) / 2)  # centred, as the names above and below it are
        return available, self.height

    def draw(self) -> None:
        x, y = self.canv.absolutePosition(self.indent, 0)
        self.places[self.name] = (self.canv.getPageNumber() - 1, (x, y, x + self.width, y + self.height))


class DraftMark(Flowable):  # type: ignore[misc]
    """DỰ THẢO across the page, behind the text."""

    def wrap(self, *_available: float) -> tuple[float, float]:
        return 1, 1

    def draw(self) -> None:
        width, height = self.canv._pagesize
        x, y = self.canv.absolutePosition(0, 0)
        self.canv.saveState()
        self.canv.translate(width / 2 - x, height / 2 - y)
        self.canv.rotate(52)
        self.canv.setFillColor(Color(0.91, 0.91, 0.91))
        self.canv.setFont(registered("bold"), 110)
        self.canv.drawCentredString(0, -12 * mm, "DỰ THẢO")
        self.canv.restoreState()


class QrCode(Flowable):  # type: ignore[misc]
    """A QR code drawn as squares, black on white, centred in its column."""

    def __init__(self, text: str, side: float) -> None:
        super().__init__()
        self.text, self.side, self.indent = text, side, 0.0

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.indent = max(0.0, (available - self.side) / 2)
        return available, self.side

    def draw(self) -> None:
        _draw_squares(self.canv, self.text, self.indent, self.side)


class PageCode(Flowable):  # type: ignore[misc]
    """The QR code of this very page: a scan of it tells which paper it is of, and which page."""

    def __init__(self, address: str, side: float) -> None:
        super().__init__()
        self.address, self.side = address, side

    def wrap(self, *_available: float) -> tuple[float, float]:
        return self.side, self.side

    def draw(self) -> None:
        _draw_squares(self.canv, f"{self.address}?p={self.canv.getPageNumber()}", 0, self.side)


def _draw_squares(canvas: Any, text: str, left: float, side: float) -> None:
    """One path, so that no seam shows between two squares; in whole numbers, as a page has hundreds of them."""
    rows = qr_squares(text, mask=MASK)
    one = side / len(rows)
    squares = (f"{start} {len(rows) - at - 1} {length} 1 re" for at, row in enumerate(rows) for start, length in row)
    canvas.saveState()
    canvas.setFillColor(Color(0, 0, 0))
    canvas.transform(one, 0, 0, one, left, 0)
    canvas._code.append(" ".join([*squares, "f"]))
    canvas.restoreState()


class pisaTagPDFPAGECODE(pisaTag):  # type: ignore[misc]
    """<pdf:pagecode address="https://…" side="13mm"/> in a static frame"""

    def start(self, c: Any) -> None:
        c.addPara()
        c.addStory(PageCode(self.attr.address, self.attr.side))


class pisaTagPDFQR(pisaTag):  # type: ignore[misc]
    """<pdf:qr text="https://…" side="24mm"/>"""

    def start(self, c: Any) -> None:
        c.addPara()
        c.addStory(QrCode(self.attr.text, self.attr.side))


class pisaTagPDFSIGBOX(pisaTag):  # type: ignore[misc]
    """<pdf:sigbox name="head" width="50mm" height="24mm"/>"""

    def start(self, c: Any) -> None:
        if not hasattr(c, "signature_places"):
            c.signature_places = {}
        c.addPara()
        c.addStory(SignatureBox(self.attr.name, self.attr.width, self.attr.height, c.signature_places))


class pisaTagPDFCONDBREAK(pisaTag):  # type: ignore[misc]
    """<pdf:condbreak height="45mm"/>: a new page when less than that is left. Unlike keep-with-next it does
    not push a whole long table over to the next page."""

    def start(self, c: Any) -> None:
        c.addPara()
        c.addStory(CondPageBreak(self.attr.height))


class pisaTagPDFDRAFTMARK(pisaTag):  # type: ignore[misc]
    """<pdf:draftmark/> in a static frame."""

    def start(self, c: Any) -> None:
        c.addPara()
        c.addStory(DraftMark())


class pisaTagTR(tables.pisaTagTR):  # type: ignore[misc]
    """Rows of class "with-next" and "with-last" stay on the page of their neighbour."""

    def start(self, c: Any) -> None:
        super().start(c)
        row, classes = c.tableData.row, (self.node.getAttribute("class") or "").split()
        if "with-next" in classes:
            c.tableData.add_style(("NOSPLIT", (0, row), (-1, row + 1)))
        if "with-last" in classes:
            c.tableData.add_style(("NOSPLIT", (0, row - 1), (-1, row)))


class pisaTagTD(tables.pisaTagTD):  # type: ignore[misc]
    """A cell of class "flows" goes on over the foot of the page; any other moves to the next page whole, and would be
    shrunk until nobody can read it where no page is high enough."""

    def end(self, c: Any) -> None:
        row = c.tableData.data[-1]
        super().end(c)
        if "flows" in (self.node.getAttribute("class") or "").split() and isinstance(row[-1], PmlKeepInFrame):
            row[-1] = PmlFlowingCell(row[-1]._content)


def add_tags() -> None:
    """Makes them known to xhtml2pdf, once per process; and a last line of a paragraph never begins a page."""
    PmlParagraph.allowWidows = 0
    attributes = {
        "sigbox": {"name": (STRING, MUST), "width": (SIZE, "50mm"), "height": (SIZE, "24mm")},
        "condbreak": {"height": (SIZE, MUST)},
        "draftmark": {},
        "pagecode": {"address": (STRING, MUST), "side": (SIZE, "13mm")},
        "qr": {"text": (STRING, MUST), "side": (SIZE, "24mm")},
    }
    for name, known in attributes.items():
        TAGS[f"pdf{name}"] = TAGS[f"pdf:{name}"] = (0, known)
    drawn = (pisaTagPDFSIGBOX, pisaTagPDFDRAFTMARK, pisaTagPDFPAGECODE, pisaTagPDFQR)
    for tag in (*drawn, pisaTagPDFCONDBREAK, pisaTagTR, pisaTagTD):
        setattr(xhtml2pdf.parser, tag.__name__, tag)
