"""What is read from a workbook or a Word document: plain tables of text, every place with its address."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a table, empty ones included.

    text: as people see it, not yet cleaned (NFD, no-break spaces and legacy encodings stay for the rules to judge);
        line breaks are ``\\n``; a blank one is "". A number is its full value without needless zeros, decimals after a
        comma, no separator of thousands ("5", "0,25", "10%"), with the words of its format ("10 điểm"); a date is
        "08/09/2020". A formula is never worked out: what its program stored last, else "".
    at: "B7" in a workbook; "Bảng 1, hàng 3, cột 2" in Word, columns counted on the table's grid.
    spans: rows and columns of a merged cell, on its first cell, counted as in the file and never beyond the table.
    covered_by: address of the merged cell to which this place belongs; text is "" then.
    kind: "" text, "number", "date" (also what a program made of a typed "1/2" or "1-1"), "truth", "error".
    font: name of the font of its first letters; ".VnTimeH" writes capitals with the codes of small letters.
    is_cut: more letters were there than are looked at.
    """

    text: str
    at: str
    is_bold: bool = False
    is_formula: bool = False
    spans: tuple[int, int] = (1, 1)
    covered_by: str = ""
    kind: str = ""
    font: str = ""
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, or a table of a Word document ("Bảng 1"; one inside its cell is "Bảng 1.1").

    rows: equally long, without trailing empty columns; wholly empty rows are kept out but addresses stay true.
    before: Word: the paragraphs since the table before, empty ones left out; a workbook has none.
    is_cut: there is more than the limits let us look at.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    before: tuple[str, ...] = ()
    is_hidden: bool = False
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """All tables of a file in their order; empty sheets too, so a document without a table has none.

    kind: "xlsx" or "docx". title: from the file's own properties. fonts: names of those used by text (".VnTime",
    "VNI-Times" tell the legacy encoding). after: Word: the paragraphs after the last table.
    left_out: names of sheets beyond the limit of tables.
    """

    kind: str
    tables: tuple[Table, ...]
    title: str = ""
    fonts: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


class Unreadable(Exception):
    """The file is not one we read; ``sentence`` says in Vietnamese what is wrong with it and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
