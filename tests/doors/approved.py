"""Pages that somebody has looked at and approved, and how a page is compared with its picture.

After a wanted change: ``python -m tests.doors.approved`` draws them anew; then look at every one before committing.
The papers are kept as blocks (papers.json), so that another wording changes no picture.
"""

import io
import json
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter, ImageStat

from tests.doors.family import family
from thidua.doors.pdf import page_pictures, render_pdf
from thidua.rules.documents import from_plain, to_plain

HERE = Path(__file__).parent / "pictures"
PAPERS = HERE / "papers.json"
DPI, GREYS = 50, 32
PAGES = {"BB": (0, 1, 2, 3), "draft": (0,), "KH": (0,), "GM": (1,), "TB": (0, 1), "BC": (0,)}
MOST_MEAN, MOST_SPOT = 2.5, 70  # of 255: other edges of the same letters stay below, half a millimetre does not


def pictures(kinds=tuple(PAGES), dpi=DPI):
    """(name, picture) of every page that is approved, as it is printed now."""
    papers = json.loads(PAPERS.read_text("utf-8"))
    for kind in kinds:
        pages = PAGES[kind]
        pdf = render_pdf(from_plain(papers[kind])).pdf
        for at, png in zip(pages, page_pictures(pdf, dpi=dpi, pages=pages), strict=True):
            yield f"{kind}-{at + 1}", Image.open(io.BytesIO(png)).convert("L")


def difference(one, other):
    """Mean and largest difference of two pictures of one size, in greys, edges of letters smoothed away."""
    if one.size != other.size:
        return 255.0, 255
    soft = [picture.filter(ImageFilter.BoxBlur(1)) for picture in (one, other)]
    between = ImageChops.difference(*soft)
    return ImageStat.Stat(between).mean[0], between.getextrema()[1]


def is_alike(one, other):
    mean, spot = difference(one, other)
    return mean <= MOST_MEAN and spot <= MOST_SPOT


def approve():
    """Draw all pictures anew."""
    papers = dict(family())
    papers["draft"] = replace(papers["BB"], draft=True, digest="", verify_address="")
    plain = {kind: to_plain(document) for kind, document in papers.items()}
    PAPERS.write_text(json.dumps(plain, ensure_ascii=False) + "\n", "utf-8")
    for name, picture in pictures():
        picture.quantize(GREYS).save(HERE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    approve()
