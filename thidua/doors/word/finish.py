"""What the file says of itself, and bytes without a clock: the same document is the same file in ten years."""

import io
import zipfile
from datetime import UTC, datetime

from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE

from thidua.rules.documents import Document

from .styles import LANGUAGE
from .xml import written

UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def describe(file: WordFile, document: Document, *, author: str, subject: str) -> None:
    """Title, author, number and language; no name of a machine or of whoever made the file."""
    told = file.core_properties
    told.title, told.subject, told.author = (written(text)[:255] for text in (document.title, subject, author))
    told.keywords, told.language, told.comments = written(document.code)[:255], LANGUAGE, ""
    told.last_modified_by, told.revision = told.author, 1
    told.created = told.modified = (document.issued_at or UNDATED).astimezone(UTC).replace(tzinfo=None)
    relations = file.part.package.rels
    for name in [name for name, one in relations.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[name]  # the library's template shows an empty page of its own


def without_clock(packed: bytes) -> bytes:
    """The same parts in the same order with a fixed date in the archive."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as parts,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as fresh,
    ):
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            fresh.writestr(entry, parts.read(name))
    return out.getvalue()
