"""Paper: blocks to PDF, and pages as pictures."""

from ..print_failures import RenderBusy, RenderFailure
from .apart import ask_worker, pictures_apart, render_apart, warm_up
from .join import join_pdfs
from .pictures import page_pictures
from .render import Place, RenderedPdf, render_pdf

__all__ = [
    "Place",
    "RenderBusy",
    "RenderFailure",
    "RenderedPdf",
    "ask_worker",
    "join_pdfs",
    "page_pictures",
    "pictures_apart",
    "render_apart",
    "render_pdf",
    "warm_up",
]
