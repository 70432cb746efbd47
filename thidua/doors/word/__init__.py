"""Word: the blocks of a document as a .docx that people may go on editing."""

from .checking import BadTemplate, check_template, names_in
from .filling import fill_template, shipped_template
from .opening import LARGEST
from .render import render_docx
from .words_of_template import NAMES

__all__ = [
    "LARGEST",
    "NAMES",
    "BadTemplate",
    "check_template",
    "fill_template",
    "names_in",
    "render_docx",
    "shipped_template",
]
