"""Titles, headings, paragraphs, lists and recipients in Word."""

from collections.abc import Callable
from typing import Any

from docx.document import Document as WordFile
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from thidua.doors.pdf.fonts import printable, text_width
from thidua.doors.pdf.layout import balanced, lead

from .arranging import Part
from .page import TEXT_WIDTH_MM
from .styles import CENTRE, LEFT
from .xml import draw_rule, written

BODY = "Official Text"
MM = 72 / 25.4
RULE_PERCENT = 22
"""How long the rule under a title is, of the width of the text."""


def add_title(file: WordFile, part: Part) -> None:
    """Kind and subject in the middle, a short rule under them; an appendix begins a new page."""
    block: Any = part.block
    kind = file.add_paragraph(written(block.kind.upper()), style="Title")
    kind.paragraph_format.page_break_before = part.appendix
    if block.subject:
        subject = file.add_paragraph(written(block.subject), style="Subtitle")
        _balance(subject, block.subject)
    add_rule(file.add_paragraph, TEXT_WIDTH_MM, RULE_PERCENT, after=12)


def add_heading(file: WordFile, part: Part) -> None:
    block: Any = part.block
    file.add_paragraph(written(block.text), style=f"Heading {block.level}")


def add_paragraph(file: WordFile, part: Part) -> None:
    block: Any = part.block
    write_paragraph(file.add_paragraph(style=BODY), block.text, block.style, indent=block.indent)


def write_paragraph(paragraph: Paragraph, text: str, style: str = "body", *, indent: bool = True) -> None:
    """One paragraph in its style: "basis" italic, "note" small, "lead" bold up to its first colon."""
    head, rest = lead(text) if style == "lead" else ("", text)
    if head:
        paragraph.add_run(written(head)).bold = True
    run = paragraph.add_run(written(rest))
    run.italic = style == "basis" or (style == "note" and not indent) or None
    if style == "note":
        run.font.size = Pt(12)
    if not indent:
        paragraph.paragraph_format.first_line_indent = Mm(0)
        if style == "note":
            paragraph.alignment = CENTRE


def add_listing(file: WordFile, part: Part) -> None:
    """Items of an official text begin like paragraphs, with their mark as typed text."""
    block: Any = part.block
    for number, item in enumerate(block.items, start=1):
        mark = f"{number}." if block.marker == "1." else block.marker
        file.add_paragraph(written(f"{mark} {item}"), style=BODY)


def add_recipients(file: WordFile, part: Part) -> None:
    block: Any = part.block
    write_recipients(file.add_paragraph, block.lines)


def write_recipients(new_paragraph: Callable[[], Paragraph], lines: tuple[str, ...]) -> list[Paragraph]:
    """ "Nơi nhận:" 12 bold italic, the list 11 (Phụ lục I, mục II.9)."""
    title = new_paragraph()
    run = title.add_run("Nơi nhận:")
    run.bold, run.italic, run.font.size = True, True, Pt(12)
    made = [title]
    for at, line in enumerate(lines, start=1):
        paragraph = new_paragraph()
        end = "." if at == len(lines) else ";"
        paragraph.add_run(written(f"- {line.rstrip(' .;')}{end}")).font.size = Pt(11)
        made.append(paragraph)
    for paragraph in made:
        paragraph.alignment = LEFT
    return made


def add_rule(
    new_paragraph: Callable[[], Paragraph], room_mm: float, percent: float, after: float = 0, before: float = 3
) -> None:
    """A short line in the middle, so many percent of the room long."""
    rule = new_paragraph()
    shape, side = rule.paragraph_format, Mm(room_mm * (100 - percent) / 200)
    shape.left_indent = shape.right_indent = side
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), Pt(2)
    draw_rule(rule)


def _balance(paragraph: Paragraph, text: str) -> None:
    """Lines of about equal length by indents instead of breaks, so that the text stays one piece when edited."""
    lines = balanced(printable(text))
    if len(lines) < 2:
        return
    longest = max(text_width(line, "bold", 14) for line in lines) / MM + 1.5
    side = Mm(max((TEXT_WIDTH_MM - longest) / 2, 0))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
