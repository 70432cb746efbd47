"""Makes the Word template that comes with the program: thidua/doors/word/bien-ban.docx.

    .venv/bin/python -m tools.word_template

What stands in it and what an office may change is told on the page “Văn bản của cơ quan” and in
``doors/word/words_of_template.py``.
"""

import io
from typing import Any

import docx
from docx.shared import Pt

from thidua.doors.pdf.layout import MOTTO, NATION
from thidua.doors.word.blocks import RULE_PERCENT, add_rule
from thidua.doors.word.filling import SHIPPED
from thidua.doors.word.finish import without_clock
from thidua.doors.word.page import ISSUER_WIDTH_MM, NATION_WIDTH_MM, TEXT_WIDTH_MM, margins, settings
from thidua.doors.word.styles import CENTRE, RIGHT, prepare_styles
from thidua.doors.word.tables import MOTTO_PERCENT, gap, line, plain_table, tidy
from thidua.doors.word.xml import add_field

ISSUER_PERCENT = 40


def make_template() -> bytes:
    """The bytes of the template; the same every time."""
    file = docx.Document()
    prepare_styles(file)
    margins(file)
    settings(file)
    _heads_and_feet(file)
    _letterhead(file)
    file.add_paragraph("{{ loai_van_ban }}", style="Title")
    for text in ("{%p if trich_yeu %}", "{{ trich_yeu }}", "{%p endif %}"):
        file.add_paragraph(text, style="Subtitle")
    add_rule(file.add_paragraph, TEXT_WIDTH_MM, RULE_PERCENT, after=12)
    for block in ("{{p noi_dung }}", "{{p chu_ky }}"):
        file.add_paragraph(block, style="Official Text")
    told = file.core_properties
    told.title, told.author, told.comments, told.keywords = "Mẫu văn bản", "", "", ""
    out = io.BytesIO()
    file.save(out)
    return without_clock(out.getvalue())


def _heads_and_feet(file: Any) -> None:
    section = file.sections[0]
    section.different_first_page_header_footer = True
    for head, is_first in ((section.first_page_header, True), (section.header, False)):
        head.is_linked_to_previous = False
        mark = head.paragraphs[0]
        if not is_first:
            mark.alignment = CENTRE
            add_field(mark, "PAGE")
            mark = head.add_paragraph()
        mark.alignment = RIGHT
        run = mark.add_run("{{ danh_dau }}")
        run.bold, run.font.size = True, Pt(10)
    for foot in (section.first_page_footer, section.footer):
        foot.is_linked_to_previous = False
        foot.paragraphs[0].add_run("{{ chan_trang }}").font.size = Pt(8.5)


def _letterhead(file: Any) -> None:
    table = plain_table(file, 2, (ISSUER_WIDTH_MM, NATION_WIDTH_MM))
    issuer, nation = table.rows[0].cells
    for text in ("{%p if co_quan_chu_quan %}", "{{ co_quan_chu_quan }}", "{%p endif %}"):
        line(issuer, text, size=12)
    for text in ("{%p for dong in co_quan %}", "{{ dong }}", "{%p endfor %}"):
        line(issuer, text, size=12, bold=True)
    add_rule(issuer.add_paragraph, ISSUER_WIDTH_MM, ISSUER_PERCENT)
    line(nation, NATION, size=12, bold=True)
    line(nation, MOTTO, size=13, bold=True)
    add_rule(nation.add_paragraph, NATION_WIDTH_MM, MOTTO_PERCENT)
    number, day = table.rows[1].cells
    line(number, "{{ so }}", size=13, before=4)
    line(day, "{{ dia_danh_ngay }}", size=13, italic=True, before=4)
    tidy(table)
    gap(file, after=6)


if __name__ == "__main__":
    SHIPPED.write_bytes(make_template())
