"""What may be asked: a PDF, or the code printed at the foot of its pages."""

import re

from flask_wtf import FlaskForm
from flask_wtf.file import FileField

from thidua.form_fields import line

LONGEST_CODE = 64
SHORTEST_CODE = 12
_HEX = re.compile("[0-9a-f]+")


class FileForm(FlaskForm):
    """The upload; what is wrong with the file is told by the route, which reads it."""

    pdf = FileField("Tệp PDF của biên bản")


class CodeForm(FlaskForm):
    """The printed code."""

    class Meta:
        csrf = False  # asks only, changes nothing

    code = line("Mã văn bản", 200)


def clean_code(typed: str) -> str | None:
    """The code without spaces and in small letters; None when it can be none."""
    code = "".join(typed.split()).lower()
    return code if SHORTEST_CODE <= len(code) <= LONGEST_CODE and _HEX.fullmatch(code) else None
