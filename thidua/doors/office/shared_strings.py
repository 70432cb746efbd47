"""Texts of a workbook: the shared ones, and the rich ones with their fonts."""

import re
from dataclasses import dataclass

from thidua.doors.office.limits import LONGEST_TEXT, MOST_CELLS
from thidua.doors.office.package import BadPackage, Fault, Package
from thidua.doors.office.xml_parts import Walker, is_on, walk

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Rich:
    """A text. ``is_bold``: every run of it; ``fonts``: of its runs, in order; both nothing for a plain text."""

    text: str
    is_bold: bool = False
    fonts: tuple[str, ...] = ()


class RichText:
    """Gathers one text from elements `t` (plain) and `r` with `rPr` (rich); phonetic signs (`rPh`) are left out."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._letters = 0
        self._runs: list[tuple[bool, str, bool]] = []  # bold, font, has letters
        self._run: tuple[bool, str, bool] | None = None

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element within the text begins."""
        if name == "r":
            self._end_run()
            self._run = (False, "", False)
        elif self._run and name == "b":
            self._run = (is_on(attributes), *self._run[1:])
        elif self._run and name == "rFont":
            self._run = (self._run[0], attributes.get("val", "")[:80], self._run[2])

    def add(self, text: str) -> None:
        """Letters of an element `t`; one letter more than we keep shows that there were too many."""
        if self._letters <= LONGEST_TEXT:
            self._pieces.append(text)
            self._letters += len(text)
        if self._run and not text.isspace():
            self._run = (*self._run[:2], True)

    def take(self) -> Rich:
        """The text as a whole."""
        self._end_run()
        text = unescaped("".join(self._pieces))
        runs = [run for run in self._runs if run[2]]
        return Rich(text, bool(runs) and all(run[0] for run in runs), tuple(run[1] for run in runs if run[1]))

    def _end_run(self) -> None:
        if self._run and len(self._runs) < LONGEST_TEXT:
            self._runs.append(self._run)
        self._run = None


def unescaped(text: str) -> str:
    """Excel writes a letter that XML does not take as "_x000D_"."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def read_shared_strings(package: Package, part: str) -> list[Rich]:
    """In their order; [] where the workbook has none."""
    if part not in package:
        return []
    walker = _SharedStrings()
    walk(walker, package.chunks(part))
    return walker.found


class _SharedStrings(Walker):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Rich] = []
        self._open = RichText()

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._open = RichText()
        elif "rPh" not in self.inside:
            self._open.opened(name, attributes)

    def text(self, text: str) -> None:
        if self.inside[-1] == "t" and "rPh" not in self.inside:
            self._open.add(text)

    def closed(self, name: str) -> None:
        if name != "si":
            return
        if len(self.found) >= MOST_CELLS:
            raise BadPackage(Fault.TOO_LARGE)
        self.found.append(self._open.take())
