"""Files as devices send them, made on the spot: photos with a position, documents, and things that are neither."""

import io
import struct
import zipfile
import zlib
from functools import cache
from typing import Any

from PIL import Image, ImageDraw

from tests.conftest import new_op
from tests.world import MORNING
from thidua.models import Actor, ChecklistSession
from thidua.models.session_verbs.evidence import StoredFile
from thidua.session_pages.storing import file_store

GPS = 0x8825
ORIENTATION = 0x0112
LYING = 6  # the camera was held upright: turn a quarter to the right
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OOXML = "application/vnd.openxmlformats-officedocument."
WORD = OOXML + "wordprocessingml.document.main+xml"
EXCEL = OOXML + "spreadsheetml.sheet.main+xml"
WORD_WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def drawing(size: tuple[int, int] = (320, 200), mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new(mode, size, "white")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, size[0] // 2, size[1]), fill="red")
    pen.rectangle((size[0] // 2, 0, size[0], size[1]), fill="blue")
    return picture


def saved(picture: Image.Image, kind: str, **settings: Any) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **settings)
    return buffer.getvalue()


def photo(size: tuple[int, int] = (320, 200), *, orientation: int = 1) -> bytes:
    """A JPEG with the position, the camera's name and a comment in it."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x0110] = "Máy ảnh của tôi"
    position = exif.get_ifd(GPS)
    position[1], position[2] = "N", (21.0, 16.0, 30.0)
    position[3], position[4] = "E", (106.0, 11.0, 45.0)
    return saved(drawing(size), "JPEG", exif=exif, comment=b"ghi chu rieng", quality=90)


def noise(size: tuple[int, int]) -> bytes:
    """A picture that does not compress: as heavy as a photo of that size at its worst."""
    return saved(Image.effect_noise(size, 120).convert("RGB"), "JPEG", quality=95)


def png() -> bytes:
    return saved(drawing(mode="RGBA"), "PNG")


def webp() -> bytes:
    return saved(drawing(), "WEBP")


@cache
def pdf() -> bytes:
    """It holds the moment of its making."""
    return saved(drawing(), "PDF")


def enormous_png(width: int = 30_000, height: int = 30_000) -> bytes:
    """Small on disk, gigabytes once decoded."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def office(main: str = WORD, folder: str = "word", *, packed: int = zipfile.ZIP_DEFLATED, **parts: bytes) -> bytes:
    """A small OOXML file whose main part has this content type; ``parts`` are more files in it."""
    part = f'<Override PartName="/{folder}/main.xml" ContentType="{main}"/>'
    types = f'<?xml version="1.0"?><Types xmlns="{TYPES}">{part}</Types>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packed) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr(f"{folder}/main.xml", "<main/>")
        for name, content in parts.items():
            archive.writestr(f"{folder}/{name}", content)
    return buffer.getvalue()


def docx() -> bytes:
    return office()


def xlsx() -> bytes:
    return office(EXCEL, "xl")


def lay_down(checklist_session: ChecklistSession, *, by: Actor, criterion_id: int | None = None) -> None:
    """A stored picture among the session's evidence, by the real verb. Needs an application context."""
    side = "unit" if by.role == "unit" else "team"
    digest, thumbnail = file_store().put(saved(drawing(), "JPEG")), file_store().put(saved(drawing((40, 25)), "JPEG"))
    file = StoredFile("so-theo-doi.jpg", "image/jpeg", len(saved(drawing(), "JPEG")), digest, thumbnail, digest)
    checklist_session.add_evidence(file, side, criterion_id=criterion_id, by=by, at=MORNING, op_id=new_op())
