"""The shipped Word template, changed the way people (and worse) change it."""

import io
import zipfile
from collections.abc import Callable

import docx

from thidua.doors.word import shipped_template


def edited(change: Callable[[docx.document.Document], None]) -> bytes:
    """The shipped template after a change in Word."""
    file = docx.Document(io.BytesIO(shipped_template()))
    change(file)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def retyped(old: str, new: str) -> bytes:
    """A placeholder typed otherwise, in the text, the heads and the feet."""

    def change(file: docx.document.Document) -> None:
        section = file.sections[0]
        heads = (section.header, section.first_page_header, section.footer, section.first_page_footer)
        cells = [cell for table in file.tables for row in table.rows for cell in row.cells]
        for holder in (file, *heads, *cells):
            for paragraph in holder.paragraphs:
                if old in paragraph.text:
                    words = paragraph.text.replace(old, new)
                    paragraph.text = words

    return edited(change)


def repacked(**parts: str | bytes) -> bytes:
    """Parts added or replaced; "/" and "." of their names are written "__" and "_dot_"."""
    named = {name.replace("_dot_", ".").replace("__", "/"): content for name, content in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(shipped_template())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in named:
                new.writestr(name, old.read(name))
        for name, content in named.items():
            new.writestr(name, content)
    return out.getvalue()


def part(name: str) -> str:
    """A part of the shipped template as text."""
    with zipfile.ZipFile(io.BytesIO(shipped_template())) as packed:
        return packed.read(name).decode()
