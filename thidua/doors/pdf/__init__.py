"""Paper: blocks to PDF, and the drawn mark of a signature on it."""

from .join import join_pdfs
from .render import Place, RenderedPdf, RenderFailure, render_pdf
from .stamp import stamp_signature

__all__ = ["Place", "RenderFailure", "RenderedPdf", "join_pdfs", "render_pdf", "stamp_signature"]
