"""python child.py: reads the QR codes of one file, then ends (``thidua/doors/one_shot.py``). Imports nothing of ours.

The file may come from anybody: whatever it does to the decoders happens here, with bounded memory, time and pixels.
"""

import contextlib
import io
import json
import math
import os
import sys

POLITE = 10
MOST_MEMORY = 1536 * 1024**2
MOST_SECONDS = 40  # of the processor
MOST_PAGES = 60
MOST_PIXELS = 50_000_000  # a picture as it comes
DRAWN_PIXELS = 12_000_000  # a page as it is drawn
LONGEST_SIDE = 5000
POINTS = 72
DOTS_PER_INCH = (200, 320)  # the second only when the first shows nothing
MOST_CODES, LONGEST_CODE = 8, 300
CROPS = ((0, 0.5, 0.55, 1), (0.45, 0.5, 1, 1), (0, 0, 0.55, 0.55), (0.45, 0, 1, 0.55))
"""Corners of a photograph (left, top, right, bottom), those at the foot first: enlarged, a small code is seen."""


def main() -> None:
    """Answers {"pages": [[code, …], …], "of": pages of the file} or {"fault": "broken|locked|large"}."""
    _bound()
    sys.stdin.buffer.readline()
    content = sys.stdin.buffer.read()
    try:
        answer = read_pdf(content) if b"%PDF-" in content[:1024] else read_picture(content)
    except MemoryError:
        answer = {"fault": "large"}
    sys.stdout.write(json.dumps(answer))


def read_pdf(content: bytes) -> dict[str, object]:
    """The codes on each page, the first sixty."""
    import pypdfium2

    try:
        file = pypdfium2.PdfDocument(content)
        count = len(file)
    except pypdfium2.PdfiumError as problem:
        return {"fault": "locked" if "assword" in str(problem) else "broken"}
    pages: list[list[str]] = []
    for number in range(min(count, MOST_PAGES)):
        try:
            page = file[number]
            pages.append(_codes_of_page(page))
            page.close()
        except pypdfium2.PdfiumError:
            pages.append([])
    return {"pages": pages, "of": count} if count else {"fault": "broken"}


def read_picture(content: bytes) -> dict[str, object]:
    """The codes on a photograph, however it is turned."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return {"fault": "large"}
            picture.draft("L", (LONGEST_SIDE, LONGEST_SIDE))
            grey = picture.convert("L")
    except Image.DecompressionBombError:
        return {"fault": "large"}
    except MemoryError:
        raise
    except Exception:
        return {"fault": "broken"}
    grey.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return {"pages": [_codes_of_photograph(grey)], "of": 1}


def _codes_of_page(page: object) -> list[str]:
    width, height = page.get_size()  # type: ignore[attr-defined]
    found: list[str] = []
    for dots in DOTS_PER_INCH:
        scale = min(dots / POINTS, math.sqrt(DRAWN_PIXELS / max(width * height, 1)))
        bitmap = page.render(scale=scale, grayscale=True)  # type: ignore[attr-defined]
        found = _codes(bitmap.to_pil())
        bitmap.close()
        if found:
            break
    return found


def _codes_of_photograph(grey: object) -> list[str]:
    from PIL import Image, ImageOps

    found = _codes(grey)
    for left, top, right, bottom in () if found else CROPS:
        width, height = grey.size  # type: ignore[attr-defined]
        box = (int(left * width), int(top * height), int(right * width), int(bottom * height))
        part = ImageOps.autocontrast(grey.crop(box))  # type: ignore[attr-defined]
        times = max(1, min(2, LONGEST_SIDE / max(part.size)))
        found = _codes(part.resize((int(part.width * times), int(part.height * times)), Image.Resampling.LANCZOS))
        if found:
            break
    return found


def _codes(picture: object) -> list[str]:
    import zxingcpp

    read = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return [one.text[:LONGEST_CODE] for one in read[:MOST_CODES] if one.valid]


def _bound() -> None:
    with contextlib.suppress(Exception):  # a system that knows no limits or no priorities: the parent's clock remains
        os.nice(POLITE)
    with contextlib.suppress(Exception):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
