"""Reading an uploaded file once: its SHA-256, and those of its beginnings."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

CHUNK = 1 << 20
PDF_HEAD = b"%PDF-"
HEAD_WITHIN = 1024
"""Readers accept a few bytes before the head of a PDF."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """`beginnings` maps a length in bytes to the SHA-256 of so many first bytes; shorter than the file."""

    size: int
    is_pdf: bool
    sha256: str
    beginnings: dict[int, str]


def fingerprint(stream: BinaryIO, lengths: Iterable[int]) -> Fingerprint:
    """Of a seekable stream, in one pass and little memory."""
    size = stream.seek(0, 2)
    stream.seek(0)
    head = stream.read(HEAD_WITHIN)
    stream.seek(0)
    digest = hashlib.sha256()
    beginnings: dict[int, str] = {}
    position = 0
    for length in sorted({length for length in lengths if 0 < length < size}):
        _update(digest, stream, length - position)
        position, beginnings[length] = length, digest.hexdigest()
    _update(digest, stream, size - position)
    return Fingerprint(size, PDF_HEAD in head, digest.hexdigest(), beginnings)


def _update(digest: "hashlib._Hash", stream: BinaryIO, count: int) -> None:
    while count > 0:
        chunk = stream.read(min(CHUNK, count))
        if not chunk:
            return
        digest.update(chunk)
        count -= len(chunk)
