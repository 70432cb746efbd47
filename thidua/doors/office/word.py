"""A Word document: its tables with the paragraphs before them, as they are read on paper.

Our own walk through the XML instead of python-docx: that one holds the whole tree in memory, knows no automatic numbers
and gives a merged cell once for every place. 500 rows of six columns take 200 ms instead of 400 (two shared cores).
"""

from collections import deque

from thidua.doors.office.layout import Room
from thidua.doors.office.limits import LONGEST_TEXT, MOST_PARAGRAPHS, MOST_WORD_TABLES
from thidua.doors.office.list_definitions import number_of, read_lists
from thidua.doors.office.numbering import Counter
from thidua.doors.office.package import BadPackage, Fault, Package
from thidua.doors.office.paragraphs import OpenParagraph
from thidua.doors.office.relations import related, title_of
from thidua.doors.office.tables import OfficeFile, Table
from thidua.doors.office.word_styles import Style, Styles, font_of, read_styles
from thidua.doors.office.word_tables import OpenCell, OpenTable
from thidua.doors.office.xml_parts import Enough, Walker, attribute, is_on, walk

DEEPEST = 8  # tables within tables
_IGNORED = frozenset(
    {
        *("del", "moveFrom"),  # deleted with tracked changes
        *("rPrChange", "pPrChange", "tcPrChange", "trPrChange", "tblPrChange", "tblPrExChange", "numberingChange"),
        *("txbxContent", "Fallback"),  # text boxes, and what old programs show instead
        *("instrText", "delText", "rt", "sectPr", "sdtPr"),
    }
)
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}  # ư in a TCVN3 font


def read_document(package: Package) -> OfficeFile:
    """All tables of the body, in their order. Raises ``BadPackage``."""
    body = related(package, "", "officeDocument")
    if body not in package:
        raise BadPackage(Fault.NOT_WHOLE)
    styles = read_styles(package, related(package, body, "styles"))
    lists = read_lists(package, related(package, body, "numbering"))
    walker = _Body(styles, Counter(lists))
    walk(walker, package.chunks(body))
    return OfficeFile(
        "docx",
        tuple(walker.finished[name] for name in walker.names if name in walker.finished),
        title_of(package),
        tuple(walker.fonts),
        after=tuple(walker.paragraphs),
        left_out=tuple(walker.left_out),
    )


class _Body(Walker):
    """Elements: tbl/tr/tc/p/r/t with their properties; what wraps them (ins, sdt, hyperlink) is looked through."""

    def __init__(self, styles: Styles, counter: Counter) -> None:
        super().__init__()
        self.names: list[str] = []  # of the tables, in the order in which they begin
        self.finished: dict[str, Table] = {}
        self.left_out: list[str] = []
        self.paragraphs: deque[str] = deque(maxlen=MOST_PARAGRAPHS)
        self.fonts: dict[str, None] = {}
        self._styles, self._counter, self._room = styles, counter, Room()
        self._open: list[OpenTable | None] = []  # None for one too many or too deep
        self._begun = 0
        self._paragraphs: list[OpenParagraph] = []  # one inside a shape inside another may be open too
        self._deleted: OpenParagraph | None = None
        self._run = Style()
        self._ignored = 0

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        parent = self.inside[-1] if self.inside else ""
        if self._ignored or name in _IGNORED:
            if name == "del" and not self._ignored:
                self._note_deletion(parent)
            self._ignored += 1
        elif name == "tbl":
            self._open_table()
        elif name == "p":
            self._paragraphs.append(OpenParagraph())
        elif name == "r":
            self._run = Style()
        elif name in _SIGNS and parent == "r":
            self._add(_SIGNS[name])
        elif parent in _PROPERTIES:
            _PROPERTIES[parent](self, name, attributes)
        elif self._table:
            self._open_in_table(self._table, name)

    def text(self, text: str) -> None:
        if not self._ignored and self.inside[-1] == "t":
            self._add(text)

    def closed(self, name: str) -> None:
        if self._ignored:
            self._ignored -= 1
        elif name == "p" and self._paragraphs:
            self._close_paragraph(self._paragraphs.pop())
        elif name == "tbl" and self._open:
            self._close_table()
        elif name == "tr" and self._table:
            self._table.close_row()
        elif name == "tc" and self._table:
            self._keep_deleted()
            self._table.close_cell()

    @property
    def _table(self) -> OpenTable | None:
        return self._open[-1] if self._open else None

    def _add(self, text: str) -> None:
        if self._paragraphs:
            self._paragraphs[-1].add(text, self._run, self._styles)

    def _note_deletion(self, parent: str) -> None:
        if parent == "trPr" and self._table:
            self._table.row_is_deleted = True
        elif parent == "rPr" and self.inside[-2:-1] == ["pPr"] and self._paragraphs:
            self._paragraphs[-1].mark_is_deleted = True

    def _close_paragraph(self, paragraph: OpenParagraph) -> None:
        if self._deleted:
            paragraph.take_from(self._deleted)
            self._deleted = None
        if paragraph.mark_is_deleted:
            self._deleted = paragraph
            return
        line = paragraph.line(self._styles, self._counter)
        if line.text.strip():
            self.fonts.update(dict.fromkeys(line.fonts))
        if not self._open:
            text = line.text.strip()[:LONGEST_TEXT]
            self.paragraphs.extend([text] if text else [])
        elif self._table and self._table.cell:
            self._table.cell.add(line)

    def _keep_deleted(self) -> None:
        """No paragraph follows that could take what stood before a deleted mark."""
        last, self._deleted = self._deleted, None
        if last and last.pieces:
            last.mark_is_deleted = False
            self._close_paragraph(last)

    def _open_table(self) -> None:
        self._keep_deleted()
        outer = self._table
        if outer:
            outer.inner += 1
            name, before = f"{outer.name}.{outer.inner}", tuple[str, ...]()
        else:
            self._begun += not self._open
            name, before = f"Bảng {self._begun}", tuple(self.paragraphs)
        if (self._open and not outer) or len(self._open) >= DEEPEST or len(self.names) >= MOST_WORD_TABLES:
            if len(self.left_out) < MOST_WORD_TABLES:
                self.left_out.append(name)
            elif not self._open:
                raise Enough
            self._open.append(None)
            return
        if not outer:
            self.paragraphs.clear()
        table = OpenTable(name, before)
        self._open.append(table)
        self.names.append(name)

    def _close_table(self) -> None:
        table = self._open.pop()
        if table:
            self.finished[table.name] = finished = table.finished(self._room)
            if not self._open and not finished.rows:  # an empty frame: the title above it is the next table's
                self.paragraphs.extend(finished.before)

    def _open_in_table(self, table: OpenTable, name: str) -> None:
        if name == "tr":
            table.open_row()
        elif name == "tc":
            table.cell = OpenCell()

    def in_paragraph(self, name: str, attributes: dict[str, str]) -> None:
        """Properties of the open paragraph."""
        paragraph = self._paragraphs[-1] if self._paragraphs else OpenParagraph()
        value = attribute(attributes, "val") or ""
        if name == "pStyle":
            paragraph.style = value
        elif name == "numId":
            paragraph.list_id = value
        elif name == "ilvl":
            paragraph.level = number_of(value)

    def in_run(self, name: str, attributes: dict[str, str]) -> None:
        """Properties of the open run, not those of the paragraph's mark."""
        if self.inside[-2:-1] != ["r"]:
            return
        if name == "rStyle":
            named = self._styles.of_run(attribute(attributes, "val") or "")
            own = self._run
            self._run = Style(
                is_bold=named.is_bold if own.is_bold is None else own.is_bold,
                is_hidden=named.is_hidden if own.is_hidden is None else own.is_hidden,
                font=named.font if own.font is None else own.font,
            )
        elif name == "b":
            self._run.is_bold = is_on(attributes)
        elif name == "vanish":
            self._run.is_hidden = is_on(attributes)
        elif name == "rFonts":
            self._run.font = font_of(attributes) or self._run.font

    def in_cell(self, name: str, attributes: dict[str, str]) -> None:
        """Properties of the open cell."""
        cell = self._table.cell if self._table else None
        if cell is None:
            return
        value = attribute(attributes, "val") or ""
        if name == "gridSpan":
            cell.width = number_of(value)
        elif name == "vMerge":
            cell.down = value or "continue"
        elif name == "hMerge":
            cell.right = value or "continue"
        elif name == "cellDel":
            cell.is_deleted = True

    def in_row(self, name: str, attributes: dict[str, str]) -> None:
        """Properties of the open row: how many columns it leaves empty at its beginning."""
        if name == "gridBefore" and self._table:
            self._table.column = number_of(attribute(attributes, "val"))


_PROPERTIES = {
    "pPr": _Body.in_paragraph,
    "numPr": _Body.in_paragraph,
    "rPr": _Body.in_run,
    "tcPr": _Body.in_cell,
    "trPr": _Body.in_row,
}
