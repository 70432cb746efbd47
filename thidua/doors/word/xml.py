"""The few pieces of WordprocessingML that python-docx has no name for."""

from typing import Any
from unicodedata import category, normalize

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_KEPT_CONTROLS = frozenset("\n\t")


def written(text: str) -> str:
    """The text as a Word file can hold it: NFC; control, direction and unassigned signs dropped."""
    return "".join(
        letter
        for letter in normalize("NFC", text)
        if letter in _KEPT_CONTROLS or category(letter) not in ("Cc", "Cf", "Cs", "Cn")
    )


def element(name: str, /, *children: Any, **attributes: Any) -> Any:
    """``element("w:trHeight", val=300)`` is ``<w:trHeight w:val="300"/>``."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(children)
    return made


def draw_rule(paragraph: Paragraph) -> None:
    """A thin line along the top of a paragraph, between its indents."""
    borders = element("w:pBdr", element("w:top", val="single", sz=6, space=0, color="000000"))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
    )


def add_field(paragraph: Paragraph, code: str) -> None:
    """A field that Word reckons itself: "PAGE", "NUMPAGES"."""
    field = element("w:fldSimple", instr=f" {code} ")
    run = paragraph.add_run("1")
    paragraph._p.remove(run._r)
    field.append(run._r)
    paragraph._p.append(field)
