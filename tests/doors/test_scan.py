"""Codes on scans and photographs, read in a process that a hostile file cannot take along."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageFilter
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from thidua.doors import one_shot
from thidua.doors.qr import qr_png
from thidua.doors.scan import UnreadableScan, page_count, read_scan

CODE = "http://192.168.1.10:8000/verify/0123456789abcdef?p="


def photographed(page: int, dots: int) -> Image.Image:
    """A page of A4 at so many dots an inch, a code of 13 mm at its foot."""
    picture = Image.new("L", (int(8.27 * dots), int(11.69 * dots)), 235)
    side = int(13 / 25.4 * dots)
    code = Image.open(qr_png(f"{CODE}{page}")).convert("L").resize((side, side), Image.Resampling.LANCZOS)
    picture.paste(code, (picture.width - 2 * side, picture.height - 2 * side))
    return picture


def as_bytes(picture: Image.Image, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def scanned(pages: int, dots: int = 150) -> bytes:
    """A PDF of pictures, as a copier makes it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for page in range(1, pages + 1):
        canvas.drawImage(ImageReader(photographed(page, dots)), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def locked(pdf: bytes) -> bytes:
    writer, out = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf))), io.BytesIO()
    writer.encrypt("mật khẩu", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


def test_a_code_is_read_however_the_page_was_held() -> None:
    tilted = photographed(3, 150).rotate(187, expand=True, fillcolor=160).filter(ImageFilter.GaussianBlur(0.6))
    assert read_scan(as_bytes(tilted)).pages == ((f"{CODE}3",),)
    assert read_scan(as_bytes(photographed(2, 110), "WEBP")).pages == ((f"{CODE}2",),)


def test_a_scanned_pdf_is_read_page_by_page() -> None:
    read = read_scan(scanned(2))
    assert (read.is_picture, read.of, read.pages) == (False, 2, ((f"{CODE}1",), (f"{CODE}2",)))
    assert page_count(scanned(2)) == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (lambda: locked(scanned(1, 50)), "mật khẩu"),
        (lambda: b"%PDF-1.4 trailer", "bị hỏng"),
        (lambda: as_bytes(photographed(1, 50))[:900], "bị hỏng"),
        (lambda: png_claiming(40_000, 40_000), "quá lớn"),
        (lambda: b"%PDF-" + bytes(26 * 1024 * 1024), "25 MB"),
        (lambda: b"GIF89a", "không phải tệp PDF"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(content, sentence) -> None:
    with pytest.raises(UnreadableScan, match=sentence):
        read_scan(content())


def test_a_file_that_takes_too_long_is_stopped(monkeypatch) -> None:
    monkeypatch.setattr(one_shot, "MOST_SECONDS", 0.001)
    with pytest.raises(UnreadableScan, match="quá lâu"):
        read_scan(as_bytes(photographed(1, 50)))
