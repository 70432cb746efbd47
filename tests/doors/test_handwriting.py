"""Pictures of signatures: strokes come out, paper and shadows do not; what is no picture is refused in words."""

import io

import pytest
from PIL import Image, ImageDraw, ImageFilter

from thidua.doors.handwriting import read_strokes
from thidua.doors.signing import BadPicture


def written(size=(900, 500), *, paper=(250, 248, 240), ink=(30, 40, 120), shadow=0) -> Image.Image:
    """A wavy line on paper that grows darker to the right."""
    picture = Image.new("RGB", size, paper)
    if shadow:
        dark = Image.linear_gradient("L").rotate(90).resize(size).point([level * shadow // 255 for level in range(256)])
        picture = Image.composite(Image.new("RGB", size, (0, 0, 0)), picture, dark)
    points = [(100 + step * 7, 250 + (step % 9 - 4) * 25) for step in range(90)]
    ImageDraw.Draw(picture).line(points, fill=ink, width=9)
    return picture.filter(ImageFilter.GaussianBlur(1))


def encoded(picture: Image.Image, form: str = "JPEG") -> bytes:
    out = io.BytesIO()
    picture.save(out, form)
    return out.getvalue()


@pytest.mark.parametrize("shadow", [0, 90])
def test_a_photo_becomes_blue_strokes_on_nothing(shadow) -> None:
    drawn = Image.open(io.BytesIO(read_strokes(encoded(written(shadow=shadow)), "blue")))
    assert (drawn.mode, max(drawn.size) <= 800) == ("RGBA", True)
    assert drawn.width > 5 * drawn.height / 2, "only the strokes are left"
    seen = [pixel for pixel in drawn.get_flattened_data() if pixel[3] > 128]
    assert {pixel[:3] for pixel in seen} == {(15, 56, 143)}
    assert 0.03 < len(seen) / (drawn.width * drawn.height) < 0.5


def test_what_was_drawn_with_a_finger_keeps_its_strokes() -> None:
    pad = Image.new("RGBA", (600, 300), (0, 0, 0, 0))
    ImageDraw.Draw(pad).line([(50, 50), (550, 250), (60, 240)], fill=(0, 0, 0, 255), width=6)
    drawn = Image.open(io.BytesIO(read_strokes(encoded(pad, "PNG"), "red")))
    assert drawn.getpixel((2, 2))[:3] == (200, 16, 30) and drawn.size[0] > 480


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "không đọc được"),
        (b"%PDF-1.7 gi do", "không đọc được"),
        (b"GIF89a" + bytes(50), "không đọc được"),
        (encoded(written())[:700], "không đọc được"),
        (encoded(Image.new("RGB", (300, 200), "white"), "PNG"), "chưa có nét"),
        (encoded(Image.new("RGBA", (300, 200), (0, 0, 0, 0)), "PNG"), "chưa có nét"),
        (encoded(Image.new("1", (8000, 7000)), "PNG"), "quá lớn"),
    ],
    ids=["empty", "pdf", "gif", "cut off", "white", "transparent", "bomb"],
)
def test_what_is_no_signature_is_told_in_words(content, words) -> None:
    with pytest.raises(BadPicture) as refused:
        read_strokes(content, "blue")
    assert words in refused.value.sentence
