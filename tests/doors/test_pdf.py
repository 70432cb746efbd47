import io
import logging
import shutil
import subprocess
from dataclasses import replace
from unicodedata import is_normalized, normalize

import pikepdf
import pypdf
import pytest

from tests.doors.measuring import measured
from tests.doors.papers import (
    ISSUED,
    LETTERHEAD,
    RECIPIENTS,
    SENTENCE,
    SIGNATURES,
    TITLE,
    VIETNAMESE,
    flat,
    fonts_of,
    listing,
    pages_of,
    paper,
    paragraphs,
    score_table,
    text_of,
)
from thidua.doors.pdf import RenderFailure, fonts, layout, render_pdf
from thidua.rules.documents import (
    Column,
    Heading,
    Letterhead,
    Listing,
    Paragraph,
    Row,
    SignaturePlace,
    Signatures,
    Table,
    Title,
)

MM = 72 / 25.4


def test_every_vietnamese_letter_comes_out_as_it_went_in_in_all_four_faces():
    words = " ".join(VIETNAMESE[at : at + 6] for at in range(0, len(VIETNAMESE), 6))
    regular, italic, bold, bold_italic = (f"{face} {words}" for face in ("thường", "nghiêng", "đậm", "đậm nghiêng"))
    rendered = render_pdf(
        paper(
            Paragraph("p", regular),
            Paragraph("basis", italic, "basis"),
            Heading("h", bold),
            Heading("hi", bold_italic, 3),
        )
    )
    text = text_of(rendered.pdf)
    for line in (regular, italic, bold, bold_italic):
        assert line in text
    names, outside = fonts_of(rendered.pdf)
    assert {name.partition("+")[2] for name in names} == {
        "Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic",
    }  # fmt: skip
    assert not outside


def test_decomposed_input_is_printed_composed():
    decomposed = normalize("NFD", SENTENCE)
    text = text_of(render_pdf(paper(Paragraph("p", decomposed))).pdf)
    assert SENTENCE in text and is_normalized("NFC", text)


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (28, 3), (62, 6)])
def test_the_number_of_pages_is_told(count, pages):
    rendered = render_pdf(paper(*paragraphs(count)))
    assert rendered.pages == len(pages_of(rendered.pdf)) == pages


def test_only_pages_from_the_second_on_carry_a_number_at_their_top():
    pages = pages_of(render_pdf(paper(*paragraphs(28))).pdf)
    numbers = [page.split("\n")[0].strip() for page in pages]
    assert numbers[1:] == ["2", "3"]
    assert not any(line.strip().isdecimal() for line in pages[0].split("\n"))


def test_minutes_print_no_place_and_date_and_a_plan_does():
    dated = replace(LETTERHEAD, place_and_date="Hà Nội, ngày 08 tháng 9 năm 2020")
    plan = paper(blocks=(dated, TITLE, Paragraph("p", SENTENCE)))
    assert "Hà Nội, ngày 08 tháng 9 năm 2020" in text_of(render_pdf(plan).pdf)
    assert "Hà Nội" not in text_of(render_pdf(paper()).pdf)


def test_letterhead_and_kind_are_printed_in_capitals():
    text = text_of(render_pdf(paper()).pdf)
    for line in ("HỘI TRƯỜNG SƠN VIỆT NAM", "ĐOÀN KIỂM TRA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BIÊN BẢN"):
        assert line in text
    assert "Độc lập - Tự do - Hạnh phúc" in text


def test_table_heads_are_repeated_on_every_page():
    pages = pages_of(render_pdf(paper(*score_table(70))).pdf)
    with_rows = [page for page in pages if "Tiêu chí số" in page]
    assert len(with_rows) > 2
    assert all("Tiêu chí\n" in page or "Tiêu chí Điểm" in flat(page) for page in with_rows)


@pytest.mark.parametrize("before", [8, 9, 10])
def test_a_group_row_never_ends_a_page(before):
    """Shifted line by line, so that a group would fall on the foot of a page."""
    shift = tuple(Paragraph(f"s{at}", f"Dòng {at}") for at in range(before))
    for page in pages_of(render_pdf(paper(*shift, *score_table(60))).pdf)[:-1]:
        lines = [line for line in page.split("\n") if line.strip()]
        assert not lines[-1].startswith("Nhóm"), lines[-3:]


@pytest.mark.parametrize("before", [20, 24])
def test_a_long_table_begins_under_its_heading_and_not_on_the_next_page(before):
    shift = tuple(Paragraph(f"s{at}", f"Dòng {at}") for at in range(before))
    pages = pages_of(render_pdf(paper(*shift, *score_table(60))).pdf)
    page = next(page for page in pages if "Bảng điểm" in page)
    assert "Tiêu chí số 1" in page


def test_the_page_before_a_long_table_is_used_to_its_end():
    shift = tuple(Paragraph(f"s{at}", f"Dòng {at}") for at in range(10))
    assert "Tiêu chí số 8" in pages_of(render_pdf(paper(*shift, *score_table(60))).pdf)[0]


@pytest.mark.parametrize("before", [13, 16, 19, 28])
def test_signatures_are_never_alone_on_a_page(before):
    shift = tuple(Paragraph(f"s{at}", f"Dòng {at}") for at in range(before))
    rendered = render_pdf(paper(*shift))
    page = pages_of(rendered.pdf)[rendered.places["head"].page]
    assert "Biên bản lập xong" in page and "Võ Sở" in page and "Lưu: VP" in page


@pytest.mark.parametrize("before", [14, 18])
def test_signatures_without_closing_words_take_the_last_paragraph_along(before):
    shift = tuple(Paragraph(f"s{at}", f"Dòng {at}") for at in range(before))
    blocks = (LETTERHEAD, TITLE, *shift, Paragraph("end", "Lời cuối cùng./."), replace(SIGNATURES, closing=()))
    rendered = render_pdf(paper(blocks=blocks))
    page = pages_of(rendered.pdf)[rendered.places["head"].page]
    assert "Lời cuối cùng" in page
    assert text_of(rendered.pdf).count("Lời cuối cùng") == 1


def test_signature_places_are_where_the_names_are():
    rendered = render_pdf(paper(*paragraphs(3)))
    assert set(rendered.places) == {"secretary", "unit", "head"}
    lefts = [rendered.places[name].box[0] for name in ("secretary", "unit", "head")]
    assert lefts == sorted(lefts)
    for place in rendered.places.values():
        left, bottom, right, top = place.box
        assert 30 * MM <= left < right <= 195 * MM and 20 * MM <= bottom < top <= 277 * MM
        assert (right - left, top - bottom) == (pytest.approx(50 * MM), pytest.approx(25 * MM))


def test_one_signature_stands_right_of_the_recipients():
    signer = SignaturePlace("signer", "TM. Ban chấp hành", "Chủ tịch", "(Đã ký)", "Thiếu tướng Võ Sở")
    plan = paper(blocks=(LETTERHEAD, TITLE, Paragraph("p", "Hết./."), Signatures("s", (), (signer,)), RECIPIENTS))
    rendered = render_pdf(plan)
    assert rendered.places["signer"].box[0] > 105 * MM
    text = text_of(rendered.pdf)
    for words in ("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "(Đã ký)", "Thiếu tướng Võ Sở", "Nơi nhận:"):
        assert text.count(words) == 1


def test_a_second_title_begins_an_appendix_on_a_new_page():
    rendered = render_pdf(paper(blocks=(LETTERHEAD, TITLE, *paragraphs(1), Title("a", "Phụ lục", "Lịch kiểm tra"))))
    assert rendered.pages == 2 and "Phụ lục LỊCH KIỂM TRA" in flat(pages_of(rendered.pdf)[1])


def test_a_lead_paragraph_is_bold_up_to_its_colon_and_loses_nothing():
    text = text_of(render_pdf(paper(Paragraph("p", "Thời gian: từ 8 giờ: sáng", "lead"))).pdf)
    assert "Thời gian: từ 8 giờ: sáng" in text


def test_lists_keep_their_marks():
    blocks = (Listing("a", ("một", "hai")), Listing("b", ("ba",), "+"), Listing("c", ("bốn", "năm"), "1."))
    text = text_of(render_pdf(paper(*blocks)).pdf)
    for item in ("- một", "- hai", "+ ba", "1. bốn", "2. năm"):
        assert item in text


def test_the_hash_is_printed_short_in_the_foot_of_every_page():
    digest = "3fa9c1d2e4b5" + "0" * 52
    pages = pages_of(render_pdf(paper(*paragraphs(28), digest=digest)).pdf)
    assert len(pages) == 3 and all("3fa9c1d2e4b5" in page and digest not in page for page in pages)


def test_a_draft_says_so_on_every_page_and_a_final_paper_does_not():
    final, draft = (render_pdf(paper(*paragraphs(28), draft=draft)) for draft in (False, True))
    drawn = [page.get_contents().get_data() for page in pypdf.PdfReader(io.BytesIO(draft.pdf)).pages]
    plain = [page.get_contents().get_data() for page in pypdf.PdfReader(io.BytesIO(final.pdf)).pages]
    grey = b"0.91 0.91 0.91 rg"
    assert all(grey in page for page in drawn) and not any(grey in page for page in plain)
    assert (draft.pages, draft.places) == (final.pages, final.places)


def test_the_file_says_what_it_is():
    rendered = render_pdf(paper(Heading("h", "I. Ưu điểm"), *paragraphs(1)))
    with pikepdf.open(io.BytesIO(rendered.pdf)) as file:
        assert str(file.Root.Lang) == "vi"
        assert str(file.docinfo["/Title"]) == "Biên bản 15/BB-HTS"
        assert str(file.docinfo["/Author"]) == "Đoàn kiểm tra"
        assert str(file.docinfo["/Subject"]) == "Kiểm tra công tác thi đua"
        assert str(file.docinfo["/CreationDate"]).startswith("D:20201025042000")
        with file.open_outline() as outline:
            titles = [item.title for item in outline.root] + [
                child.title for item in outline.root for child in item.children
            ]
    assert "BIÊN BẢN" in titles and "I. Ưu điểm" in titles


def test_the_same_paper_is_the_same_bytes_whatever_was_printed_between():
    first = render_pdf(paper(*paragraphs(3))).pdf
    render_pdf(paper(*score_table(10), draft=True))
    assert render_pdf(paper(*paragraphs(3))).pdf == first


def test_a_long_name_is_wrapped_and_whole():
    name = "Công Tằng Tôn Nữ Nguyễn Phước Đặng Huyền Trân Châu Ngọc Thủy"
    assert len(name) >= 60
    signatures = replace(SIGNATURES, places=tuple(replace(place, person=name) for place in SIGNATURES.places))
    issuer = Letterhead("letterhead", "Hội " + name, (name,), "Số: 15/BB-HTS")
    rendered = render_pdf(paper(blocks=(issuer, Title("t", name, name), Paragraph("p", name), signatures)))
    assert text_of(rendered.pdf).casefold().count(name.casefold()) == 8
    assert rendered.pages == 1


HOSTILE = [
    '<script>alert(1)</script><img src="file:///etc/passwd"><b>đậm</b>',
    '<pdf:barcode value="x" type="qr"/> & </p></td></table>',
    '"><a href="javascript:alert(1)">bấm</a>',
    "{{ 7 * 7 }} {% include 'x' %}",
    "<style>@import url(http://127.0.0.1:9/x.css);</style>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_text_is_printed_as_it_was_typed(text):
    table = Table("t", (Column(text, 100),), (Row((text,)),), caption=text)
    rendered = render_pdf(paper(Paragraph("p", text), listing(text), table))
    expected = flat(text).replace(" ", "")
    assert text_of(rendered.pdf).replace(" ", "").count(expected) == 5
    assert b"/URI" not in rendered.pdf and b"/JavaScript" not in rendered.pdf


def test_files_of_the_machine_never_reach_the_paper():
    text = text_of(render_pdf(paper(Paragraph("p", '<pdf:insertpdf src="/etc/passwd"/>file:///etc/passwd'))).pdf)
    assert "root:" not in text


def test_a_name_of_a_place_cannot_break_out_of_its_attribute():
    place = SignaturePlace('x" width="1mm', "", "Trưởng đoàn", "", "Võ Sở")
    assert set(render_pdf(paper(blocks=(TITLE, Signatures("s", ("Hết.",), (place,))))).places) == {'x" width="1mm'}


def test_letters_the_typeface_lacks_become_a_visible_question_mark():
    text = text_of(render_pdf(paper(Paragraph("p", "Hoan hô 🎉 giải 金 nhất"))).pdf)
    assert "Hoan hô ? giải ? nhất" in text


def test_invisible_and_direction_marks_are_dropped_and_boxes_are_said_in_brackets():
    assert fonts.printable("Võ\u202e Sở\u200b\ufeff \u200fđạt\x00\u00ad") == "Võ Sở đạt"
    assert fonts.printable("☑ đạt ☐ chưa ✓") == "[x] đạt [ ] chưa [x]"
    assert fonts.printable("8\u202f500\u00a0đồng") == "8 500\u00a0đồng"


LONG = "ắ" * 20_000
COLUMNS = (Column("TT", 8), Column("Lý do", 24), Column("Nội dung", 68))


@pytest.mark.parametrize(
    "block",
    [
        Paragraph("p", LONG),
        Heading("h", LONG),
        listing(LONG),
        Table("t", COLUMNS, (Row(("Nhóm", "", ""), "group"), Row(("1", LONG, "a")), Row(("Tổng", "2", "3"), "total"))),
        Table("t", COLUMNS, (Row((LONG, "2"), "group"), Row(("1", "2", "3")))),
        Table("t", COLUMNS[:1], (), caption=LONG),
        replace(SIGNATURES, closing=("Lời đầu.", LONG)),
    ],
    ids=lambda block: type(block).__name__,
)
def test_twenty_thousand_letters_are_printed_whole_within_the_margins_and_as_large_as_others(block):
    blocks = (LETTERHEAD, TITLE, block) if isinstance(block, Signatures) else (LETTERHEAD, TITLE, block, SIGNATURES)
    rendered = render_pdf(paper(blocks=blocks))
    lines = [line for page in measured(rendered.pdf) for line in page.lines if "ắ" in line.text]
    assert sum(line.text.count("ắ") for line in lines) == 20_000
    assert min(line.size for line in lines) >= 12
    assert min(line.left for line in lines) >= 29.9 and max(line.right for line in lines) <= 195.6


def test_a_reason_of_some_pages_goes_on_from_page_to_page():
    text = " ".join([SENTENCE] * 30)
    rendered = render_pdf(paper(Table("t", COLUMNS, (Row(("1", text, "a")), Row(("2", "b", "c"))))))
    assert rendered.pages > 3
    assert text_of(rendered.pdf).count("mạnh.") == 30


def test_a_column_is_wide_enough_for_its_longest_word():
    table = Table("t", (Column("Chênh lệch", 3), Column("b", 97)), (Row(("−94,25/100", "a")),))
    assert "Chênh" in text_of(render_pdf(paper(table)).pdf) and "−94,25/100" in text_of(render_pdf(paper(table)).pdf)


def test_a_subject_is_not_broken_within_a_word_of_two_syllables():
    lines = layout.balanced("Dự buổi kiểm tra, nắm tình hình công tác Thi đua khen thưởng năm 2020")
    assert lines == ["Dự buổi kiểm tra, nắm tình hình", "công tác Thi đua khen thưởng năm 2020"]
    assert all(line.strip() for line in layout.balanced("ắ" * 300 + " " + "Ắ" * 300))


def test_four_sign_two_by_two():
    places = tuple(SignaturePlace(name, "", "Thành viên", "", f"Người {name}") for name in "abcd")
    boxes = {
        name: place.box
        for name, place in render_pdf(paper(blocks=(TITLE, Signatures("s", ("Hết.",), places)))).places.items()
    }
    assert boxes["a"][1] == boxes["b"][1] > boxes["c"][3] and boxes["a"][0] == boxes["c"][0] < boxes["b"][0]


def test_a_row_with_more_cells_than_columns_is_a_failure():
    with pytest.raises(RenderFailure, match="table t"):
        render_pdf(paper(Table("t", (Column("a", 100),), (Row(("1", "2")),))))


def test_a_missing_typeface_is_a_failure(monkeypatch, tmp_path):
    for face in ("tinos-regular.ttf", "tinos-bold.ttf", "tinos-italic.ttf"):
        (tmp_path / face).write_bytes((fonts.FONTS / face).read_bytes())
    monkeypatch.setattr(fonts, "FONTS", tmp_path)
    with pytest.raises(RenderFailure):
        render_pdf(paper(*paragraphs(1)))


def test_a_warning_of_the_printer_is_a_failure(monkeypatch):
    monkeypatch.setattr(
        fonts, "text_width", lambda *_: logging.getLogger("xhtml2pdf.context").warning("no such font") or 1.0
    )
    monkeypatch.setattr(layout, "text_width", fonts.text_width)
    with pytest.raises(RenderFailure, match="no such font"):
        render_pdf(paper())


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler (pdftotext) is not installed")
def test_poppler_reads_the_same_text(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(render_pdf(paper(Paragraph("p", SENTENCE))).pdf)
    read = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True).stdout.decode()
    assert SENTENCE in flat(read)


def test_the_issue_time_is_in_the_file_as_it_is_told():
    later = render_pdf(paper(issued_at=ISSUED.replace(hour=5)))
    assert later.pdf != render_pdf(paper()).pdf
