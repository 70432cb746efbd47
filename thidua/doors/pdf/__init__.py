"""Paper: blocks to PDF, and the drawn mark of a signature on it."""

from .render import Place, RenderedPdf, RenderFailure, render_pdf

__all__ = ["Place", "RenderFailure", "RenderedPdf", "render_pdf"]
