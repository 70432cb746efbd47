"""A paragraph of Word as it is read on paper: its automatic number, then its letters, without what is hidden."""

from dataclasses import dataclass, field

from thidua.doors.office.limits import LONGEST_TEXT
from thidua.doors.office.numbering import Counter
from thidua.doors.office.word_styles import Style, Styles


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. ``is_bold``: all its letters, None without any; ``fonts``: of them, in order of appearance."""

    text: str
    is_bold: bool | None = None
    fonts: tuple[str, ...] = ()


@dataclass(slots=True)
class OpenParagraph:
    """A paragraph while it is walked through: its own properties, then its runs."""

    style: str = ""
    list_id: str | None = None
    level: int | None = None
    mark_is_deleted: bool = False
    pieces: list[str] = field(default_factory=list)
    letters: int = 0
    bold: set[bool] = field(default_factory=set)
    fonts: dict[str, None] = field(default_factory=dict)

    def add(self, text: str, run: Style, styles: Styles) -> None:
        """Letters of a run, unless they are hidden. One letter more than we keep shows that there were too many."""
        whole = styles.of_paragraph(self.style)
        if run.is_hidden or (run.is_hidden is None and whole.is_hidden):
            return
        if self.letters <= LONGEST_TEXT:
            self.pieces.append(text)
            self.letters += len(text)
        if text.isspace():
            return
        self.bold.add(bool(whole.is_bold if run.is_bold is None else run.is_bold))
        font = whole.font if run.font is None else run.font
        if font:
            self.fonts.setdefault(font)

    def line(self, styles: Styles, counter: Counter) -> Line:
        """The whole; its number counts on."""
        whole = styles.of_paragraph(self.style)
        list_id = whole.list_id if self.list_id is None else self.list_id
        level = whole.level if self.level is None else self.level
        number = counter.next(list_id, level or 0) if list_id and list_id != "0" else ""
        text = "".join(self.pieces)
        return Line(number + text if text else number.strip(), _agreed(self.bold), tuple(self.fonts))

    def take_from(self, before: "OpenParagraph") -> None:
        """A deleted paragraph mark: what stood before it belongs to this paragraph."""
        self.pieces[:0] = before.pieces
        self.letters += before.letters
        self.bold |= before.bold
        self.fonts = before.fonts | self.fonts


def _agreed(bold: set[bool]) -> bool | None:
    return all(bold) if bold else None
