"""Pictures: decoded within bounds, turned upright, drawn anew without position, camera or anything hidden behind.

One at a time: decoding is the heaviest work of the server, and scores must not wait for it.
"""

import io
import threading
from contextlib import suppress

from PIL import Image, ImageFile, ImageOps

from thidua.doors.evidence.taken import Taken, Unusable

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 4096
THUMBNAIL_SIDE = 480
WHITE = (255, 255, 255)
KINDS = {
    "JPEG": ("image/jpeg", ("jpg", "jpeg", "jfif"), {"quality": 88}),
    "PNG": ("image/png", ("png",), {"compress_level": 6}),
    "WEBP": ("image/webp", ("webp",), {"quality": 88, "method": 2}),
}
NOT_WHOLE = "là ảnh bị hỏng hoặc chưa tải hết. Xin chụp lại hoặc chọn lại ảnh."

_turn = threading.Lock()


def read_picture(content: bytes, kind: str) -> Taken:
    """The picture alone, and its thumbnail. ``kind`` is "JPEG", "PNG" or "WEBP". Raises ``Unusable``."""
    media_type, extensions, settings = KINDS[kind]
    with _turn:
        picture = _decoded(content, kind)
        return Taken(_encoded(picture, kind, **settings), media_type, extensions, thumbnail_of(picture))


def thumbnail_of(picture: Image.Image) -> bytes:
    """A JPEG of at most 480 pixels a side, which the oldest tablet shows."""
    small = picture.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    if small.mode == "RGBA":
        ground = Image.new("RGB", small.size, WHITE)
        ground.paste(small, mask=small.getchannel("A"))
        small = ground
    return _encoded(small, "JPEG", quality=80)


def _decoded(content: bytes, kind: str) -> Image.Image:
    try:
        with Image.open(io.BytesIO(content), formats=(kind,)) as sealed:
            _require_bounded(sealed)
            sealed.verify()
        with Image.open(io.BytesIO(content), formats=(kind,)) as picture:
            return _upright(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unusable(_too_large()) from None
    except (Unusable, MemoryError):
        raise
    except Exception:  # a hostile file may break a decoder in any way
        raise Unusable(NOT_WHOLE) from None


def _require_bounded(picture: ImageFile.ImageFile) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise Unusable(_too_large(f" ({width} × {height} điểm ảnh)"))


def _upright(picture: Image.Image) -> Image.Image:
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    picture.load()
    has_shape = picture.mode in ("LA", "PA", "RGBA") or "transparency" in picture.info
    if picture.mode.startswith("I"):  # sixteen bits of grey
        picture = picture.point(lambda value: value * (1 / 256)).convert("L")
    plain = picture.convert("RGBA" if has_shape else "L" if picture.mode in ("1", "L") else "RGB")
    plain.info = {"exif": picture.info["exif"]} if "exif" in picture.info else {}
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    with suppress(Exception):  # what a camera wrote about itself may be broken in any way; the picture is whole
        plain = ImageOps.exif_transpose(plain)
    plain.info = {}  # the encoders would write profile, comment and description again
    return plain


def _encoded(picture: Image.Image, kind: str, **settings: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **settings)
    return buffer.getvalue()


def _too_large(size: str = "") -> str:
    return f"có kích thước quá lớn{size}. Xin chụp lại ở cỡ nhỏ hơn, dưới {MOST_PIXELS // 1_000_000} triệu điểm ảnh."
