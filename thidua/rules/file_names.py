"""Names of files as somebody's device gave them, made safe to show, to keep and to hand out again."""

import re

from thidua.rules.vietnamese import clean_line

LONGEST_NAME = 150
_FOLDERS = re.compile(r"[/\\]")
_FORBIDDEN = re.compile(r'[<>:"|?*`]')  # Windows keeps no file of such a name


def clean_file_name(name: str, extensions: tuple[str, ...]) -> str:
    """The last part of the name without folders, invisible and direction-turning characters, at most 150 letters.

    The name ends with one of ``extensions`` (small letters, without dot): what the file really is. Another ending
    is not taken away, the right one is added: "bao-cao.exe" that is a PDF becomes "bao-cao.exe.pdf".
    """
    base = clean_line(_FORBIDDEN.sub("", _FOLDERS.split(clean_line(name))[-1])).strip(". ")
    stem, dot, ending = base.rpartition(".")
    if not dot or ending.lower() not in extensions:
        stem, ending = base, extensions[0]
    stem = stem[: LONGEST_NAME - len(ending) - 1].strip(". ")
    return f"{stem or 'minh-chung'}.{ending.lower()}"
