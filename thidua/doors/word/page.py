"""The sheet: A4, the margins of Nghị định 30/2020/NĐ-CP, the page number in the top margin from page 2 on."""

from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from thidua.rules.documents import FORM_KINDS, Document

from .styles import CENTRE, LANGUAGE, RIGHT
from .xml import add_field, element, written

TOP, BOTTOM, LEFT_MARGIN, RIGHT_MARGIN = Mm(20), Mm(20), Mm(30), Mm(15)
DRAFT = "DỰ THẢO"
SHORT_DIGEST = 12
TEXT_WIDTH_MM, ISSUER_WIDTH_MM, NATION_WIDTH_MM = 165, 74, 91
_GREY = RGBColor(0x44, 0x44, 0x44)


def prepare_page(file: WordFile, document: Document) -> None:
    """Margins, the heads and feet of the first and of every further page, and how Word is to treat the file."""
    margins(file)
    section = file.sections[0]
    section.different_first_page_header_footer = True
    is_form = document.kind in FORM_KINDS
    for head, is_first in ((section.first_page_header, True), (section.header, False)):
        head.is_linked_to_previous = False
        number = head.paragraphs[0]
        if not is_first and not is_form:
            number.alignment = CENTRE
            add_field(number, "PAGE")
        if document.draft:
            mark = number if is_first or is_form else head.add_paragraph()
            mark.alignment = RIGHT
            run = mark.add_run(DRAFT)
            run.bold, run.font.size, run.font.color.rgb = True, Pt(11), _GREY
    for foot in (section.first_page_footer, section.footer):
        foot.is_linked_to_previous = False
        _write_foot(foot.paragraphs[0], document, is_form=is_form)
    settings(file)


def margins(file: WordFile) -> None:
    """A4 with the margins of the decree."""
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT_MARGIN, RIGHT_MARGIN
    section.header_distance, section.footer_distance, section.gutter = Mm(9.5), Mm(8), Mm(0)


def _write_foot(foot: Paragraph, document: Document, *, is_form: bool) -> None:
    """The code of a form and "Trang 1/3", the short hash of frozen minutes; else nothing."""
    marks = [f"Mã phiếu {document.code}" if is_form else document.code] if is_form or document.digest else []
    if document.digest:
        marks.append(f"mã văn bản {document.digest[:SHORT_DIGEST]}")
    foot.add_run(written(" · ".join(mark for mark in marks if mark)))
    if is_form:
        foot.add_run(" · Trang ")
        add_field(foot, "PAGE")
        foot.add_run("/")
        add_field(foot, "NUMPAGES")
    for run in foot.runs:
        run.font.size, run.font.color.rgb = Pt(8.5), _GREY


def settings(file: WordFile) -> None:
    """Today's layout rules, not those of an old Word, and Vietnamese for new text."""
    kept = file.settings.element
    for name in ("w:compat", "w:themeFontLang"):
        for child in kept.findall(qn(name)):
            kept.remove(child)
    mode = element(
        "w:compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val="15"
    )
    following = ("w:docVars", "w:rsids", "m:mathPr", "w:attachedSchema", "w:clrSchemeMapping", "w:decimalSymbol")
    kept.insert_element_before(element("w:compat", mode), *following)
    kept.insert_element_before(element("w:themeFontLang", val=LANGUAGE), *following[4:])
