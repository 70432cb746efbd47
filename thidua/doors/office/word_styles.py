"""The styles of a Word document: what they say about numbers, bold, font and hidden text."""

from dataclasses import dataclass, field

from thidua.doors.office.package import Package
from thidua.doors.office.xml_parts import Walker, attribute, is_on, walk

MOST_STYLES = 20_000
DEEPEST = 20  # styles based on styles


@dataclass(slots=True)
class Style:
    """None where a style leaves it to the one it is based on."""

    based_on: str = ""
    list_id: str | None = None
    level: int | None = None
    is_bold: bool | None = None
    is_hidden: bool | None = None
    font: str | None = None


PLAIN = Style(list_id="", level=0, is_bold=False, is_hidden=False, font="")


@dataclass(slots=True)
class Styles:
    """By id; ``default`` is the id for paragraphs that name none."""

    styles: dict[str, Style] = field(default_factory=dict)
    default: str = ""
    whole: dict[str, Style] = field(default_factory=dict)

    def of_paragraph(self, name: str) -> Style:
        """All that the style says, with what it is based on; nothing is None."""
        name = name if name in self.styles else self.default
        if name not in self.whole:
            self.whole[name] = self._resolved(name, self.styles.get("", Style()), PLAIN)
        return self.whole[name]

    def of_run(self, name: str) -> Style:
        """What a style of letters says; None where it says nothing."""
        return self._resolved(name) if name in self.styles else Style()

    def _resolved(self, name: str, *last: Style) -> Style:
        chain: list[Style] = []
        while name in self.styles and len(chain) < DEEPEST:
            chain.append(self.styles[name])
            name = chain[-1].based_on
        chain.extend(last)
        return Style(
            "",
            next((style.list_id for style in chain if style.list_id is not None), None),
            next((style.level for style in chain if style.level is not None), None),
            next((style.is_bold for style in chain if style.is_bold is not None), None),
            next((style.is_hidden for style in chain if style.is_hidden is not None), None),
            next((style.font for style in chain if style.font is not None), None),
        )


def read_styles(package: Package, part: str) -> Styles:
    """No styles where the document has no such part."""
    walker = _Styles()
    if part in package:
        walk(walker, package.chunks(part))
    return walker.found


def font_of(attributes: dict[str, str]) -> str | None:
    """The font of an element `rFonts`; None where it names none for Latin letters."""
    return (attribute(attributes, "ascii") or attribute(attributes, "hAnsi") or "")[:80] or None


class _Styles(Walker):
    """Elements: docDefaults/rPrDefault/rPr and style/(basedOn, pPr/numPr/(numId, ilvl), rPr/(b, vanish, rFonts))."""

    def __init__(self) -> None:
        super().__init__()
        self.found = Styles()
        self._style: Style | None = None

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style":
            self._open_style(attributes)
        elif name == "rPrDefault":
            self._style = self.found.styles.setdefault("", Style())
        elif self._style is None:
            return
        elif name == "basedOn":
            self._style.based_on = attribute(attributes, "val") or ""
        elif name in ("numId", "ilvl") and self.inside[-1] == "numPr":
            self._number(name, attribute(attributes, "val") or "")
        elif self.inside[-2:] in (["style", "rPr"], ["rPrDefault", "rPr"]):
            self._look(name, attributes)

    def closed(self, name: str) -> None:
        if name in ("style", "rPrDefault"):
            self._style = None

    def _open_style(self, attributes: dict[str, str]) -> None:
        name = attribute(attributes, "styleId") or ""
        self._style = Style()
        if not name or len(self.found.styles) >= MOST_STYLES:
            return
        self.found.styles[name] = self._style
        is_default = attribute(attributes, "default") in ("1", "true", "on")
        if is_default and attribute(attributes, "type") == "paragraph":
            self.found.default = name

    def _number(self, name: str, value: str) -> None:
        if self._style is None:
            return
        if name == "numId":
            self._style.list_id = value
        elif value.isascii() and value.isdecimal():
            self._style.level = int(value[:2])

    def _look(self, name: str, attributes: dict[str, str]) -> None:
        if self._style is None:
            return
        if name == "b":
            self._style.is_bold = is_on(attributes)
        elif name == "vanish":
            self._style.is_hidden = is_on(attributes)
        elif name == "rFonts":
            self._style.font = font_of(attributes)
