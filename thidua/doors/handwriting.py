"""The picture of a handwritten signature or of a seal, from a photo, a scan or a drawing: its strokes in one colour on
nothing, drawn anew as a PNG, so that nothing of the sent file is kept but the strokes."""

import io
from typing import Literal

from PIL import Image, ImageChops, ImageFilter, ImageOps

from thidua.doors.signing import BadPicture

COLOURS = {"blue": (15, 56, 143), "red": (200, 16, 30)}
MOST_PIXELS = 50_000_000
LOOKED_AT, KEPT = 1600, 800
FAINTEST, STEEPNESS = 30, 4
UNREADABLE = "Hình không đọc được. Xin chọn ảnh JPEG hoặc PNG chụp chữ ký trên giấy trắng, hoặc vẽ bằng ngón tay."


def read_strokes(content: bytes, colour: Literal["blue", "red"]) -> bytes:
    """A PNG, at most 800 pixels a side. Raises ``BadPicture`` with what is wrong and what to do."""
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise BadPicture("Hình quá lớn. Xin chụp lại ở cỡ nhỏ hơn.")
            opened.draft("RGB", (LOOKED_AT, LOOKED_AT))
            picture = ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise BadPicture(UNREADABLE) from problem
    picture.thumbnail((LOOKED_AT, LOOKED_AT))
    strokes = picture.getchannel("A")
    if strokes.getextrema()[0] > 250:  # nothing is transparent: what is darker than the paper around it is ink
        strokes = _ink(picture)
    box = strokes.point([0 if level < 40 else 255 for level in range(256)]).getbbox()
    if box is None or min(box[2] - box[0], box[3] - box[1]) < 8:
        raise BadPicture("Hình chưa có nét nào nhìn rõ. Xin vẽ lại, hoặc chụp gần hơn trên giấy trắng, đủ sáng.")
    strokes = strokes.crop(box)
    strokes.thumbnail((KEPT, KEPT))
    drawn = Image.new("RGBA", strokes.size, COLOURS[colour])
    drawn.putalpha(strokes)
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


def _ink(picture: Image.Image) -> Image.Image:
    """How much darker each place is than the paper around it; a shadow over the page is not ink."""
    red, green, blue, _ = picture.split()
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue).filter(ImageFilter.MedianFilter(3))
    small = darkest.resize((max(1, darkest.width // 8), max(1, darkest.height // 8)))
    paper = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(6)).resize(darkest.size)
    darker = ImageChops.subtract(paper, darkest)
    return darker.point([0 if level < FAINTEST else min(255, (level - FAINTEST) * STEEPNESS) for level in range(256)])
