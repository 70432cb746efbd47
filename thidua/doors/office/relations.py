"""Which part of an office file leads to which other; what lies outside the file is never followed."""

import posixpath

from thidua.doors.office.package import Package
from thidua.doors.office.xml_parts import Walker, collect, walk

LONGEST_TITLE = 300


def relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Id -> (last word of its type, part): {"rId1": ("worksheet", "xl/worksheets/sheet1.xml")}."""
    folder, name = posixpath.split(part)
    found = {}
    for _, attributes in collect(package, posixpath.join(folder, "_rels", name + ".rels"), "Relationship"):
        target = attributes.get("Target", "")
        if attributes.get("TargetMode") == "External" or not target:
            continue
        kind = attributes.get("Type", "").rpartition("/")[2]
        found[attributes.get("Id", "")] = (kind, _inside(folder, target))
    return found


def related(package: Package, part: str, kind: str) -> str:
    """The first part of this kind, "" if there is none."""
    return next((target for kind_, target in relations(package, part).values() if kind_ == kind), "")


def title_of(package: Package) -> str:
    """The title among the file's own properties."""
    walker, part = _Title(), related(package, "", "core-properties")
    if part in package:
        walk(walker, package.chunks(part))
    return "".join(walker.pieces)[:LONGEST_TITLE].strip()


class _Title(Walker):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def text(self, text: str) -> None:
        if self.inside[-1] == "title":
            self.pieces.append(text)


def _inside(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
