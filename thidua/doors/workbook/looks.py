"""How the boxes of a workbook are drawn: Times New Roman 13, thin lines, pale ground where one may write."""

from typing import Any

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

from thidua.rules.workbook import Look

FONT = "Times New Roman"
SIZE = 13
OPEN_GROUND, SECTION_GROUND, HEAD_GROUND = "FFFDF3", "F0F0F0", "E3EEF5"

_LINE = Side(style="thin", color="7A838C")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)

# look: bold, italic, size, horizontal, framed, ground
_DRAWN: dict[Look, tuple[bool, bool, int, str, bool, str]] = {
    "plain": (False, False, SIZE, "left", False, ""),
    "issuer": (True, False, SIZE, "center", False, ""),
    "motto": (True, False, SIZE, "center", False, ""),
    "title": (True, False, 14, "center", False, ""),
    "subtitle": (True, False, SIZE, "center", False, ""),
    "note": (False, True, 12, "left", False, ""),
    "fact": (False, False, SIZE, "left", False, ""),
    "head": (True, False, SIZE, "center", True, HEAD_GROUND),
    "number": (False, False, SIZE, "center", True, ""),
    "text": (False, False, SIZE, "left", True, ""),
    "most": (False, False, SIZE, "center", True, ""),
    "section": (True, False, SIZE, "left", True, SECTION_GROUND),
    "section_number": (True, False, SIZE, "center", True, SECTION_GROUND),
    "section_most": (True, False, SIZE, "center", True, SECTION_GROUND),
    "score": (True, False, SIZE, "center", True, OPEN_GROUND),
    "sum": (True, False, SIZE, "center", True, SECTION_GROUND),
    "locked": (False, False, SIZE, "center", True, ""),
    "words": (False, False, 12, "left", True, OPEN_GROUND),
    "total": (True, False, SIZE, "left", True, HEAD_GROUND),
    "total_sum": (True, False, SIZE, "center", True, HEAD_GROUND),
    "place": (True, False, SIZE, "center", False, ""),
    "quiet": (False, False, 12, "left", True, ""),
}


def styles() -> dict[tuple[Look, bool], NamedStyle]:
    """A named style for each look, locked and open to writing."""
    return {(look, is_open): _style(look, is_open) for look in _DRAWN for is_open in (False, True)}


def _style(look: Look, is_open: bool) -> NamedStyle:
    bold, italic, size, horizontal, framed, ground = _DRAWN[look]
    drawn: dict[str, Any] = {
        "font": Font(name=FONT, size=size, bold=bold, italic=italic),
        "alignment": Alignment(
            horizontal=horizontal, vertical="center", wrap_text=True, indent=int(framed and horizontal == "left")
        ),
        "protection": Protection(locked=not is_open),
    }
    if framed:
        drawn["border"] = _FRAME
    if ground:
        drawn["fill"] = PatternFill("solid", fgColor=ground)
    return NamedStyle(name=f"thidua {look}{' mở' if is_open else ''}", **drawn)
