"""The visible mark of a signature, appended to a finished paper without touching one of its bytes."""

import io
from collections.abc import Sequence
from datetime import datetime

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from .finish import finish
from .fonts import printable, registered, text_width
from .render import Place

BLUE = Color(0.06, 0.22, 0.56)
MARGIN = 5.0
LARGEST, WHOLE, SMALLEST = 10.0, 7.0, 5.0
Line = tuple[str, str]  # the text and its face


def stamp_signature(pdf: bytes, place: Place, lines: Sequence[str], at: datetime) -> bytes:
    """Draws `lines` in a thin blue frame at `place`; the second line, the name, is bold.

    `at` (aware) becomes the time of the change in the file. The result begins with the very bytes of `pdf`,
    so an earlier mark stays provable. Long lines are made smaller, then wrapped. Raises ValueError when they
    still do not fit, IndexError when the paper has no such page.
    """
    writer = _DatedUpdate(io.BytesIO(pdf), at)
    if not 0 <= place.page < int(writer.root["/Pages"]["/Count"]):
        raise IndexError(f"no page {place.page}")
    drawing = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(_drawing(place, lines))))
    x, y = place.box[:2]
    name = f"/Stamp{writer.prev.total_revisions}"
    stream = generic.StreamObject(stream_data=f"q 1 0 0 1 {x:.3f} {y:.3f} cm {name} Do Q\n".encode("ascii"))
    resources = generic.DictionaryObject({pdf_name("/XObject"): generic.DictionaryObject({pdf_name(name): drawing})})
    writer.add_stream_to_page(place.page, writer.add_object(stream), resources)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _drawing(place: Place, lines: Sequence[str]) -> bytes:
    """A page as large as the box, for the typeface and the letters are ReportLab's business."""
    left, bottom, right, top = place.box
    width, height = right - left, top - bottom
    size, wrapped = _fitted([printable(line) for line in lines], width - 2 * MARGIN, height - 2 * MARGIN)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height), invariant=True, pageCompression=1)
    canvas.setStrokeColor(BLUE)
    canvas.setFillColor(BLUE)
    canvas.setLineWidth(0.7)
    canvas.roundRect(0.5, 0.5, width - 1, height - 1, 3)
    leading = size * 1.22
    y = height / 2 + len(wrapped) * leading / 2 - size * 0.95
    for text, face in wrapped:
        canvas.setFont(registered(face), size)
        canvas.drawCentredString(width / 2, y, text)
        y -= leading
    canvas.save()
    return finish(out.getvalue(), None)[0]


def _fitted(lines: Sequence[str], width: float, height: float) -> tuple[float, list[Line]]:
    """The largest type in which everything fits: first each line whole, then wrapped between words."""
    faces = ["bold" if at == 1 else "regular" for at in range(len(lines))]
    sizes = [LARGEST - step / 2 for step in range(int((LARGEST - SMALLEST) * 2) + 1)]
    for readable in ([size for size in sizes if size >= WHOLE], sizes):
        for size in readable:
            wrapped = [
                (part, face) for line, face in zip(lines, faces, strict=True) for part in _wrap(line, face, size, width)
            ]
            whole = len(wrapped) == len(lines) or readable is sizes
            fits = all(text_width(text, face, size) <= width for text, face in wrapped)
            if whole and fits and len(wrapped) * size * 1.22 <= height:
                return size, wrapped
    raise ValueError("the lines of the signature do not fit their place")


def _wrap(line: str, face: str, size: float, width: float) -> list[str]:
    parts: list[str] = []
    for word in line.split():
        if parts and text_width(f"{parts[-1]} {word}", face, size) <= width:
            parts[-1] += f" {word}"
        else:
            parts.append(word)
    return parts


class _DatedUpdate(IncrementalPdfFileWriter):  # type: ignore[misc]
    """pyHanko dates a change by the clock of the machine; ours carry the time of the act."""

    def __init__(self, pdf: io.BytesIO, at: datetime) -> None:
        if at.tzinfo is None:
            raise ValueError("the time of a signature must know its zone")
        super().__init__(pdf)
        self._at = at

    def _update_meta(self) -> None:
        changed = generic.pdf_date(self._at)
        if self._info is not None:
            self._info.get_object()[pdf_name("/ModDate")] = changed
            self.update_container(self._info.get_object())
