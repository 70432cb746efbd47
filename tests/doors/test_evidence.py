"""Files laid before the team: known by their content, drawn anew, refused in words that go on from the name."""

import io
import zipfile

import pytest
from PIL import Image

from tests.evidence.drawn import (
    EXCEL,
    GPS,
    LYING,
    WORD_WITH_MACROS,
    docx,
    drawing,
    enormous_png,
    noise,
    office,
    pdf,
    photo,
    png,
    saved,
    webp,
    xlsx,
)
from thidua.doors.evidence import LARGEST, Unusable, read_evidence
from thidua.doors.evidence.pictures import LONGEST_SIDE, THUMBNAIL_SIDE

HTML = b"<html><script>alert(document.cookie)</script></html>"


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "media_type", "extension"),
    [
        (photo(), "image/jpeg", "jpg"),
        (png(), "image/png", "png"),
        (webp(), "image/webp", "webp"),
        (pdf(), "application/pdf", "pdf"),
        (docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
        (xlsx(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    ],
    ids=["JPEG", "PNG", "WebP", "PDF", "DOCX", "XLSX"],
)
def test_each_kind_is_taken_for_what_it_is(content: bytes, media_type: str, extension: str) -> None:
    taken = read_evidence(content)
    assert (taken.media_type, taken.extensions[0]) == (media_type, extension)
    assert bool(taken.thumbnail) == media_type.startswith("image/")


def test_a_document_is_kept_byte_for_byte() -> None:
    assert read_evidence(pdf()).content == pdf()
    assert read_evidence(docx()).content == docx()


def test_the_position_the_camera_and_the_comment_are_gone() -> None:
    sent = photo()
    assert opened(sent).getexif().get_ifd(GPS)
    taken = read_evidence(sent)
    for content in (taken.content, taken.thumbnail):
        picture = opened(content)
        assert not picture.getexif() and "comment" not in picture.info and "icc_profile" not in picture.info
        assert b"Exif" not in content and b"ghi chu rieng" not in content


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_position_and_description_are_gone_from_other_pictures_too(kind: str) -> None:
    exif = Image.Exif()
    exif.get_ifd(GPS)[1] = "N"
    content = read_evidence(saved(drawing(), kind, exif=exif)).content
    assert not opened(content).getexif() and b"EXIF" not in content and b"eXIf" not in content


def test_a_photo_taken_upright_is_turned_upright() -> None:
    picture = opened(read_evidence(photo((320, 200), orientation=LYING)).content)
    assert picture.size == (200, 320)
    top, bottom = picture.getpixel((100, 40)), picture.getpixel((100, 280))
    assert top[0] > 200 > top[2] and bottom[2] > 200 > bottom[0], "red was left, so it is on top now"


def test_a_large_photo_is_kept_within_bounds_and_its_thumbnail_small() -> None:
    taken = read_evidence(noise((6000, 3000)))
    assert opened(taken.content).size == (LONGEST_SIDE, LONGEST_SIDE // 2)
    assert max(opened(taken.thumbnail).size) == THUMBNAIL_SIDE and len(taken.thumbnail) < 100_000


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_mode_of_a_png_is_drawn(mode: str) -> None:
    picture = Image.new(mode, (30, 20)) if mode == "I;16" else drawing((30, 20)).convert(mode)
    assert opened(read_evidence(saved(picture, "PNG")).content).size == (30, 20)


def test_a_transparent_picture_has_a_thumbnail_on_white() -> None:
    taken = read_evidence(saved(Image.new("RGBA", (30, 20), (0, 0, 0, 0)), "PNG"))
    assert opened(taken.thumbnail).getpixel((5, 5)) == (255, 255, 255)


def test_a_printers_photo_in_four_colours_is_drawn_in_three() -> None:
    assert opened(read_evidence(saved(drawing().convert("CMYK"), "JPEG")).content).mode == "RGB"


def test_a_page_hidden_behind_a_photo_does_not_survive() -> None:
    for sent in (photo() + HTML, saved(drawing(), "JPEG", comment=HTML)):
        taken = read_evidence(sent)
        assert taken.media_type == "image/jpeg" and b"<script" not in taken.content
    assert b"<script" not in read_evidence(png() + HTML).content


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "trống"),
        (HTML, "không phải là ảnh JPEG, PNG, WebP hay tệp PDF, DOCX, XLSX"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "không phải là ảnh"),
        (b"\xff\xd8\xff" + HTML, "bị hỏng"),
        (b"\x89PNG\r\n\x1a\n" + HTML, "bị hỏng"),
        (photo()[: len(photo()) // 2], "bị hỏng hoặc chưa tải hết"),
        (png()[:-20], "bị hỏng hoặc chưa tải hết"),
        (webp()[:40], "bị hỏng hoặc chưa tải hết"),
        (enormous_png(), "kích thước quá lớn"),
        (enormous_png(9000, 9000), "kích thước quá lớn (9000 × 9000 điểm ảnh)"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "Tương thích nhất"),
        (saved(drawing(), "GIF"), "Xin lưu thành JPEG"),
        (saved(drawing(), "TIFF"), "Xin lưu thành JPEG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Word, Excel cũ hoặc có mật khẩu"),
        (b"%PDF-1.7\n" + HTML, "PDF bị hỏng"),
        (pdf()[:-200], "PDF bị hỏng"),
        (b"%PDF-1.4\nstartxref\n999999999\n%%EOF", "PDF bị hỏng"),
        (office(WORD_WITH_MACROS), "có chứa macro"),
        (office(**{"vbaProject.bin": b"x"}), "có chứa macro"),
        (office("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", "ppt"), "dạng"),
        (office(EXCEL, "word"), "dạng chưa nhận được"),
        (docx()[:-30], "bị hỏng"),
        (office(**{"filler.xml": b"\0" * 3_000_000}), "phình quá lớn"),
    ],
)
def test_anything_else_is_refused_with_what_to_do(content: bytes, words: str) -> None:
    with pytest.raises(Unusable) as refused:
        read_evidence(content)
    assert words in str(refused.value) and "xin " in str(refused.value).lower()


def test_a_zip_of_many_medium_parts_is_refused_before_it_is_unpacked() -> None:
    parts = {f"part{number}.xml": bytes(range(256)) * 4000 for number in range(250)}
    with pytest.raises(Unusable, match="phình quá lớn"):
        read_evidence(office(**parts))


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_document_packed_as_no_office_packs_is_refused(packed: int) -> None:
    """How much memory LZMA takes, the file itself says; a broken one raises an error of its own."""
    content = office(packed=packed)
    for sent in (content, content.replace(b"\x09\x04\x05\x00", b"\xff\xff\xff\xff")):
        with pytest.raises(Unusable, match="dạng chưa nhận được"):
            read_evidence(sent)


def test_a_byte_too_much_is_told_with_the_size() -> None:
    with pytest.raises(Unusable, match="nặng 25,0 MB, quá mức 25 MB"):
        read_evidence(b"\xff\xd8\xff" + b"\0" * (LARGEST - 2))


def test_a_damaged_part_of_a_document_is_noticed() -> None:
    content = bytearray(office(**{"main2.xml": bytes(range(256)) * 40}))
    place = content.find(b"main2.xml") + 60
    content[place] ^= 255
    with pytest.raises(Unusable, match="bị hỏng"):
        read_evidence(bytes(content))
