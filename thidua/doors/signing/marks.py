"""The visible mark of a signature: a person's in blue, the organisation's seal in red (Nghị định 30/2020/NĐ-CP)."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from PIL import Image
from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ..pdf.finish import finish
from ..pdf.fonts import printable, registered, text_width
from .failures import BadPicture

COLOURS = {"blue": (15, 56, 143), "red": (200, 16, 30)}
PADDING, LEADING = 3.0, 1.2
LARGEST, WHOLE, SMALLEST = 10.0, 7.0, 5.0
CAPTION = 7.5
MOST_PIXELS, SIDE = 8_000_000, 800
SEAL_OPACITY = 0.85
Line = tuple[str, str]  # the text and its face


@dataclass(frozen=True)
class Mark:
    """What stands at the place of a signature. The first line, as a rule the name, is bold.

    ``picture``: a PNG of the handwriting or of the seal; it is drawn in the colour of the mark, its background left
    out, large above the lines. ``frame``: a thin frame around it all. Red without a picture is a ring with the lines
    in it.
    """

    lines: tuple[str, ...]
    picture: bytes | None = field(default=None, repr=False)
    colour: Literal["blue", "red"] = "blue"
    frame: bool = True


def mark_page(mark: Mark, width: float, height: float, *, covered: float = 0.0) -> bytes:
    """A PDF of one page, `width` by `height` points, with the mark on it; lines too long to fit are cut with "…".

    `covered`: points on the left that the seal will cover; the lines keep right of it, the handwriting does not.
    Raises ``BadPicture``.
    """
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height), invariant=True, pageCompression=1)
    _take_ink(canvas, mark.colour)
    lines = [text for text in (printable(line).strip() for line in mark.lines) if text]
    left, inner = covered, width - covered - 2 * PADDING
    if mark.colour == "red" and mark.picture is None:
        _draw_ring(canvas, width, height)
        _draw_lines(canvas, _fitted(lines, LARGEST, width * 0.66, height * 0.54), left, width, height)
    elif mark.picture is None:
        _draw_lines(canvas, _fitted(lines, LARGEST, inner, height - 2 * PADDING), left, width, height)
    else:
        picture = tinted(mark.picture, COLOURS[mark.colour])
        words = _fitted(lines, CAPTION, inner, height * 0.45)
        text_height = len(words[1]) * words[0] * LEADING
        _draw_picture(canvas, picture, (PADDING, PADDING + text_height, width - PADDING, height - PADDING))
        _draw_lines(canvas, words, left, width, 2 * PADDING + text_height)
    if mark.frame and mark.colour == "blue":
        canvas.setLineWidth(0.7)
        canvas.roundRect(0.5, 0.5, width - 1, height - 1, 3)
    canvas.save()
    return finish(out.getvalue(), None)[0]


def tinted(picture: bytes, colour: tuple[int, int, int]) -> Image.Image:
    """The strokes of a PNG in one colour on nothing: where it is opaque, or, without transparency, where it is dark.

    Raises ``BadPicture`` for anything but a PNG of at most 8 million pixels with something on it.
    """
    try:
        with Image.open(io.BytesIO(picture), formats=["PNG"]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise BadPicture("Hình chữ ký quá lớn. Xin dùng hình nhỏ hơn.")
            whole = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise BadPicture("Hình chữ ký không đọc được. Xin vẽ lại hoặc chọn hình PNG khác.") from problem
    strokes = whole.getchannel("A")
    if strokes.getextrema()[0] > 250:
        strokes = whole.convert("L").point([255 if level < 90 else max(0, 380 - level * 2) for level in range(256)])
    box = strokes.point([0 if level < 24 else 255 for level in range(256)]).getbbox()
    if box is None:
        raise BadPicture("Hình chữ ký không có nét nào. Xin vẽ lại hoặc chọn hình khác.")
    strokes = strokes.crop(box)
    strokes.thumbnail((SIDE, SIDE))
    drawn = Image.new("RGBA", strokes.size, colour)
    drawn.putalpha(strokes)
    return drawn


def _take_ink(canvas: Canvas, colour: str) -> None:
    ink = Color(*(part / 255 for part in COLOURS[colour]))
    canvas.setStrokeColor(ink)
    canvas.setFillColor(ink)
    if colour == "red":  # what lies under a seal can still be read
        canvas.setStrokeAlpha(SEAL_OPACITY)
        canvas.setFillAlpha(SEAL_OPACITY)


def _draw_ring(canvas: Canvas, width: float, height: float) -> None:
    radius = min(width, height) / 2 - 1.5
    for line, inset in ((1.6, 0.0), (0.6, 3.0)):
        canvas.setLineWidth(line)
        canvas.circle(width / 2, height / 2, radius - inset)


def _draw_picture(canvas: Canvas, picture: Image.Image, room: tuple[float, float, float, float]) -> None:
    left, bottom, right, top = room
    scale = min((right - left) / picture.width, (top - bottom) / picture.height)
    width, height = picture.width * scale, picture.height * scale
    x, y = (left + right - width) / 2, (bottom + top - height) / 2
    canvas.drawImage(ImageReader(picture), x, y, width, height, mask="auto")


def _draw_lines(canvas: Canvas, words: tuple[float, Sequence[Line]], left: float, right: float, height: float) -> None:
    size, lines = words
    leading = size * LEADING
    y = height / 2 + len(lines) * leading / 2 - size * 0.95
    for text, face in lines:
        canvas.setFont(registered(face), size)
        canvas.drawCentredString((left + right) / 2, y, text)
        y -= leading


def _fitted(lines: Sequence[str], largest: float, width: float, height: float) -> tuple[float, list[Line]]:
    """The largest type in which everything fits: first each line whole, then wrapped between words, then cut."""
    faces = ["regular" if at else "bold" for at in range(len(lines))]
    sizes = [largest - step / 2 for step in range(int((largest - SMALLEST) * 2) + 1)]
    unbroken = min(WHOLE, largest - 1.5)
    for readable in ([size for size in sizes if size >= unbroken], sizes):
        for size in readable:
            wrapped = [
                (part, face) for line, face in zip(lines, faces, strict=True) for part in _wrap(line, face, size, width)
            ]
            whole = len(wrapped) == len(lines) or readable is sizes
            fits = all(text_width(text, face, size) <= width for text, face in wrapped)
            if whole and fits and len(wrapped) * size * LEADING <= height:
                return size, wrapped
    most = max(1, int(height // (SMALLEST * LEADING)))
    return SMALLEST, [(_cut(line, face, width), face) for line, face in zip(lines, faces, strict=True)][:most]


def _wrap(line: str, face: str, size: float, width: float) -> list[str]:
    parts: list[str] = []
    for word in line.split():
        if parts and text_width(f"{parts[-1]} {word}", face, size) <= width:
            parts[-1] += f" {word}"
        else:
            parts.append(word)
    return parts


def _cut(line: str, face: str, width: float) -> str:
    if text_width(line, face, SMALLEST) <= width:
        return line
    kept = line[:200]
    while kept and text_width(f"{kept}…", face, SMALLEST) > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"
