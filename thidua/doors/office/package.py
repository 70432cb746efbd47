"""A DOCX or XLSX as the zip it is: which of the two, within bounds, without macros, its parts as real bytes.

Evidence and imported tables come in through here; each says in its own words what is wrong (``Fault``).
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import IO

MEGABYTE = 1024 * 1024
LARGEST_TYPES_PART = MEGABYTE
WORTH_A_RATIO = MEGABYTE  # small parts of XML compress very well
CHUNK = 64 * 1024
ENCRYPTED = 1
USUAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what Office writes; others take memory as the file says
TYPES_PART = "[Content_Types].xml"
_OOXML = "application/vnd.openxmlformats-officedocument."
WORD, EXCEL = _OOXML + "wordprocessingml.document", _OOXML + "spreadsheetml.sheet"
FOLDERS = {WORD: "word/", EXCEL: "xl/"}
MACROS = ("macroenabled", "vbaproject", "ms-office.activex")


class Fault(Enum):
    """What keeps a file from being taken."""

    NOT_WHOLE = "damaged, cut short, or without a part it needs"
    NOT_OFFICE = "another kind of zip, or packed as no office program packs"
    TOO_LARGE = "too many parts, or too much once unpacked"
    LOCKED = "needs a password"
    MACROS = "carries programs"


class BadPackage(Exception):
    """``fault`` says why the file cannot be taken."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Limits:
    """parts: number of files in the zip; unpacked: bytes in all; ratio: of unpacked to packed, for each larger part."""

    parts: int
    unpacked: int
    ratio: int


class Package:
    """An opened file. ``media_type`` is ``WORD`` or ``EXCEL``."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits, watch: Callable[[int], None] | None = None) -> None:
        self._archive, self._watch = archive, watch
        self._left = limits.unpacked
        parts = archive.infolist()
        _require_bounded(parts, limits)
        # programs disagree about upper case, and some of Windows write back-slashes
        self._parts = {_plain(part.filename): part for part in parts}
        if len(self._parts) < len(parts):
            raise BadPackage(Fault.NOT_WHOLE)
        self.media_type = self._media_type()

    def _media_type(self) -> str:
        types = self.read(TYPES_PART, Fault.NOT_OFFICE).decode("utf-8", "replace").lower()
        if any(word in types for word in MACROS) or any("vbaproject" in name for name in self._parts):
            raise BadPackage(Fault.MACROS)
        for media_type, folder in FOLDERS.items():
            if f"{media_type}.main+xml" in types and any(name.startswith(folder) for name in self._parts):
                return media_type
        raise BadPackage(Fault.NOT_OFFICE)

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._parts

    @property
    def names(self) -> tuple[str, ...]:
        """The parts in lower case with forward slashes."""
        return tuple(self._parts)

    def claimed(self) -> int:
        """Bytes of XML that the file claims to hold."""
        return sum(part.file_size for name, part in self._parts.items() if name.endswith((".xml", ".rels")))

    def read(self, name: str, fault: Fault = Fault.NOT_WHOLE) -> bytes:
        """A whole part. Raises ``BadPackage(fault)`` where there is none."""
        return b"".join(self.chunks(name, fault))

    def chunks(self, name: str, fault: Fault = Fault.NOT_WHOLE) -> Iterator[bytes]:
        """A part in pieces of 64 kB. Raises ``BadPackage``: not there, damaged, more than all parts may come to."""
        part = self._parts.get(_plain(name))
        if part is None:
            raise BadPackage(fault)
        with _damage_is_a_fault():
            opened = self._archive.open(part)
        with opened:
            while chunk := _next(opened):
                self._left -= len(chunk)
                if self._left < 0:
                    raise BadPackage(Fault.TOO_LARGE)
                if self._watch:
                    self._watch(len(chunk))
                yield chunk

    def require_whole(self) -> None:
        """Reads every part, none beyond the size it claims; raises ``BadPackage`` where a checksum is wrong."""
        with _damage_is_a_fault():
            if self._archive.testzip():
                raise BadPackage(Fault.NOT_WHOLE)


def _next(opened: IO[bytes]) -> bytes:
    with _damage_is_a_fault():
        return opened.read(CHUNK)


@contextmanager
def open_package(content: bytes, limits: Limits, *, watch: Callable[[int], None] | None = None) -> Iterator[Package]:
    """``watch`` hears how many bytes each piece read has, and may raise. Raises ``BadPackage``, as reading does."""
    with _damage_is_a_fault():
        archive = zipfile.ZipFile(io.BytesIO(content))
    with archive:
        yield Package(archive, limits, watch)


@contextmanager
def _damage_is_a_fault() -> Iterator[None]:
    try:
        yield
    except (BadPackage, MemoryError):
        raise
    except Exception:  # a hostile file may break a decoder in any way
        raise BadPackage(Fault.NOT_WHOLE) from None


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _require_bounded(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.unpacked:
        raise BadPackage(Fault.TOO_LARGE)
    for part in parts:
        if part.flag_bits & ENCRYPTED:
            raise BadPackage(Fault.LOCKED)
        if part.compress_type not in USUAL:
            raise BadPackage(Fault.NOT_OFFICE)
        if part.file_size > WORTH_A_RATIO and part.file_size > limits.ratio * max(1, part.compress_size):
            raise BadPackage(Fault.TOO_LARGE)
        if _plain(part.filename) == _plain(TYPES_PART) and part.file_size > LARGEST_TYPES_PART:
            raise BadPackage(Fault.NOT_OFFICE)
