"""Pages as pictures: to be read aloud from the wall, shown as a sample, compared in the tests."""

import io
from collections.abc import Iterable
from threading import Lock

import pypdfium2

from ..print_failures import RenderFailure

MOST_DOTS = 4_000  # along the longer side, whatever size a page claims
MOST_PAGES = 200
POINTS = 72
_drawing = Lock()  # PDFium knows no threads


def page_pictures(pdf: bytes, *, dpi: int = 96, pages: Iterable[int] | None = None) -> list[bytes]:
    """PNG of each page, or of those asked for (from 0), with what was signed into its fields. About 30 ms a page.

    Raises RenderFailure when this is no PDF that can be drawn, IndexError when it has no such page.
    """
    try:
        with _drawing, pypdfium2.PdfDocument(pdf) as file:
            wanted = range(min(len(file), MOST_PAGES)) if pages is None else list(pages)
            if any(not 0 <= at < len(file) for at in wanted):
                raise IndexError(f"the paper has {len(file)} pages")
            file.init_forms()
            return [_picture(file[at], dpi) for at in wanted]
    except pypdfium2.PdfiumError as problem:
        raise RenderFailure(f"no page can be drawn: {problem}") from problem


def _picture(page: pypdfium2.PdfPage, dpi: int) -> bytes:
    longer = max(page.get_size()) / POINTS
    scale = min(dpi, MOST_DOTS / max(longer, 0.01)) / POINTS
    out = io.BytesIO()
    bitmap = page.render(scale=scale, may_draw_forms=True)
    bitmap.to_pil().convert("RGB").save(out, "PNG")
    page.close()
    return out.getvalue()
