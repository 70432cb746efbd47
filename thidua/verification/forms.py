"""What may be asked: a PDF, a photograph of a page, or the code printed at the foot of its pages."""

import re

from flask_wtf import FlaskForm
from flask_wtf.file import FileField

from thidua.form_fields import line
from thidua.rules.page_codes import PageCode, page_code

LONGEST_CODE = 64
SHORTEST_CODE = 12
_HEX = re.compile("[0-9a-f]+")


class FileForm(FlaskForm):
    """The upload; what is wrong with the file is told by the route, which reads it."""

    pdf = FileField("Tệp PDF, hoặc ảnh chụp một trang giấy")


class CodeForm(FlaskForm):
    """The printed code."""

    class Meta:
        csrf = False  # asks only, changes nothing

    code = line("Mã văn bản", 200)


def clean_code(typed: str) -> PageCode | None:
    """The code without spaces and in small letters, or out of the whole address that a QR code holds; None when it can
    be none."""
    scanned = page_code(typed)
    if scanned:
        return scanned
    code = "".join(typed.split()).lower()
    return PageCode(code) if SHORTEST_CODE <= len(code) <= LONGEST_CODE and _HEX.fullmatch(code) else None
