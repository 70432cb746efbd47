"""Papers for the tests of the PDF door, and what a reader program sees in them."""

import io
import re
from datetime import UTC, datetime
from unicodedata import normalize

import pypdf

from thidua.rules.documents import (
    Column,
    Document,
    Heading,
    Letterhead,
    Listing,
    Paragraph,
    Recipients,
    Row,
    SignaturePlace,
    Signatures,
    Table,
    Title,
)

ISSUED = datetime(2020, 10, 25, 4, 20, tzinfo=UTC)
VIETNAMESE = "".join(
    normalize("NFC", base + tone)
    for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
) + "đĐ"  # fmt: skip
SENTENCE = (
    "Hội đã chủ động tổ chức nhiều hoạt động cụ thể, thiết thực, quán triệt đầy đủ các nội dung về công tác "
    "Thi đua – Khen thưởng, vận động hội viên tham gia xây dựng Hội vững mạnh."
)
LETTERHEAD = Letterhead("letterhead", "Hội Trường Sơn Việt Nam", ("Đoàn kiểm tra",), "Số: 15/BB-HTS")
TITLE = Title("title", "Biên bản", "Kiểm tra công tác thi đua")
SIGNATURES = Signatures(
    "signatures",
    ("Biên bản lập xong lúc 11 giờ 20.", "Lập thành 02 bản có giá trị như nhau./."),
    (
        SignaturePlace("secretary", "", "Thư ký", "(Ký, ghi rõ họ tên)", "Nguyễn Văn Quyết"),
        SignaturePlace("unit", "", "Đại diện đơn vị", "(Ký, ghi rõ họ tên)", "Trần Thị Hạnh"),
        SignaturePlace("head", "", "Trưởng đoàn", "(Ký, ghi rõ họ tên)", "Võ Sở"),
    ),
)
RECIPIENTS = Recipients("recipients", ("Thường trực Hội", "Lưu: VP"))


def paper(*middle, **changes):
    values = {"issued_at": ISSUED, "blocks": (LETTERHEAD, TITLE, *middle, SIGNATURES, RECIPIENTS)}
    return Document("BB", "15/BB-HTS", "Biên bản 15/BB-HTS", **(values | changes))


def paragraphs(count, text=SENTENCE):
    return tuple(Paragraph(f"p{at}", f"Ý {at}. {text}") for at in range(count))


def score_table(rows):
    columns = (Column("TT", 8, "center"), Column("Tiêu chí", 72), Column("Điểm", 20, "right"))
    items = []
    for at in range(rows):
        if at % 4 == 0:
            items.append(Row((f"Nhóm {at // 4 + 1}", "40"), "group"))
        items.append(Row((str(at + 1), f"Tiêu chí số {at + 1}", "8,5")))
    return (Heading("h", "Bảng điểm"), Table("scores", columns, (*items, Row(("Tổng cộng", "92,5"), "total"))))


def listing(*items):
    return Listing("list", items)


def pages_of(pdf):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def text_of(pdf):
    return flat("\n".join(pages_of(pdf)))


def flat(text):
    return re.sub(r"\s+", " ", text)


def fonts_of(pdf):
    """Names of the typefaces, and those among them that are not in the file."""
    names, outside = set(), set()
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        for name, resources in _resources(page):
            names.add(name)
            if not resources:
                outside.add(name)
    return names, outside


def _resources(page):
    places = [page["/Resources"]]
    places += [drawing.get_object()["/Resources"] for drawing in places[0].get("/XObject", {}).values()]
    for place in places:
        for font in place.get("/Font", {}).values():
            font = font.get_object()
            descriptor = font.get("/FontDescriptor", {})
            yield font["/BaseFont"], "/FontFile2" in descriptor
