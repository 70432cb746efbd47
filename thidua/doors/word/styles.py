"""The typeface and the paragraphs of official papers: Times New Roman 14, justified, first line ten millimetres in.

Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I: 13-14 point, first line 1 cm or 1,27 cm, at least 6 point between
paragraphs, lines from single to one and a half.
"""

from typing import Any

from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from .xml import element

TYPEFACE = "Times New Roman"
LANGUAGE = "vi-VN"
FIRST_LINE = Mm(10)
CENTRE, LEFT, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
_FONT_KINDS = ("ascii", "hAnsi", "eastAsia", "cs")


def prepare_styles(file: WordFile) -> None:
    """The styles that the blocks use: Normal, Body, Title, Subtitle, Heading 1-3, Cell."""
    _set_defaults(file)
    styles = file.styles
    _shape(styles["Normal"], size=14, after=0, align=LEFT)
    styles["Normal"].paragraph_format.line_spacing = 1.0
    styles["Normal"].paragraph_format.widow_control = True
    body = styles.add_style("Official Text", WD_STYLE_TYPE.PARAGRAPH)
    body.base_style, body.quick_style = styles["Normal"], True
    _shape(body, size=14, after=6, align=JUSTIFY, first_line=True)
    body.paragraph_format.line_spacing = 1.1
    _shape(styles["Title"], size=14, bold=True, before=6, align=CENTRE)
    _shape(styles["Subtitle"], size=14, bold=True, align=CENTRE)
    _shape(styles["Heading 1"], size=14, bold=True, before=4, after=6, align=JUSTIFY, first_line=True)
    _shape(styles["Heading 2"], size=14, bold=True, after=6, align=JUSTIFY, first_line=True)
    _shape(styles["Heading 3"], size=14, bold=True, italic=True, after=6, align=JUSTIFY, first_line=True)
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3"):
        styles[name].paragraph_format.keep_with_next = True
    cell = styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = styles["Normal"]
    _shape(cell, size=12, align=LEFT, before=2, after=2)


def _set_defaults(file: WordFile) -> None:
    """Typeface and language of whatever has no style of its own: spelling is checked as Vietnamese."""
    properties = file.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for child in list(properties):
        properties.remove(child)
    fonts = dict.fromkeys(_FONT_KINDS, TYPEFACE)
    properties.extend(
        (
            element("w:rFonts", **fonts),
            element("w:sz", val=28),
            element("w:szCs", val=28),
            element("w:lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"),
        )
    )


def _shape(
    style: ParagraphStyle,
    *,
    size: float,
    align: WD_ALIGN_PARAGRAPH,
    bold: bool = False,
    italic: bool = False,
    before: float = 0,
    after: float = 0,
    first_line: bool = False,
) -> None:
    """Black and in one typeface: the template's headings are blue, its title is underlined."""
    font, paragraph = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = TYPEFACE, Pt(size), bold, italic
    font.color.rgb = RGBColor(0, 0, 0)
    _drop(style.element.rPr, "w:spacing", "w:kern")
    fonts: Any = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for kind in _FONT_KINDS:
        fonts.set(qn(f"w:{kind}"), TYPEFACE)
    if style.element.pPr is not None:
        _drop(style.element.pPr, "w:pBdr", "w:contextualSpacing", "w:numPr")
    paragraph.alignment, paragraph.space_before, paragraph.space_after = align, Pt(before), Pt(after)
    paragraph.first_line_indent = FIRST_LINE if first_line else Mm(0)
    paragraph.line_spacing = 1.0


def _drop(properties: Any, *names: str) -> None:
    for name in names:
        for child in properties.findall(qn(name)):
            properties.remove(child)
