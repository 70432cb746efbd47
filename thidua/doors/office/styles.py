"""The looks of a workbook's cells: number format, bold, font."""

from dataclasses import dataclass, field

from thidua.doors.office.package import Package
from thidua.doors.office.shown_numbers import BUILT_IN
from thidua.doors.office.xml_parts import Walker, is_on, walk

MOST_LOOKS = 70_000  # Excel takes 65 490
_SECTIONS = ("numFmts", "fonts", "cellXfs")


@dataclass(frozen=True, slots=True)
class Look:
    """Of one cell."""

    code: str = "General"
    is_bold: bool = False
    font: str = ""


@dataclass(slots=True)
class _Font:
    name: str = ""
    is_bold: bool = False


PLAIN = Look()


@dataclass(slots=True)
class Looks:
    """By the number that a cell names."""

    looks: list[Look] = field(default_factory=list)

    def of(self, number: str | None) -> Look:
        """The first look for a cell without one, a plain one for a number that nobody defined."""
        index = int(number) if number and number.isascii() and number.isdecimal() and len(number) < 7 else 0
        return self.looks[index] if index < len(self.looks) else PLAIN


def read_looks(package: Package, part: str) -> Looks:
    """Plain looks alone where the workbook has no styles."""
    if part not in package:
        return Looks()
    walker = _Styles()
    walk(walker, package.chunks(part))
    codes = BUILT_IN | walker.codes
    looks = []
    for font_number, code_number in walker.cells:
        font = walker.fonts[font_number] if 0 <= font_number < len(walker.fonts) else _Font()
        looks.append(Look(codes.get(code_number, "General"), font.is_bold, font.name))
    return Looks(looks)


class _Styles(Walker):
    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[int, str] = {}
        self.fonts: list[_Font] = []
        self.cells: list[tuple[int, int]] = []

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        section = self.inside[1] if len(self.inside) > 1 else ""
        if section not in _SECTIONS or len(self.fonts) + len(self.cells) + len(self.codes) > MOST_LOOKS:
            return
        parent = self.inside[-1]
        if name == "numFmt" and parent == "numFmts":
            self.codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "General")
        elif name == "font" and parent == "fonts":
            self.fonts.append(_Font())
        elif name == "b" and parent == "font" and self.fonts:
            self.fonts[-1].is_bold = is_on(attributes)
        elif name == "name" and parent == "font" and self.fonts:
            self.fonts[-1].name = attributes.get("val", "")[:80]
        elif name == "xf" and parent == "cellXfs":
            self.cells.append((_number(attributes.get("fontId")), _number(attributes.get("numFmtId"))))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 7 else 0
