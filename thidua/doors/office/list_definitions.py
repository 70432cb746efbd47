"""The part of a Word document that defines its lists (numbering.xml)."""

from thidua.doors.office.numbering import Level, Lists
from thidua.doors.office.package import Package
from thidua.doors.office.xml_parts import Walker, attribute, is_on, walk

MOST_LEVELS = 50_000
LONGEST_PATTERN = 60
_GAPS = {"nothing": "", "space": " ", "tab": " "}


def read_lists(package: Package, part: str) -> Lists:
    """No lists where the document has no such part."""
    walker = _Numbering()
    if part in package:
        walk(walker, package.chunks(part))
    return walker.lists


class _Numbering(Walker):
    """Elements: abstractNum/lvl/(start, numFmt, …) and num/(abstractNumId, lvlOverride/(startOverride, lvl))."""

    def __init__(self) -> None:
        super().__init__()
        self.lists = Lists()
        self._abstract, self._list, self._overridden = "", "", 0
        self._level: Level | None = None
        self._seen = 0

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        value = attribute(attributes, "val") or ""
        if name == "abstractNum":
            self._abstract = attribute(attributes, "abstractNumId") or ""
        elif name == "num":
            self._list = attribute(attributes, "numId") or ""
        elif name == "abstractNumId" and self._list:
            self.lists.abstract[self._list] = value
        elif name == "lvlOverride":
            self._overridden = number_of(attribute(attributes, "ilvl"))
        elif name == "startOverride":
            self.lists.starts[self._list, self._overridden] = number_of(value)
        elif name == "numStyleLink":
            self.lists.style_links[self._abstract] = value
        elif name == "styleLink":
            self.lists.linked_styles[value] = self._abstract
        elif name == "lvl":
            self._open_level(number_of(attribute(attributes, "ilvl")))
        elif self._level and self.inside[-1] == "lvl":
            _describe(self._level, name, value, attributes)

    def closed(self, name: str) -> None:
        if name == "lvl":
            self._level = None
        elif name == "num":
            self._list = ""

    def _open_level(self, level: int) -> None:
        self._level = Level()
        self._seen += 1
        if self._seen > MOST_LEVELS:
            return
        if self._list:
            self.lists.own_levels[self._list, level] = self._level
        else:
            self.lists.levels.setdefault(self._abstract, {})[level] = self._level


def _describe(level: Level, name: str, value: str, attributes: dict[str, str]) -> None:
    if name == "start":
        level.start = number_of(value)
    elif name == "numFmt":
        level.format = value
    elif name == "lvlText":
        level.pattern = value[:LONGEST_PATTERN]
    elif name == "lvlRestart":
        level.restart = number_of(value)
    elif name == "suff":
        level.gap = _GAPS.get(value, " ")
    elif name == "isLgl":
        level.is_decimal = is_on(attributes)


def number_of(text: str | None) -> int:
    """A small number; 0 for what is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 6 else 0
