from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from unicodedata import normalize

import pytest

from thidua.rules.documents import (
    CodeBox,
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
    block_type,
    canonical_json,
    digest,
    from_plain,
    to_plain,
)

VIETNAM = timezone(timedelta(hours=7))

EVERY_BLOCK = Document(
    kind="BB",
    code="15/BB-HTS",
    title="Biên bản kiểm tra",
    issued_at=datetime(2020, 10, 25, 11, 20, tzinfo=VIETNAM),
    blocks=(
        Letterhead("letterhead", "HỘI TRƯỜNG SƠN", ("ĐOÀN KIỂM TRA",), "Số: 15/BB-HTS"),
        Title("title", "BIÊN BẢN", "Kiểm tra công tác thi đua"),
        Heading("h1", "I. Ưu điểm", 1),
        Paragraph("p1", "Phong trào khá."),
        Listing("l1", ("một", "hai"), "+"),
        Table(
            "t1",
            (Column("Tiêu chí", 70), Column("Điểm", 30, "right")),
            (Row(("Nội dung 1",), "group"), Row(("Quán triệt", "8,5"))),
            caption="Bảng điểm",
        ),
        Signatures("signatures", ("Kết thúc.",), (SignaturePlace("head", "", "TRƯỞNG ĐOÀN", "", "Võ Sở"),)),
        Recipients("recipients", ("Lưu: VP",)),
        CodeBox("code", "http://192.0.2.1/", ("Đơn vị: Hội A",), "Quét"),
    ),
)


def with_text(text):
    return Document("BB", "1/BB", "t", (Paragraph("p", text),))


def test_a_document_survives_the_way_to_plain_and_back():
    assert from_plain(to_plain(EVERY_BLOCK)) == EVERY_BLOCK


def test_plain_blocks_name_their_type():
    assert [block["type"] for block in to_plain(EVERY_BLOCK)["blocks"]] == [
        "letterhead", "title", "heading", "paragraph", "listing", "table", "signatures", "recipients", "codebox",
    ]  # fmt: skip
    assert block_type(EVERY_BLOCK.block("t1")) == "table"


def test_texts_typed_decomposed_become_composed_everywhere():
    decomposed = normalize("NFD", "Đường Trường Sơn huyền thoại")
    document = Document(
        "BB", "1/BB", decomposed, (Listing("l", (decomposed,)), Table("t", (Column(decomposed, 100),), ()))
    )
    composed = normalize("NFC", decomposed)
    assert document.title == composed
    assert document.block("l").items == (composed,)
    assert document.block("t").columns[0].title == composed


def test_the_same_text_has_the_same_digest_however_it_was_typed():
    composed, decomposed = normalize("NFC", "ưu điểm"), normalize("NFD", "ưu điểm")
    assert composed != decomposed
    assert digest(canonical_json({"k": composed})) == digest(canonical_json({"k": decomposed}))
    assert canonical_json(with_text(composed)) == canonical_json(with_text(decomposed))


def test_canonical_json_is_sorted_tight_and_readable():
    assert canonical_json({"b": 1, "a": ["ơ", True]}) == '{"a":["ơ",true],"b":1}'.encode()


def test_one_letter_changed_changes_the_digest():
    before, after = (digest(canonical_json(to_plain(with_text(text)))) for text in ("8,5 điểm", "8,6 điểm"))
    assert before != after and len(before) == 64


def test_the_time_of_issue_is_kept_in_universal_time():
    in_london = replace(EVERY_BLOCK, issued_at=datetime(2020, 10, 25, 4, 20, tzinfo=UTC))
    assert canonical_json(to_plain(in_london)) == canonical_json(to_plain(EVERY_BLOCK))


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        replace(EVERY_BLOCK, issued_at=datetime(2020, 10, 25))  # noqa: DTZ001 (the very thing refused)


def test_two_blocks_may_not_share_an_id():
    with pytest.raises(ValueError, match="twice: p"):
        Document("BB", "1", "t", (Paragraph("p", "a"), Heading("p", "b")))
