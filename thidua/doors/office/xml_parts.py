"""XML of a stranger, walked through without ever holding it whole: no DOCTYPE, so no entities and nothing fetched.

A walker is told of each element by its short name ("row"; "" for names of other vocabularies than the document's own)
and of its attributes by theirs. Names of the strict and of the transitional standard are the same here.
"""

from collections.abc import Iterable

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from thidua.doors.office.package import BadPackage, Fault, Package

_OFFICE = ("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/")
_OWN = ("spreadsheetml/", "wordprocessingml/", "package/", "officeDocument/")
_OTHERS = {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback": "Fallback",
    "{http://purl.org/dc/elements/1.1/}title": "title",
}
MOST_COLLECTED = 20_000
MOST_NAMES = 10_000  # of elements and attributes; office programs know some 2 000


class Enough(Exception):
    """A walker has seen all it wants."""


class Walker:
    """Base of the walkers, who write ``opened``, ``closed`` and ``text``; ``inside`` names the ancestors."""

    def __init__(self) -> None:
        self.inside: list[str] = []
        self._names: dict[str, str] = {}
        self._attributes: set[str] = set()

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; ``inside`` does not hold it yet."""

    def closed(self, name: str) -> None:
        """An element ends; ``inside`` does not hold it any more."""

    def text(self, text: str) -> None:
        """Text, perhaps in several pieces, of the element ``inside[-1]``."""

    # what the parser calls
    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = self._names.get(tag)
        if name is None:
            name = self._names[tag] = short_name(tag)
        self._attributes.update(attributes)
        if len(self._names) + len(self._attributes) > MOST_NAMES:  # the parser keeps each
            raise BadPackage(Fault.TOO_LARGE)
        self.opened(name, attributes)
        self.inside.append(name)

    def end(self, _tag: str) -> None:
        self.closed(self.inside.pop())

    def data(self, text: str) -> None:
        self.text(text)

    def close(self) -> None:
        """The document ended."""


def short_name(tag: str) -> str:
    """ "{http://…/spreadsheetml/2006/main}row" -> "row"; "" for what belongs to other vocabularies."""
    vocabulary, _, name = tag.rpartition("}")
    for start in _OFFICE:
        if vocabulary.startswith("{" + start) and vocabulary[len(start) + 1 :].startswith(_OWN):
            return name
    return _OTHERS.get(tag, "")


def attribute(attributes: dict[str, str], name: str) -> str | None:
    """The attribute of this short name, whatever its vocabulary."""
    for key, value in attributes.items():
        if key.rpartition("}")[2] == name:
            return value
    return None


def is_on(attributes: dict[str, str]) -> bool:
    """What `<b/>`, `<b val="1"/>`, `<b val="false"/>` say."""
    return attribute(attributes, "val") not in ("0", "false", "off", "none")


def walk(walker: Walker, chunks: Iterable[bytes]) -> None:
    """Lets the walker see the part. Raises ``BadPackage`` for XML that is damaged or has a DOCTYPE."""
    parser = DefusedXMLParser(target=walker, forbid_dtd=True)
    try:
        for chunk in chunks:
            parser.feed(chunk)
        parser.close()
    except Enough:
        return
    except (ParseError, DefusedXmlException, ValueError, LookupError):  # the last two: encodings nobody knows
        raise BadPackage(Fault.NOT_WHOLE) from None


def collect(package: Package, part: str, *wanted: str) -> list[tuple[str, dict[str, str]]]:
    """Name and attributes of the wanted elements of a small part, in order; [] where the part is missing."""
    if part not in package:
        return []
    collector = _Collector(wanted)
    walk(collector, package.chunks(part))
    return collector.found


class _Collector(Walker):
    def __init__(self, wanted: tuple[str, ...]) -> None:
        super().__init__()
        self._wanted = wanted
        self.found: list[tuple[str, dict[str, str]]] = []

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name not in self._wanted:
            return
        if len(self.found) >= MOST_COLLECTED:
            raise BadPackage(Fault.TOO_LARGE)
        self.found.append((name, attributes))
