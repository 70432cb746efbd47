"""What stands where on a printed page: lines of text and rules, in millimetres from the top left."""

import ctypes
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

MM = 72 / 25.4


@dataclass(frozen=True)
class Line:
    """Text on one baseline without a gap wider than a column's; ``faces`` as the file names them, without the tag."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    faces: frozenset[str]


@dataclass(frozen=True)
class Ruled:
    """A horizontal rule."""

    left: float
    right: float
    at: float

    @property
    def length(self):
        return self.right - self.left


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    lines: tuple[Line, ...]
    rules: tuple[Ruled, ...]

    def line(self, start):
        """The first line that begins so."""
        found = [line for line in self.lines if line.text.startswith(start)]
        assert found, f"no line begins with {start!r}"
        return found[0]

    @property
    def body(self):
        """Without page number and foot."""
        return [line for line in self.lines if 19.5 < line.baseline < 278]


def measured(pdf, pages=None):
    with pypdfium2.PdfDocument(pdf) as file:
        return [_page(file[at]) for at in (range(len(file)) if pages is None else pages)]


def _page(page):
    width, height = page.get_size()
    rules = []
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        stroke = ctypes.c_float()
        pdfium.FPDFPageObj_GetStrokeWidth(thing, stroke)
        left, bottom, right, top = thing.get_bounds()  # with the stroke around it
        if top - bottom < 3 and right - left > 5:
            rules.append(
                Ruled((left + stroke.value) / MM, (right - stroke.value) / MM, (height - (top + bottom) / 2) / MM)
            )
    return Page(width / MM, height / MM, tuple(_lines(page, height)), tuple(sorted(rules, key=lambda rule: rule.at)))


def _lines(page, height):
    text = page.get_textpage()
    baselines = []
    for letter in sorted(_letters(text), key=lambda letter: -letter[2]):
        if not baselines or baselines[-1][0][2] - letter[2] > 0.4:
            baselines.append([])
        baselines[-1].append(letter)
    for letters in baselines:
        letters.sort(key=lambda letter: letter[1])
        run = letters[:1]
        for letter in letters[1:]:
            if letter[1] - run[-1][3] > 2 * MM and run[-1][0] != " ":
                yield _line(run, height)
                run = []
            run.append(letter)
        yield _line(run, height)


def _letters(text):
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix = pdfium.FS_MATRIX()
    name, flags = ctypes.create_string_buffer(80), ctypes.c_int()
    box = [ctypes.c_double() for _ in range(4)]
    for at in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text, at))
        if letter in "\r\n\0" or pdfium.FPDFText_IsGenerated(text, at):
            continue
        pdfium.FPDFText_GetCharOrigin(text, at, x, y)
        pdfium.FPDFText_GetCharBox(text, at, *box)  # left, right, bottom, top
        pdfium.FPDFText_GetFontInfo(text, at, name, 80, flags)
        face = name.value.decode("latin-1").rpartition("+")[2]
        pdfium.FPDFText_GetMatrix(text, at, matrix)
        size = pdfium.FPDFText_GetFontSize(text, at) * matrix.d  # what was shrunk is told as it is seen
        yield letter, x.value, y.value, max(box[1].value, x.value), size, face


def _line(run, height):
    drawn = [letter for letter in run if letter[0].strip()] or run
    words = "".join(letter[0] for letter in run)
    return Line(
        " ".join(words.split()),
        drawn[0][1] / MM,
        max(letter[3] for letter in drawn) / MM,
        (height - drawn[0][2]) / MM,
        round(drawn[0][4], 2),
        frozenset(letter[5] for letter in drawn),
    )
