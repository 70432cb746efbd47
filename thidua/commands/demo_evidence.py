"""Evidence of the demo, drawn on the spot: two photographed papers, a picture of the room, and a PDF."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from thidua.config import PROJECT_ROOT
from thidua.doors.evidence import read_evidence
from thidua.doors.files import FileStore
from thidua.models.session_verbs.evidence import StoredFile

FONTS = PROJECT_ROOT / "static" / "fonts"
SIZE = (1280, 960)
DESK, PAPER, INK, RULE, SEAL = "#6b4a2f", "#fbf8ef", "#1d2430", "#9aa7b5", "#b3202c"
BOOK = (
    "SỔ THEO DÕI KHEN THƯỞNG NĂM 2020",
    (
        "Chi hội Yên Thế: Bằng khen số 112, ngày 15/5/2020",
        "Chi hội Lục Nam: Giấy khen số 27, ngày 02/9/2020",
        "Chi hội Tân Yên: Giấy khen số 28, ngày 02/9/2020",
        "Chi hội Hiệp Hòa: chưa có hồ sơ lưu",
    ),
)
AGREEMENT = (
    "GIAO ƯỚC THI ĐUA NĂM 2020",
    (
        "Cụm thi đua số 3 gồm 04 Hội tỉnh, thành phố",
        "1. Phong trào “Trường Sơn – Tự hào – Phát triển”",
        "2. Giúp 12 gia đình hội viên thoát nghèo",
        "3. Nộp báo cáo trước ngày 15 tháng cuối quý",
    ),
)
REPORT = (
    "Báo cáo số 15/BC: công tác thi đua, khen thưởng năm 2020",
    "1. Hội có 24 chi hội với 2.150 hội viên; 24/24 chi hội học tập Quy chế 217/QC-HTS.",
    "2. Khen thưởng: 3 Bằng khen, 41 Giấy khen; hồ sơ lưu tại Văn phòng Hội.",
    "Phụ lục 2. Số liệu khen thưởng theo chi hội, năm 2018 đến 2020.",
)


def demo_files(store: FileStore) -> Iterator[tuple[StoredFile, str, str]]:
    """(file, whose it is, caption): the unit's PDF, two of the team's papers, the room."""
    pieces = (
        ("bao-cao-15.pdf", _report(), "unit", "Báo cáo số 15/BC và phụ lục 2"),
        ("giao-uoc-thi-dua.jpg", _photographed(*AGREEMENT, turn=-2.5), "team", "Giao ước thi đua của cụm"),
        ("so-khen-thuong.jpg", _photographed(*BOOK, turn=1.5), "team", "Sổ khen thưởng, còn thiếu hồ sơ một chi hội"),
        ("hoi-truong.jpg", _room(), "team", "Toàn cảnh buổi làm việc"),
    )
    for name, content, side, caption in pieces:
        taken = read_evidence(content)
        digest = store.put(taken.content)
        thumbnail = store.put(taken.thumbnail) if taken.thumbnail else ""
        yield StoredFile(name, taken.media_type, len(taken.content), digest, thumbnail, digest), side, caption


def demo_report(store: FileStore) -> StoredFile:
    """The report that the unit sent with its preparation."""
    taken = read_evidence(_report())
    digest = store.put(taken.content)
    return StoredFile("bao-cao-thi-dua-2020.pdf", taken.media_type, len(taken.content), digest, "", digest)


def _photographed(title: str, lines: Sequence[str], *, turn: float) -> bytes:
    """A written page lying on a table, a little askew, with the light falling from one corner."""
    page = Image.new("RGB", (1000, 760), PAPER)
    pen = ImageDraw.Draw(page)
    pen.text((500, 90), title, INK, _font("bold", 46), "mm")
    for number, line in enumerate(lines):
        foot = 220 + number * 110
        pen.line((70, foot + 34, 930, foot + 34), RULE, 2)
        pen.text((80, foot), line, INK, _font("italic", 36), "lm")
    pen.ellipse((700, 590, 850, 740), outline=SEAL, width=7)
    pen.text((775, 665), "HTS", SEAL, _font("bold", 40), "mm")
    table = Image.new("RGB", SIZE, DESK)
    turned = page.convert("RGBA").rotate(turn, expand=True, resample=Image.Resampling.BICUBIC)
    shadow = Image.new("L", SIZE, 0)
    shadow.paste(150, (150, 110), turned.getchannel("A"))
    table.paste("#2a1c10", mask=shadow.filter(ImageFilter.GaussianBlur(16)))
    table.paste(turned, (130, 90), turned)
    light = Image.linear_gradient("L").resize(SIZE).point(lambda value: 255 - value // 4)
    return _jpeg(Image.composite(table, Image.new("RGB", SIZE, "#000000"), light))


def _room() -> bytes:
    """A hall with a banner, a table and people around it."""
    hall = Image.new("RGB", SIZE, "#d9cdb4")
    pen = ImageDraw.Draw(hall)
    pen.rectangle((0, 620, *SIZE), fill="#8d6b4a")
    pen.rectangle((160, 90, 1120, 210), fill=SEAL)
    pen.text((640, 150), "KIỂM TRA CÔNG TÁC THI ĐUA, KHEN THƯỞNG", "#ffe08a", _font("bold", 38), "mm")
    for place in range(9):
        left = 90 + place * 125
        pen.ellipse((left, 400, left + 78, 478), fill="#c99b75")
        pen.ellipse((left, 385, left + 78, 440), fill="#5c5c5c" if place % 3 else "#c9c9c9")
        pen.rounded_rectangle((left - 24, 480, left + 102, 680), 40, fill=("#47604a", "#e8e6df", "#31465e")[place % 3])
    pen.polygon(((60, 640), (1220, 640), (1280, 800), (0, 800)), fill="#f1ead9")
    pen.rectangle((0, 800, 1280, 960), fill="#a8845d")
    return _jpeg(hall.filter(ImageFilter.GaussianBlur(1.2)))


def _report() -> bytes:
    name = "Tinos-demo"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(FONTS / "tinos-regular.ttf")))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    canvas.setTitle(REPORT[0])
    for number, line in enumerate(REPORT):
        canvas.setFont(name, 15 if number == 0 else 12)
        canvas.drawString(70, 760 - number * 34, line)
    canvas.save()
    return buffer.getvalue()


def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(Path(FONTS) / f"tinos-{face}.ttf"), size)


def _jpeg(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=82)
    return buffer.getvalue()
