"""Paper: blocks to PDF, and the drawn mark of a signature on it."""

from .render import Place, RenderedPdf, RenderFailure, render_pdf
from .stamp import stamp_signature

__all__ = ["Place", "RenderFailure", "RenderedPdf", "render_pdf", "stamp_signature"]
