"""Word: the blocks of a document as a .docx that people may go on editing."""

from .render import render_docx

__all__ = ["render_docx"]
