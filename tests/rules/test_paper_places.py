"""The places of minutes that an addendum points to have names that people would read out."""

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
from thidua.rules.paper_places import place_with, places_in

TABLE = Table(
    "scores",
    (Column("TT", 10), Column("Nội dung", 50), Column("Tối đa", 20), Column("Thống nhất", 20)),
    (
        Row(("1. Phong trào", "50", "45"), "group"),
        Row(("1.1", "Quy định tặng kỷ niệm chương “Chiến sỹ Trường Sơn”", "10", "–")),
        Row(("Ghi chú chung",)),
        Row(("Tổng cộng", "100", "90"), "total"),
    ),
)
MINUTES = Document(
    "BB",
    "01/BB-HTS",
    "Biên bản",
    (
        Letterhead("letterhead", "", ("HỘI",), "Số: 01/BB-HTS"),
        Title("title", "Biên bản", "Kiểm tra"),
        Paragraph("opening", "Hôm nay…"),
        Heading("findings", "II. Nhận xét"),
        Heading("shortcomings-heading", "2. Hạn chế", 2),
        Listing("shortcomings", ("Thiếu hồ sơ;", "Chậm báo cáo.")),
        Heading("scores-heading", "III. Kết quả"),
        TABLE,
        Signatures("signatures", ("Kết thúc ./.",), (SignaturePlace("head", "", "Trưởng đoàn", "", "Nguyễn Văn A"),)),
        Recipients("recipients", ("Đơn vị;", "Lưu: VP.")),
    ),
)


def test_every_sentence_item_and_row_has_a_name_and_its_words() -> None:
    assert [(one.key, one.name, one.text) for one in places_in(MINUTES)] == [
        ("title", "tên biên bản", "Kiểm tra"),
        ("opening", "phần mở đầu", "Hôm nay…"),
        ("shortcomings:1", "mục II.2 “Hạn chế”, ý 1", "Thiếu hồ sơ"),
        ("shortcomings:2", "mục II.2 “Hạn chế”, ý 2", "Chậm báo cáo."),
        ("scores:1", "mục III “Kết quả”, dòng “1. Phong trào”", "Tối đa: 50; Thống nhất: 45"),
        ("scores:2", "mục III “Kết quả”, dòng “1.1 Quy định tặng kỷ niệm chương ‘Chiến sỹ Trường Sơn’”", "Tối đa: 10"),
        ("scores:4", "mục III “Kết quả”, dòng “Tổng cộng”", "Tối đa: 100; Thống nhất: 90"),
        ("signatures:1", "phần cuối biên bản", "Kết thúc ./."),
        ("signatures:head", "phần ký tên", "Nguyễn Văn A"),
        ("recipients", "phần Nơi nhận", "Đơn vị; Lưu: VP"),
    ]


def test_a_place_is_found_again_by_its_key_and_an_unknown_one_is_none() -> None:
    found = place_with(MINUTES, "shortcomings:2")
    assert found is not None and found.text == "Chậm báo cáo."
    assert place_with(MINUTES, "shortcomings:3") is None and place_with(MINUTES, "") is None
