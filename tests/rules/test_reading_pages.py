from dataclasses import replace

from tests.rules.half_day import FULL
from thidua.rules.documents import Column, Document, Heading, Listing, Paragraph, Row, Table
from thidua.rules.reading_pages import PAGE, _weight, reading_pages
from thidua.rules.wording import compose_minutes


def document(*blocks):
    return Document("BB", "01/BB-HTS", "Biên bản số 01/BB-HTS", blocks)


def test_every_text_is_read_once_in_its_order():
    minutes = compose_minutes(FULL)
    read = [piece for page in reading_pages(minutes) for piece in page.pieces]
    said = [piece.text for piece in read if piece.block_id == "strengths"]
    assert said == list(minutes.block("strengths").items)
    ids = [block.id for block in minutes.blocks if block.id != "recipients"]
    assert list(dict.fromkeys(piece.block_id for piece in read)) == ids


def test_no_page_is_fuller_than_the_wall_and_none_ends_with_a_heading():
    many = tuple(f"Ghi nhận thứ {number}, " + "hồ sơ lưu trữ đầy đủ, " * (number % 9) for number in range(200))
    pages = reading_pages(compose_minutes(replace(FULL, strengths=many)))
    assert len(pages) > 30
    for page in pages:
        assert sum(_weight(replace(piece, rows=(row,))) for piece in page.pieces for row in piece.rows or ((),)
                   if piece.kind != "table" or row) <= PAGE  # fmt: skip
        assert page.pieces[-1].kind != "heading"


def test_a_text_of_twenty_thousand_letters_goes_on_page_after_page():
    text = "Hội viên tham gia đông đủ. " * 740
    pages = reading_pages(document(Paragraph("report", text.strip())))
    assert len(pages) > 15
    assert " ".join(piece.text for page in pages for piece in page.pieces) == text.strip()
    assert all(page.block_ids == ("report",) for page in pages)


def test_a_table_goes_on_with_its_columns():
    rows = tuple(Row((str(number), "Tiêu chí")) for number in range(40))
    table = Table("scores", (Column("TT", 10), Column("Nội dung", 90)), rows)
    pages = reading_pages(document(Heading("scores-section", "I. Điểm"), table))
    assert len(pages) > 2 and all(page.title == "I. Điểm" for page in pages)
    tables = [piece for page in pages for piece in page.pieces if piece.kind == "table"]
    assert len(tables) == len(pages) and tuple(row for one in tables for row in one.rows) == rows


def test_a_numbered_list_keeps_its_numbers_over_the_page():
    items = tuple(f"Kiến nghị {number} " + "cần làm ngay " * 12 for number in range(1, 13))
    pages = reading_pages(document(Listing("recommendations", items, "1.")))
    assert [piece.mark for page in pages for piece in page.pieces] == [f"{number}." for number in range(1, 13)]


def test_an_empty_document_has_one_page():
    assert [page.pieces for page in reading_pages(document())] == [()]
